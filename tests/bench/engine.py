"""Measure the engine: against dateutil, and old rules against young ones.

The best of many repetitions counts, taken in turns, so that a busy machine slows all alike.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from timeit import Timer

from dateutil.rrule import TU, WEEKLY, rrule

from sprechstunden.changes import Circumstances
from sprechstunden.occurrences import occurrences
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Weekly, nearest_anchor
from sprechstunden.series import Series

TODAY = date(2026, 11, 22)
FIRST, LAST = TODAY, TODAY + timedelta(days=89)
CLOSED = Circumstances({date(2026, 12, day): Reason(ReasonKind.CLOSING_DAY) for day in (24, 25, 26, 31)})
REPETITIONS = 60
FASTER_THAN_DATEUTIL, OLD_TO_YOUNG = 50, 1.1


def main() -> None:
    """Print both ratios beside their aims."""
    ours, old, young, theirs = _best((_engine(10), 1000), (_engine(20), 1000), (_engine(1), 1000), (_dateutil(10), 10))
    print(
        f"A fortnightly rule, 90 days, {_count()} dates:",
        f"  engine {ours * 1e6:.1f} µs, dateutil {theirs * 1e6:.1f} µs, rule begun 10 years ago",
        f"  dateutil / engine: {theirs / ours:.0f} (aim: at least {FASTER_THAN_DATEUTIL})",
        f"  begun 20 years ago / 1 year ago: {old / young:.2f} (aim: at most {OLD_TO_YOUNG})",
        sep="\n",
    )


def _best(*candidates: tuple[Callable[[], object], int]) -> list[float]:
    """Give the seconds for one call of each, the best of all repetitions."""
    timers = [(Timer(call), number) for call, number in candidates]
    rounds = [[timer.timeit(number) / number for timer, number in timers] for _ in range(REPETITIONS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _anchor(years: int) -> date:
    return nearest_anchor((TU.weekday,), TODAY.replace(year=TODAY.year - years))


def _engine(years: int) -> Callable[[], object]:
    series = Series("bench", Weekly((TU.weekday,), 2, _anchor(years)), time(10), time(12))
    return lambda: list(occurrences(series, FIRST, LAST, CLOSED))


def _dateutil(years: int) -> Callable[[], object]:
    rule = rrule(WEEKLY, datetime.combine(_anchor(years), time(10)), 2, byweekday=TU)
    window = datetime.combine(FIRST, time.min), datetime.combine(LAST, time.max)
    return lambda: rule.between(*window, inc=True)


def _count() -> int:
    return len(list(occurrences(Series("bench", Weekly((1,), 2, _anchor(10)), time(10), time(12)), FIRST, LAST)))


if __name__ == "__main__":
    main()
