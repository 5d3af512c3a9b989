"""Where else help is: the nearest date instead of one that is off. Pure: no Django, no clock.

Near means near in time and place, where the same languages are spoken. The price of a
date adds up what it costs to take it, in hours of waiting: docs/decisions/0017.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from math import cos, hypot, radians
from operator import itemgetter
from typing import NamedTuple

WINDOW = timedelta(weeks=6)
# Nobody is sent to a door that closes while they are on their way.
LEFT = timedelta(minutes=30)
DAY = 24
PER_KILOMETRE = DAY // 3
OTHER_PLACE = DAY // 2  # however near: somebody must find another door
SAME_TEAM = DAY
REACH = 12  # kilometres, from the middle of the city to its edge; more is not near
FAR = REACH * PER_KILOMETRE
OTHER_LANGUAGE = 4 * DAY
# Spoken everywhere: whoever can do with German does not mind which other languages are spoken.
_GERMAN = "de"
_KILOMETRES_PER_DEGREE = 111.2
# Of dates at the same price the one at the nearer hour counts, then the earlier one, then any, but always the same.
_Rank = tuple[int, timedelta, datetime, int, tuple[str, date]]


class Help(StrEnum):
    """How people get help, as far as one date can stand in for another."""

    DROP_IN = "drop_in"
    BY_APPOINTMENT = "by_appointment"
    PHONE = "phone"
    MEETING = "meeting"


class Point(NamedTuple):
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a date is, as far as it is known; only what is equal and known is the same."""

    place: int | None = None
    office: int | None = None
    stadtbezirk: int | None = None
    centre: Point | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A date; its key is the identity of the occurrence. Starts and ends are aware, Europe/Berlin."""

    key: tuple[str, date]
    starts: datetime
    ends: datetime
    help: Help
    spot: Spot
    languages: frozenset[str] = frozenset()


def by_day(slots: Iterable[Slot]) -> Mapping[date, Sequence[Slot]]:
    """Sort dates by day, ready to be asked for many dates that are off."""
    found: dict[date, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.starts.date(), []).append(slot)
    return found


def nearest(off: Slot, held: Mapping[date, Sequence[Slot]], now: datetime) -> Slot | None:
    """Give the best of the dates that are held instead of one that is off, if there is one.

    Held are confirmed dates that take place, by day. At now, an aware moment, the answer
    has not begun, or goes on for half an hour at least; it is at most six weeks away from
    the date that is off.
    """
    best: tuple[_Rank, Slot] | None = None
    for days in range(WINDOW.days + 1):
        if best is not None and best[0][0] < days * DAY:
            break  # what is farther away in time alone costs more
        for slot in _on(off.starts.date(), days, held):
            if _can_stand_in(slot, off, now):
                best = min(best or (_rank(slot, off), slot), (_rank(slot, off), slot), key=itemgetter(0))
    return best[1] if best else None


def price(slot: Slot, off: Slot) -> int:
    """Give what it costs to take one date instead of another, in hours of waiting."""
    days = abs((slot.starts.date() - off.starts.date()).days)
    there = 0 if slot.help is Help.PHONE else way(slot.spot, off.spot)
    return days * DAY + there + _missing_languages(slot, off)


def way(one: Spot, other: Spot) -> int:
    """Give what the way between two spots costs, in hours of waiting."""
    if _same(one.place, other.place):
        return 0
    if one.centre and other.centre:
        return max(OTHER_PLACE, round(_kilometres(one.centre, other.centre) * PER_KILOMETRE))
    return SAME_TEAM if _is_same_team(one, other) else FAR


def in_reach(one: Spot, other: Spot) -> bool:
    """Tell whether somebody can be sent from one spot to another, as far as is known: not across the whole city."""
    if _is_same_team(one, other) or not (one.centre and other.centre):
        return True
    return _kilometres(one.centre, other.centre) <= REACH


def _rank(slot: Slot, off: Slot) -> _Rank:
    return price(slot, off), abs(slot.starts - off.starts), slot.starts, slot.spot.place or 0, slot.key


def _on(day: date, days: int, held: Mapping[date, Sequence[Slot]]) -> Iterator[Slot]:
    for other in {day - timedelta(days), day + timedelta(days)}:
        yield from held.get(other, ())


def _can_stand_in(slot: Slot, off: Slot, now: datetime) -> bool:
    # Nobody can just go to another hour by appointment; whoever had one can go where none is needed.
    wanted = Help.DROP_IN if off.help is Help.BY_APPOINTMENT else off.help
    if slot.help is not wanted or not (slot.help is Help.PHONE or in_reach(slot.spot, off.spot)):
        return False
    moment = now.astimezone(UTC)
    return slot.key != off.key and (slot.starts.astimezone(UTC) >= moment or slot.ends.astimezone(UTC) - moment >= LEFT)


def _is_same_team(one: Spot, other: Spot) -> bool:
    return _same(one.office, other.office) or _same(one.stadtbezirk, other.stadtbezirk)


def _same(one: int | None, other: int | None) -> bool:
    return one is not None and one == other


def _kilometres(one: Point, other: Point) -> float:
    """Measure as the crow flies; in a city the earth is flat."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * cos(radians((one.latitude + other.latitude) / 2))
    return hypot(north, east) * _KILOMETRES_PER_DEGREE


def _missing_languages(slot: Slot, off: Slot) -> int:
    """Price the share of languages that are not spoken there, as far as is known: which one is needed nobody says."""
    wanted = off.languages - {_GERMAN}
    return OTHER_LANGUAGE * len(wanted - slot.languages) // len(wanted) if wanted else 0
