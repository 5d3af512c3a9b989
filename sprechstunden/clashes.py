"""Where dates are in each other's way: one room for two, one team at two places. Pure: no Django, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

Key = TypeVar("Key")
Other = TypeVar("Other")


class Span(Protocol):
    """From one aware moment to another; it is over at its end."""

    @property
    def starts(self) -> datetime: ...

    @property
    def ends(self) -> datetime: ...


class ClashKind(StrEnum):
    """What two dates cannot both have."""

    ROOM = "room"
    TEAM = "team"
    OFFER = "offer"  # one offer is there once at a time


@dataclass(frozen=True, slots=True)
class Presence(Generic[Key]):
    """A team is somewhere for a while; the key says for which date.

    Starts and ends are aware and on one day. Place and team are primary keys, None where that is not known:
    what is not known is in nobody's way. On the phone a team needs no room.
    """

    key: Key
    starts: datetime
    ends: datetime
    place: int | None = None
    team: int | None = None
    needs_room: bool = True


@dataclass(frozen=True, slots=True)
class Clash(Generic[Key]):
    """Another presence that is in the way of one."""

    kind: ClashKind
    other: Presence[Key]


def clashes(
    presences: Iterable[Presence[Key]], others: Iterable[Presence[Other]]
) -> dict[Key, tuple[Clash[Other], ...]]:
    """Give for each key what is in its way, in the order of the others; keys with nothing in their way are left out.

    Where one ends when the other starts, they do not clash.
    """
    by_day: dict[date, list[Presence[Other]]] = {}
    for other in others:
        by_day.setdefault(other.starts.date(), []).append(other)
    found = {one.key: _in_the_way(one, by_day.get(one.starts.date(), ())) for one in presences}
    return {key: clashing for key, clashing in found.items() if clashing}


def _in_the_way(one: Presence[Key], others: Iterable[Presence[Other]]) -> tuple[Clash[Other], ...]:
    kinds = ((_kind(one, other), other) for other in others if overlap(one, other))
    return tuple(Clash(kind, other) for kind, other in kinds if kind is not None)


def _kind(one: Presence[Key], other: Presence[Other]) -> ClashKind | None:
    if one.place is None or other.place is None:
        return None
    if one.place == other.place:
        return ClashKind.ROOM if one.needs_room and other.needs_room else None
    return ClashKind.TEAM if one.team is not None and one.team == other.team else None


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans have a moment in common; where one ends when the other starts they have none."""
    # As instants: two times of one zone are compared by wall clock, wrong in the hour that the clock repeats.
    starts, ends = max(_instant(one.starts), _instant(other.starts)), min(_instant(one.ends), _instant(other.ends))
    return starts < ends


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
