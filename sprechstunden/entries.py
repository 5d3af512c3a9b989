"""Dates as pages show them: one date, one day, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.occurrences import Occurrence
from standorte.models import Standort


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

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages spoken; beside confirmed times only those that were confirmed with them."""
        return self.schedule.languages if self.is_confirmed else self.schedule.spoken()


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
    has_ended: bool = False

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


def first_of(entries: Iterable[Entry], limit: int) -> list[Entry]:
    """Give the first dates that take place, at most `limit`, and between them half as many that are off."""
    left = {True: max(limit, 0), False: max(limit, 0) // 2}
    kept = []
    for entry in entries:
        is_held = entry.state is not EntryState.CANCELLED
        if left[is_held]:
            left[is_held] -= 1
            kept.append(entry)
    return kept


def by_day(entries: Iterable[Entry]) -> list[Day]:
    """Group dates in order by day."""
    return [_day(day, list(group)) for day, group in groupby(entries, key=attrgetter("day"))]


def _day(day: date, entries: list[Entry]) -> Day:
    return Day(
        day=day,
        confirmed=tuple(entry for entry in entries if entry.is_confirmed),
        unconfirmed=tuple(entry for entry in entries if not entry.is_confirmed),
    )
