"""Dates of one offer at the same time, which nobody wants. Pure: no Django, no clock."""

from collections.abc import Sequence
from dataclasses import replace

from sprechstunden.changes import Change, ChangeKind, Circumstances, calling_off
from sprechstunden.clashes import overlap
from sprechstunden.occurrences import Occurrence, occurrences
from sprechstunden.precedence import Layer, OccurrenceState
from sprechstunden.series import Series

_PLACED = frozenset({ChangeKind.MOVED, ChangeKind.EXTRA})


def meets_another(change: Change, versions: Sequence[Series], around: Circumstances) -> bool:
    """Tell whether a change puts a date where another date of the offer takes place at the same time.

    The rule of an offer gives no two dates at once, so one of two always is a moved or an extra one. Versions are those
    of one offer, as chain() gives them; around are all decisions about it, with this change or without. Closures have
    no say about the date itself: they may be deleted. One that is called off is in nobody's way.
    """
    if change.kind not in _PLACED or calling_off(around.changes, change):
        return False
    every = replace(around, changes=(*(one for one in around.changes if one.key != change.key), change))
    there = [one for series in versions for one in occurrences(series, change.lands_on, change.lands_on, every)]
    mine = [one for one in there if one.identity == change.identity and one.target is None and not _is_called_off(one)]
    others = [one for one in there if one.identity != change.identity and one.state is OccurrenceState.PLANNED]
    return any(overlap(one, other) for one in mine for other in others)


def _is_called_off(one: Occurrence) -> bool:
    return one.state is OccurrenceState.CANCELLED and one.because.layer is Layer.CHANGE
