"""The nearest confirmed dates instead of those that are off, for a whole list at once: rows become values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from sprechstunden import alternatives
from sprechstunden.alternatives import Help, Point, Slot, Spot
from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.models.schedule import ScheduleQuerySet
from sprechstunden.timetable import dates, versions
from standorte.models import Answer, Kind, PostalCode, Standort

# Of the 27 postal codes of Dortmund about as many as lie within an hour by bus.
NEAREST_CODES = 12
_HELP = {
    SprechstundeKind.DROP_IN: Help.DROP_IN,
    SprechstundeKind.BY_APPOINTMENT: Help.BY_APPOINTMENT,
    SprechstundeKind.PHONE: Help.PHONE,
    SprechstundeKind.MEETING_PLACE: Help.MEETING,
    SprechstundeKind.EVENT: Help.MEETING,
}
# What staff decided about one date confirms it, whatever is known of the times it belongs to.
_CONFIRMING = (ChangeKind.EXTRA, ChangeKind.MOVED, ChangeKind.HELD)
_Centres = Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class _Area:
    """Where to look: places of these offices, in these Stadtbezirke, with these postal codes."""

    offices: frozenset[int]
    stadtbezirke: frozenset[int]
    postal_codes: frozenset[str]


def instead(entries: Iterable[Entry], now: datetime) -> dict[Entry, Entry]:
    """Give the nearest confirmed date for each of the dates that are off and have one; all of them are to come.

    No query where none is off, one where nobody has confirmed anything, else the same
    number whatever the number of dates.
    """
    off = [entry for entry in entries if not entry.takes_place and entry.goes_to is None]
    if not off or not _confirmed(now.date()).exists():
        return {}
    centres = _centres()
    held = _held(off, centres, now)
    by_day = alternatives.by_day(_slot(entry, centres) for entry in held.values())
    found = ((entry, alternatives.nearest(_slot(entry, centres), by_day, now)) for entry in off)
    return {entry: held[slot.key] for entry, slot in found if slot}


def _held(off: Sequence[Entry], centres: _Centres, now: datetime) -> dict[tuple[str, date], Entry]:
    """Fetch the confirmed dates near those that are off, by the identity of each."""
    days = [entry.day for entry in off]
    first, last = max(now.date(), min(days) - alternatives.WINDOW), max(days) + alternatives.WINDOW
    near = dates(versions(_near(_area(off, centres), now.date()), now.date()), first, last, now)
    return {_key(entry): entry for entry in near if _can_be_offered(entry)}


def _can_be_offered(entry: Entry) -> bool:
    """Tell whether a date is sure, and people know where to go or that they must call."""
    is_reachable = entry.standort is not None or _help(entry.sprechstunde) is Help.PHONE
    return entry.takes_place and entry.is_confirmed and is_reachable


def _near(area: _Area, since: date) -> Iterable[Schedule]:
    """Fetch all versions of the times of which one is confirmed and near; one query."""
    here = Q(standort__office__in=area.offices) | Q(standort__in=area.offices)
    here |= Q(sprechstunde__office__in=area.offices)
    here |= Q(standort__stadtbezirk__in=area.stadtbezirke) | Q(standort__postal_code__in=area.postal_codes)
    near = _confirmed(since).filter(here, sprechstunde=OuterRef("sprechstunde"))
    return Schedule.objects.of_published_offers().filter(Exists(near)).for_pages()


def _confirmed(since: date) -> ScheduleQuerySet:
    decided = Change.objects.since(since).filter(schedule=OuterRef("pk"), kind__in=_CONFIRMING)
    return Schedule.objects.of_published_offers().filter(Q(confirmed_on__isnull=False) | Exists(decided))


def _area(off: Iterable[Entry], centres: _Centres) -> _Area:
    spots = {_spot(entry, centres) for entry in off}
    around = (_around(centre, centres) for centre in {spot.centre for spot in spots if spot.centre})
    return _Area(
        frozenset(spot.office for spot in spots if spot.office),
        frozenset(spot.stadtbezirk for spot in spots if spot.stadtbezirk),
        frozenset().union(*around),
    )


def _around(centre: Point, centres: _Centres) -> list[str]:
    here = Spot(centre=centre)
    return sorted(centres, key=lambda code: (alternatives.way(here, Spot(centre=centres[code])), code))[:NEAREST_CODES]


def _centres() -> dict[str, Point]:
    rows = PostalCode.objects.values_list("code", "latitude", "longitude")
    return {code: Point(float(latitude), float(longitude)) for code, latitude, longitude in rows}


def _slot(entry: Entry, centres: _Centres) -> Slot:
    return Slot(
        _key(entry),
        entry.starts,
        entry.ends,
        _help(entry.sprechstunde),
        _spot(entry, centres),
        frozenset(entry.languages),
    )


def _key(entry: Entry) -> tuple[str, date]:
    return entry.occurrence.key, entry.occurrence.original_day


def _help(sprechstunde: Sprechstunde) -> Help:
    """Tell how people get help; a consultation hour that is not open to all is by appointment."""
    if sprechstunde.kind == SprechstundeKind.DROP_IN and sprechstunde.walk_in == Answer.NO:
        return Help.BY_APPOINTMENT
    return _HELP[SprechstundeKind(sprechstunde.kind)]


def _spot(entry: Entry, centres: _Centres) -> Spot:
    standort = entry.standort or entry.sprechstunde.office
    if standort is None:
        return Spot()
    office = entry.sprechstunde.office_id or _office(standort)
    return Spot(standort.pk, office, standort.stadtbezirk_id, centres.get(standort.postal_code))


def _office(standort: Standort) -> int | None:
    return standort.pk if standort.kind == Kind.OFFICE else standort.office_id
