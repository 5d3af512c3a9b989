"""What comes next at a place: what is open, confirmed, planned, cancelled, or has no dates."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden.entries import Entry, EntryState, Outlook
from sprechstunden.models import SprechstundeKind
from sprechstunden.occurrences import BERLIN
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.timetable import outlooks
from standorte.models import Standort
from tests.factories import (
    OFFICE,
    make_change,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
)

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2026, 11, 2)
TUESDAY = date(2026, 11, 24)
SUNDAY_AFTERNOON = datetime(2026, 11, 22, 15, tzinfo=BERLIN)


def _at(standort: Standort | None, now: datetime = SUNDAY_AFTERNOON, limit: int = 3) -> Outlook:
    standort = standort or Standort.objects.get(name=OFFICE)
    return outlooks([standort], now, limit)[standort.pk]


def _on_tuesday(clock: str) -> datetime:
    return datetime.combine(TUESDAY, time.fromisoformat(clock), tzinfo=BERLIN)


def _days(entries: Iterable[Entry]) -> list[date]:
    return [entry.day for entry in entries]


def test_confirmed_dates_and_others_are_kept_apart() -> None:
    confirmed = make_schedule(confirmed_on=CONFIRMED_ON)
    unconfirmed = make_schedule(weekdays=("MO",))

    outlook = _at(None, limit=1)

    shown = [
        [(entry.schedule, entry.state) for entry in entries] for entries in (outlook.confirmed, outlook.unconfirmed)
    ]
    assert shown == [[(confirmed, EntryState.CONFIRMED)], [(unconfirmed, EntryState.PLANNED)]]


def test_a_confirmed_date_comes_before_an_earlier_one_nobody_has_confirmed() -> None:
    make_schedule(weekdays=("MO",))
    confirmed = make_schedule(confirmed_on=CONFIRMED_ON)

    following = _at(None).next

    assert following is not None
    assert (following.schedule, following.day) == (confirmed, TUESDAY)


@pytest.mark.parametrize(
    ("clock", "state", "day"),
    [
        ("09:59:59", EntryState.CONFIRMED, TUESDAY),
        ("10:00", EntryState.OPEN, TUESDAY),
        ("11:59:59.999999", EntryState.OPEN, TUESDAY),
        ("12:00", EntryState.CONFIRMED, date(2026, 12, 1)),
    ],
)
@pytest.mark.parametrize("kind", [SprechstundeKind.DROP_IN, SprechstundeKind.MEETING_PLACE, SprechstundeKind.EVENT])
def test_a_confirmed_hour_is_open_from_its_beginning_until_before_its_end(
    kind: SprechstundeKind, clock: str, state: EntryState, day: date
) -> None:
    make_schedule(make_sprechstunde(kind), confirmed_on=CONFIRMED_ON)

    outlook = _at(None, _on_tuesday(clock))

    first = outlook.confirmed[0]
    assert (first.state, first.day, outlook.open_now) == (state, day, first if state is EntryState.OPEN else None)


@pytest.mark.parametrize("kind", list(SprechstundeKind))
def test_what_nobody_has_confirmed_is_never_open(kind: SprechstundeKind) -> None:
    make_schedule(make_sprechstunde(kind))

    outlook = _at(None, _on_tuesday("11:00"))

    assert (outlook.open_now, [entry.state for entry in outlook.unconfirmed]) == (None, [EntryState.PLANNED] * 3)


@pytest.mark.parametrize("kind", [SprechstundeKind.BY_APPOINTMENT, SprechstundeKind.PHONE])
def test_an_appointment_or_a_phone_hour_makes_no_place_open(kind: SprechstundeKind) -> None:
    make_schedule(make_sprechstunde(kind), confirmed_on=CONFIRMED_ON)

    outlook = _at(None, _on_tuesday("11:00"))

    assert (outlook.open_now, [entry.state for entry in outlook.confirmed]) == (None, [EntryState.CONFIRMED] * 3)


def test_a_place_is_open_even_where_a_phone_hour_began_before() -> None:
    phone = make_schedule(make_sprechstunde(SprechstundeKind.PHONE), opens=time(9), confirmed_on=CONFIRMED_ON)
    drop_in = make_schedule(confirmed_on=CONFIRMED_ON)

    outlook = _at(None, _on_tuesday("11:00"), limit=1)

    assert [entry.schedule for entry in outlook.confirmed] == [phone, drop_in]
    assert outlook.open_now == outlook.next == outlook.confirmed[1]


def test_a_place_is_open_until_the_last_of_its_hours_ends() -> None:
    make_schedule(confirmed_on=CONFIRMED_ON)
    longest = make_schedule(opens=time(9), closes=time(16), confirmed_on=CONFIRMED_ON)
    make_schedule(opens=time(9, 30), closes=time(11, 30), confirmed_on=CONFIRMED_ON)

    open_now = _at(None, _on_tuesday("11:00")).open_now

    assert open_now is not None
    assert (open_now.schedule, open_now.ends) == (longest, _on_tuesday("16:00"))


def test_a_cancelled_date_stands_with_its_reason_and_does_not_count() -> None:
    make_schedule(weekdays=("FR",), confirmed_on=CONFIRMED_ON)

    outlook = _at(None, datetime(2026, 12, 20, 12, tzinfo=BERLIN), limit=2)

    assert [(entry.day, entry.state, entry.occurrence.reason) for entry in outlook.confirmed] == [
        (date(2026, 12, 25), EntryState.CANCELLED, Reason(ReasonKind.PUBLIC_HOLIDAY, "Christmas Day")),
        (date(2027, 1, 1), EntryState.CANCELLED, Reason(ReasonKind.PUBLIC_HOLIDAY, "New Year's Day")),
        (date(2027, 1, 8), EntryState.CONFIRMED, None),
        (date(2027, 1, 15), EntryState.CONFIRMED, None),
    ]


def test_a_cancelled_date_is_neither_open_nor_the_next_one() -> None:
    make_schedule(weekdays=("FR",), confirmed_on=CONFIRMED_ON)

    outlook = _at(None, datetime(2026, 12, 25, 11, tzinfo=BERLIN), limit=1)

    following = outlook.next
    assert following is not None
    assert (outlook.open_now, following.day) == (None, date(2027, 1, 8))


@pytest.mark.parametrize(
    ("last", "confirmed_on", "has_ended"),
    [(TUESDAY, CONFIRMED_ON, True), (TUESDAY, None, True), (date(2026, 12, 1), CONFIRMED_ON, False)],
)
def test_where_the_last_date_is_off_no_more_are_planned(
    last: date,
    confirmed_on: date | None,
    has_ended: bool,  # noqa: FBT001
) -> None:
    make_change(make_schedule(valid_until=last, confirmed_on=confirmed_on), TUESDAY)

    assert _at(None).has_ended is has_ended


def test_an_offer_held_on_closing_days_takes_place_on_them() -> None:
    make_schedule(held_on_closing_days=True, weekdays=("FR",), confirmed_on=CONFIRMED_ON)

    outlook = _at(None, datetime(2026, 12, 20, 12, tzinfo=BERLIN), limit=1)

    assert [(entry.day, entry.state) for entry in outlook.confirmed] == [(date(2026, 12, 25), EntryState.CONFIRMED)]


def test_times_at_another_place_end_those_at_the_first() -> None:
    offer, marten = make_sprechstunde(), make_standort("Marten")
    make_schedule(offer)
    make_schedule(offer, valid_from=date(2026, 12, 2), standort=marten)

    days = [_days(_at(standort).unconfirmed) for standort in (None, marten)]

    assert days == [
        [TUESDAY, date(2026, 12, 1)],
        [date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 22)],
    ]


def test_a_place_held_back_hides_its_dates_and_still_ends_the_times_before() -> None:
    offer, marten = make_sprechstunde(), make_standort("Marten", is_published=False)
    make_schedule(offer)
    make_schedule(offer, valid_from=date(2026, 12, 2), standort=marten)

    days = [_days(_at(standort).unconfirmed) for standort in (None, marten)]

    assert days == [[TUESDAY, date(2026, 12, 1)], []]


def test_an_offer_held_back_is_shown_nowhere() -> None:
    make_schedule(make_sprechstunde(is_published=False))
    make_undated(make_sprechstunde(is_published=False))

    assert _at(None) == Outlook()


@pytest.mark.parametrize("is_dated", [True, False])
def test_times_without_a_place_stand_at_the_responsible_office(is_dated: bool) -> None:  # noqa: FBT001
    office, marten = make_office(), make_standort("Marten")
    if is_dated:
        there, here = make_schedule(standort=marten), make_schedule(standort=None)
    else:
        there, here = make_undated(standort=marten), make_undated(standort=None)

    shown = [(outlook.dated, outlook.undated) for outlook in (_at(office), _at(marten))]

    assert shown == ([((here,), ()), ((there,), ())] if is_dated else [((), (here,)), ((), (there,))])


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "holds"),
    [
        (None, None, True),
        (date(2026, 11, 22), None, True),
        (date(2026, 11, 23), None, False),
        (None, date(2026, 11, 22), True),
        (None, date(2026, 11, 21), False),
    ],
)
def test_words_without_dates_are_shown_while_they_hold(
    valid_from: date | None,
    valid_until: date | None,
    holds: bool,  # noqa: FBT001
) -> None:
    schedule = make_undated(valid_from=valid_from, valid_until=valid_until)

    assert _at(None).undated == ((schedule,) if holds else ())


@pytest.mark.parametrize(
    ("valid_until", "is_shown"), [(None, True), (date(2026, 11, 22), True), (date(2026, 11, 21), False)]
)
def test_rules_are_shown_until_they_end(valid_until: date | None, is_shown: bool) -> None:  # noqa: FBT001
    schedule = make_schedule(valid_until=valid_until)

    assert _at(None).dated == ((schedule,) if is_shown else ())


def test_a_rule_that_begins_later_is_shown_beside_the_one_it_ends() -> None:
    offer = make_sprechstunde()
    versions = (make_schedule(offer), make_schedule(offer, valid_from=date(2027, 1, 1), weekdays=("WE",)))

    assert _at(None).dated == versions


def test_a_place_without_times_has_nothing_to_come() -> None:
    make_schedule()

    assert _at(make_standort("Marten")) == Outlook()


def test_nobody_asked_for_gets_no_answer() -> None:
    make_schedule()

    assert outlooks([], SUNDAY_AFTERNOON, 3) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_three_queries_answer_for_all_places(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    places = [make_standort(f"Ort {number:02}") for number in range(count)]
    for place in places:
        make_schedule(standort=place, confirmed_on=CONFIRMED_ON)
        make_undated(standort=place)

    with django_assert_num_queries(3):
        found = outlooks(places, _on_tuesday("11:00"), 2)
        shown = [
            (entry.standort, entry.sprechstunde.office, entry.schedule.spoken(), entry.ends - entry.starts)
            for place in places
            for entry in found[place.pk].confirmed
        ]

    assert [row[0] for row in shown] == [place for place in places for _date in range(2)]
    assert {row[3] for row in shown} == {timedelta(hours=2)}
