"""Dates as pages show them: one date, one day, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby, islice
from operator import attrgetter

from django.utils import timezone

from sprechstunden.closing_days import closing_days
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN, Occurrence
from sprechstunden.precedence import Layer, OccurrenceState
from sprechstunden.reasons import Reason
from sprechstunden.school_holidays import school_holidays, school_holidays_known_until
from standorte.freshness import Freshness
from standorte.models import Standort


class EntryState(StrEnum):
    """How sure a date is."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    AGING = "aging"  # confirmed, but some months ago
    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"  # what stays on the day from which a date was moved away


# More cards that say nothing but "cancelled" hide the date that people look for.
OFF_IN_A_ROW = 6
_OFF = frozenset({EntryState.CANCELLED, EntryState.MOVED})
# What staff decided about this very date is their word, whatever is known of the times it belongs to.
_DECIDED = frozenset({Layer.HELD, Layer.CHANGE})


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of an offer as a page shows it: where it is, what staff decided about it, and where it went."""

    schedule: Schedule
    occurrence: Occurrence
    state: EntryState
    freshness: Freshness
    standort: Standort | None = None
    decision: Change | Closure | None = None
    target: "Entry | None" = None

    @property
    def sprechstunde(self) -> Sprechstunde:
        """Give the offer."""
        return self.schedule.sprechstunde

    @property
    def place_id(self) -> int | None:
        """Give the primary key of the place; a date without one is at the office of its offer."""
        return self.standort.pk if self.standort else self.sprechstunde.office_id

    @property
    def identity(self) -> tuple[str, date]:
        """Give what names this date wherever it goes."""
        return self.occurrence.identity

    @property
    def starts(self) -> datetime:
        """Give the beginning."""
        return self.occurrence.starts

    @property
    def ends(self) -> datetime:
        """Give the end; the offer is over at this moment."""
        return self.occurrence.ends

    def has_begun(self, now: datetime) -> bool:
        """Tell whether it has begun at an aware moment."""
        # As instants: two times of one zone are compared by wall clock, wrong in the night of a clock change.
        return self.starts.astimezone(UTC) <= now

    def has_ended(self, now: datetime) -> bool:
        """Tell whether it is over at an aware moment."""
        return self.ends.astimezone(UTC) <= now

    @property
    def day(self) -> date:
        """Give the day in Dortmund."""
        return self.occurrence.starts.date()

    @property
    def takes_place(self) -> bool:
        """Tell whether it takes place here and then, as far as anybody knows."""
        return self.state not in _OFF

    @property
    def goes_to(self) -> "Entry | None":
        """Give where a moved date takes place; nothing where that is off, or held back."""
        if self.target is None or not self.target.takes_place:
            return None
        return self.target if self.target.standort is None or self.target.standort.is_published else None

    @property
    def shown_as(self) -> EntryState:
        """Give what people see: a date that was moved to where it is off, or held back, is cancelled to them."""
        is_lost = self.state is EntryState.MOVED and self.goes_to is None
        return EntryState.CANCELLED if is_lost else self.state

    @property
    def why_off(self) -> Reason | None:
        """Give the reason why it does not take place: for a date that was moved to where it is off, that of there."""
        of_target = self.target.occurrence.reason if self.target and self.goes_to is None else None
        return of_target or self.occurrence.reason

    @property
    def moved_from(self) -> datetime | None:
        """Give when it would have begun by its rule, where staff have moved it here."""
        is_moved = isinstance(self.decision, Change) and self.decision.kind == ChangeKind.MOVED
        if not (is_moved and self.takes_place and self.schedule.opens):
            return None
        return datetime.combine(self.occurrence.original_day, self.schedule.opens, BERLIN)

    @property
    def moved_place(self) -> Standort | None:
        """Give the place at which it would be by its rule, where staff have moved it to another."""
        usual = self.schedule.standort
        return usual if usual and usual.is_published and self.moved_from and usual != self.standort else None

    @property
    def is_extra(self) -> bool:
        """Tell whether staff have added it and it takes place."""
        return self.takes_place and isinstance(self.decision, Change) and self.decision.kind == ChangeKind.EXTRA

    @property
    def in_spite_of(self) -> Reason | None:
        """Give why many would think it is off, where it is sure that it takes place."""
        if not (self.takes_place and self.is_confirmed):
            return None
        off = closing_days(self.day, self.day)
        if self.schedule.follows_school_holidays:
            off = {**school_holidays(self.day, self.day), **off}
        return off.get(self.day)

    @property
    def may_be_in_holidays(self) -> bool:
        """Tell whether it pauses in school holidays and nobody knows yet whether there are some on this day."""
        return self.takes_place and may_be_in_holidays(self.schedule, self.occurrence)

    @property
    def is_confirmed(self) -> bool:
        """Tell whether staff have confirmed these times lately, or have put this very date where it is."""
        return self.freshness.counts

    @property
    def confirmed_on(self) -> date | None:
        """Give the day on which staff confirmed these times or decided that this date takes place here."""
        return confirmed_on(self.schedule, self.occurrence, self.decision)

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages spoken; beside confirmed times only those that were confirmed with them."""
        return self.schedule.languages if self.schedule.confirmed_on else self.schedule.spoken()


@dataclass(frozen=True, slots=True)
class Day:
    """All dates of one day: the confirmed ones, and apart from them the others."""

    day: date
    confirmed: tuple[Entry, ...]
    unconfirmed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes next: confirmed dates, dates nobody has confirmed; the rules behind them; what has no dates.

    It has ended where all times have, or where all that is left of them is off.
    """

    confirmed: tuple[Entry, ...] = ()
    unconfirmed: tuple[Entry, ...] = ()
    dated: tuple[Schedule, ...] = ()
    undated: tuple[Schedule, ...] = ()
    has_ended: bool = False

    @property
    def confirmed_shown(self) -> Sequence[Entry]:
        """Give the confirmed dates without those that are off in a long row."""
        return _without_long_rows(self.confirmed)

    @property
    def unconfirmed_shown(self) -> Sequence[Entry]:
        """Give the other dates without those that are off in a long row."""
        return _without_long_rows(self.unconfirmed)

    @property
    def also_off(self) -> Sequence[Entry]:
        """Give the dates that are off and not shown one by one, in order."""
        shown = {*self.confirmed_shown, *self.unconfirmed_shown}
        left_out = (entry for entry in (*self.confirmed, *self.unconfirmed) if entry not in shown)
        return sorted(left_out, key=attrgetter("starts"))

    @property
    def open_now(self) -> Entry | None:
        """Give the date that makes the place open now: the one that lasts longest."""
        return max(
            (entry for entry in self.confirmed if entry.state is EntryState.OPEN), key=attrgetter("ends"), default=None
        )

    @property
    def next(self) -> Entry | None:
        """Give what makes the place open now, else the next date that takes place, a confirmed one first."""
        held = (entry for entry in (*self.confirmed, *self.unconfirmed) if entry.takes_place)
        return self.open_now or next(held, None)

    @property
    def called_off(self) -> Entry | None:
        """Give the date that people would find next, were it not off."""
        off = (entry for entry in (*self.confirmed, *self.unconfirmed) if not entry.takes_place)
        first = min(off, key=attrgetter("starts"), default=None)
        return first if first and (self.next is None or first.starts < self.next.starts) else None


def confirmed_on(schedule: Schedule, occurrence: Occurrence, decision: Change | Closure | None) -> date | None:
    """Give the day on which staff confirmed that a date takes place, if they did; in Dortmund.

    One that they have called off where they had put it stands where people have read of it: among the confirmed ones.
    """
    if decision is not None and _is_decided(occurrence, decision):
        return timezone.localdate(decision.decided_at)
    return schedule.confirmed_on


def may_be_in_holidays(schedule: Schedule, occurrence: Occurrence) -> bool:
    """Tell whether the rule of times that pause in school holidays gives a date for which these are not known yet.

    Where staff have put one, they know.
    """
    is_by_rule = occurrence.because.layer is Layer.RULE
    follows = schedule.follows_school_holidays and is_by_rule
    return follows and occurrence.starts.date() > school_holidays_known_until()


def freshness_of(schedule: Schedule, occurrence: Occurrence, decision: Change | Closure | None, day: date) -> Freshness:
    """Tell how much the confirmation of a date is worth on a day; what staff decide about one date always counts."""
    if _is_decided(occurrence, decision):
        return Freshness.FRESH
    return schedule.freshness_on(day)


def _is_decided(occurrence: Occurrence, decision: Change | Closure | None) -> bool:
    is_called_off = isinstance(decision, Change) and decision.calls_off_id is not None
    is_word = occurrence.state is OccurrenceState.PLANNED or is_called_off
    return decision is not None and occurrence.because.layer in _DECIDED and is_word


def first_of(entries: Iterable[Entry], limit: int) -> list[Entry]:
    """Give the first dates that take place, at most `limit`, and between them half as many that are off."""
    left = {True: max(limit, 0), False: max(limit, 0) // 2}
    kept = []
    for entry in entries:
        if left[entry.takes_place]:
            left[entry.takes_place] -= 1
            kept.append(entry)
    return kept


def _without_long_rows(entries: Iterable[Entry]) -> list[Entry]:
    rows = groupby(entries, key=attrgetter("takes_place"))
    return [entry for held, row in rows for entry in (row if held else islice(row, OFF_IN_A_ROW))]


def by_day(entries: Iterable[Entry]) -> list[Day]:
    """Group dates in order by day."""
    return [_day(day, list(group)) for day, group in groupby(entries, key=attrgetter("day"))]


def by_sureness(entries: Sequence[Entry]) -> list[tuple[bool, list[Entry]]]:
    """Give the dates that are confirmed, then the others; a half without dates is left out."""
    halves = [(sure, [entry for entry in entries if entry.is_confirmed is sure]) for sure in (True, False)]
    return [(sure, half) for sure, half in halves if half]


def _day(day: date, entries: list[Entry]) -> Day:
    return Day(
        day=day,
        confirmed=tuple(entry for entry in entries if entry.is_confirmed),
        unconfirmed=tuple(entry for entry in entries if not entry.is_confirmed),
    )
