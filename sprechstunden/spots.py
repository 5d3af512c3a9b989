"""Where places are, as far as is known: rows become values for the engine of alternatives."""

from collections.abc import Mapping
from typing import TypeAlias

from sprechstunden.alternatives import Point, Spot
from standorte.models import Kind, PostalCode, Standort

Centres: TypeAlias = Mapping[str, Point]


def centres() -> Centres:
    """Fetch the centre of each postal code; one query."""
    rows = PostalCode.objects.values_list("code", "latitude", "longitude")
    return {code: Point(float(latitude), float(longitude)) for code, latitude, longitude in rows}


def spot_of(standort: Standort, known: Centres, office: int | None = None) -> Spot:
    """Give where a place is; the team is that of the office, else the one of the place."""
    team = office or (standort.pk if standort.kind == Kind.OFFICE else standort.office_id)
    return Spot(standort.pk, team, standort.stadtbezirk_id, known.get(standort.postal_code))
