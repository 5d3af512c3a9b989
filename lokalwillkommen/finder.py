"""Who is there for somebody: rows become names to find, and a finding becomes what the page shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, prefetch_related_objects

from sprechstunden import timetable
from sprechstunden.entries import Outlook
from standorte.finding import Finding, Gazetteer, Reach, StreetPart, fold_address
from standorte.gazetteer import gazetteer
from standorte.models import Certainty, Kind, PostalCodeArea, Stadtbezirk, Stadtteil, Standort, Street
from standorte.sorting import in_german_order

PLACES_NEARBY = 6
_CERTAINTIES = tuple(Certainty)


@dataclass(frozen=True, slots=True)
class Answer:
    """The office for a Stadtbezirk; places its team comes to or that are for people from there, soonest first."""

    stadtbezirk: Stadtbezirk
    office: Standort | None
    nearby: list[Standort]
    outlooks: Mapping[int, Outlook]


@dataclass(frozen=True, slots=True)
class Choice:
    """A Stadtbezirk that may be meant, with names from it by which people know where they live."""

    stadtbezirk: Stadtbezirk
    stadtteile: list[str]


def known_names() -> Gazetteer:
    """Fetch all names; five queries. Nothing that is typed reaches the database."""
    stadtteile = Stadtteil.objects.select_related("stadtbezirk")
    named = [(row.name, row.slug) for row in Stadtbezirk.objects.all()]
    named += [(name, row.stadtbezirk.slug) for row in stadtteile for name in row.names]
    reaches = defaultdict(list)
    areas = PostalCodeArea.objects.select_related("stadtbezirk")
    for area in sorted(areas, key=lambda area: _CERTAINTIES.index(Certainty(area.certainty))):
        reaches[area.postal_code_id].append(Reach(area.stadtbezirk.slug, area.certainty == Certainty.SURE))
    streets = Street.objects.values_list("folded", "postal_code", "stadtbezirk__slug").distinct()
    places = _own_places()
    # An office is named after the districts it is there for: its name says no more than theirs.
    named += [(place.name, slug) for place, slug in places if place.kind != Kind.OFFICE]
    parts = [StreetPart(fold_address(place.street), place.postal_code, slug) for place, slug in places if place.street]
    return gazetteer(named, dict(reaches), [*(StreetPart(*street) for street in streets), *parts])


def _own_places() -> list[tuple[Standort, str]]:
    """Give the places of the network, each with the slug of the Stadtbezirk in which it is known to be."""
    rows = Standort.objects.published().filter(stadtbezirk__isnull=False).select_related("stadtbezirk").order_by("pk")
    return [(row, row.stadtbezirk.slug) for row in rows if row.stadtbezirk]


def answer(slug: str, now: datetime) -> Answer | None:
    """Give who is there for a Stadtbezirk, if there is such a one; the same queries for any number of places."""
    stadtbezirk = Stadtbezirk.objects.select_related("office").filter(slug=slug).first()
    if stadtbezirk is None:
        return None
    office = stadtbezirk.office if stadtbezirk.office and stadtbezirk.office.is_published else None
    prefetch_related_objects([office] if office else [], "phones", "evidence")
    near = Q(pk__in=Standort.objects.for_people_from(stadtbezirk)) | Q(office=office, office__isnull=False)
    places = Standort.objects.published().filter(near, kind__in=(Kind.OUTREACH, Kind.FLEXIBLE))
    found = in_german_order(places.for_lists())
    outlooks = timetable.outlooks([*found, *([office] if office else [])], now, 1)
    nearby = sorted(found, key=lambda place: soonest(outlooks[place.pk]))
    return Answer(stadtbezirk, office, nearby[:PLACES_NEARBY], outlooks)


def soonest(outlook: Outlook) -> tuple[int, float]:
    """Give what places are sorted by: confirmed dates first, then the others by time, unknown ones last."""
    coming = outlook.next
    if coming is None:
        return (2, 0)
    return (0 if coming.is_confirmed else 1, coming.starts.astimezone(UTC).timestamp())


def known(slugs: Iterable[str]) -> tuple[str, ...]:
    """Keep the slugs of Stadtbezirke that exist; one query."""
    there = set(Stadtbezirk.objects.values_list("slug", flat=True))
    return tuple(slug for slug in slugs if slug in there)


def choices(finding: Finding) -> list[Choice]:
    """Give what somebody is asked to choose from, in the order in which it is likely; one query and one more."""
    rows = Stadtbezirk.objects.prefetch_related("stadtteile").in_bulk(finding.stadtbezirke, field_name="slug")
    return [Choice(rows[slug], _names(rows[slug])) for slug in finding.stadtbezirke]


def _names(stadtbezirk: Stadtbezirk) -> list[str]:
    return [row.name for row in in_german_order(stadtbezirk.stadtteile.all()) if row.name != stadtbezirk.name]


def all_stadtbezirke() -> Iterable[Stadtbezirk]:
    """Give all Stadtbezirke; one query."""
    return in_german_order(Stadtbezirk.objects.all())
