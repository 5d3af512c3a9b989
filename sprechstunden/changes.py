"""What staff decide about single dates and about spans of days, as values. Pure: no Django, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType

from sprechstunden.reasons import Reason
from sprechstunden.series import Series, gives, is_in_force

_NO_DAYS: Mapping[date, Reason] = MappingProxyType({})


class ChangeKind(StrEnum):
    """What staff decide about one date."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    EXTRA = "extra"
    HELD = "held"  # in spite of closures, holidays and closing days


@dataclass(frozen=True, slots=True)
class Change:
    """A decision about one date of a series.

    The day is the original day of that date, its identity (RECURRENCE-ID); for an extra
    date, which the rule does not give, its own day. A moved date has a new day, new
    times or a new place, an extra one times and a place; what is None is as it was, or
    as it is in the series. The reason says why a date is cancelled or moved.

    A moved or an extra date that is off after all has two: what put it there, and a
    cancelled one that calls it off, with the key of the first, for the day where it is.
    """

    key: str
    series_key: str
    day: date
    kind: ChangeKind
    new_day: date | None = None
    opens: time | None = None
    closes: time | None = None
    place: str | None = None
    reason: Reason | None = None
    calls_off: str | None = None

    @property
    def identity(self) -> tuple[str, date]:
        """Give what names the date it is about wherever that goes: see Occurrence."""
        return self.key if self.kind is ChangeKind.EXTRA else self.series_key, self.day

    @property
    def lands_on(self) -> date:
        """Give the day on which staff want the date."""
        return self.new_day or self.day


@dataclass(frozen=True, slots=True)
class Closure:
    """Nothing takes place from the first to the last day, both included.

    With places only dates that would take place at one of them are hit, wherever
    their series is; without, all dates of the series it is given for.
    Kept are the dates that staff excepted, by their identity: key and original day of
    the occurrence (for an extra date the key of its change).
    """

    key: str
    first: date
    last: date
    reason: Reason
    kept: frozenset[tuple[str, date]] = frozenset()
    places: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that decides about the dates of a series beside the series itself.

    Closures are those that concern the series: who asks decides that. Changes of other
    series have no effect, but each one costs a look.
    """

    closing_days: Mapping[date, Reason] = field(default_factory=lambda: _NO_DAYS)
    school_holidays: Mapping[date, Reason] = field(default_factory=lambda: _NO_DAYS)
    changes: tuple[Change, ...] = ()
    closures: tuple[Closure, ...] = ()


def fits(series: Series, change: Change) -> bool:
    """Tell whether a change of a series has an effect on its dates.

    It has none where the rule does not give its day (any more), an extra date is outside of the days of this version,
    or its times do not make a span: then staff have to decide about it. One that calls another off fits like that one:
    nobody has to decide about it alone.
    """
    if change.calls_off is not None:
        return True
    if change.kind is ChangeKind.EXTRA:
        return is_in_force(series, change.day) and bool(hours(series, change))
    return gives(series, change.day) and _has_span(series, change)


def hours(series: Series, change: Change) -> tuple[time, time] | tuple[()]:
    """Give from and to of a moved or an extra date, nothing where they do not make a span."""
    opens, closes = change.opens or series.opens, change.closes or series.closes
    return () if opens is None or closes is None or closes <= opens else (opens, closes)


def extras(series: Series, changes: Iterable[Change]) -> list[Change]:
    """Give the changes that add a date to a series, whether they fit it or not."""
    return [change for change in changes if change.kind is ChangeKind.EXTRA and change.series_key == series.key]


def about_dates(series: Series, changes: Iterable[Change]) -> dict[date, Change]:
    """Give the one change that counts for each original day of a series.

    Of several for one day it is "held", else the one given last. A move whose times do
    not make a span does not count.
    """
    found = [
        change
        for change in changes
        if change.series_key == series.key and _is_about_a_date(change) and _has_span(series, change)
    ]
    found.sort(key=lambda change: change.kind is ChangeKind.HELD)
    return {change.day: change for change in found}


def calling_off(changes: Iterable[Change], put_there: Change) -> Change | None:
    """Give what calls off a moved or an extra date, if something does; it shows where the date is."""
    return next((change for change in changes if change.calls_off == put_there.key), None)


def _is_about_a_date(change: Change) -> bool:
    return change.kind is not ChangeKind.EXTRA and change.calls_off is None


def _has_span(series: Series, change: Change) -> bool:
    return change.kind is not ChangeKind.MOVED or bool(hours(series, change))
