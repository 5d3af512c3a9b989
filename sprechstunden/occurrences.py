"""The dates of a Sprechstunde: the one engine that answers pages, feeds and print.

Pure: no Django, no rows, no clock. Days and times are the wall clock in Dortmund;
date, time and zone are combined at the very end, so "Tuesdays at ten" is at ten in
summer and in winter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sprechstunden.recurrence import Rule, days

BERLIN = ZoneInfo("Europe/Berlin")


class ReasonKind(StrEnum):
    """Why a date does not take place; never the illness or leave of a person."""

    STAFF_SHORTAGE = "staff_shortage"
    TRAINING = "training"
    PUBLIC_HOLIDAY = "public_holiday"
    CLOSING_DAY = "closing_day"  # 24 and 31 December, § 6 (3) TVöD
    ROOM_NOT_AVAILABLE = "room_not_available"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """A kind of reason; the detail is a msgid, such as the name of a holiday."""

    kind: ReasonKind
    detail: str = ""


class OccurrenceState(StrEnum):
    """What becomes of a date."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Series:
    """One version of the times of a Sprechstunde.

    valid_from and valid_until are both included; without valid_from it has been so
    since before anybody wrote it down. The key is the same for every window asked.
    Opens comes before closes; without one of them there are no dates.
    """

    key: str
    rule: Rule
    opens: time | None
    closes: time | None
    valid_from: date | None = None
    valid_until: date | None = None
    held_on_closing_days: bool = False


class Occurrence(NamedTuple):
    """One date of a series; key and original_day are its identity (RECURRENCE-ID).

    Starts and ends are aware, Europe/Berlin; it is on at starts, no longer at ends. A
    tuple, because a frozen dataclass takes three times as long to make.
    """

    key: str
    original_day: date
    starts: datetime
    ends: datetime
    state: OccurrenceState
    reason: Reason | None


_NO_DAYS: Mapping[date, Reason] = MappingProxyType({})


def occurrences(
    series: Series,
    first: date,
    last: date,
    closing_days: Mapping[date, Reason] = _NO_DAYS,
) -> Iterator[Occurrence]:
    """Yield the dates of a series from first to last, both days included, ascending.

    A date that does not take place is yielded as cancelled with its reason. A time
    that the clock skips or repeats is read as RFC 5545 3.3.5 says: with the offset
    from before the change.
    """
    if series.opens is None or series.closes is None:
        return
    opens = series.opens.replace(tzinfo=BERLIN)
    closes = series.closes.replace(tzinfo=BERLIN)
    first = max(first, series.valid_from or first)
    last = min(last, series.valid_until or last)
    for day in days(series.rule, first, last):
        state, reason = _decide(series, day, closing_days)
        starts, ends = datetime.combine(day, opens), datetime.combine(day, closes)
        yield Occurrence(series.key, day, starts, ends, state, reason)


def chain(versions: Iterable[Series]) -> list[Series]:
    """Put the versions of one Sprechstunde in order, so that no two overlap.

    Each is in force from its valid_from to the day before the next one's, or to its
    own valid_until if that is earlier. The one without valid_from is the first. Of
    versions with the same valid_from the one given last counts, the others are never
    in force and are left out.
    """
    ordered = sorted(versions, key=_start)
    return [
        _ended(version, _start(following) - timedelta(days=1))
        for version, following in pairwise(ordered)
        if _start(version) < _start(following)
    ] + ordered[-1:]


def is_during(occurrence: Occurrence, now: datetime) -> bool:
    """Tell whether now, an aware datetime, is in the span of a date: starts ≤ now < ends.

    The spans of cancelled dates count too: look at the state. A naive now raises TypeError.
    """
    # As instants: two times of one zone are compared by wall clock, wrong in the hour
    # that the clock repeats.
    starts, ends = occurrence.starts.astimezone(UTC), occurrence.ends.astimezone(UTC)
    return starts <= now < ends


def _decide(series: Series, day: date, closing_days: Mapping[date, Reason]) -> tuple[OccurrenceState, Reason | None]:
    """Decide about one day of the rule; the first that has a say wins.

    The order is: staff about one date, closures, school holidays, closing days, rule.
    """
    if day in closing_days and not series.held_on_closing_days:
        return OccurrenceState.CANCELLED, closing_days[day]
    return OccurrenceState.PLANNED, None


def _start(version: Series) -> date:
    return version.valid_from or date.min


def _ended(version: Series, last: date) -> Series:
    return replace(version, valid_until=min(version.valid_until or last, last))
