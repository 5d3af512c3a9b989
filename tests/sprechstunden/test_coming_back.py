"""What is taken back or undone puts no second date where another one of the offer has gone meanwhile."""

from datetime import date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import Change, ChangeKind, Closure, Schedule
from sprechstunden.occurrences import BERLIN
from sprechstunden.offer_dates import OfferDates
from sprechstunden.reopening import doubled_dates
from tests.factories import (
    make_called_off,
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)
TUESDAY, NEXT_TUESDAY, THIRD_TUESDAY = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)


def meeting(change: Change, now: datetime = NOW) -> tuple[date, time] | None:
    found = OfferDates.fetch(change.schedule.sprechstunde, now.date(), now).in_the_way_of_taking_back(change)
    return (found.day, found.starts.time()) if found else None


def doubled(closure: Closure, now: datetime = NOW) -> list[tuple[int, date, time]]:
    found = doubled_dates(closure.scope(), closure.first, closure.last, now, [closure])
    return [(one.sprechstunde.pk, other.day, other.starts.time()) for one, other in found]


def put(schedule: Schedule, closure: Closure | None = None, day: date = NEXT_TUESDAY, opens: time = time(11)) -> Change:
    """Move the date of the third Tuesday to a day, in spite of a closure."""
    where: dict[str, time] = {"opens": opens, "closes": opens.replace(hour=opens.hour + 2)}
    change = make_change(schedule, THIRD_TUESDAY, ChangeKind.MOVED, new_day=day, **where)  # type: ignore[arg-type]
    if closure:
        closure.keep(schedule.uid, THIRD_TUESDAY, change.uid)
        closure.save()
    return change


@pytest.mark.parametrize("kind", [ChangeKind.CANCELLED, ChangeKind.MOVED])
def test_a_date_that_would_come_back_meets_what_is_there_now(kind: ChangeKind) -> None:
    schedule = make_schedule()
    new_day = date(2026, 12, 3) if kind == ChangeKind.MOVED else None
    gone = make_change(schedule, NEXT_TUESDAY, kind, new_day=new_day)

    assert meeting(gone) is None
    put(schedule)
    assert meeting(gone) == (NEXT_TUESDAY, time(11))


def test_a_date_that_is_called_off_comes_back_where_it_was_not_on_a_day_of_its_rule() -> None:
    schedule = make_schedule()
    extra = make_change(schedule, NEXT_TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))
    off = make_called_off(extra)

    assert meeting(off) is None
    put(schedule, opens=time(15))
    assert meeting(off) == (NEXT_TUESDAY, time(15))


def test_a_date_that_was_called_off_where_it_had_moved_to_comes_back_there() -> None:
    schedule = make_schedule()
    placed = put(schedule, day=date(2026, 12, 3))
    off = make_called_off(placed)

    assert meeting(off) is None
    make_change(schedule, date(2026, 12, 3), ChangeKind.EXTRA, opens=time(12), closes=time(14))
    assert meeting(off) == (date(2026, 12, 3), time(12))


def test_what_ends_when_the_date_begins_is_not_in_its_way() -> None:
    schedule = make_schedule()
    gone = make_change(schedule, NEXT_TUESDAY)
    put(schedule, opens=time(12))

    assert meeting(gone) is None


def test_what_is_held_or_extra_does_not_come_back_nor_does_what_a_holiday_or_the_clock_has_taken() -> None:
    schedule = make_schedule(weekdays=("TU", "FR"))
    held, extra, holiday = (
        make_change(schedule, NEXT_TUESDAY, ChangeKind.HELD),
        make_change(schedule, NEXT_TUESDAY, ChangeKind.EXTRA, opens=time(11), closes=time(13)),
        make_change(schedule, date(2026, 12, 25)),
    )
    make_change(schedule, date(2026, 12, 25), ChangeKind.EXTRA, opens=time(11), closes=time(13))
    missed = make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 11, 26))
    make_change(schedule, TUESDAY, ChangeKind.EXTRA, opens=time(11), closes=time(13))

    assert [meeting(one) for one in (held, extra, holiday)] == [None] * 3
    assert meeting(missed) == (TUESDAY, time(11))
    assert meeting(missed, NOW.replace(hour=12)) is None


def test_a_closure_that_goes_leaves_a_date_beside_what_was_put_in_its_place() -> None:
    schedule, closure = make_schedule(), make_closure(NEXT_TUESDAY, NEXT_TUESDAY)
    elsewhere = make_schedule(make_sprechstunde(office=make_office("Brackel")))
    make_change(elsewhere, THIRD_TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 2))

    assert doubled(closure) == []
    put(schedule, closure)
    assert doubled(closure) == [(schedule.sprechstunde_id, NEXT_TUESDAY, time(11))]


def test_nothing_is_doubled_on_past_days_in_another_closure_or_side_by_side() -> None:
    past, closed, beside = (make_schedule(make_sprechstunde(office=make_office(f"{number}"))) for number in range(3))
    closure = make_closure(date(2026, 11, 17), NEXT_TUESDAY)
    make_closure(NEXT_TUESDAY, NEXT_TUESDAY, sprechstunden=[closed.sprechstunde])
    put(past, closure, date(2026, 11, 17))
    put(closed, closure)
    put(beside, closure, opens=time(12))

    assert doubled(closure) == []


def test_dates_of_two_offers_at_the_same_time_are_no_double() -> None:
    one, closure = make_schedule(), make_closure(NEXT_TUESDAY, NEXT_TUESDAY)
    make_schedule(make_sprechstunde(office=one.sprechstunde.office))
    make_change(one, date(2026, 12, 1), ChangeKind.MOVED, opens=time(9), closes=time(11))

    assert doubled(closure) == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_doubles_costs_the_same_however_many_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    closure = make_closure(NEXT_TUESDAY, NEXT_TUESDAY)
    make_closure(TUESDAY, THIRD_TUESDAY, sprechstunden=[make_sprechstunde()])
    for number in range(count):
        put(make_schedule(make_sprechstunde(office=make_office(f"{number}"))), closure)
    scope = closure.scope()

    with django_assert_num_queries(7):
        found = doubled_dates(scope, NEXT_TUESDAY, NEXT_TUESDAY, NOW, [closure])

    assert len(found) == count
