"""Random rules and series, for properties that hold for all of them."""

from datetime import date, time
from string import ascii_lowercase

from hypothesis import strategies as st

from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import (
    MAX_INTERVAL,
    Monthly,
    Once,
    Rule,
    Undated,
    Weekly,
    nearest_anchor,
    ordered_positions,
)
from sprechstunden.series import Series

BEGIN, END = date(2000, 1, 1), date(2060, 12, 31)

week_days = st.sets(st.integers(0, 6), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
some_positions = st.sets(st.sampled_from((1, 2, 3, 4, 5, -1)), min_size=1).map(ordered_positions)
days_of_our_time = st.dates(BEGIN, END)


@st.composite
def weekly_rules(draw: st.DrawFn) -> Weekly:
    """Draw every week, or every n-th from some day on; fortnights often, as in life."""
    chosen = draw(week_days)
    interval = draw(st.just(2) | st.integers(1, MAX_INTERVAL))
    anchor = nearest_anchor(chosen, draw(days_of_our_time))
    return Weekly(chosen, interval, None if interval == 1 else anchor)


monthly_rules = st.builds(Monthly, st.integers(0, 6), some_positions)
repeating_rules: st.SearchStrategy[Weekly | Monthly] = weekly_rules() | monthly_rules
rules: st.SearchStrategy[Rule] = repeating_rules | days_of_our_time.map(Once) | st.just(Undated())


@st.composite
def windows(draw: st.DrawFn, longest: int = 800) -> tuple[date, date]:
    """Draw a first and a last day, both included, at most so many days apart."""
    first = draw(days_of_our_time).toordinal()
    return date.fromordinal(first), date.fromordinal(first + draw(st.integers(0, longest)))


@st.composite
def series(draw: st.DrawFn) -> Series:
    """Draw a version of times with and without a first and a last day."""
    opens, closes = sorted(draw(st.lists(st.times(), min_size=2, max_size=2, unique=True)))
    return Series(
        key=draw(st.text(ascii_lowercase, min_size=1, max_size=3)),
        rule=draw(rules),
        opens=opens,
        closes=closes,
        valid_from=draw(st.none() | days_of_our_time),
        valid_until=draw(st.none() | days_of_our_time),
        held_on_closing_days=draw(st.booleans()),
        follows_school_holidays=draw(st.booleans()),
    )


def some_closing_days(first: date, last: date) -> st.SearchStrategy[dict[date, Reason]]:
    """Draw days between first and last, both included, on which public offices close."""
    reasons = st.sampled_from([Reason(ReasonKind.PUBLIC_HOLIDAY, "Whit Tuesday"), Reason(ReasonKind.CLOSING_DAY)])
    return st.dictionaries(st.dates(first, last), reasons)


TEN, NOON = time(10), time(12)
