"""What pages read: real dates of offers, from the one engine. Nobody else asks it.

Rows become values here. Every function gets the moment it answers for; all times are aware,
in Europe/Berlin.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import groupby

from django.db.models import Q

from sprechstunden.changes import Circumstances
from sprechstunden.closing_days import closing_days
from sprechstunden.decided import Decided, Decisions, decisions
from sprechstunden.entries import Entry, EntryState, Outlook, freshness_of, may_be_in_holidays
from sprechstunden.models import Change, Schedule, Sprechstunde
from sprechstunden.occurrences import Occurrence, is_during, occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.recurrence import Once, RuleError, Undated, Weekly
from sprechstunden.school_holidays import school_holidays
from sprechstunden.series import Series, chain
from standorte.freshness import Freshness
from standorte.models import Standort

# A rule repeats within a year at the latest (every 52 weeks); a closing day may cost it one turn.
HORIZON = timedelta(days=800)
# Nobody announces anything for later; the calendar must end somewhere.
FARTHEST = timedelta(days=20 * 366)
_UNREADABLE = Undated()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of times as row and as value, in force for the days of its value.

    With places only its dates there count: one that was moved away is elsewhere.
    """

    schedule: Schedule
    series: Series
    decided: Decided = field(default_factory=Decided)
    at: frozenset[int] | None = None

    @property
    def places(self) -> set[int]:
        """Give the primary keys of all places at which one of its dates may be."""
        found = (self.schedule.place_id, *(row.standort_id for row in self.decided.rows.values()))
        return {place for place in found if place}

    @property
    def is_here(self) -> bool:
        """Tell whether its rule, not only a single date, is at a place that counts and that residents may see."""
        return _is_seen(self.schedule.standort) and (self.at is None or self.schedule.place_id in self.at)

    @property
    def can_be_seen(self) -> bool:
        """Tell whether residents may see one of its dates: those of its rule, or one that staff have put elsewhere."""
        elsewhere = (row.standort for row in self.decided.rows.values() if row.standort)
        return _is_seen(self.schedule.standort) or any(_is_seen(standort) for standort in elsewhere)


def outlooks(standorte: Iterable[Standort], now: datetime, limit: int) -> dict[int, Outlook]:
    """Give what comes next at each place, by its primary key; the same queries for all together as for one."""
    wanted = {standort.pk for standort in standorte}
    by_place: dict[int, list[Version]] = {pk: [] for pk in wanted}
    for version in versions(_at(wanted, now.date()), now.date()):
        for place in version.places & wanted:
            by_place[place].append(replace(version, at=frozenset({place})))
    return {pk: outlook(found, now, limit) for pk, found in by_place.items()}


def outlook(found: Iterable[Version], now: datetime, limit: int) -> Outlook:
    """Give the next dates, `limit` of each sort, and whatever has begun; cancelled ones between are not counted."""
    found = list(found)
    here = [version for version in found if version.is_here]
    to_come = [version for version in here if _is_to_come(version, now.date())]
    confirmed = tuple(_next(_confirmed(found, now.date()), now, limit, confirmed=True))
    unconfirmed = tuple(_next(_unconfirmed(found, now.date()), now, limit, confirmed=False))
    left = [entry.takes_place for entry in (*confirmed, *unconfirmed)]
    return Outlook(
        confirmed=confirmed,
        unconfirmed=unconfirmed,
        dated=tuple(version.schedule for version in to_come if version.schedule.is_dated),
        undated=tuple(undated(found, now.date())),
        has_ended=(bool(here) and not to_come) or (bool(left) and not any(left)),
    )


def undated(found: Iterable[Version], day: date) -> list[Schedule]:
    """Give the times in force on a day that give no dates: what is known of them is words."""
    without = (version for version in found if version.is_here and not version.schedule.is_dated)
    return [version.schedule for version in without if _holds(version, day)]


def next_dates(schedule: Schedule, now: datetime, limit: int, decided: Decisions) -> list[Entry]:
    """Give the next dates of one version, and what closes between them; its offer's versions are asked for."""
    found = in_force(schedule.sprechstunde.schedules.all(), decided)
    return upcoming([version for version in found if version.schedule == schedule], now, limit)


def upcoming(found: Sequence[Version], now: datetime, limit: int, horizon: timedelta = HORIZON) -> list[Entry]:
    """Give the next dates of some versions, `limit` that take place, and what is off between them."""
    return list(_next(found, now, limit, horizon))


def dates(found: Iterable[Version], first: date, last: date, now: datetime) -> list[Entry]:
    """Give all dates from first to last, both days included, in order."""
    return list(merge(*_streams(found, first, last, now), key=_order))


def versions(schedules: Iterable[Schedule], since: date) -> Iterator[Version]:
    """Give the visible versions of times, each cut where the next one of its offer begins, as decided since a day.

    All versions of an offer must be among the schedules, held back ones too: they end the ones before.
    About dates before that day, which is included, no decision is known.
    """
    rows = list(schedules)
    return in_force(rows, decisions(rows, since)) if rows else iter(())


def versions_at(standort: Standort, since: date) -> Iterator[Version]:
    """Give the visible versions of times of which dates are at a place, as decided since a day; only those count."""
    for version in versions(_at({standort.pk}, since), since):
        if standort.pk in version.places:
            yield replace(version, at=frozenset({standort.pk}))


def in_force(schedules: Iterable[Schedule], decided: Decisions) -> Iterator[Version]:
    """Give the visible versions of times under decisions; neither need be saved yet."""
    by_offer = sorted(schedules, key=_offer)
    for _pk, group in groupby(by_offer, key=_offer):
        rows = {str(schedule.uid): schedule for schedule in group}
        for series in chain(series_of(schedule) for schedule in rows.values()):
            version = Version(rows[series.key], series, decided.of(rows[series.key]))
            if not is_unreadable(series) and version.can_be_seen:
                yield version


def all_schedules() -> Iterable[Schedule]:
    """Fetch the times of all published offers; one query."""
    return Schedule.objects.of_published_offers().for_pages()


def schedules_of(sprechstunde: Sprechstunde) -> Iterable[Schedule]:
    """Fetch all versions of the times of one offer; one query."""
    return Schedule.objects.filter(sprechstunde=sprechstunde).for_pages()


def in_use(sprechstunde: Sprechstunde, day: date) -> list[Schedule]:
    """Give the visible versions of the times of one offer that are in force on a day."""
    found = versions(list(schedules_of(sprechstunde)), day)
    return [version.schedule for version in found if version.is_here and _holds(version, day)]


def series_of(schedule: Schedule) -> Series:
    """Give the value of a row. One that is no rule gives no dates, but still ends the version before."""
    try:
        return schedule.series()
    except RuleError:
        _log.exception("The times with the primary key %s are no rule; they are not shown.", schedule.pk)
        return Series(str(schedule.uid), _UNREADABLE, None, None, schedule.valid_from, schedule.valid_until)


def is_unreadable(series: Series) -> bool:
    """Tell whether a series comes from a row that is no rule."""
    return series.rule is _UNREADABLE


def coming_to(places: Iterable[int], since: date) -> Q:
    """Give the condition for the times of offers of which dates on a day or later can be at some places."""
    rows = Schedule.objects.order_by()
    own = rows.filter(standort__in=places).values("sprechstunde")
    at_office = rows.filter(standort=None, sprechstunde__office__in=places).values("sprechstunde")
    moved = Change.objects.since(since).filter(standort__in=places).order_by().values("schedule__sprechstunde")
    # Together, because each part finds its rows by an index, which OR would not: it looked at every row there is.
    return Q(sprechstunde__in=own.union(at_office, moved))


def _at(places: set[int], since: date) -> Iterable[Schedule]:
    return Schedule.objects.of_published_offers().filter(coming_to(places, since)).for_pages()


def _offer(schedule: Schedule) -> int:
    return schedule.sprechstunde_id or 0  # one that is not saved yet is alone


def _confirmed(found: Iterable[Version], day: date) -> list[Version]:
    """Keep what can have a confirmed date: confirmed times, and single dates that staff have put somewhere."""
    return [version for version in found if version.schedule.freshness_on(day).counts or version.decided.changes]


def _unconfirmed(found: Iterable[Version], day: date) -> list[Version]:
    return [version for version in found if not version.schedule.freshness_on(day).counts]


def _next(
    found: Sequence[Version],
    now: datetime,
    limit: int,
    horizon: timedelta = HORIZON,
    *,
    confirmed: bool | None = None,
) -> Iterator[Entry]:
    held = 0
    for entry in merge(*_streams(found, now.date(), _begin_of_all(found, now.date()) + horizon, now), key=_order):
        if entry.has_ended(now) or confirmed not in {None, entry.is_confirmed}:
            continue
        # What has begun is never cut off: behind a phone hour may stand the hour that makes the place open.
        if held >= limit and not entry.has_begun(now):
            return
        yield entry
        held += entry.takes_place


def _begin_of_all(found: Sequence[Version], today: date) -> date:
    """Give a day by which every version has begun, however far away that is."""
    begins = [version.series.valid_from or today for version in found]
    begins += [rule.day for version in found if isinstance(rule := version.series.rule, Once)]
    begins += [rule.anchor or today for version in found if isinstance(rule := version.series.rule, Weekly)]
    begins += [change.lands_on for version in found for change in version.decided.changes]
    return min(max([today, *begins]), today + FARTHEST)


def _streams(found: Iterable[Version], first: date, last: date, now: datetime) -> list[Iterator[Entry]]:
    """Give the dates of each version from first to last, both days included."""
    off, school = closing_days(first, last), school_holidays(first, last)
    return [
        _entries(
            version,
            occurrences(
                version.series,
                first,
                last,
                Circumstances(off, school, version.decided.changes, version.decided.closures),
            ),
            now,
        )
        for version in found
    ]


def _entries(version: Version, found: Iterable[Occurrence], now: datetime) -> Iterator[Entry]:
    for occurrence in found:
        entry = _entry(version, occurrence, now)
        is_here = version.at is None or entry.place_id in version.at
        if is_here and _is_seen(entry.standort):
            yield entry


def _entry(version: Version, occurrence: Occurrence, now: datetime) -> Entry:
    schedule, decided, key = version.schedule, version.decided, occurrence.because.key or ""
    decision = decided.rows.get(key) or decided.closed_by.get(key)
    freshness = freshness_of(schedule, occurrence, decision, now.date())
    return Entry(
        schedule,
        occurrence,
        _state(schedule, occurrence, freshness, now),
        freshness,
        decided.place(occurrence.place) if occurrence.place else schedule.standort,
        decision,
        _entry(version, occurrence.target, now) if occurrence.target else None,
    )


def _state(schedule: Schedule, occurrence: Occurrence, freshness: Freshness, now: datetime) -> EntryState:
    if occurrence.state is not OccurrenceState.PLANNED:
        return EntryState.MOVED if occurrence.state is OccurrenceState.MOVED else EntryState.CANCELLED
    if not freshness.counts:
        return EntryState.PLANNED
    opens = schedule.sprechstunde.opens_its_place and not may_be_in_holidays(schedule, occurrence)
    if opens and is_during(occurrence, now):
        return EntryState.OPEN
    return EntryState.AGING if freshness is Freshness.AGING else EntryState.CONFIRMED


def _is_seen(standort: Standort | None) -> bool:
    return standort is None or standort.is_published


def _order(entry: Entry) -> tuple[datetime, int]:
    return entry.starts, entry.schedule.pk or 0


def _holds(version: Version, day: date) -> bool:
    first = version.series.valid_from
    return (first is None or first <= day) and _is_to_come(version, day)


def _is_to_come(version: Version, day: date) -> bool:
    last, rule = version.series.valid_until, version.series.rule
    is_over = isinstance(rule, Once) and rule.day < day
    return not is_over and (last is None or day <= last)
