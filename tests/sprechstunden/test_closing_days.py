"""Public offices in Dortmund close on the days the law names, and dates say so."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from sprechstunden.changes import Circumstances
from sprechstunden.closing_days import CHRISTMAS_EVE, HOLIDAY_NAMES, NEW_YEARS_EVE, closing_days
from sprechstunden.occurrences import occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Monthly, Weekly
from sprechstunden.series import Series
from tests.sprechstunden.strategies import NOON, TEN, series, windows


def test_a_year_has_eleven_holidays_and_two_eves() -> None:
    found = closing_days(date(2026, 1, 1), date(2026, 12, 31))

    public, closing = ReasonKind.PUBLIC_HOLIDAY, ReasonKind.CLOSING_DAY
    assert list(found.items()) == [
        (date(2026, 1, 1), Reason(public, "New Year's Day")),
        (date(2026, 4, 3), Reason(public, "Good Friday")),
        (date(2026, 4, 6), Reason(public, "Easter Monday")),
        (date(2026, 5, 1), Reason(public, "Labor Day")),
        (date(2026, 5, 14), Reason(public, "Ascension Day")),
        (date(2026, 5, 25), Reason(public, "Pentecost Monday")),
        (date(2026, 6, 4), Reason(public, "Corpus Christi")),
        (date(2026, 10, 3), Reason(public, "German Unity Day")),
        (date(2026, 11, 1), Reason(public, "All Saints' Day")),
        (date(2026, 12, 24), Reason(closing, "Christmas Eve")),
        (date(2026, 12, 25), Reason(public, "Christmas Day")),
        (date(2026, 12, 26), Reason(public, "Second Day of Christmas")),
        (date(2026, 12, 31), Reason(closing, "New Year's Eve")),
    ]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 12, 24), date(2026, 12, 24), [date(2026, 12, 24)]),
        (date(2026, 12, 27), date(2026, 12, 30), []),
        (date(2026, 12, 31), date(2027, 1, 1), [date(2026, 12, 31), date(2027, 1, 1)]),
        (date(2027, 1, 1), date(2026, 12, 31), []),
        (date(9999, 12, 30), date.max, [date.max]),
    ],
)
def test_first_and_last_day_are_included(first: date, last: date, expected: list[date]) -> None:
    assert list(closing_days(first, last)) == expected


def test_every_name_is_marked_for_the_catalogues() -> None:
    found = closing_days(date(1991, 1, 1), date(2100, 12, 31)).values()

    assert {reason.detail for reason in found} == {*HOLIDAY_NAMES, CHRISTMAS_EVE, NEW_YEARS_EVE}


def test_two_holidays_on_one_day_have_one_name() -> None:
    found = closing_days(date(2008, 5, 1), date(2008, 5, 1))

    assert dict(found) == {date(2008, 5, 1): Reason(ReasonKind.PUBLIC_HOLIDAY, "Ascension Day")}


def test_nobody_can_open_a_closed_day_for_everybody_else() -> None:
    found = closing_days(date(2026, 12, 24), date(2026, 12, 24))

    with pytest.raises(TypeError):
        del found[date(2026, 12, 24)]  # type: ignore[attr-defined]  # that is the point


def test_the_first_thursday_of_october_2019_is_cancelled_as_a_public_holiday() -> None:
    scharnhorst = Series("scharnhorst", Monthly(3, (1,)), TEN, NOON)
    first, last = date(2019, 9, 1), date(2019, 11, 30)

    found = occurrences(scharnhorst, first, last, Circumstances(closing_days(first, last)))

    assert [(one.original_day, one.state, one.reason) for one in found] == [
        (date(2019, 9, 5), OccurrenceState.PLANNED, None),
        (
            date(2019, 10, 3),
            OccurrenceState.CANCELLED,
            Reason(ReasonKind.PUBLIC_HOLIDAY, "German Unity Day"),
        ),
        (date(2019, 11, 7), OccurrenceState.PLANNED, None),
    ]


def test_nothing_takes_place_on_christmas_eve() -> None:
    day = date(2026, 12, 24)
    daily = Series("daily", Weekly(tuple(range(7))), TEN, NOON)

    (found,) = occurrences(daily, day, day, Circumstances(closing_days(day, day)))

    assert (found.state, found.reason) == (
        OccurrenceState.CANCELLED,
        Reason(ReasonKind.CLOSING_DAY, "Christmas Eve"),
    )


@given(one=series(), window=windows())
def test_no_date_is_planned_on_a_closing_day(one: Series, window: tuple[date, date]) -> None:
    first, last = window
    closed = closing_days(first - timedelta(400), last + timedelta(400))

    found = list(occurrences(one, first, last, Circumstances(closing_days(first, last))))

    planned = {one.original_day for one in found if one.state is OccurrenceState.PLANNED}
    assert one.held_on_closing_days or planned & closed.keys() == set()
