"""Open now agrees with the dates at each second around each boundary, also in the nights of a clock change."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sprechstunden import timetable
from sprechstunden.decided import Decisions, collect
from sprechstunden.entries import Entry, EntryState
from sprechstunden.models import ChangeKind, Frequency, Schedule
from sprechstunden.occurrences import BERLIN
from tests.factories import make_change, make_closure, make_schedule

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2026, 10, 2)
SECOND = timedelta(seconds=1)
WHOLE_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Clocks go forward at two and back at three o'clock.
CLOCKS = (time(0), time(1, 59, 59), time(2), time(2, 30), time(3), time(3, 0, 1), time(10), time(23, 59, 59))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.fixture
def schedule() -> Schedule:
    return make_schedule(weekdays=WHOLE_WEEK, confirmed_on=CONFIRMED_ON, held_on_closing_days=True)


def _entries(schedules: Iterable[Schedule], decided: Decisions, day: date, now: datetime) -> list[Entry]:
    return timetable.dates(timetable.in_force(schedules, decided), day, day, now)


def _around(entry: Entry) -> list[tuple[datetime, bool]]:
    """Give the instants around both ends of a date, and whether it is going on then: starts ≤ now < ends."""
    starts, ends = entry.starts.astimezone(UTC), entry.ends.astimezone(UTC)
    moments = [moment + step * SECOND for moment in (starts, ends) for step in (-1, 0, 1)]
    return [(moment.astimezone(BERLIN), starts <= moment < ends) for moment in moments]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2026, 1, 3), date(2040, 12, 31)), chosen=st.sets(st.sampled_from(CLOCKS), min_size=2))
@example(day=SPRING, chosen={time(2), time(2, 30)})
@example(day=SPRING, chosen={time(1, 59, 59), time(3)})
@example(day=SPRING, chosen={time(2, 30), time(10)})
@example(day=AUTUMN, chosen={time(2), time(2, 30)})
@example(day=AUTUMN, chosen={time(1, 59, 59), time(3)})
@example(day=AUTUMN, chosen={time(2, 30), time(10)})
def test_open_now_agrees_with_the_dates_at_each_second(schedule: Schedule, day: date, chosen: set[time]) -> None:
    schedule.frequency, schedule.anchor, schedule.confirmed_on = Frequency.ONCE, day, day
    schedule.opens, schedule.closes = min(chosen), max(chosen)
    (one,) = _entries([schedule], collect([], []), day, datetime.combine(day, time(), BERLIN))

    for now, goes_on in _around(one):
        (entry,) = _entries([schedule], collect([], []), day, now)
        opened = timetable.outlook(timetable.in_force([schedule], collect([], [])), now, 1).open_now

        assert entry.state is (EntryState.OPEN if goes_on else EntryState.CONFIRMED)
        assert (entry.has_begun(now) and not entry.has_ended(now)) is goes_on
        assert (opened.day if opened else None) == (day if goes_on else None)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_the_hour_of_the_clock_change_opens_once(schedule: Schedule, day: date) -> None:
    """Look at every minute of that night: 23 or 25 hours long, the door is open without a gap or a second time."""
    schedule.opens, schedule.closes, schedule.confirmed_on = time(1, 30), time(3, 30), day
    (one,) = _entries([schedule], collect([], []), day, datetime.combine(day, time(), BERLIN))
    midnight = datetime.combine(day, time(), BERLIN).astimezone(UTC)
    minutes = [midnight + timedelta(minutes=number) for number in range(6 * 60)]

    opened = [
        minute
        for minute in minutes
        if _entries([schedule], collect([], []), day, minute.astimezone(BERLIN))[0].state is EntryState.OPEN
    ]

    assert opened == [minute for minute in minutes if one.starts <= minute < one.ends]
    assert timedelta(minutes=len(opened)) == timedelta(hours=1 if day == SPRING else 3)


def test_what_is_cancelled_closed_or_moved_away_is_open_at_no_second() -> None:
    tuesdays = [make_schedule(confirmed_on=CONFIRMED_ON) for _number in range(3)]
    tuesday, wednesday = date(2026, 12, 1), date(2026, 12, 2)
    cancelled = make_change(tuesdays[0], tuesday)
    moved = make_change(tuesdays[1], tuesday, ChangeKind.MOVED, new_day=wednesday)
    closure = make_closure(tuesday, tuesday, sprechstunden=[tuesdays[2].sprechstunde])
    decided = collect([cancelled, moved], [(closure, closure.scope())])

    at_eleven = datetime.combine(tuesday, time(11), BERLIN)
    states = [entry.state for entry in _entries(tuesdays, decided, tuesday, at_eleven)]
    later = [entry.state for entry in _entries(tuesdays, decided, wednesday, at_eleven + timedelta(days=1))]

    assert (states, later) == ([EntryState.CANCELLED, EntryState.MOVED, EntryState.CANCELLED], [EntryState.OPEN])


def test_a_moved_date_is_open_around_its_new_ends_only() -> None:
    schedule = make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=AUTUMN, confirmed_on=CONFIRMED_ON)
    moved = make_change(schedule, AUTUMN, ChangeKind.MOVED, opens=time(2, 15), closes=time(2, 45))
    decided = collect([moved], [])
    _old, new = sorted(_entries([schedule], decided, AUTUMN, datetime.combine(AUTUMN, time(), BERLIN)), key=_state)

    for now, goes_on in _around(new):
        states = [entry.state for entry in sorted(_entries([schedule], decided, AUTUMN, now), key=_state)]
        assert states == [EntryState.MOVED, EntryState.OPEN if goes_on else EntryState.CONFIRMED]


def _state(entry: Entry) -> bool:
    return entry.takes_place
