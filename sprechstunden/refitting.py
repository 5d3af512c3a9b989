"""What becomes of changes of single dates when times become others. Pure: no Django, no clock.

A change belongs to one version of times. After an edit its version may not give its day any more, may give it other
hours or another place, or another date may be at the same time; then somebody has to decide: see docs/decisions/0013.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from sprechstunden.changes import Change, ChangeKind, Circumstances, fits, hours
from sprechstunden.doubles import meets_another
from sprechstunden.series import Series, in_force_on

Slot = tuple[str, date, time | None]
_ALONE = Circumstances()


class Choice(StrEnum):
    """What can become of a change that fits no longer."""

    CARRY = "carry"  # it is about a date of the version that is now in force
    EXTRA = "extra"  # what was moved stays where it is, as an extra date
    STAY = "stay"  # it stays at the hours and the place that people have been told
    CANCEL = "cancel"  # what was moved is off on its old day; where it went another date takes place
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A change that fits no longer, and what it becomes with each choice there is; nothing if it is dropped.

    Without any choice the edit would take away a date that has been: it must not be made. One that is doubled has an
    effect, but another date of the offer takes place at the same time.
    """

    change: Change
    choices: Mapping[Choice, Change | None]
    is_doubled: bool = False


def misfits(
    before: Iterable[Series],
    after: Sequence[Series],
    changes: Iterable[Change],
    first: date,
    around: Circumstances = _ALONE,
) -> list[Misfit]:
    """Give the changes that have no effect on the versions after an edit, or double one of their dates.

    Each comes with what can become of it.
    The versions after it are in order, as chain() gives them; before are at least those that the changes belong to.
    First is the first day on which no date has begun: a date that has landed earlier stays where it was. Around is all
    else that decides about dates.
    """
    old, new = {series.key: series for series in before}, {series.key: series for series in after}
    found = list(changes)
    fitting = [change for change in found if change.series_key in new and fits(new[change.series_key], change)]
    taken = {slot(change) for change in fitting}
    doubled = [one for one in fitting if one.lands_on >= first and meets_another(one, after, around)]
    left = [change for change in found if change not in fitting]
    return [
        *(Misfit(change, _choices(change, old[change.series_key], after, taken, first, around)) for change in left),
        *(Misfit(change, _without_double(change, first), is_doubled=True) for change in doubled),
    ]


def going_along(
    before: Iterable[Series], after: Iterable[Series], changes: Iterable[Change], first: date
) -> list[Misfit]:
    """Give the moved and extra dates that fit after an edit, but would be at other hours or at another place.

    People have been told one by one where and when these are. What has landed before the first day stays.
    """
    old, new = {series.key: series for series in before}, {series.key: series for series in after}
    found = []
    for change in changes:
        version = new.get(change.series_key)
        told = _as_told(change, old[change.series_key], version) if version and fits(version, change) else change
        if told != change:
            choices = {Choice.STAY: told} if change.lands_on < first else {Choice.STAY: told, Choice.CARRY: change}
            found.append(Misfit(change, choices))
    return found


def _as_told(change: Change, old: Series, new: Series) -> Change:
    """Give a moved or an extra date with the hours and the place that it had before an edit, where they are others."""
    if change.kind not in {ChangeKind.MOVED, ChangeKind.EXTRA}:
        return change
    told, span = change, hours(old, change)
    if span and span != hours(new, change):
        told = replace(told, opens=span[0], closes=span[1])
    if change.place is None and old.place != new.place:
        told = replace(told, place=old.place)
    return told


def slot(change: Change) -> Slot:
    """Give what only one change can have: a date of a version, or for extra dates a time on a day."""
    return change.series_key, change.day, change.opens if change.kind is ChangeKind.EXTRA else None


def _choices(  # noqa: PLR0913, PLR0917  # all that decides about one change
    change: Change, old: Series, after: Sequence[Series], taken: set[Slot], first: date, around: Circumstances
) -> dict[Choice, Change | None]:
    kept = {Choice.CARRY: _carried(change, old, after), Choice.EXTRA: _as_extra(change, old, after)}
    possible: dict[Choice, Change | None] = {
        choice: one for choice, one in kept.items() if one is not None and slot(one) not in taken
    }
    if change.lands_on < first:
        return {choice: one for choice, one in possible.items() if choice is Choice.EXTRA}
    alone = {choice: one for choice, one in possible.items() if one and not meets_another(one, after, around)}
    return {**alone, Choice.DROP: None}


def _without_double(change: Change, first: date) -> dict[Choice, Change | None]:
    """Give what becomes of a change whose date is one too many; no date that has been comes back."""
    if change.kind is ChangeKind.EXTRA:
        return {Choice.DROP: None}
    off = replace(change, kind=ChangeKind.CANCELLED, new_day=None, opens=None, closes=None, place=None)
    return {Choice.CANCEL: off} if change.day < first else {Choice.CANCEL: off, Choice.DROP: None}


def _carried(change: Change, old: Series, after: Sequence[Series]) -> Change | None:
    """Give the change for the version in force on its day, if it fits there."""
    version = in_force_on(after, change.day)
    if version is None:
        return None
    # An extra date is where staff put it, and its place may be no more than the usual one of then.
    place = change.place or old.place if change.kind is ChangeKind.EXTRA else change.place
    carried = replace(change, series_key=version.key, place=place)
    return carried if fits(version, carried) else None


def _as_extra(change: Change, old: Series, after: Sequence[Series]) -> Change | None:
    """Give a moved date as an extra one that takes place just where and when it was moved to."""
    version, span = in_force_on(after, change.lands_on), hours(old, change)
    if change.kind is not ChangeKind.MOVED or version is None or not span:
        return None
    opens, closes = span
    place = change.place or old.place
    return Change(change.key, version.key, change.lands_on, ChangeKind.EXTRA, None, opens, closes, place)
