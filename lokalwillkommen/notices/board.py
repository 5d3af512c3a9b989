"""Which notices a page shows: asked once, for all places of the page together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from lokalwillkommen.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Board:
    """The notices of one day: those of the whole network, and those of places by their primary keys."""

    network: tuple[Notice, ...]
    by_place: Mapping[int, tuple[Notice, ...]]

    def at(self, places: Iterable[int]) -> tuple[Notice, ...]:
        """Give what a page about some places shows: each notice once, those of the whole network first."""
        found = [notice for place in sorted(set(places)) for notice in self.by_place.get(place, ())]
        return tuple(dict.fromkeys((*self.network, *found)))


def board_of(day: date) -> Board:
    """Give the notices in force on a day in Dortmund; one query, with a row for each place of a notice."""
    network: list[Notice] = []
    by_place: dict[int, list[Notice]] = {}
    rows: QuerySet[Notice] = Notice.objects.in_force(day).order_by("first", "pk")
    for notice in rows.annotate(place=F("standorte"), is_public=F("standorte__is_published")):
        if notice.whole_network:
            network.append(notice)
        elif notice.place and notice.is_public:
            by_place.setdefault(notice.place, []).append(notice)
    return Board(tuple(network), {place: tuple(found) for place, found in by_place.items()})
