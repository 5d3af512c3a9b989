"""One version of the times of a Sprechstunde as a value, and the order of versions. Pure: no Django, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise

from sprechstunden.recurrence import ONE_DAY, Rule, days


@dataclass(frozen=True, slots=True)
class Series:
    """One version of the times of a Sprechstunde.

    valid_from and valid_until are both included; without valid_from it has been so
    since before anybody wrote it down. The key is the same for every window asked. The
    place is where its dates take place, None where that is not known.
    Opens comes before closes; without one of them the rule gives no dates.
    """

    key: str
    rule: Rule
    opens: time | None
    closes: time | None
    valid_from: date | None = None
    valid_until: date | None = None
    held_on_closing_days: bool = False
    follows_school_holidays: bool = False
    place: str | None = None


def chain(versions: Iterable[Series]) -> list[Series]:
    """Put the versions of one Sprechstunde in order, so that no two overlap.

    Each is in force from its valid_from to the day before the next one's, or to its
    own valid_until if that is earlier. The one without valid_from is the first. Of
    versions with the same valid_from the one given last counts, the others are never
    in force and are left out.
    """
    ordered = sorted(versions, key=_start)
    return [
        _ended(version, _start(following) - ONE_DAY)
        for version, following in pairwise(ordered)
        if _start(version) < _start(following)
    ] + ordered[-1:]


def is_in_force(series: Series, day: date) -> bool:
    """Tell whether a version holds on a day, its first and its last one included."""
    return (series.valid_from or day) <= day <= (series.valid_until or day)


def in_force_on(versions: Iterable[Series], day: date) -> Series | None:
    """Give the version that holds on a day, of versions in order as chain() gives them; nothing where none does."""
    return next((version for version in versions if is_in_force(version, day)), None)


def gives(series: Series, day: date) -> bool:
    """Tell whether the rule of a version gives a date on this day, whatever becomes of it."""
    has_times = series.opens is not None and series.closes is not None
    return has_times and is_in_force(series, day) and any(days(series.rule, day, day))


def _start(version: Series) -> date:
    return version.valid_from or date.min


def _ended(version: Series, last: date) -> Series:
    return replace(version, valid_until=min(version.valid_until or last, last))
