"""Who decides whether a date takes place: the layers and their order. Pure: no Django, no clock.

For one date the first layer that has a say wins: held in spite of everything; closure;
change; school holidays; closing days; rule. What counts for a closure is the day on
which the date would take place: see docs/decisions/0010.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure, calling_off
from sprechstunden.reasons import Reason
from sprechstunden.series import Series


class OccurrenceState(StrEnum):
    """What becomes of a date."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"  # what stays in its old place and says where it went


class Layer(StrEnum):
    """What can decide about a date."""

    HELD = "held"
    CLOSURE = "closure"
    CHANGE = "change"
    SCHOOL_HOLIDAYS = "school_holidays"
    CLOSING_DAY = "closing_day"
    RULE = "rule"


class Because(NamedTuple):
    """The layer that decided, and the key of the change or closure, if it was one."""

    layer: Layer
    key: str | None = None


class Verdict(NamedTuple):
    """What becomes of a date; the reason for residents why it does not take place there and then."""

    state: OccurrenceState
    reason: Reason | None
    because: Because


BY_RULE = Because(Layer.RULE)
_PLANNED = Verdict(OccurrenceState.PLANNED, None, BY_RULE)


def by_rule(series: Series, day: date, changed: Mapping[date, Change], circumstances: Circumstances) -> Verdict:
    """Decide about a date on the day that the rule gives.

    A date that was moved away says so even in a closure: it would not take place here
    anyway. Whether it does elsewhere is for by_choice to decide.
    """
    change = changed.get(day)
    if change is not None and change.kind is not ChangeKind.CANCELLED:
        return _held(change) if change.kind is ChangeKind.HELD else _changed(change, OccurrenceState.MOVED)
    closure = _closing(circumstances.closures, day, series.place, (series.key, day))
    if closure is not None:
        return _closed(closure)
    if change is not None:
        return _changed(change, OccurrenceState.CANCELLED)
    if series.follows_school_holidays and day in circumstances.school_holidays:
        return _cancelled(Layer.SCHOOL_HOLIDAYS, circumstances.school_holidays[day])
    if day in circumstances.closing_days and not series.held_on_closing_days:
        return _cancelled(Layer.CLOSING_DAY, circumstances.closing_days[day])
    return _PLANNED


def by_choice(series: Series, change: Change, circumstances: Circumstances) -> Verdict:
    """Decide about a moved or an extra date where staff want it.

    They chose the day, so holidays and closing days have no say; a closure of that day
    and place has, unless the date is kept. It stands there as cancelled if it is called off.
    """
    place = change.place or series.place
    closure = _closing(circumstances.closures, change.lands_on, place, change.identity)
    if closure is not None:
        return _closed(closure)
    off = calling_off(circumstances.changes, change)
    if off is not None:
        return _changed(off, OccurrenceState.CANCELLED)
    return Verdict(OccurrenceState.PLANNED, None, Because(Layer.CHANGE, change.key))


def _closing(closures: Iterable[Closure], day: date, place: str | None, identity: tuple[str, date]) -> Closure | None:
    """Give the closure that hits a date on a day at a place, of several the one given first."""
    for closure in closures:
        is_here = closure.places is None or place in closure.places
        if is_here and closure.first <= day <= closure.last and identity not in closure.kept:
            return closure
    return None


def _held(change: Change) -> Verdict:
    return Verdict(OccurrenceState.PLANNED, None, Because(Layer.HELD, change.key))


def _changed(change: Change, state: OccurrenceState) -> Verdict:
    return Verdict(state, change.reason, Because(Layer.CHANGE, change.key))


def _closed(closure: Closure) -> Verdict:
    return Verdict(OccurrenceState.CANCELLED, closure.reason, Because(Layer.CLOSURE, closure.key))


def _cancelled(layer: Layer, reason: Reason) -> Verdict:
    return Verdict(OccurrenceState.CANCELLED, reason, Because(layer))
