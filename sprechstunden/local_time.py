"""Times of day that a clock in Dortmund really shows. Pure: no Django, no clock."""

from datetime import date, datetime, time

from sprechstunden.occurrences import BERLIN
from sprechstunden.recurrence import days
from sprechstunden.series import Series, is_in_force


def exists(day: date, clock: time) -> bool:
    """Tell whether a clock shows this time on this day; in spring it skips an hour.

    A time that the clock shows twice, in autumn, exists: it is read as RFC 5545 3.3.5 says.
    """
    # In a gap the offset from before it is smaller than the one from after it (PEP 495).
    before, after = (datetime.combine(day, clock.replace(fold=fold), BERLIN).utcoffset() for fold in (0, 1))
    return before is None or after is None or before >= after


def first_skipped(series: Series, first: date, last: date) -> date | None:
    """Give the first day from first to last, both included, on which times begin or end in the hour that is skipped."""
    clocks = [clock for clock in (series.opens, series.closes) if clock is not None]
    given = (day for day in days(series.rule, first, last) if is_in_force(series, day))
    return next((day for day in given if not all(exists(day, clock) for clock in clocks)), None)
