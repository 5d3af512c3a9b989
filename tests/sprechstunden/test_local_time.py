"""In spring the clock skips an hour; nothing can take place then."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.local_time import exists, first_skipped
from sprechstunden.occurrences import BERLIN
from sprechstunden.recurrence import Undated, Weekly
from sprechstunden.series import Series
from tests.sprechstunden.strategies import days_of_our_time

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "clock", "is_there"),
    [
        (SPRING, time(1, 59, 59), True),
        (SPRING, time(2), False),
        (SPRING, time(2, 30), False),
        (SPRING, time(2, 59, 59), False),
        (SPRING, time(3), True),
        (AUTUMN, time(2, 30), True),
        (date(2027, 3, 27), time(2, 30), True),
        (date.min, time(0), True),
        (date.max, time(23, 59), True),
    ],
)
def test_only_the_hour_that_the_clock_skips_does_not_exist(day: date, clock: time, is_there: bool) -> None:  # noqa: FBT001
    assert exists(day, clock) is is_there


@given(day=days_of_our_time, clock=st.times())
def test_a_time_exists_if_some_instant_is_called_so(day: date, clock: time) -> None:
    wall = datetime.combine(day, clock)
    instants = (datetime.combine(day, clock, UTC) - timedelta(hours=hours) for hours in (1, 2))

    assert exists(day, clock) is any(instant.astimezone(BERLIN).replace(tzinfo=None) == wall for instant in instants)


SUNDAYS = Series("key", Weekly((6,)), time(2, 15), time(3))
NEXT_SPRING = date(2028, 3, 26)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (SUNDAYS, SPRING),
        (replace(SUNDAYS, opens=time(1), closes=time(2)), SPRING),
        (replace(SUNDAYS, opens=time(1), closes=time(3)), None),
        (replace(SUNDAYS, rule=Weekly((5,))), None),
        (replace(SUNDAYS, valid_from=SPRING + timedelta(1)), NEXT_SPRING),
        (replace(SUNDAYS, valid_until=SPRING - timedelta(1)), None),
        (Series("key", Undated(), None, None), None),
    ],
)
def test_the_first_date_of_times_that_the_clock_skips_is_found(series: Series, expected: date | None) -> None:
    assert first_skipped(series, date(2026, 11, 22), NEXT_SPRING) == expected


def test_both_days_of_the_window_count() -> None:
    found = [first_skipped(SUNDAYS, first, last) for first, last in ((SPRING, SPRING), (SPRING, NEXT_SPRING))]
    later = first_skipped(SUNDAYS, SPRING + timedelta(1), NEXT_SPRING - timedelta(1))

    assert (found, later) == ([SPRING, SPRING], None)
