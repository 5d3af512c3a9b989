"""Two sources that know nothing of each other name the same holidays, on every day that both know.

Ours is the package "holidays" of Python, the other one "opening_hours" of npm. 24 and 31 December are no holidays:
they are ours (§ 6 (3) TVöD).
"""

import json
from datetime import date

import pytest

from sprechstunden.closing_days import closing_days
from sprechstunden.reasons import ReasonKind
from sprechstunden.school_holidays import school_holidays, school_holidays_known_until
from tests.node import packages

# Both know all of these years: public holidays by law, school holidays as far as they are fixed.
PUBLIC = range(1991, 2101)
SCHOOL = range(2012, 2030)

# The other source knows the law of today only.
PUBLIC_ONLY_OURS = {
    date(2017, 10, 31): "500 years of Reformation, a holiday in this year only (law of 25 June 2015)",
    **{
        date(year, 11, day): "Repentance and Prayer Day, a holiday until the end of 1994"
        for year, day in ((1991, 20), (1992, 18), (1993, 17), (1994, 16))
    },
}
# In 2020 the holidays began on 23 December, as planned (calendar of the Kultusministerkonferenz).
SCHOOL_ONLY_THEIRS = {
    date(2020, 12, day): "no lessons because of the pandemic, but open schools and teachers on duty: no holidays"
    for day in (21, 22)
}


def _theirs(kind: str, years: range) -> set[date]:
    answer = json.loads(packages.run("holidays.js", json.dumps({kind: list(years)})))
    return {date.fromisoformat(day) for day in answer[kind]}


def test_public_holidays_are_those_of_the_other_source() -> None:
    known = closing_days(date(PUBLIC[0], 1, 1), date(PUBLIC[-1], 12, 31))
    ours = {day for day, reason in known.items() if reason.kind is ReasonKind.PUBLIC_HOLIDAY}

    theirs = _theirs("PH", PUBLIC)

    assert (ours - theirs, theirs - ours) == ({*PUBLIC_ONLY_OURS}, set())
    assert len(ours & theirs) >= 11 * len(PUBLIC) - 1  # on 1 May 2008 two holidays met


def test_school_holidays_are_those_of_the_other_source_as_long_as_both_know_them() -> None:
    end = school_holidays_known_until()
    ours = set(school_holidays(date(SCHOOL[0], 1, 1), date(SCHOOL[-1], 12, 31)))

    theirs = {day for day in _theirs("SH", SCHOOL) if day <= end}

    assert (ours - theirs, theirs - ours) == (set(), {*SCHOOL_ONLY_THEIRS})
    assert end >= date(2029, 8, 14)  # the last day of the summer holidays


def test_the_other_source_says_so_where_it_knows_no_school_holidays() -> None:
    """Else a year nobody has fixed yet would look like a year without holidays."""
    with pytest.raises(RuntimeError, match="School holiday not defined for the year 2100"):
        packages.run("holidays.js", json.dumps({"SH": [2100]}))
