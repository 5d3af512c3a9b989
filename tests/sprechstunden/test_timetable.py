"""Real dates of offers: versions that end each other, the agenda, and what somebody looks for."""

import logging
from datetime import date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.decided import decisions
from sprechstunden.entries import Entry, EntryState, Outlook, by_day
from sprechstunden.models import Schedule
from sprechstunden.occurrences import BERLIN
from sprechstunden.wanted import Wanted, matching
from tests.factories import make_office, make_schedule, make_sprechstunde, make_standort, make_undated

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2026, 11, 2)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)


def _agenda(first: date = MONDAY, last: date = SUNDAY) -> list[Entry]:
    return timetable.dates(timetable.versions(timetable.all_schedules(), first), first, last, NOW)


def _matching(wanted: Wanted) -> list[Schedule]:
    return [version.schedule for version in matching(timetable.all_schedules(), wanted, MONDAY)]


def test_the_agenda_has_both_its_ends_and_is_in_order() -> None:
    late = make_schedule(weekdays=("MO", "SU"), opens=time(17), closes=time(18))
    early = make_schedule(weekdays=("MO", "SA"), opens=time(8), closes=time(9))

    entries = _agenda()

    assert [(entry.day, entry.schedule) for entry in entries] == [
        (MONDAY, early),
        (MONDAY, late),
        (date(2026, 11, 28), early),
        (SUNDAY, late),
    ]


def test_dates_that_begin_together_always_stand_in_the_same_order() -> None:
    schedules = [make_schedule() for _number in range(3)]

    assert [entry.schedule for entry in _agenda()] == schedules


def test_the_agenda_groups_dates_by_day_and_keeps_unconfirmed_ones_apart() -> None:
    planned = make_schedule(opens=time(9))
    confirmed = make_schedule(confirmed_on=CONFIRMED_ON)
    later = make_schedule(weekdays=("SU",))

    days = by_day(_agenda())

    shown = [
        (day.day, [entry.schedule for entry in day.confirmed], [entry.schedule for entry in day.unconfirmed])
        for day in days
    ]
    assert shown == [(TUESDAY, [confirmed], [planned]), (SUNDAY, [], [later])]


def test_the_agenda_shows_what_is_cancelled() -> None:
    make_schedule(weekdays=("TH",), confirmed_on=CONFIRMED_ON)

    entries = _agenda(date(2026, 12, 21), date(2026, 12, 27))

    assert [(entry.day, entry.state) for entry in entries] == [(date(2026, 12, 24), EntryState.CANCELLED)]


@pytest.mark.parametrize("count", [1, 30])
def test_the_agenda_costs_three_queries_however_many_offers_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_schedule(standort=make_standort(f"Ort {number:02}"))

    with django_assert_num_queries(3):
        entries = _agenda()
        shown = [(str(entry.standort), str(entry.sprechstunde.office), entry.is_confirmed) for entry in entries]

    assert shown == [(f"Ort {number:02}", "Mengede/Huckarde", False) for number in range(count)]


def test_held_back_offers_and_places_are_not_in_the_agenda() -> None:
    make_schedule(make_sprechstunde(is_published=False))
    make_schedule(standort=make_standort(is_published=False))
    shown = make_schedule(standort=None)

    assert [entry.schedule for entry in _agenda()] == [shown]


def test_versions_of_one_offer_do_not_touch_another_offer() -> None:
    offer = make_sprechstunde()
    make_schedule(offer)
    second = make_schedule(offer, valid_from=TUESDAY, weekdays=("WE",))
    other = make_schedule()

    shown = [(entry.day, entry.schedule) for entry in _agenda()]

    assert shown == [(TUESDAY, other), (date(2026, 11, 25), second)]


def test_past_dates_stay_when_a_version_is_added() -> None:
    offer = make_sprechstunde()
    make_schedule(offer)
    window = date(2026, 11, 1), date(2026, 11, 22)
    before = [(entry.starts, entry.occurrence.key) for entry in _agenda(*window)]

    make_schedule(offer, valid_from=MONDAY, weekdays=("WE",))

    assert [(entry.starts, entry.occurrence.key) for entry in _agenda(*window)] == before
    assert len(before) == 3


def test_times_are_looked_for_by_their_place_and_those_without_one_by_their_office() -> None:
    office, marten = make_office(), make_standort("Marten")
    here, there = make_schedule(standort=None), make_schedule(standort=marten)

    assert [_matching(Wanted(standort=place)) for place in (office, marten, None)] == [[here], [there], [here, there]]


def test_times_are_looked_for_by_the_languages_of_the_hour_or_else_of_the_place() -> None:
    place = make_standort(languages=("ar", "de"))
    of_place = make_schedule(standort=place)
    of_hour = make_schedule(standort=place, languages=("tr",))
    unknown = make_schedule()

    found = [_matching(Wanted(language=code)) for code in ("ar", "tr", None)]

    assert found == [[of_place], [of_hour], [of_place, of_hour, unknown]]


def test_place_and_language_must_both_fit() -> None:
    marten, lanstrop = (make_standort(name, languages=("ar",)) for name in ("Marten", "Lanstrop"))
    make_schedule(standort=lanstrop)
    make_schedule(standort=marten, languages=("tr",))
    both = make_schedule(standort=marten)

    assert _matching(Wanted(standort=marten, language="ar")) == [both]


def test_the_next_dates_of_one_version_end_where_the_next_version_begins() -> None:
    offer = make_sprechstunde()
    first = make_schedule(offer)
    second = make_schedule(offer, valid_from=date(2026, 12, 2), weekdays=("WE",))
    make_schedule()

    decided = decisions(None, MONDAY)
    days = [[entry.day for entry in timetable.next_dates(schedule, NOW, 3, decided)] for schedule in (first, second)]

    assert days == [
        [TUESDAY, date(2026, 12, 1)],
        [date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16)],
    ]


def test_the_next_dates_of_a_rare_rule_are_found_behind_a_cancelled_one() -> None:
    first_of_may = date(2026, 5, 1)
    schedule = make_schedule(interval=52, weekdays=("FR",), anchor=first_of_may)

    now = datetime(2026, 4, 30, 9, tzinfo=BERLIN)
    entries = timetable.next_dates(schedule, now, 2, decisions(None, now.date()))

    assert [(entry.day, entry.state) for entry in entries] == [
        (first_of_may, EntryState.CANCELLED),
        (date(2027, 4, 30), EntryState.PLANNED),
        (date(2028, 4, 28), EntryState.PLANNED),
    ]


def test_one_offer_is_asked_for_all_its_versions() -> None:
    offer, other = make_sprechstunde(), make_sprechstunde()
    make_schedule(other)
    versions = [make_schedule(offer), make_schedule(offer, valid_from=TUESDAY)]

    assert list(timetable.schedules_of(offer)) == versions


def _break(schedule: Schedule) -> None:
    """Force in what no form and no constraint can see: a first date on the wrong weekday."""
    wednesday = date(2021, 11, 10)
    Schedule.objects.filter(pk=schedule.pk).update(interval=2, anchor=wednesday)


def test_times_that_are_no_rule_are_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    broken, whole = make_schedule(), make_schedule()
    _break(broken)

    with caplog.at_level(logging.ERROR, logger="sprechstunden"):
        entries = _agenda()

    message = f"The times with the primary key {broken.pk} are no rule; they are not shown."
    assert [entry.schedule for entry in entries] == [whole]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [("ERROR", message)]


def test_times_that_are_no_rule_still_end_those_before() -> None:
    offer = make_sprechstunde()
    make_schedule(offer)
    broken = make_schedule(offer, valid_from=date(2026, 12, 2))
    _break(broken)

    entries = _agenda(MONDAY, date(2026, 12, 31))

    assert [entry.day for entry in entries] == [TUESDAY, date(2026, 12, 1)]


def test_times_that_are_no_rule_break_no_list_of_places() -> None:
    place = make_standort()
    broken = make_schedule(standort=place)
    _break(broken)
    undated = make_undated(standort=place, valid_from=TUESDAY)

    found = timetable.outlooks([place], datetime(2026, 11, 24, 11, tzinfo=BERLIN), 3)[place.pk]

    assert found == Outlook(undated=(undated,))
