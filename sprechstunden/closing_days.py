"""Days on which public offices in Dortmund are closed, each with its reason.

Public holidays of North Rhine-Westphalia (Feiertagsgesetz NW, from the package
"holidays", which knows 1991 to 2100), and 24 and 31 December, on which § 6 (3) TVöD
releases staff from work.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from django.utils.translation import gettext_noop
from holidays import country_holidays

from sprechstunden.reasons import Reason, ReasonKind

CHRISTMAS_EVE = gettext_noop("Christmas Eve")
NEW_YEARS_EVE = gettext_noop("New Year's Eve")

# The English names of the package, all that North Rhine-Westphalia had since 1991.
HOLIDAY_NAMES = (
    gettext_noop("New Year's Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Easter Monday"),
    gettext_noop("Labor Day"),
    gettext_noop("Ascension Day"),
    gettext_noop("Pentecost Monday"),
    gettext_noop("Corpus Christi"),
    gettext_noop("German Unity Day"),
    gettext_noop("Reformation Day"),  # 2017 only
    gettext_noop("All Saints' Day"),
    gettext_noop("Repentance and Prayer Day"),  # to 1994
    gettext_noop("Christmas Day"),
    gettext_noop("Second Day of Christmas"),
)


def closing_days(first: date, last: date) -> Mapping[date, Reason]:
    """Give the closing days from first to last, both included, ascending.

    The detail of each reason is a msgid.
    """
    years = range(first.year, last.year + 1)
    return MappingProxyType({day: reason for year in years for day, reason in _of_year(year) if first <= day <= last})


@cache
def _of_year(year: int) -> tuple[tuple[date, Reason], ...]:
    # The package takes milliseconds for a year, a page asks many times.
    public = country_holidays("DE", subdiv="NW", years=year, expand=False, language="en_US")
    reasons = {
        # Two holidays can meet: on 1 May 2008 it was Ascension Day.
        day: Reason(ReasonKind.PUBLIC_HOLIDAY, public.get_list(day)[0])
        for day in public
    }
    eves = {
        date(year, 12, 24): Reason(ReasonKind.CLOSING_DAY, CHRISTMAS_EVE),
        date(year, 12, 31): Reason(ReasonKind.CLOSING_DAY, NEW_YEARS_EVE),
    }
    return tuple(sorted((reasons | eves).items(), key=lambda item: item[0]))
