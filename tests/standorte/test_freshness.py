"""How long a confirmation counts, by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standorte.freshness import Freshness, counts_since, freshness, lapses_on
from standorte.models import Stadtbezirk, is_confirmed_on
from tests.factories import make_stadtbezirk

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))
# The last days of short and long months, leap years among them.
ENDS = (date(2027, 8, 31), date(2027, 8, 28), date(2027, 2, 28), date(2028, 2, 29), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("confirmed_on", "day", "expected"),
    [
        (None, date(2026, 11, 22), Freshness.NEVER),
        (date(2026, 11, 22), date(2026, 11, 22), Freshness.FRESH),
        (date(2026, 11, 22), date(2027, 2, 22), Freshness.FRESH),
        (date(2026, 11, 22), date(2027, 2, 23), Freshness.AGING),
        (date(2026, 11, 22), date(2027, 5, 22), Freshness.AGING),
        (date(2026, 11, 22), date(2027, 5, 23), Freshness.LAPSED),
        (date(2026, 8, 31), date(2027, 2, 28), Freshness.AGING),
        (date(2026, 8, 31), date(2027, 3, 1), Freshness.LAPSED),
        (date(2027, 8, 31), date(2028, 2, 29), Freshness.AGING),
        (date(2027, 8, 31), date(2028, 3, 1), Freshness.LAPSED),
        (date(2027, 2, 28), date(2027, 8, 28), Freshness.AGING),
        (date(2027, 2, 28), date(2027, 8, 29), Freshness.LAPSED),
        (date(2026, 11, 30), date(2027, 2, 28), Freshness.FRESH),
        (date(2026, 11, 30), date(2027, 3, 1), Freshness.AGING),
        (date(2026, 11, 22), date(2026, 1, 1), Freshness.FRESH),
    ],
)
def test_a_confirmation_ages_after_three_months_and_lapses_after_six(
    confirmed_on: date | None, day: date, expected: Freshness
) -> None:
    assert freshness(confirmed_on, day) is expected


@given(confirmed_on=DAYS, later=st.integers(0, 400))
def test_it_lapses_on_one_day_for_good_and_never_before_an_earlier_one(confirmed_on: date, later: int) -> None:
    end = lapses_on(confirmed_on)

    assert freshness(confirmed_on, end - ONE_DAY).counts
    assert freshness(confirmed_on, end + timedelta(days=later)) is Freshness.LAPSED
    assert lapses_on(confirmed_on + timedelta(days=later)) >= end


@given(day=DAYS)
@example(day=ENDS[0])
@example(day=ENDS[1])
@example(day=ENDS[2])
@example(day=ENDS[3])
def test_what_a_query_compares_with_is_the_earliest_day_that_counts(day: date) -> None:
    since = counts_since(day)

    assert (freshness(since, day).counts, freshness(since - ONE_DAY, day).counts) == (True, False)


@pytest.mark.django_db
def test_rows_are_found_by_the_same_rule_that_tells_for_one() -> None:
    for name in range(200):
        make_stadtbezirk(f"Bezirk {name}", confirmed_on=date(2027, 1, 20) + timedelta(days=name))
    make_stadtbezirk("Nie")
    rows = list(Stadtbezirk.objects.all())

    for day in (*ENDS, date(2027, 7, 20), date(2028, 3, 1)):
        found = set(Stadtbezirk.objects.filter(is_confirmed_on(day)))

        assert found == {row for row in rows if row.freshness_on(day).counts}, day
