"""Times of day that a clock in Dortmund really shows. Pure: no Django, no clock."""

from datetime import date, datetime, time

from sprechstunden.occurrences import BERLIN


def exists(day: date, clock: time) -> bool:
    """Tell whether a clock shows this time on this day; in spring it skips an hour.

    A time that the clock shows twice, in autumn, exists: it is read as RFC 5545 3.3.5 says.
    """
    # In a gap the offset from before it is smaller than the one from after it (PEP 495).
    before, after = (datetime.combine(day, clock.replace(fold=fold), BERLIN).utcoffset() for fold in (0, 1))
    return before is None or after is None or before >= after
