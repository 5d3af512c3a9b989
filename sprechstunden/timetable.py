"""What pages read: real dates of offers, from the one engine. Nobody else asks it.

Rows become values here. Every function gets the moment it answers for; all times are aware,
in Europe/Berlin.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import groupby
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q

from sprechstunden.changes import Circumstances
from sprechstunden.closing_days import closing_days
from sprechstunden.entries import Entry, EntryState, Outlook
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.models.sprechstunde import OPENING_KINDS
from sprechstunden.occurrences import Occurrence, is_during, occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.recurrence import Once, RuleError, Undated, Weekly
from sprechstunden.series import Series, chain
from standorte.models import Standort

# A rule repeats within a year at the latest (every 52 weeks); a closing day may cost it one turn.
HORIZON = timedelta(days=800)
# Nobody announces anything for later; the calendar must end somewhere.
FARTHEST = timedelta(days=20 * 366)
_UNREADABLE = Undated()
_log = logging.getLogger(__name__)


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
    to_come = [version for version in found if _is_to_come(version, now.date())]
    return Outlook(
        confirmed=tuple(_next(confirmed, now, limit)),
        unconfirmed=tuple(_next(unconfirmed, now, limit)),
        dated=tuple(version.schedule for version in to_come if version.schedule.is_dated),
        undated=tuple(undated(found, now.date())),
        has_ended=bool(found) and not to_come,
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
    return Schedule.objects.of_published_offers().for_pages()


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
    here = Q(standort__in=places) | Q(standort=None, sprechstunde__office__in=places)
    # EXISTS asks the index once per row; IN made PostgreSQL compare every row with every row.
    comes_here = Exists(Schedule.objects.filter(here, sprechstunde=OuterRef("sprechstunde")))
    return Schedule.objects.of_published_offers().filter(comes_here).for_pages()


def _next(found: Iterable[Version], now: datetime, limit: int) -> Iterator[Entry]:
    found = list(found)
    window = now.date(), _horizon(found, now.date())
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


def _horizon(found: list[Version], today: date) -> date:
    """Give a day by which every version has had its turn, however far away it begins."""
    begins = [version.series.valid_from or today for version in found]
    begins += [rule.day for version in found if isinstance(rule := version.series.rule, Once)]
    begins += [rule.anchor or today for version in found if isinstance(rule := version.series.rule, Weekly)]
    return min(max([today, *begins]), today + FARTHEST) + HORIZON


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


def _holds(version: Version, day: date) -> bool:
    first = version.series.valid_from
    return (first is None or first <= day) and _is_to_come(version, day)


def _is_to_come(version: Version, day: date) -> bool:
    last, rule = version.series.valid_until, version.series.rule
    is_over = isinstance(rule, Once) and rule.day < day
    return not is_over and (last is None or day <= last)
