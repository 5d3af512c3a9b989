"""What a visitor may keep for days without network: places and their next dates, nothing that is sensitive."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from sprechstunden import timetable
from sprechstunden.entries import Entry, by_sureness
from sprechstunden.models import Schedule
from sprechstunden.models.schedule import ScheduleQuerySet
from standorte.models import Kind, Standort
from standorte.sorting import in_german_order

AHEAD = timedelta(weeks=4)
# What fits into one page of the budget, with dates that are all off as well.
PLACES = 50
DATES = 400


@dataclass(frozen=True, slots=True)
class PlaceInCopy:
    """A place with its dates of the next four weeks, as many as fit."""

    standort: Standort
    dates: Sequence[Entry]
    has_more: bool

    @property
    def by_sureness(self) -> list[tuple[bool, list[Entry]]]:
        """Give the dates that are confirmed apart from the others."""
        return by_sureness(self.dates)


@dataclass(frozen=True, slots=True)
class Copy:
    """The places that fit, offices first, and how many there are."""

    places: Sequence[PlaceInCopy]
    of: int

    @property
    def is_complete(self) -> bool:
        """Tell whether no place is left out for want of room."""
        return len(self.places) == self.of


def copy_at(now: datetime) -> Copy:
    """Give what the copy says at a moment, which is aware and in Europe/Berlin; a fixed number of queries."""
    names = _in_order(Standort.objects.published().exclude(_is_told_by_sensitive_offers()).only("name", "kind"))
    shown = [standort.pk for standort in names[:PLACES]]
    rows = Standort.objects.prefetch_related("phones", "evidence").in_bulk(shown)
    dates = _dates(shown, now)
    share = DATES // max(len(shown), 1)
    places = [PlaceInCopy(rows[pk], dates[pk][:share], len(dates[pk]) > share) for pk in shown]
    return Copy(places, len(names))


def _in_order(standorte: Iterable[Standort]) -> list[Standort]:
    return sorted(in_german_order(standorte), key=lambda standort: Kind.values.index(standort.kind))


def _dates(places: Sequence[int], now: datetime) -> dict[int, list[Entry]]:
    """Give the dates of four weeks from today on by the place at which they are."""
    harmless = _without_sensitive(Schedule.objects.of_published_offers())
    schedules = harmless.filter(timetable.coming_to(places, now.date())).for_pages()
    last = now.date() + AHEAD - timedelta(days=1)
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in timetable.dates(timetable.versions(schedules, now.date()), now.date(), last, now):
        if entry.place_id and not entry.has_ended(now):
            found[entry.place_id].append(entry)
    return found


def _without_sensitive(schedules: ScheduleQuerySet) -> ScheduleQuerySet:
    """Leave out offers for a sensitive topic: who finds the copy on a phone must not learn of them."""
    return schedules.exclude(sprechstunde__topics__is_sensitive=True)


def _is_told_by_sensitive_offers() -> Q:
    """Give the condition for rooms that are known for nothing else; an office is known to everybody."""
    here = Schedule.objects.filter(standort=OuterRef("pk"))
    return ~Q(kind=Kind.OFFICE) & Exists(here) & ~Exists(_without_sensitive(here))
