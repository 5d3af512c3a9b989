"""Measure all next dates of 10,000 Sprechstunden with changes and closures, against dateutil for the same.

Time of the processor counts, the best of some repetitions, taken in turns, so that a busy machine slows all alike.
dateutil gets every date that is off as an exception and every one that staff put somewhere as an addition, ready-made:
it has to decide nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from time import process_time
from timeit import Timer
from typing import Literal, TypeVar

from dateutil.rrule import FR, MO, MONTHLY, TH, TU, WEEKLY, rrule, rruleset, weekday

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure
from sprechstunden.occurrences import Occurrence, occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Monthly, Rule, Weekly, days, nearest_anchor
from sprechstunden.series import Series

COUNT, SAMPLE, REPETITIONS = 10_000, 240, 5
TODAY = date(2026, 11, 22)
LAST = TODAY + timedelta(days=89)
TEN, NOON = time(10), time(12)
MIDNIGHT, END = datetime.combine(TODAY, time()), datetime.combine(LAST, time.max)
EVENT = Reason(ReasonKind.EVENT)
CLOSED = {date(2026, 12, day): EVENT for day in (24, 25, 26, 31)} | {date(2027, 1, 1): EVENT}
CHRISTMAS = Closure("christmas", date(2026, 12, 23), date(2027, 1, 3), EVENT)
TWO_DAYS = timedelta(days=2)

Item = TypeVar("Item")
Frequency = Literal[0, 1, 2, 3, 4, 5, 6]
Offer = tuple[Series, Circumstances]


def main() -> None:
    """Print the cost for one Sprechstunde, and how many times as long dateutil takes."""
    offers = [make_offer(number) for number in range(COUNT)]
    others = [as_rruleset(number) for number in range(SAMPLE)]
    print(f"{COUNT:,} Sprechstunden begun 1 to 10 years ago, each with three changes and a closure, for each of them:")
    for title, ours, theirs in (
        ("the next date", next_date, other_next_date),
        ("all dates of 90 days", all_dates, other_all_dates),
    ):
        one_of_ours, one_of_theirs = _best(_all_of(ours, offers), _all_of(theirs, others))
        engine, dateutil = one_of_ours / COUNT, one_of_theirs / SAMPLE
        print(
            f"  {title}: engine {engine * 1e6:.1f} µs, dateutil {dateutil * 1e6:.1f} µs (of {SAMPLE} of them), "
            f"dateutil / engine: {dateutil / engine:.0f}"
        )


def make_offer(number: int) -> Offer:
    """Make one of six sorts of rule, and cancel, move and add one date of it in the window."""
    years = 1 + number // len(_sorts(1)) % 10
    rule, _frequency, _interval, _weekdays = _sorts(years)[number % len(_sorts(1))]
    series = Series(str(number), rule, TEN, NOON, held_on_closing_days=number % 5 == 0)
    first, second, *_later = days(rule, TODAY, LAST)
    changes = (
        Change(f"{number} off", series.key, first, ChangeKind.CANCELLED, reason=EVENT),
        Change(f"{number} moved", series.key, second, ChangeKind.MOVED, second + TWO_DAYS, time(14), time(16)),
        Change(f"{number} extra", series.key, date(2026, 12, 12), ChangeKind.EXTRA, opens=time(9), closes=TEN),
    )
    return series, Circumstances(CLOSED, changes=changes, closures=(CHRISTMAS,))


def as_rruleset(number: int) -> rruleset:
    """Make the same for dateutil."""
    series, circumstances = make_offer(number)
    years = 1 + number // len(_sorts(1)) % 10
    rule, frequency, interval, by_day = _sorts(years)[number % len(_sorts(1))]
    begin = rule.anchor if isinstance(rule, Weekly) and rule.anchor else TODAY.replace(year=TODAY.year - years)
    found = rruleset()
    found.rrule(rrule(frequency, datetime.combine(begin, TEN), interval, MO, byweekday=by_day))
    for one in occurrences(series, TODAY, LAST, circumstances):
        moment = one.starts.replace(tzinfo=None)
        if one.state is not OccurrenceState.PLANNED:
            found.exdate(moment)
        elif one.because.key:
            found.rdate(moment)
    return found


def next_date(offer: Offer) -> Occurrence:
    """Ask the engine for what takes place next."""
    series, circumstances = offer
    found = occurrences(series, TODAY, LAST, circumstances)
    return next(one for one in found if one.state is OccurrenceState.PLANNED)


def all_dates(offer: Offer) -> list[Occurrence]:
    """Ask the engine for all dates, with those that are off."""
    series, circumstances = offer
    return list(occurrences(series, TODAY, LAST, circumstances))


def other_next_date(other: rruleset) -> datetime | None:
    """Ask dateutil for the next date."""
    return other.after(MIDNIGHT, inc=True)


def other_all_dates(other: rruleset) -> list[datetime]:
    """Ask dateutil for all dates that take place."""
    return other.between(MIDNIGHT, END, inc=True)


def _sorts(years: int) -> list[tuple[Rule, Frequency, int, list[weekday]]]:
    """Give six rules that began so many years ago, each with its words in dateutil."""
    begin = TODAY.replace(year=TODAY.year - years)
    return [
        (Weekly((1,)), WEEKLY, 1, [TU]),
        (Weekly((0, 3)), WEEKLY, 1, [MO, TH]),
        (Weekly((1,), 2, nearest_anchor((1,), begin)), WEEKLY, 2, [TU]),
        (Weekly((3,), 3, nearest_anchor((3,), begin)), WEEKLY, 3, [TH]),
        (Monthly(3, (1,)), MONTHLY, 1, [TH(1)]),
        (Monthly(4, (3, -1)), MONTHLY, 1, [FR(3), FR(-1)]),
    ]


def _all_of(call: Callable[[Item], object], items: Sequence[Item]) -> Callable[[], None]:
    def run() -> None:
        for item in items:
            call(item)

    return run


def _best(*calls: Callable[[], None]) -> list[float]:
    """Give the seconds of the processor for one call of each, the best of all repetitions."""
    timers = [Timer(call, timer=process_time) for call in calls]
    rounds = [[timer.timeit(1) for timer in timers] for _ in range(REPETITIONS)]
    return [min(times) for times in zip(*rounds, strict=True)]


if __name__ == "__main__":
    main()
