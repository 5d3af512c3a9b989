"""Other places near one: those of the same office or Stadtbezirk, and those a few kilometres away."""

from django.db.models import Q

from sprechstunden.alternatives import PER_KILOMETRE, Spot, way
from sprechstunden.spots import Centres, centres, spot_of
from standorte.models import Standort
from standorte.sorting import in_german_order

NEAR = 5 * PER_KILOMETRE  # five kilometres, as the engine of alternatives counts a way


def places_around(standort: Standort, limit: int) -> list[Standort]:
    """Give the nearest published places, at most `limit`, with what a card shows of each; two queries."""
    known = centres()
    here = spot_of(standort, known)
    others = Standort.objects.published().filter(_near(here, known)).exclude(pk=standort.pk)
    shown = others.only("name", "slug", "kind", "street", "postal_code", "office", "stadtbezirk")
    return sorted(in_german_order(shown), key=lambda other: way(spot_of(other, known), here))[:limit]


def _near(here: Spot, known: Centres) -> Q:
    """Give the condition for places of the same team, and for areas whose centres are near."""
    areas = [code for code, centre in known.items() if here.centre and way(Spot(centre=centre), here) <= NEAR]
    team = Q(pk=here.office) | Q(office=here.office) if here.office else Q()
    district = Q(stadtbezirk=here.stadtbezirk) if here.stadtbezirk else Q()
    return Q(postal_code__in=areas) | team | district
