"""The self-check: what the engine says about every offer against the second computation, from the rows.

It reads the rows by itself, so that a fault on the way from rows to values is seen too. No page runs it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from django.db import transaction

from sprechstunden import second_opinion, timetable
from sprechstunden.closing_days import closing_days
from sprechstunden.entries import Entry
from sprechstunden.models import Change, Closure, DateCheck, Difference, Schedule, Sprechstunde
from sprechstunden.school_holidays import school_holidays
from sprechstunden.second_opinion import Changed, Closed, Offer, Opinion, Surroundings, Times, Told
from standorte.models import Standort

KEPT_CHECKS, KEPT_DIFFERENCES = 30, 100
# So many offers are in memory at once.
_BATCH = 200

Second: TypeAlias = Callable[[Offer, Surroundings, date, date], Opinion]


@dataclass(slots=True)
class Findings:
    """What was compared, and where the two do not agree."""

    offers: int = 0
    dates: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(first: date, last: date, now: datetime, second: Second = second_opinion.second_opinion) -> Findings:
    """Ask both about all dates from first to last, both days included.

    What staff save between the two questions would look like a difference: where there is one, both are asked again.
    """
    found = Findings()
    numbers = list(Sprechstunde.objects.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(numbers), _BATCH):
        batch = _look(numbers[begin : begin + _BATCH], first, last, now, second)
        found.offers += batch.offers
        found.dates += batch.dates
        doubtful = sorted({difference["offer"] for difference in batch.differences})
        found.differences += _look(doubtful, first, last, now, second).differences
    found.differences += _unreadable_closures(first)
    return found


def record(found: Findings, first: date, last: date, now: datetime) -> DateCheck:
    """Keep the result for operators, and forget the oldest."""
    with transaction.atomic():
        check = DateCheck.objects.create(
            checked_at=now,
            first=first,
            last=last,
            offers=found.offers,
            dates=found.dates,
            difference_count=len(found.differences),
            differences=found.differences[:KEPT_DIFFERENCES],
        )
        newest = list(DateCheck.objects.values_list("pk", flat=True)[:KEPT_CHECKS])
        DateCheck.objects.exclude(pk__in=newest).delete()
    return check


def _look(numbers: Sequence[int], first: date, last: date, now: datetime, second: Second) -> Findings:
    """Compare some offers."""
    found = Findings()
    by_engine = _by_engine(numbers, first, last, now)
    around = _surroundings(first, last) if numbers else Surroundings()
    for row, offer in _offers(numbers):
        opinion = second(offer, around, first, last)
        found.offers += _is_seen(row)
        found.dates += len(by_engine[row.pk])
        found.differences += _unreadable(row, opinion)
        found.differences += _differences(row, by_engine[row.pk], opinion.dates)
    return found


def _by_engine(numbers: Sequence[int], first: date, last: date, now: datetime) -> defaultdict[int, list[Told]]:
    rows = Schedule.objects.of_published_offers().for_pages().filter(sprechstunde__in=numbers)
    told: defaultdict[int, list[Told]] = defaultdict(list)
    for entry in timetable.dates(timetable.versions(rows, first), first, last, now):
        told[entry.sprechstunde.pk].append(_told(entry))
    return told


def _told(entry: Entry) -> Told:
    key, original_day, starts, ends, state, *_others = entry.occurrence
    return Told(key, original_day, starts.isoformat(), ends.isoformat(), state.value, entry.place_id)


def _unreadable(row: Sprechstunde, opinion: Opinion) -> list[Difference]:
    return [
        {"offer": row.pk, "name": str(row), "day": "", "engine": "", "second": f"times {uid} are no rule: {why}"}
        for uid, why in opinion.unreadable.items()
    ]


def _unreadable_closures(since: date) -> list[Difference]:
    """Name the closures that keep what is no date: whoever wrote it believes that a date takes place."""
    return [
        {"offer": 0, "name": str(row), "day": "", "engine": "", "second": f"closure {row.uid} keeps what is no date"}
        for row in Closure.objects.since(since).order_by("pk")
        if row.keeps_what_is_no_date
    ]


def _differences(row: Sprechstunde, by_engine: Iterable[Told], by_second: Iterable[Told]) -> list[Difference]:
    """Name each date that the two do not tell alike."""
    told: defaultdict[tuple[date, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for column, dates in enumerate((by_engine, by_second)):
        for one in dates:
            told[one.original_day, one.uid][column].append(f"{one.state} {one.starts}/{one.ends} @{one.place}")
    return [
        {
            "offer": row.pk,
            "name": str(row),
            "day": day.isoformat(),
            "engine": ", ".join(sorted(engine)),
            "second": ", ".join(sorted(second)),
        }
        for (day, _uid), (engine, second) in sorted(told.items())
        if sorted(engine) != sorted(second)
    ]


def _offers(numbers: Sequence[int]) -> Iterator[tuple[Sprechstunde, Offer]]:
    """Read offers as they stand in the database; one that residents may not see has no times."""
    changes, times = _changes(numbers), _times(numbers)
    for row in Sprechstunde.objects.filter(pk__in=numbers).select_related("partner"):
        yield row, Offer(row.pk, row.office_id, tuple(times[row.pk]) if _is_seen(row) else (), changes)


def _is_seen(row: Sprechstunde) -> bool:
    return row.is_published and (row.partner is None or row.partner.is_published)


def _times(numbers: Sequence[int]) -> defaultdict[int, list[Times]]:
    times: defaultdict[int, list[Times]] = defaultdict(list)
    for row in Schedule.objects.filter(sprechstunde__in=numbers):
        times[row.sprechstunde_id].append(
            Times(
                uid=str(row.uid),
                frequency=row.frequency,
                interval=row.interval,
                weekdays=tuple(row.weekdays),
                positions=tuple(row.positions),
                anchor=row.anchor,
                opens=row.opens,
                closes=row.closes,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                place=row.standort_id,
                held_on_closing_days=row.held_on_closing_days,
                follows_school_holidays=row.follows_school_holidays,
            )
        )
    return times


def _changes(numbers: Sequence[int]) -> dict[str, tuple[Changed, ...]]:
    changes: defaultdict[str, list[Changed]] = defaultdict(list)
    for row in Change.objects.filter(schedule__sprechstunde__in=numbers).select_related("schedule"):
        where = row.new_day, row.opens, row.closes, row.standort_id
        change = Changed(str(row.uid), row.kind, row.day, *where, str(row.calls_off_id) if row.calls_off_id else None)
        changes[str(row.schedule.uid)].append(change)
    return {uid: tuple(found) for uid, found in changes.items()}


def _surroundings(first: date, last: date) -> Surroundings:
    return Surroundings(
        closing_days=closing_days(first, last).keys(),
        school_holidays=school_holidays(first, last).keys(),
        closures=tuple(_closures(first, last)),
        held_back=frozenset(Standort.objects.filter(is_published=False).values_list("pk", flat=True)),
    )


def _closures(first: date, last: date) -> Iterator[Closed]:
    """Read the closures of some days; four queries, however many there are."""
    places: defaultdict[int, set[int]] = defaultdict(set)
    offers: defaultdict[int, set[int]] = defaultdict(set)
    for through, column, found in (
        (Closure.standorte.through, "standort_id", places),
        (Closure.partner_places.through, "standort_id", places),
        (Closure.sprechstunden.through, "sprechstunde_id", offers),
    ):
        near = through._default_manager.filter(closure__last__gte=first, closure__first__lte=last)  # noqa: SLF001  # public
        for closure, row in near.values_list("closure_id", column):
            found[closure].add(row)
    for row in Closure.objects.filter(last__gte=first, first__lte=last):
        yield Closed(
            first=row.first,
            last=row.last,
            kept=frozenset((kept["uid"], kept["day"]) for kept in row.kept_dates),
            everywhere=row.whole_network,
            places=frozenset(places[row.pk]),
            offers=frozenset(offers[row.pk]),
        )
