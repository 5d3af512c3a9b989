"""In spring the clock skips an hour; nothing can take place then."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.local_time import exists
from sprechstunden.occurrences import BERLIN
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
