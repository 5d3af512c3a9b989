"""Random series with all that can decide about their dates, near the window that is asked."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from hypothesis import strategies as st

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure
from sprechstunden.occurrences import Occurrence, occurrences
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Weekly, days
from sprechstunden.series import Series
from tests.sprechstunden.strategies import NOON, TEN, days_of_our_time, repeating_rules, week_days

NEAR = timedelta(20)
_HOURS = st.none() | st.sampled_from([time(0), time(9), time(10), time(11, 30), time(16), time(23, 59, 59)])
_KINDS = (*ChangeKind, ChangeKind.MOVED, ChangeKind.MOVED)
PLACES = ("marten", "office", "room")
_PLACE = st.none() | st.sampled_from(PLACES)
REASONS = (Reason(ReasonKind.TRAINING), Reason(ReasonKind.EVENT), Reason(ReasonKind.STAFF_SHORTAGE))


@dataclass(frozen=True)
class Case:
    """A series, a window and the circumstances."""

    series: Series
    first: date
    last: date
    circumstances: Circumstances

    def dates(self, circumstances: Circumstances | None = None) -> list[Occurrence]:
        """Ask the engine."""
        return list(occurrences(self.series, self.first, self.last, circumstances or self.circumstances))


@st.composite
def cases(draw: st.DrawFn, begin: st.SearchStrategy[date] = days_of_our_time) -> Case:
    """Draw a case in which most of what is drawn has an effect."""
    first = draw(begin)
    last = first + timedelta(draw(st.integers(10, 90)))
    one = Series(
        key="series",
        rule=draw(week_days.map(Weekly) | repeating_rules),
        opens=TEN,
        closes=NOON,
        valid_from=draw(st.none() | st.dates(first - NEAR, first + NEAR)),
        valid_until=draw(st.none() | st.dates(last - NEAR, last + NEAR)),
        held_on_closing_days=draw(st.booleans()),
        follows_school_holidays=draw(st.booleans()),
        place=draw(_PLACE),
    )
    changes = draw(some_changes(one, first, last).flatmap(with_some_called_off))
    return Case(
        one,
        first,
        last,
        Circumstances(
            closing_days=draw(st.dictionaries(_days(one, first, last), st.just(Reason(ReasonKind.CLOSING_DAY)))),
            school_holidays=draw(st.dictionaries(_days(one, first, last), st.just(Reason(ReasonKind.SCHOOL_HOLIDAYS)))),
            changes=changes,
            closures=draw(_closures(one, first, last, changes)),
        ),
    )


@st.composite
def some_changes(draw: st.DrawFn, one: Series, first: date, last: date, prefix: str = "change") -> tuple[Change, ...]:
    """Draw changes, most of days that the rule gives; their keys are no key of a series."""
    drawn = draw(st.lists(_changes(one, _days(one, first, last)), min_size=1, max_size=6))
    return tuple(replace(change, key=f"{prefix} {number}") for number, change in enumerate(drawn))


@st.composite
def with_some_called_off(draw: st.DrawFn, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Call off some of the dates that are moved or added, in any order."""
    placed = [change for change in changes if change.kind in {ChangeKind.MOVED, ChangeKind.EXTRA}]
    off = [call_off(change, draw(st.sampled_from(REASONS))) for change in placed if draw(st.booleans())]
    return tuple(draw(st.permutations([*changes, *off])))


def call_off(change: Change, reason: Reason) -> Change:
    """Make what calls off a moved or an extra date, as people have been told of it."""
    made = Change(f"off {change.key}", change.series_key, change.lands_on, ChangeKind.CANCELLED, reason=reason)
    return replace(made, opens=change.opens, closes=change.closes, place=change.place, calls_off=change.key)


@st.composite
def _changes(draw: st.DrawFn, one: Series, some_day: st.SearchStrategy[date]) -> Change:
    kind = draw(st.sampled_from(_KINDS))
    day = draw(some_day)
    if kind in (ChangeKind.CANCELLED, ChangeKind.HELD):
        return Change("", one.key, day, kind, reason=draw(st.sampled_from(REASONS)))
    return Change(
        key="",
        series_key=one.key,
        day=day,
        kind=kind,
        new_day=draw(st.none() | some_day) if kind is ChangeKind.MOVED else None,
        opens=draw(_HOURS),
        closes=draw(_HOURS),
        place=draw(_PLACE),
    )


@st.composite
def _closures(
    draw: st.DrawFn, one: Series, first: date, last: date, changes: tuple[Change, ...]
) -> tuple[Closure, ...]:
    some_day = _days(one, first, last)
    identities = some_day.map(lambda day: (one.key, day))
    if changes:
        of_extras = st.sampled_from(changes).map(lambda change: (change.key, change.day))
        of_changed = st.sampled_from(changes).map(lambda change: (one.key, change.day))
        identities = identities | of_extras | of_changed
    return tuple(
        [
            Closure(
                key=f"closure {number}",
                first=(begin := draw(some_day)),
                last=begin + timedelta(draw(st.integers(0, 30))),
                reason=draw(st.sampled_from(REASONS)),
                kept=frozenset(draw(st.sets(identities, max_size=4))),
                places=draw(st.none() | st.frozensets(st.sampled_from(PLACES), min_size=1)),
            )
            for number in range(draw(st.integers(0, 3)))
        ]
    )


def _days(one: Series, first: date, last: date) -> st.SearchStrategy[date]:
    """Draw days in a window and near it, most of them days that the rule gives in the window."""
    near = st.dates(first - NEAR, last + NEAR)
    ruled = list(days(one.rule, first, last))
    return st.sampled_from(ruled) | near if ruled else near
