"""What the page of a place says about time."""

from datetime import date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden.entries import EntryState
from sprechstunden.models import ChangeKind
from sprechstunden.occurrences import BERLIN
from sprechstunden.place_dates import PlaceDates, place_dates
from standorte.models import Standort
from tests.factories import (
    OFFICE,
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_undated,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN)
TUESDAY = date(2026, 11, 24)


def _dates(now: datetime = NOW) -> PlaceDates:
    return place_dates(Standort.objects.get(name=OFFICE), now, 3)


def _ahead(found: PlaceDates) -> list[str]:
    return [f"{entry.day:%d.%m.}" for entry in found.ahead]


def test_dates_for_paper_are_those_of_eight_weeks_from_today_on() -> None:
    make_schedule()

    assert _ahead(_dates()) == ["24.11.", "01.12.", "08.12.", "15.12.", "22.12.", "29.12.", "05.01.", "12.01."]


def test_a_date_of_today_that_is_over_does_not_go_to_paper() -> None:
    make_schedule(valid_until=date(2026, 12, 1))

    assert _ahead(_dates(NOW.replace(hour=12, minute=0))) == ["01.12."]


def test_a_date_that_is_off_goes_to_paper_as_such() -> None:
    schedule = make_schedule(valid_until=date(2026, 12, 1))
    make_change(schedule, TUESDAY)

    states = [entry.state for entry in _dates().ahead]

    assert states == [EntryState.CANCELLED, EntryState.PLANNED]


def test_confirmed_dates_stand_apart_on_paper() -> None:
    confirmed = make_schedule(valid_until=date(2026, 12, 1), confirmed_on=date(2026, 11, 2))
    other = make_schedule(weekdays=("WE",), valid_until=date(2026, 11, 25))

    halves = [(sure, [entry.schedule for entry in entries]) for sure, entries in _dates().ahead_by_sureness]

    assert halves == [(True, [confirmed, confirmed]), (False, [other])]


def test_without_a_date_there_is_no_heading_on_paper() -> None:
    make_office()

    assert _dates().ahead_by_sureness == []


def test_what_to_bring_is_named_once_for_each_offer_of_which_it_is_known() -> None:
    known, unknown = make_sprechstunde(bring=("letter",)), make_sprechstunde()
    make_schedule(known)
    make_schedule(known, valid_from=date(2027, 1, 1), opens=time(9), closes=time(10))
    make_schedule(unknown)
    by_appointment = make_sprechstunde(bring=("identity",))
    make_undated(by_appointment)

    assert _dates().to_bring == [known, by_appointment]


@pytest.mark.parametrize("count", [1, 3])
def test_all_of_it_asks_for_the_times_once(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office = make_office()
    for _number in range(count):
        make_change(make_schedule(), TUESDAY, ChangeKind.CANCELLED)

    with django_assert_num_queries(3):
        place_dates(office, NOW, 3)


@pytest.mark.parametrize(
    ("offers", "is_closed", "shown", "has_more"),
    [(6, False, 48, False), (7, False, 45, True), (3, True, 24, False), (4, True, 27, True)],
)
def test_a_sheet_holds_so_many_dates_fewer_where_they_are_off_and_says_if_there_are_more(
    offers: int, shown: int, *, is_closed: bool, has_more: bool
) -> None:
    for _number in range(offers):
        make_schedule()
    if is_closed:
        make_closure(TUESDAY, date(2027, 3, 1))

    found = _dates()

    assert (len(found.ahead), found.has_more) == (shown, has_more)
