"""Pages say something else at midnight, and where a date of the day can begin or end."""

from datetime import UTC, date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import ChangeKind, Frequency
from sprechstunden.occurrences import BERLIN
from sprechstunden.turns import next_turn
from tests.factories import make_change, make_schedule, make_undated

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def turns(day: date = TUESDAY) -> list[str]:
    """Give all turns from the first moment of a day on, with the one that ends it."""
    found = [next_turn(datetime(day.year, day.month, day.day, tzinfo=BERLIN))]
    while found[-1].astimezone(BERLIN).date() == day:
        found.append(next_turn(found[-1]))
    return [f"{moment.astimezone(BERLIN):%H:%M}" for moment in found]


def test_a_day_without_dates_turns_at_midnight_only() -> None:
    make_schedule(weekdays=("WE",))
    make_undated()

    assert (next_turn(at(9)), turns()) == (at(0, day=date(2026, 11, 25)), ["00:00"])


def test_each_date_of_the_day_turns_where_it_begins_and_ends() -> None:
    make_schedule()
    make_schedule(opens=time(11), closes=time(12))
    make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=TUESDAY, opens=time(15), closes=time(16, 30))

    assert turns() == ["10:00", "11:00", "12:00", "15:00", "16:30", "00:00"]


def test_what_staff_have_put_on_the_day_turns_as_well() -> None:
    other = make_schedule(weekdays=("WE",))
    make_change(other, date(2026, 11, 25), ChangeKind.MOVED, new_day=TUESDAY)
    make_change(other, date(2026, 12, 2), ChangeKind.MOVED, new_day=TUESDAY, closes=time(13))
    make_change(make_undated(), TUESDAY, ChangeKind.EXTRA, opens=time(18), closes=time(19))
    make_change(make_undated(), TUESDAY, ChangeKind.CANCELLED)

    assert turns() == ["10:00", "12:00", "13:00", "18:00", "19:00", "00:00"]


@pytest.mark.parametrize(("day", "expected"), [((2026, 10, 25), 25), ((2027, 3, 28), 23)])
def test_on_days_of_a_clock_change_turns_are_instants(day: tuple[int, int, int], expected: int) -> None:
    sunday = date(*day)
    make_schedule(weekdays=("SU",), opens=time(2, 15), closes=time(3))
    midnight = datetime(*day, tzinfo=BERLIN)

    found = [next_turn(midnight)]
    while found[-1].astimezone(BERLIN).date() == sunday:
        found.append(next_turn(found[-1]))

    hours = [(moment.astimezone(UTC) - midnight.astimezone(UTC)).total_seconds() / 3600 for moment in found]
    assert hours == [2.25, 4.0 if expected == 25 else 3.0, expected]


@pytest.mark.parametrize("count", [1, 3])
def test_the_next_turn_costs_two_queries_however_many_offers_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_change(make_schedule(), TUESDAY)

    with django_assert_num_queries(2):
        next_turn(at(9))
