"""The dates of an offer computed a second time, by another road, to check the engine. No page asks this.

Written from docs/decisions/0010 and 0016 and from what stands in the rows; shares no code with the engine: the days
come from dateutil, the offset from UTC from the directive on summer time (2000/84/EC). Slow and simple. Pure.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from dateutil import rrule
from dateutil.relativedelta import SU, relativedelta

HELD, CANCELLED, MOVED, EXTRA = "held", "cancelled", "moved", "extra"
PLANNED = "planned"
_WEEKDAYS = tuple(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), rrule.weekdays, strict=True))
_MOST_WEEKS = 52
_POSITIONS = ("1", "2", "3", "4", "5", "-1")
_Hours: TypeAlias = tuple[time | None, time | None]
_LAST_SUNDAY = relativedelta(day=31, weekday=SU(-1))


class NoRuleError(ValueError):
    """What stands in a row is no rule, for a reason in words."""


@dataclass(frozen=True, slots=True)
class Times:
    """One version of times, as its row has it."""

    uid: str
    frequency: str
    interval: int
    weekdays: tuple[str, ...]
    positions: tuple[str, ...]
    anchor: date | None
    opens: time | None
    closes: time | None
    valid_from: date | None
    valid_until: date | None
    place: int | None = None
    held_on_closing_days: bool = False
    follows_school_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of one date, as its row has it."""

    uid: str
    kind: str
    day: date
    new_day: date | None = None
    opens: time | None = None
    closes: time | None = None
    place: int | None = None
    calls_off: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A closure, as its row has it; kept dates by uid and day as they are stored."""

    first: date
    last: date
    kept: frozenset[tuple[str, str]] = frozenset()
    everywhere: bool = False
    places: frozenset[int] = frozenset()
    offers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer with all versions of its times, and the changes of each by its uid."""

    pk: int
    office: int | None
    times: tuple[Times, ...]
    changes: Mapping[str, tuple[Changed, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for all offers: holidays, closures, and places that residents may not see."""

    closing_days: Collection[date] = ()
    school_holidays: Collection[date] = ()
    closures: tuple[Closed, ...] = ()
    held_back: frozenset[int] = frozenset()


class Told(NamedTuple):
    """A date: its identity, when, what becomes of it, where."""

    uid: str
    original_day: date
    starts: str
    ends: str
    state: str
    place: int | None


class Opinion(NamedTuple):
    """The dates, and why some times are no rule, by their uid."""

    dates: list[Told]
    unreadable: dict[str, str]


def second_opinion(offer: Offer, around: Surroundings, first: date, last: date) -> Opinion:
    """Give the dates of an offer from first to last, both days included, in no order."""
    dates: list[Told] = []
    unreadable = {}
    ordered = sorted(offer.times, key=lambda times: times.valid_from or date.min)
    for times, following in zip_longest(ordered, ordered[1:]):
        next_begins = following.valid_from if following else None
        try:
            dates += _Version(offer, times, next_begins, around).dates(first, last)
        except NoRuleError as fault:
            unreadable[times.uid] = str(fault)
    return Opinion(dates, unreadable)


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of times until the next one begins, and all that can happen to its dates."""

    offer: Offer
    times: Times
    next_begins: date | None
    around: Surroundings

    def dates(self, first: date, last: date) -> list[Told]:
        """Give its dates from first to last, both days included."""
        _check(self.times)
        is_seen = self.times.place not in self.around.held_back
        found = [self._on_its_day(day) for day in self._ruled(first, last) if is_seen]
        for change in self._changes():
            day, place = change.new_day or change.day, change.place or self.times.place
            if first <= day <= last and place not in self.around.held_back and self._puts_a_date(change):
                found.append(self._where_staff_want_it(change, day, place))
        return found

    def _changes(self) -> tuple[Changed, ...]:
        return self.offer.changes.get(self.times.uid, ())

    def _ruled(self, first: date, last: date) -> list[date]:
        return [day for day in _days_of_rule(self.times, first, last) if self._is_in_force(day)]

    def _is_in_force(self, day: date) -> bool:
        times = self.times
        has_begun = times.valid_from is None or day >= times.valid_from
        goes_on = times.valid_until is None or day <= times.valid_until
        return has_begun and goes_on and (self.next_begins is None or day < self.next_begins)

    def _hours(self, change: Changed) -> _Hours:
        return change.opens or self.times.opens, change.closes or self.times.closes

    def _puts_a_date(self, change: Changed) -> bool:
        """Tell whether a change puts a date where the rule gives none, or gives it otherwise."""
        if not _is_span(*self._hours(change)):
            return False
        if change.kind == EXTRA:
            return self._is_in_force(change.day)
        return change.kind == MOVED and bool(self._ruled(change.day, change.day))

    def _on_its_day(self, day: date) -> Told:
        hours = self.times.opens, self.times.closes
        return _told((self.times.uid, day), day, hours, self._state(day), self._at(self.times.place))

    def _state(self, day: date) -> str:
        """Go down the layers; the first that has a say decides."""
        of_day = [change for change in self._changes() if change.day == day and not change.calls_off]
        if any(change.kind == HELD for change in of_day):
            return PLANNED
        if any(change.kind == MOVED and self._puts_a_date(change) for change in of_day):
            return MOVED
        is_off = (
            self._is_closed((self.times.uid, day), day, self.times.place),
            any(change.kind == CANCELLED for change in of_day),
            self.times.follows_school_holidays and day in self.around.school_holidays,
            not self.times.held_on_closing_days and day in self.around.closing_days,
        )
        return CANCELLED if any(is_off) else PLANNED

    def _where_staff_want_it(self, change: Changed, day: date, place: int | None) -> Told:
        identity = change.uid if change.kind == EXTRA else self.times.uid, change.day
        is_called_off = any(other.calls_off == change.uid for other in self._changes())
        state = CANCELLED if is_called_off or self._is_closed(identity, day, place) else PLANNED
        return _told(identity, day, self._hours(change), state, self._at(place))

    def _at(self, place: int | None) -> int | None:
        """Give the place; where it is not known, the office of the offer knows more."""
        return place or self.offer.office

    def _is_closed(self, identity: tuple[str, date], day: date, place: int | None) -> bool:
        """Tell whether a closure hits a date that would take place on a day at a place."""
        uid, original_day = identity
        return any(
            closure.first <= day <= closure.last
            and (uid, original_day.isoformat()) not in closure.kept
            and (closure.everywhere or self.offer.pk in closure.offers or self._at(place) in closure.places)
            for closure in self.around.closures
        )


def _check(times: Times) -> None:
    """Raise NoRuleError where a row is no rule."""
    weekdays, counts = len(times.weekdays), times.interval > 1
    is_what_it_says = {
        "none": True,
        "once": times.anchor is not None,
        "weekly": weekdays > 0 and 1 <= times.interval <= _MOST_WEEKS and counts == (times.anchor is not None),
        "monthly": weekdays == 1 and bool(times.positions) and {*times.positions} <= {*_POSITIONS},
    }
    if not is_what_it_says.get(times.frequency):
        message = f"“{times.frequency}” lacks what it needs, or has what it does not need"
        raise NoRuleError(message)
    if times.frequency != "none" and not _is_span(times.opens, times.closes):
        message = "from and to are missing, or are no span"
        raise NoRuleError(message)
    if times.frequency == "weekly" and times.anchor and _WEEKDAYS[times.anchor.weekday()][0] not in times.weekdays:
        message = f"the first date {times.anchor} is on none of the weekdays {', '.join(times.weekdays)}"
        raise NoRuleError(message)


def _is_span(opens: time | None, closes: time | None) -> bool:
    return opens is not None and closes is not None and opens < closes


def _days_of_rule(times: Times, first: date, last: date) -> list[date]:
    if times.frequency == "none":
        return []  # what staff add to an offer by appointment still takes place
    if times.frequency == "once":
        return [day for day in (times.anchor,) if day and first <= day <= last]
    chosen = [weekday for code, weekday in _WEEKDAYS if code in times.weekdays]
    # Weeks that are counted are so from the first date; a rule without one may begin with what is asked.
    begin = datetime.combine(times.anchor or first, time())
    if times.frequency == "weekly":
        rule = rrule.rrule(rrule.WEEKLY, begin, times.interval, rrule.MO, byweekday=chosen)
    else:
        rule = rrule.rrule(rrule.MONTHLY, begin, byweekday=[chosen[0](int(number)) for number in times.positions])
    # Not before the first date: what it walks over on its way to the window is not asked for.
    found = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return [moment.date() for moment in found]


def _told(identity: tuple[str, date], day: date, hours: _Hours, state: str, place: int | None) -> Told:
    starts, ends = (datetime.combine(day, clock) for clock in hours if clock)
    if _in_dortmund(ends) <= _in_dortmund(starts):
        ends += timedelta(hours=1)  # it begins in the hour that the clock skips
    return Told(*identity, _in_dortmund(starts).isoformat(), _in_dortmund(ends).isoformat(), state, place)


def _in_dortmund(moment: datetime) -> datetime:
    """Give a moment its offset from UTC; a time that the clock skips or repeats has the offset from before."""
    begin, end = (datetime.combine(date(moment.year, month, 1) + _LAST_SUNDAY, time(3)) for month in (3, 10))
    return moment.replace(tzinfo=timezone(timedelta(hours=2 if begin <= moment < end else 1)))
