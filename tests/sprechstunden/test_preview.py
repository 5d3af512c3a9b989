"""What would come next with times that are typed: the engine's own dates, what is off, and what is in the way."""

from datetime import date, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.clashes import ClashKind
from sprechstunden.models import ChangeKind, Frequency, Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.occurrences import BERLIN
from sprechstunden.preview import Preview, preview
from sprechstunden.reasons import ReasonKind
from sprechstunden.school_holidays import school_holidays_known_until
from standorte.models import Standort
from tests.factories import (
    ScheduleFields,
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=BERLIN)
FIRST = date(2026, 11, 24)  # a Tuesday


def seen(offer: Sprechstunde, *typed: Schedule) -> Preview:
    return preview(offer, [*Schedule.objects.filter(sprechstunde=offer).for_pages(), *typed], NOW)


def days(found: Preview) -> list[date]:
    return [line.entry.day for line in found.lines if line.entry.takes_place]


def in_the_way(found: Preview) -> dict[date, list[tuple[ClashKind, Sprechstunde]]]:
    return {
        line.entry.day: [(one.kind, one.entry.sprechstunde) for one in line.in_the_way]
        for line in found.lines
        if line.in_the_way
    }


def test_twelve_dates_are_shown_and_what_is_off_between_them_with_its_reason() -> None:
    schedule = make_schedule(weekdays=("TH",))
    make_change(schedule, date(2026, 12, 3))
    make_closure(date(2026, 12, 10), date(2026, 12, 10))

    found = seen(schedule.sprechstunde)

    assert len(days(found)) == 12
    off = {line.entry.day: line.entry.occurrence.reason for line in found.lines if not line.entry.takes_place}
    assert {day: reason.kind for day, reason in off.items() if reason} == {
        date(2026, 12, 3): ReasonKind.TRAINING,
        date(2026, 12, 10): ReasonKind.EVENT,
        date(2026, 12, 24): ReasonKind.CLOSING_DAY,
        date(2026, 12, 31): ReasonKind.CLOSING_DAY,
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"frequency": Frequency.MONTHLY, "positions": ("5",)},
        {"interval": 52, "anchor": FIRST},
        {"interval": 52, "anchor": date(2026, 12, 22), "follows_school_holidays": True},
    ],
)
def test_twelve_dates_are_shown_however_rare_they_are(fields: ScheduleFields) -> None:
    assert len(days(seen(make_schedule(**fields).sprechstunde))) == 12


def test_typed_times_end_the_stored_ones_and_change_no_row() -> None:
    stored = make_schedule()
    before = list(Schedule.objects.values())
    typed = Schedule(
        sprechstunde=stored.sprechstunde,
        valid_from=date(2026, 12, 1),
        weekdays=("WE",),
        opens=time(9),
        closes=time(11),
    )

    found = seen(stored.sprechstunde, typed)

    assert days(found)[:3] == [FIRST, date(2026, 12, 2), date(2026, 12, 9)]
    assert found.schedules == (stored, typed)
    assert list(Schedule.objects.values()) == before


def test_an_offer_that_is_not_saved_yet_shows_the_dates_of_several_typed_times() -> None:
    office = make_office()
    offer = Sprechstunde(office=office)
    one = Schedule(sprechstunde=offer, weekdays=("TU",), opens=time(9), closes=time(11), valid_from=FIRST)
    two = Schedule(sprechstunde=offer, weekdays=("WE",), opens=time(9), closes=time(11), valid_from=date(2026, 12, 1))

    assert days(preview(offer, [one, two], NOW))[:2] == [FIRST, date(2026, 12, 2)]


def test_the_preview_gives_the_dates_of_the_page() -> None:
    schedule = make_schedule(interval=2, anchor=FIRST, follows_school_holidays=True)
    make_change(schedule, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 9), standort=make_standort())
    make_change(schedule, date(2026, 12, 11), ChangeKind.EXTRA, opens=time(8), closes=time(9))
    make_closure(date(2027, 1, 15), date(2027, 1, 31))

    found = [line.entry for line in seen(schedule.sprechstunde).lines]

    versions = timetable.versions(timetable.schedules_of(schedule.sprechstunde), NOW.date())
    page = timetable.dates(versions, NOW.date(), found[-1].day, NOW)
    assert [(e.starts, e.ends, e.state, e.place_id) for e in found] == [
        (e.starts, e.ends, e.state, e.place_id) for e in page
    ]


def test_another_offer_in_the_same_room_is_named_on_its_days_only() -> None:
    room = make_standort("Marten")
    mine = make_schedule(standort=room)
    partner = make_sprechstunde(partner=make_partner())
    make_schedule(partner, standort=room, interval=4, anchor=FIRST, opens=time(11), closes=time(13))

    found = in_the_way(seen(mine.sprechstunde))

    expected = {FIRST + timedelta(28) * turn: [(ClashKind.ROOM, partner)] for turn in range(3)}
    assert found == expected


def test_the_same_team_at_another_place_is_named() -> None:
    mine = make_schedule()
    other = make_schedule(
        make_sprechstunde(office=mine.sprechstunde.office), standort=make_standort(), interval=10, anchor=FIRST
    )

    assert in_the_way(seen(mine.sprechstunde)) == {
        FIRST: [(ClashKind.TEAM, other.sprechstunde)],
        FIRST + timedelta(70): [(ClashKind.TEAM, other.sprechstunde)],
    }


def test_what_is_cancelled_ended_or_not_public_is_in_nobodys_way() -> None:
    room = make_standort("Marten")
    mine = make_schedule(standort=room, interval=52, anchor=FIRST)
    cancelled = make_schedule(make_sprechstunde(partner=make_partner()), standort=room)
    make_change(cancelled, FIRST)
    for day in (FIRST + timedelta(364 * turn) for turn in range(1, 13)):
        make_change(cancelled, day)
    make_schedule(make_sprechstunde(partner=make_partner("AWO"), is_published=False), standort=room)
    make_schedule(make_sprechstunde(partner=make_partner("VMDO")), standort=room, valid_until=date(2026, 11, 23))
    make_schedule(make_sprechstunde(SprechstundeKind.PHONE, partner=make_partner("GrünBau")), standort=room)
    make_schedule(
        make_sprechstunde(partner=make_partner("Stadtteilschule")), standort=room, opens=time(12), closes=time(14)
    )

    assert in_the_way(seen(mine.sprechstunde)) == {}


def test_a_date_that_was_moved_into_the_room_is_in_the_way() -> None:
    room = make_standort("Marten")
    mine = make_schedule(standort=room)
    other = make_schedule(
        make_sprechstunde(partner=make_partner()), standort=make_standort("Dorstfeld"), weekdays=("FR",)
    )
    make_change(other, date(2026, 11, 27), ChangeKind.MOVED, new_day=FIRST, standort=room)

    assert in_the_way(seen(mine.sprechstunde)) == {FIRST: [(ClashKind.ROOM, other.sprechstunde)]}


def test_a_cancelled_date_of_these_times_has_nothing_in_its_way() -> None:
    room = make_standort("Marten")
    mine = make_schedule(standort=room)
    make_schedule(
        make_sprechstunde(partner=make_partner()), standort=room, frequency=Frequency.ONCE, weekdays=(), anchor=FIRST
    )
    make_change(mine, FIRST)

    assert in_the_way(seen(mine.sprechstunde)) == {}


def test_times_that_follow_school_holidays_say_until_when_these_are_known() -> None:
    known = school_holidays_known_until()
    follows = make_schedule(follows_school_holidays=True)
    short = make_schedule(
        make_sprechstunde(office=follows.sprechstunde.office), follows_school_holidays=True, valid_until=known
    )
    other = make_schedule(make_sprechstunde(office=follows.sprechstunde.office))

    assert seen(follows.sprechstunde).holidays_known_until == known
    assert seen(short.sprechstunde).holidays_known_until is None
    assert seen(other.sprechstunde).holidays_known_until is None


def test_times_that_have_ended_are_not_shown_and_those_at_a_hidden_place_are_announced() -> None:
    ended = make_schedule(valid_until=date(2026, 11, 21))
    hidden = make_standort("Marten", is_published=False)
    elsewhere = make_schedule(make_sprechstunde(office=ended.sprechstunde.office), standort=hidden)

    assert seen(ended.sprechstunde) == Preview((), ())
    assert seen(elsewhere.sprechstunde) == Preview((elsewhere,), (), hides_some=True)


def test_what_is_known_in_words_only_has_no_dates() -> None:
    undated = make_undated()

    assert seen(undated.sprechstunde) == Preview((undated,), ())


@pytest.mark.parametrize("count", [1, 5])
def test_looking_costs_the_same_queries_however_many_offers_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    room = make_standort("Marten")
    mine = make_schedule(standort=room)
    for number in range(count):
        other = make_schedule(make_sprechstunde(partner=make_partner(f"Partner {number}")), standort=room)
        make_change(other, FIRST, ChangeKind.HELD)
        make_closure(FIRST, FIRST, standorte=[Standort.objects.get(pk=room.pk)])
    rows = list(Schedule.objects.filter(sprechstunde=mine.sprechstunde).for_pages())

    with django_assert_num_queries(11):
        preview(mine.sprechstunde, rows, NOW)
