"""How long a confirmation counts: the one rule, as a function of the day of confirming and the day of reading.

Months are calendar months: what was confirmed on 31 August counts for six months, until 28 February, that day included
(29 in a leap year). So months of different length never make a confirmation count longer than a later one.
"""

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

AGES_AFTER = 3  # months; from the next day on pages say that it is long ago
COUNTS_FOR = 6  # months; from the next day on it is as if nobody had confirmed it
_ONE_DAY = timedelta(days=1)


class Freshness(StrEnum):
    """How much a confirmation is worth on a day."""

    FRESH = "fresh"
    AGING = "aging"
    LAPSED = "lapsed"
    NEVER = "never"

    @property
    def counts(self) -> bool:
        """Tell whether something is confirmed."""
        return self in {Freshness.FRESH, Freshness.AGING}


def freshness(confirmed_on: date | None, day: date) -> Freshness:
    """Tell how much a confirmation is worth on a day; one of a later day, asked in a preview, is fresh."""
    if confirmed_on is None:
        return Freshness.NEVER
    if day >= lapses_on(confirmed_on):
        return Freshness.LAPSED
    return Freshness.AGING if day > _months_after(confirmed_on, AGES_AFTER) else Freshness.FRESH


def lapses_on(confirmed_on: date) -> date:
    """Give the first day on which a confirmation no longer counts."""
    return _months_after(confirmed_on, COUNTS_FOR) + _ONE_DAY


def counts_since(day: date) -> date:
    """Give the earliest day of confirming that still counts on a day: what a query compares with."""
    found = day - relativedelta(months=COUNTS_FOR)
    # From 31 August six months back is 28 February, of which six months end on 28 August.
    return found if lapses_on(found) > day else found + _ONE_DAY


def _months_after(day: date, months: int) -> date:
    return day + relativedelta(months=months)
