"""A Sprechstunde can follow the school holidays of the state, as far as they are known."""

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.metadata import version
from itertools import groupby

import pytest
from django.utils.translation import gettext, override

from sprechstunden.changes import Circumstances
from sprechstunden.occurrences import occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Weekly
from sprechstunden.school_holidays import (
    SCHOOL_HOLIDAY_NAMES,
    VERSIONS_OF_HOLIDAYS,
    holidays_known_since,
    school_holidays,
    school_holidays_known_until,
)
from sprechstunden.series import Series
from tests.sprechstunden.strategies import NOON, TEN


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Join days that follow each other."""
    numbered = enumerate(sorted(days))
    groups = (list(group) for _gap, group in groupby(numbered, key=lambda item: item[1] - timedelta(item[0])))
    return [(group[0][1], group[-1][1]) for group in groups]


def test_the_holidays_of_a_school_year() -> None:
    found = school_holidays(date(2026, 7, 1), date(2027, 8, 31))

    assert _spans(found) == [
        (date(2026, 7, 20), date(2026, 9, 1)),
        (date(2026, 10, 17), date(2026, 10, 31)),
        (date(2026, 12, 23), date(2027, 1, 6)),
        (date(2027, 3, 22), date(2027, 4, 3)),
        (date(2027, 5, 18), date(2027, 5, 18)),
        (date(2027, 7, 19), date(2027, 8, 31)),
    ]
    assert [found[first].detail for first, _last in _spans(found)] == [
        "Summer Break",
        "Autumn Break",
        "Christmas Break",
        "Easter/Spring Break",
        "Ascension/Whit Break",
        "Summer Break",
    ]
    assert {reason.kind for reason in found.values()} == {ReasonKind.SCHOOL_HOLIDAYS}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 12, 22), date(2026, 12, 23), [date(2026, 12, 23)]),
        (date(2027, 1, 6), date(2027, 1, 7), [date(2027, 1, 6)]),
        (date(2026, 12, 31), date(2027, 1, 1), [date(2026, 12, 31), date(2027, 1, 1)]),
        (date(2027, 1, 1), date(2026, 12, 31), []),
    ],
)
def test_first_and_last_day_are_included(first: date, last: date, expected: list[date]) -> None:
    assert list(school_holidays(first, last)) == expected


def test_every_name_is_marked_for_the_catalogues() -> None:
    found = school_holidays(date(1991, 1, 1), date(2100, 12, 31)).values()

    assert {reason.detail for reason in found} == {*SCHOOL_HOLIDAY_NAMES}


def test_every_name_is_said_in_german() -> None:
    with override("de"):
        said = [gettext(name) for name in SCHOOL_HOLIDAY_NAMES]

    assert said == ["Weihnachtsferien", "Osterferien", "Pfingstferien", "Sommerferien", "Herbstferien"]


def test_nobody_can_end_the_holidays_for_everybody_else() -> None:
    found = school_holidays(date(2026, 12, 23), date(2026, 12, 23))

    with pytest.raises(TypeError):
        del found[date(2026, 12, 23)]  # type: ignore[attr-defined]  # that is the point


def test_after_the_last_known_holidays_nothing_is_known() -> None:
    end = school_holidays_known_until()

    assert end >= date(2029, 8, 14)
    assert list(school_holidays(end, end + timedelta(800))) == [end]


def test_what_follows_the_holidays_pauses_and_says_why() -> None:
    first, last = date(2026, 10, 13), date(2026, 11, 3)
    course = Series("course", Weekly((1,)), TEN, NOON, follows_school_holidays=True)

    found = occurrences(course, first, last, Circumstances(school_holidays=school_holidays(first, last)))

    autumn = Reason(ReasonKind.SCHOOL_HOLIDAYS, "Autumn Break")
    assert [(one.original_day, one.state, one.reason) for one in found] == [
        (date(2026, 10, 13), OccurrenceState.PLANNED, None),
        (date(2026, 10, 20), OccurrenceState.CANCELLED, autumn),
        (date(2026, 10, 27), OccurrenceState.CANCELLED, autumn),
        (date(2026, 11, 3), OccurrenceState.PLANNED, None),
    ]


def test_another_version_of_the_package_is_named_with_the_day_since_when_it_runs() -> None:
    days = list(VERSIONS_OF_HOLIDAYS.values())

    assert list(VERSIONS_OF_HOLIDAYS)[-1] == version("holidays")
    assert days == sorted(set(days))
    assert holidays_known_since() == days[-1]
