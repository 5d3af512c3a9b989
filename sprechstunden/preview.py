"""The next dates of times that somebody is typing, as the one engine would give them, and what is in their way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Q

from sprechstunden.clashes import Clash, ClashKind, Presence, clashes, overlap
from sprechstunden.decided import decisions
from sprechstunden.ending import Ending, end_of_all
from sprechstunden.entries import Entry
from sprechstunden.local_time import first_skipped
from sprechstunden.models import Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.school_holidays import school_holidays_known_until
from sprechstunden.series import Series, chain
from sprechstunden.timetable import HORIZON, coming_to, dates, in_force, is_unreadable, series_of, upcoming

SHOWN = 12
# So many dates of a rule for every 52 weeks, the rarest there is, and one more for a closing day.
FAR_AHEAD = timedelta(weeks=52 * (SHOWN + 1))
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Another date that is in the way, of another offer or of the same."""

    kind: ClashKind
    entry: Entry


@dataclass(frozen=True, slots=True)
class Line:
    """A date and what is in its way."""

    entry: Entry
    in_the_way: tuple[InTheWay, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What residents would see next: the times that hold now or later, and their dates.

    It hides some times where their place is not published; school holidays may be known for a while only. Skipped is
    the first day on which the clock does not show these times, end is when all times have ended.
    """

    schedules: tuple[Schedule, ...]
    lines: tuple[Line, ...]
    hides_some: bool = False
    holidays_known_until: date | None = None
    skipped: date | None = None
    end: Ending | None = None


def preview(offer: Sprechstunde, rows: Sequence[Schedule], now: datetime, limit: int = SHOWN) -> Preview:
    """Give the next dates of an offer with all its times as they are typed; neither need be saved yet.

    A fixed number of queries, however many dates there are.
    """
    found = list(in_force(rows, decisions([row for row in rows if row.pk], now.date(), with_who=True)))
    to_come = [one for one in chain(map(series_of, rows)) if one.valid_until is None or one.valid_until >= now.date()]
    by_key = {str(row.uid): row for row in rows}
    entries = upcoming(found, now, limit, FAR_AHEAD)
    clashing = in_the_way(offer, entries, now)
    return Preview(
        schedules=tuple(by_key[one.key] for one in to_come),
        lines=tuple(Line(entry, clashing.get(number, ())) for number, entry in enumerate(entries)),
        hides_some=bool({one.key for one in to_come if not is_unreadable(one)} - {one.series.key for one in found}),
        holidays_known_until=school_holidays_known_until() if any(map(_outlives_the_calendar, to_come)) else None,
        skipped=next(filter(None, (first_skipped(one, now.date(), now.date() + HORIZON) for one in to_come)), None),
        end=end_of_all(found, now.date()),
    )


def presence(key: Key, entry: Entry) -> Presence[Key]:
    """Give where a team is for a date."""
    return Presence(
        key=key,
        starts=entry.starts,
        ends=entry.ends,
        place=entry.place_id,
        team=entry.sprechstunde.office_id,
        needs_room=entry.sprechstunde.kind != SprechstundeKind.PHONE,
    )


def _outlives_the_calendar(series: Series) -> bool:
    last = series.valid_until
    return series.follows_school_holidays and (last is None or last > school_holidays_known_until())


def in_the_way(offer: Sprechstunde, entries: Sequence[Entry], now: datetime) -> Mapping[int, tuple[InTheWay, ...]]:
    """Give what is in the way of each of some dates of an offer that take place, by its number."""
    mine = {number: entry for number, entry in enumerate(entries) if entry.takes_place}
    found = clashes(
        [presence(number, entry) for number, entry in mine.items()],
        [presence(entry, entry) for entry in _of_others(offer, mine.values(), now) if entry.takes_place],
    )
    return {number: (*_doubles(number, mine), *map(_shown, found.get(number, ()))) for number in mine}


def _doubles(number: int, mine: Mapping[int, Entry]) -> list[InTheWay]:
    """Give the dates of the same offer that are at the time of one of them."""
    others = [entry for other, entry in mine.items() if other != number]
    return [InTheWay(ClashKind.OFFER, entry) for entry in others if overlap(mine[number], entry)]


def _of_others(offer: Sprechstunde, entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Give what other offers do on the days of some dates, at their places or with the same team."""
    places = {entry.place_id for entry in entries if entry.place_id}
    same_team = Q(sprechstunde__office=offer.office_id) if offer.office_id else Q(pk=None)
    near = Schedule.objects.of_published_offers().filter(coming_to(places, now.date()) | same_team)
    rows = list(near.exclude(sprechstunde=offer.pk).for_pages())
    versions = list(in_force(rows, decisions(rows, now.date())))
    # Asked day by day, because a span of years between twelve dates would cost as many dates of each neighbour.
    return [found for day in sorted({entry.day for entry in entries}) for found in dates(versions, day, day, now)]


def _shown(clash: Clash[Entry]) -> InTheWay:
    return InTheWay(clash.kind, clash.other.key)
