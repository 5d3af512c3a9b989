"""School holidays of North Rhine-Westphalia, which a Sprechstunde can follow.

From the package "holidays", whose source is the calendar of the Kultusministerkonferenz:
from 1991 on, and some years ahead. The four days that each school chooses for itself
are not among them.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import count, takewhile
from types import MappingProxyType

from django.utils.translation import gettext_noop
from holidays import country_holidays

from sprechstunden.reasons import Reason, ReasonKind

# The English names of the package, all that North Rhine-Westphalia had since 1991.
SCHOOL_HOLIDAY_NAMES = (
    gettext_noop("Christmas Break"),
    gettext_noop("Easter/Spring Break"),
    gettext_noop("Ascension/Whit Break"),
    gettext_noop("Summer Break"),
    gettext_noop("Autumn Break"),
)
# Since when which version of the package runs; feeds count from the last day. Another version may know other holidays,
# so whoever takes one in adds it here, with the day on which it begins to run.
VERSIONS_OF_HOLIDAYS: Mapping[str, date] = MappingProxyType({"0.109": date(2026, 1, 1)})
_KNOWN_YEAR = 2026  # any that is known; the search for the end begins here


def school_holidays(first: date, last: date) -> Mapping[date, Reason]:
    """Give the days of school holidays from first to last, both included, ascending.

    The detail of each reason is a msgid. After school_holidays_known_until() there are
    none: that is "not known yet", never "no holidays".
    """
    years = range(first.year, last.year + 1)
    return MappingProxyType({day: reason for year in years for day, reason in _of_year(year) if first <= day <= last})


def holidays_known_since() -> date:
    """Give the day since which holidays are those that are known now."""
    return max(VERSIONS_OF_HOLIDAYS.values())


@cache
def school_holidays_known_until() -> date:
    """Give the last day of the last holidays that are known."""
    known = takewhile(bool, map(_of_year, count(_KNOWN_YEAR)))
    return max(day for year in known for day, _reason in year)


@cache
def _of_year(year: int) -> tuple[tuple[date, Reason], ...]:
    # The package takes milliseconds for a year, a page asks many times.
    found = country_holidays("DE", subdiv="NW", years=year, expand=False, language="en_US", categories=("school",))
    return tuple((day, Reason(ReasonKind.SCHOOL_HOLIDAYS, found.get_list(day)[0])) for day in sorted(found))
