"""Rules of recurrence as values, and the days they give.

Pure calendar arithmetic on days of the proleptic Gregorian calendar: no Django, no
clock, no zone. A weekday is a number, Monday is 0, as in date.weekday().
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

LAST = -1
ONE_DAY = timedelta(days=1)
MAX_INTERVAL = 52
_DAYS_IN_WEEK = 7
_MONTHS_IN_YEAR = 12
_FIRST_DAY, _LAST_DAY = date.min.toordinal(), date.max.toordinal()
_POSITIONS = (1, 2, 3, 4, 5, LAST)

RuleFault: TypeAlias = Literal[
    "anchor_is_not_its_own_first_date",
    "anchor_missing",
    "anchor_not_wanted",
    "interval_out_of_range",
    "no_position",
    "no_weekday",
    "not_sorted",
    "position_unknown",
    "undated_has_no_rrule",
    "weekday_unknown",
]


class RuleError(ValueError):
    """What no rule may be; the code tells which sentence to show."""

    def __init__(self, code: RuleFault) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Once:
    """One day."""

    day: date


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every interval-th week on the given weekdays (RFC 5545 3.3.10, FREQ=WEEKLY).

    Weekdays ascend, each named once. A rule for every week needs no anchor. Any
    other one counts its weeks from the Monday of the anchor's week (WKST=MO), never by
    odd and even weeks: a year of 53 weeks would shift them. The anchor is itself the
    first date. Anything else raises RuleError, so that equal rules are equal values.
    """

    weekdays: tuple[int, ...]
    interval: int = 1
    anchor: date | None = None

    def __post_init__(self) -> None:
        _check_weekdays(self.weekdays)
        _require(1 <= self.interval <= MAX_INTERVAL, "interval_out_of_range")
        if self.interval == 1:
            _require(self.anchor is None, "anchor_not_wanted")
        else:
            _require(self.anchor is not None, "anchor_missing")
        if self.anchor is not None:
            on_weekday = self.anchor.weekday() in self.weekdays
            _require(on_weekday, "anchor_is_not_its_own_first_date")


@dataclass(frozen=True, slots=True)
class Monthly:
    """Every month on positions of a weekday (RFC 5545 3.3.10, FREQ=MONTHLY).

    A position is 1 to 5 or LAST; they ascend, LAST stands at the end. A month
    without a fifth one is skipped. Anything else raises RuleError.
    """

    weekday: int
    positions: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_weekdays((self.weekday,))
        _require(bool(self.positions), "no_position")
        _require(all(p in _POSITIONS for p in self.positions), "position_unknown")
        _require(self.positions == ordered_positions(self.positions), "not_sorted")


@dataclass(frozen=True, slots=True)
class Undated:
    """Times that are unknown or by agreement: known in words only, never dated."""


Rule: TypeAlias = Once | Weekly | Monthly | Undated


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Yield the days of a rule from first to last, both included, ascending.

    A day does not depend on the window asked, and the cost grows with the window
    only, not with the age of the rule. Before its anchor a rule has no day.
    """
    if isinstance(rule, Undated):
        return iter([])
    if isinstance(rule, Once):
        return iter([rule.day] if first <= rule.day <= last else [])
    if isinstance(rule, Weekly):
        return _weekly_days(rule, first, last)
    return _monthly_days(rule, first, last)


def nearest_anchor(weekdays: Iterable[int], day: date) -> date:
    """Give the day nearest to a day that is on one of the weekdays, of two the later.

    Raises RuleError without a weekday.
    """
    ordinal, weekday = day.toordinal(), day.weekday()
    ahead = {ordinal + (wanted - weekday) % _DAYS_IN_WEEK for wanted in weekdays}
    _require(bool(ahead), "no_weekday")
    both_ways = [*ahead, *(later - _DAYS_IN_WEEK for later in ahead)]
    possible = [other for other in both_ways if _FIRST_DAY <= other <= _LAST_DAY]
    return date.fromordinal(min(possible, key=lambda other: (abs(other - ordinal), -other)))


def ordered_positions(positions: Iterable[int]) -> tuple[int, ...]:
    """Give the positions ascending, each once, LAST at the end, as Monthly wants them."""
    return tuple(sorted(set(positions), key=lambda position: (position < 0, position)))


def _check_weekdays(weekdays: tuple[int, ...]) -> None:
    _require(bool(weekdays), "no_weekday")
    _require(all(0 <= day < _DAYS_IN_WEEK for day in weekdays), "weekday_unknown")
    _require(weekdays == tuple(sorted(set(weekdays))), "not_sorted")


def _require(holds: bool, code: RuleFault) -> None:  # noqa: FBT001 - the condition itself, not a switch
    if not holds:
        raise RuleError(code)


def _weekly_days(rule: Weekly, first: date, last: date) -> Iterator[date]:
    step = _DAYS_IN_WEEK * rule.interval
    begin = rule.anchor or date.min  # date.min is a Monday
    first_monday = begin.toordinal() - begin.weekday()
    lower, upper = max(begin, first).toordinal(), last.toordinal()
    monday_of_turn = lower - (lower - first_monday) % step
    for monday in range(monday_of_turn, upper + 1, step):
        for weekday in rule.weekdays:
            if lower <= monday + weekday <= upper:
                yield date.fromordinal(monday + weekday)


def _monthly_days(rule: Monthly, first: date, last: date) -> Iterator[date]:
    for month in range(_month_number(first), _month_number(last) + 1):
        for day in _days_in_month(rule, month):
            if first <= day <= last:
                yield day


def _month_number(day: date) -> int:
    return day.year * _MONTHS_IN_YEAR + day.month - 1


def _days_in_month(rule: Monthly, month_number: int) -> list[date]:
    year, month = divmod(month_number, _MONTHS_IN_YEAR)
    weekday_of_first, length = monthrange(year, month + 1)
    earliest = 1 + (rule.weekday - weekday_of_first) % _DAYS_IN_WEEK
    candidates = range(earliest, length + 1, _DAYS_IN_WEEK)
    # A set, because the last one is also the fourth or the fifth.
    chosen = {
        candidates[position if position == LAST else position - 1]
        for position in rule.positions
        if position <= len(candidates)
    }
    return [date(year, month + 1, day) for day in sorted(chosen)]
