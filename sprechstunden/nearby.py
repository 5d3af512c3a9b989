"""The nearest confirmed dates instead of those that are off, for a whole list at once: rows become values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from sprechstunden import alternatives, spots
from sprechstunden.alternatives import Help, Slot, Spot
from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.models.schedule import ScheduleQuerySet
from sprechstunden.spots import Centres, spot_of
from sprechstunden.timetable import dates, versions
from standorte.models import is_confirmed_on

_HELP = {
    SprechstundeKind.DROP_IN: Help.DROP_IN,
    SprechstundeKind.BY_APPOINTMENT: Help.BY_APPOINTMENT,
    SprechstundeKind.PHONE: Help.PHONE,
    SprechstundeKind.MEETING_PLACE: Help.MEETING,
    SprechstundeKind.EVENT: Help.MEETING,
}
# What staff decided about one date confirms it, whatever is known of the times it belongs to.
_CONFIRMING = (ChangeKind.EXTRA, ChangeKind.MOVED, ChangeKind.HELD)


def instead(entries: Iterable[Entry], now: datetime) -> dict[Entry, Entry]:
    """Give the nearest confirmed date for each of the dates that are off and have one; all of them are to come.

    No query where none is off, one where nobody has confirmed anything, else the same
    number whatever the number of dates.
    """
    off = [entry for entry in entries if not entry.takes_place and entry.goes_to is None]
    if not off or not _confirmed(now.date()).exists():
        return {}
    centres = spots.centres()
    held = _held(off, centres, now)
    by_day = alternatives.by_day(_slot(entry, centres) for entry in held.values())
    found = ((entry, alternatives.nearest(_slot(entry, centres), by_day, now)) for entry in off)
    return {entry: held[slot.key] for entry, slot in found if slot}


def _held(off: Sequence[Entry], centres: Centres, now: datetime) -> dict[tuple[str, date], Entry]:
    """Fetch the confirmed dates near those that are off, by the identity of each."""
    days = [entry.day for entry in off]
    first, last = max(now.date(), min(days) - alternatives.WINDOW), max(days) + alternatives.WINDOW
    near = dates(versions(_near(off, centres, now.date()), now.date()), first, last, now)
    return {entry.identity: entry for entry in near if _can_be_offered(entry)}


def _can_be_offered(entry: Entry) -> bool:
    """Tell whether a date is sure, and people know where to go or that they must call."""
    is_reachable = entry.standort is not None or _help(entry.sprechstunde) is Help.PHONE
    return entry.takes_place and entry.is_confirmed and is_reachable


def _near(off: Iterable[Entry], centres: Centres, since: date) -> Iterable[Schedule]:
    """Fetch all versions of the times of which one is confirmed and can be in reach; one query."""
    here = _in_reach({_spot(entry, centres) for entry in off}, centres)
    elsewhere = Exists(_decided(since).filter(standort__isnull=False))
    near = _confirmed(since).filter(here | elsewhere, sprechstunde=OuterRef("sprechstunde"))
    return Schedule.objects.of_published_offers().filter(Exists(near)).for_pages()


def _in_reach(off: Iterable[Spot], centres: Centres) -> Q:
    """Give the condition that leaves out nothing to which the engine of alternatives would send somebody."""
    wanted = set(off)
    areas = {code: Spot(centre=centre) for code, centre in centres.items()}
    far = [code for code, area in areas.items() if not any(alternatives.in_reach(area, spot) for spot in wanted)]
    offices = {spot.office for spot in wanted if spot.office}
    team = Q(sprechstunde__office__in=offices) | Q(standort__office__in=offices) | Q(standort__in=offices)
    district = Q(standort__stadtbezirk__in={spot.stadtbezirk for spot in wanted if spot.stadtbezirk})
    # On the phone there is no way, and where a place has no known centre nobody knows that it is far.
    return ~Q(standort__postal_code__in=far) | team | district | Q(sprechstunde__kind=SprechstundeKind.PHONE)


def _confirmed(since: date) -> ScheduleQuerySet:
    return Schedule.objects.of_published_offers().filter(is_confirmed_on(since) | Exists(_decided(since)))


def _decided(since: date) -> QuerySet[Change]:
    return Change.objects.since(since).filter(schedule=OuterRef("pk"), kind__in=_CONFIRMING)


def _slot(entry: Entry, centres: Centres) -> Slot:
    return Slot(
        entry.identity,
        entry.starts,
        entry.ends,
        _help(entry.sprechstunde),
        _spot(entry, centres),
        frozenset(entry.languages),
    )


def _help(sprechstunde: Sprechstunde) -> Help:
    """Tell how people get help; a consultation hour that is not open to all is by appointment."""
    if sprechstunde.kind == SprechstundeKind.DROP_IN and sprechstunde.needs_appointment:
        return Help.BY_APPOINTMENT
    return _HELP[SprechstundeKind(sprechstunde.kind)]


def _spot(entry: Entry, centres: Centres) -> Spot:
    standort = entry.standort or entry.sprechstunde.office
    if standort is None:
        return Spot()
    return spot_of(standort, centres, entry.sprechstunde.office_id)
