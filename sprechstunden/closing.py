"""What a closure takes away: the dates of the one engine without it and with it. It need not be saved yet."""

import copy
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sprechstunden.decided import Decisions, collect
from sprechstunden.deciding import concerned_by
from sprechstunden.entries import Entry, EntryState
from sprechstunden.explaining import why
from sprechstunden.models import Change, ChangeKind, Closure, Schedule
from sprechstunden.models.closure import Scope
from sprechstunden.precedence import Layer
from sprechstunden.timetable import dates, in_force
from standorte.models import Standort

# More boxes than these nobody reads, and Django refuses forms with more than a thousand values.
LISTED = 300


@dataclass(frozen=True, slots=True)
class Effect:
    """The dates that a closure takes away, were it to keep none, and how many of its dates are off anyway.

    Held are those that it would take away, had nobody decided that they take place whatever closes.
    """

    losses: tuple[Entry, ...] = ()
    off_anyway: int = 0
    held: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A date that a closure takes away, with the value of its box; a change may keep it already.

    Of one that is over nobody can decide any more.
    """

    entry: Entry
    value: str
    is_kept: bool
    is_kept_by_change: bool
    is_over: bool = False

    @property
    def is_fixed(self) -> bool:
        """Tell whether its box is there to read only."""
        return self.is_kept_by_change or self.is_over


@dataclass(frozen=True, slots=True)
class Held:
    """A date that takes place in spite of a closure, because somebody has decided so about this date alone."""

    entry: Entry

    @property
    def why(self) -> str:
        """Say what was decided, by whom and when."""
        return why(self.entry)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a closure would do, for somebody who has to agree to exactly that."""

    lines: Sequence[Line]
    off_anyway: int
    digest: str
    held: Sequence[Held] = ()
    reopened: Sequence[Entry] = ()

    @property
    def listed(self) -> Sequence[Line]:
        """Give the dates that can be kept one by one."""
        return self.lines[:LISTED]

    @property
    def days(self) -> list[tuple[date, list[Line]]]:
        """Group the dates that are listed by day."""
        return [(day, list(lines)) for day, lines in groupby(self.listed, key=lambda line: line.entry.day)]

    @property
    def not_listed(self) -> list[tuple[Standort | None, int]]:
        """Count the other dates by place."""
        return list(Counter(_place(line.entry) for line in self.lines[LISTED:]).items())

    @property
    def falling(self) -> list[Entry]:
        """Give the dates that fall away."""
        return [line.entry for line in self.lines if not line.is_kept]

    @property
    def places(self) -> int:
        """Count the places at which dates fall away; all dates without a known one count as one more."""
        return len({entry.place_id for entry in self.falling})


def effect(closure: Closure, scope: Scope, now: datetime) -> Effect:
    """Tell what a closure does to the dates from today on; past dates stay as they were.

    A fixed number of queries, however much it is for. What the closure itself keeps does not count.
    """
    first, last = max(closure.first, now.date()), closure.last
    if last < first:
        return Effect()
    rows, changes = list(_schedules(scope)), list(_changes(scope, first))
    others = Closure.objects.since(first).exclude(pk=closure.pk).with_scope().order_by("pk")

    def found(decided: Decisions) -> list[Entry]:
        # A date that was moved away is there twice; where it was, no closure has a say.
        every = dates(in_force(rows, decided), first, last, now)
        return [entry for entry in every if entry.state is not EntryState.MOVED]

    # What is held is in its way all the same: whoever closes a house has to know who still goes there.
    calm = [change for change in changes if change.kind != ChangeKind.HELD]
    alone = found(collect(calm, [(_keeping_nothing(closure), scope)]))
    hit = {value_of(entry) for entry in alone if entry.occurrence.because.key == closure.key}
    without = found(collect(changes, [(other, other.scope()) for other in others]))
    concerned = [entry for entry in without if value_of(entry) in hit]
    on = [entry for entry in concerned if entry.takes_place]
    held = tuple(entry for entry in on if entry.occurrence.because.layer is Layer.HELD)
    return Effect(tuple(entry for entry in on if entry not in held), len(concerned) - len(on), held)


def reopened(saved: Closure, scope: Scope, found: Effect, now: datetime) -> list[Entry]:
    """Give the dates to come that a closure takes away as it is saved, and no longer once it is changed."""
    kept, still = saved.keeps(), {value_of(entry) for entry in found.losses}
    gone = (entry for entry in effect(saved, scope, now).losses if entry.identity not in kept)
    return [entry for entry in gone if value_of(entry) not in still and not entry.has_ended(now)]


def over_today(closure: Closure, now: datetime) -> frozenset[str]:
    """Give the dates of today that a closure, as it is saved, takes away and that are over: they stay off.

    Queries only where today is one of its days.
    """
    today = now.date()
    if not closure.first <= today <= closure.last:
        return frozenset()
    of_today, kept = copy.copy(closure), closure.keeps()
    of_today.first = of_today.last = today
    losses = effect(of_today, closure.scope(), now).losses
    return frozenset(value_of(one) for one in losses if one.has_ended(now) and one.identity not in kept)


def has_begun(closure: Closure, now: datetime) -> bool:
    """Tell whether a closure has done something that is past: one of its days is, or a date of today that it takes."""
    return closure.first < now.date() or bool(over_today(closure, now))


def propose(  # noqa: PLR0913  # all that somebody agrees to
    found: Effect,
    kept: Collection[str],
    by_changes: Collection[str],
    wanted: object,
    over: Collection[str] = (),
    *,
    again: Sequence[Entry] = (),
) -> Proposal:
    """Make a proposal of what is kept, by staff and by changes; a digest of it and of what is wanted names it.

    Over are the dates about which nobody can decide any more; again those that take place again.
    """
    lines = [
        Line(entry, value := value_of(entry), value in kept or value in by_changes, value in by_changes, value in over)
        for entry in found.losses
    ]
    named = [(line.value, line.entry.starts.isoformat(), line.entry.place_id, line.is_fixed) for line in lines]
    others = [(value_of(entry), entry.starts.isoformat(), entry.place_id) for entry in (*found.held, *again)]
    digest = hashlib.sha256(repr((wanted, named, others)).encode()).hexdigest()
    return Proposal(lines, found.off_anyway, digest, [Held(entry) for entry in found.held], again)


def value_of(entry: Entry) -> str:
    """Write the identity of a date, by which a closure keeps it: its key and its original day."""
    key, day = entry.identity
    return f"{key} {day.isoformat()}"


def _place(entry: Entry) -> Standort | None:
    return entry.standort or entry.sprechstunde.office


def _keeping_nothing(closure: Closure) -> Closure:
    return Closure(uid=closure.uid, first=closure.first, last=closure.last, reason=closure.reason)


def _schedules(scope: Scope) -> Iterable[Schedule]:
    """Fetch all versions of the times of the offers that residents see and whose dates may be hit."""
    offers = Schedule.objects.filter(concerned_by(scope)).values("sprechstunde")
    return Schedule.objects.of_published_offers().filter(sprechstunde__in=offers).for_pages()


def _changes(scope: Scope, since: date) -> Iterable[Change]:
    offers = Schedule.objects.filter(concerned_by(scope)).values("sprechstunde")
    return (
        Change.objects.since(since).filter(schedule__sprechstunde__in=offers).select_related("standort", "decided_by")
    )
