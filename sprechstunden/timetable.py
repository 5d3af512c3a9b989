"""What pages read: real dates of offers, from the one engine. Nobody else asks it.

Rows become values here. Every function gets the moment it answers for; all times are aware,
in Europe/Berlin.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import merge
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from sprechstunden.changes import Circumstances
from sprechstunden.closing_days import closing_days
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.models.sprechstunde import OPENING_KINDS
from sprechstunden.occurrences import Occurrence, is_during, occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.recurrence import Once, RuleError, Undated
from sprechstunden.series import Series, chain
from standorte.models import Standort

# A rule repeats within a year at the latest (every 52 weeks); a closing day may cost it one turn.
HORIZON = timedelta(days=800)
_UNREADABLE = Undated()
_log = logging.getLogger(__name__)


class EntryState(StrEnum):
    """How sure a date is."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of an offer as a page shows it."""

    schedule: Schedule
    occurrence: Occurrence
    state: EntryState

    @property
    def sprechstunde(self) -> Sprechstunde:
        """Give the offer."""
        return self.schedule.sprechstunde

    @property
    def standort(self) -> Standort | None:
        """Give the place, if it is known."""
        return self.schedule.standort

    @property
    def starts(self) -> datetime:
        """Give the beginning."""
        return self.occurrence.starts

    @property
    def ends(self) -> datetime:
        """Give the end; the offer is over at this moment."""
        return self.occurrence.ends

    @property
    def day(self) -> date:
        """Give the day in Dortmund."""
        return self.occurrence.starts.date()

    @property
    def is_confirmed(self) -> bool:
        """Tell whether staff have confirmed these times."""
        return self.schedule.is_confirmed


@dataclass(frozen=True, slots=True)
class Day:
    """All dates of one day: the confirmed ones, and apart from them the others."""

    day: date
    confirmed: tuple[Entry, ...]
    unconfirmed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next: confirmed dates, dates nobody has confirmed; the rules behind them; what has no dates."""

    confirmed: tuple[Entry, ...] = ()
    unconfirmed: tuple[Entry, ...] = ()
    dated: tuple[Schedule, ...] = ()
    undated: tuple[Schedule, ...] = ()

    @property
    def open_now(self) -> Entry | None:
        """Give the date that makes the place open now: the one that lasts longest."""
        return max(
            (entry for entry in self.confirmed if entry.state is EntryState.OPEN), key=attrgetter("ends"), default=None
        )

    @property
    def next(self) -> Entry | None:
        """Give what makes the place open now, else the next date that takes place, a confirmed one first."""
        held = (entry for entry in (*self.confirmed, *self.unconfirmed) if entry.state is not EntryState.CANCELLED)
        return self.open_now or next(held, None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dates somebody looks for; what is None does not matter."""

    standort: Standort | None = None
    language: str | None = None
    weekday: int | None = None
    week: date | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of times as row and as value, in force for the days of its value."""

    schedule: Schedule
    series: Series


def outlooks(standorte: Iterable[Standort], now: datetime, limit: int) -> dict[int, Outlook]:
    """Give what comes next at each place, by its primary key; one query for all."""
    wanted = {standort.pk for standort in standorte}
    by_place: dict[int, list[Version]] = {pk: [] for pk in wanted}
    for version in versions(_at(wanted)):
        place = _place(version.schedule)
        if place in by_place:
            by_place[place].append(version)
    return {pk: outlook(found, now, limit) for pk, found in by_place.items()}


def outlook(found: Iterable[Version], now: datetime, limit: int) -> Outlook:
    """Give the next dates, `limit` of each sort, and whatever has begun; cancelled ones between are not counted."""
    found = list(found)
    confirmed = [version for version in found if version.schedule.is_confirmed]
    unconfirmed = [version for version in found if not version.schedule.is_confirmed]
    today = now.date()
    return Outlook(
        confirmed=tuple(_next(confirmed, now, limit)),
        unconfirmed=tuple(_next(unconfirmed, now, limit)),
        dated=tuple(version.schedule for version in found if version.schedule.is_dated and _is_to_come(version, today)),
        undated=tuple(undated(found, today)),
    )


def undated(found: Iterable[Version], day: date) -> list[Schedule]:
    """Give the times in force on a day that give no dates: what is known of them is words."""
    return [version.schedule for version in found if not version.schedule.is_dated and _holds(version, day)]


def next_dates(schedule: Schedule, now: datetime, limit: int) -> list[Entry]:
    """Give the next dates of one version, and what closes between them; its offer's versions are asked for."""
    found = [version for version in versions(schedule.sprechstunde.schedules.all()) if version.schedule == schedule]
    return list(_next(found, now, limit))


def dates(found: Iterable[Version], first: date, last: date, now: datetime) -> list[Entry]:
    """Give all dates from first to last, both days included, in order."""
    circumstances = Circumstances(closing_days(first, last))
    return list(merge(*(_entries(version, (first, last), circumstances, now) for version in found), key=_order))


def by_day(entries: Iterable[Entry]) -> list[Day]:
    """Group dates in order by day."""
    return [_day(day, list(group)) for day, group in groupby(entries, key=attrgetter("day"))]


def matching(schedules: Iterable[Schedule], wanted: Wanted) -> Iterator[Version]:
    """Give the visible versions of times at a place and in a language."""
    for version in versions(schedules):
        here = wanted.standort is None or _place(version.schedule) == wanted.standort.pk
        spoken = wanted.language is None or wanted.language in version.schedule.spoken()
        if here and spoken:
            yield version


def versions(schedules: Iterable[Schedule]) -> Iterator[Version]:
    """Give the visible versions of times, each cut where the next one of its offer begins.

    All versions of an offer must be among the schedules, held back ones too: they end the ones before.
    """
    by_offer = sorted(schedules, key=attrgetter("sprechstunde_id"))
    for _offer, group in groupby(by_offer, key=attrgetter("sprechstunde_id")):
        rows = {str(schedule.uid): schedule for schedule in group}
        for series in chain(_series(schedule) for schedule in rows.values()):
            schedule = rows[series.key]
            if series.rule is not _UNREADABLE and (schedule.standort is None or schedule.standort.is_published):
                yield Version(schedule, series)


def all_schedules() -> Iterable[Schedule]:
    """Fetch the times of all published offers; one query."""
    return Schedule.objects.filter(sprechstunde__is_published=True).for_pages()


def schedules_of(sprechstunde: Sprechstunde) -> Iterable[Schedule]:
    """Fetch all versions of the times of one offer; one query."""
    return Schedule.objects.filter(sprechstunde=sprechstunde).for_pages()


def _series(schedule: Schedule) -> Series:
    """Give the value of a row. One that is no rule gives no dates, but still ends the version before."""
    try:
        return schedule.series()
    except RuleError:
        _log.exception("The times with the primary key %s are no rule; they are not shown.", schedule.pk)
        return Series(str(schedule.uid), _UNREADABLE, None, None, schedule.valid_from, schedule.valid_until)


def _place(schedule: Schedule) -> int | None:
    return schedule.standort_id or schedule.sprechstunde.office_id


def _at(places: set[int]) -> Iterable[Schedule]:
    here = Q(schedules__standort__in=places) | Q(schedules__standort=None, office__in=places)
    offers = Sprechstunde.objects.published().filter(here)
    return Schedule.objects.filter(sprechstunde__in=offers).for_pages()


def _next(found: Iterable[Version], now: datetime, limit: int) -> Iterator[Entry]:
    window = now.date(), now.date() + HORIZON
    circumstances = Circumstances(closing_days(*window))
    streams = (_entries(version, window, circumstances, now) for version in found)
    held = 0
    for entry in merge(*streams, key=_order):
        if entry.ends <= now:
            continue
        # What has begun is never cut off: behind a phone hour may stand the hour that makes the place open.
        if held >= limit and entry.starts > now:
            return
        yield entry
        held += entry.state is not EntryState.CANCELLED


def _entries(
    version: Version, window: tuple[date, date], circumstances: Circumstances, now: datetime
) -> Iterator[Entry]:
    for occurrence in occurrences(version.series, *window, circumstances):
        yield Entry(version.schedule, occurrence, _state(version.schedule, occurrence, now))


def _state(schedule: Schedule, occurrence: Occurrence, now: datetime) -> EntryState:
    if occurrence.state is not OccurrenceState.PLANNED:
        return EntryState.CANCELLED
    if not schedule.is_confirmed:
        return EntryState.PLANNED
    if schedule.sprechstunde.kind in OPENING_KINDS and is_during(occurrence, now):
        return EntryState.OPEN
    return EntryState.CONFIRMED


def _order(entry: Entry) -> tuple[datetime, int]:
    return entry.starts, entry.schedule.pk


def _day(day: date, entries: list[Entry]) -> Day:
    return Day(
        day=day,
        confirmed=tuple(entry for entry in entries if entry.is_confirmed),
        unconfirmed=tuple(entry for entry in entries if not entry.is_confirmed),
    )


def _holds(version: Version, day: date) -> bool:
    first = version.series.valid_from
    return (first is None or first <= day) and _is_to_come(version, day)


def _is_to_come(version: Version, day: date) -> bool:
    last, rule = version.series.valid_until, version.series.rule
    is_over = isinstance(rule, Once) and rule.day < day
    return not is_over and (last is None or day <= last)
