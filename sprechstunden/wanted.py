"""Which dates somebody looks for, and the times that can have them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sprechstunden.models import Schedule, Sprechstunde, Topic
from sprechstunden.timetable import Version, versions
from standorte.models import Stadtbezirk, Standort

# The word stands in the address, in German as all addresses.
TODAY = "heute"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dates somebody looks for; what is None does not matter."""

    standort: Standort | None = None
    stadtbezirk: Stadtbezirk | None = None
    topic: Topic | None = None
    kind: str | None = None
    language: str | None = None
    weekday: int | None = None
    week: date | None = None
    span: str | None = None

    @property
    def is_today(self) -> bool:
        """Tell whether only dates of today are looked for."""
        return self.span == TODAY

    def is_spoken(self, schedule: Schedule) -> bool:
        """Tell whether the language is known to be spoken, if one matters."""
        return self.language is None or self.language in schedule.spoken()

    def places(self) -> frozenset[int] | None:
        """Give the primary keys of the places that count, all of them where it does not matter; one query at most."""
        here = frozenset({self.standort.pk}) if self.standort else None
        if self.stadtbezirk is None:
            return here
        there = frozenset(Standort.objects.for_people_from(self.stadtbezirk).values_list("pk", flat=True))
        return there if here is None else there & here

    def offers(self) -> frozenset[int] | None:
        """Give the primary keys of the offers that serve the topic, all of them without one; one query at most."""
        if self.topic is None:
            return None
        return frozenset(Sprechstunde.objects.serving(self.topic).values_list("pk", flat=True))


def matching(schedules: Iterable[Schedule], wanted: Wanted, since: date) -> Iterator[Version]:
    """Give the visible versions of times for what is looked for, whatever the days, as decided since a day."""
    places, offers = wanted.places(), wanted.offers()
    for version in versions(schedules, since):
        here = places is None or not places.isdisjoint(version.places)
        spoken = wanted.is_spoken(version.schedule)
        serves = offers is None or version.schedule.sprechstunde_id in offers
        suits = wanted.kind in {None, version.schedule.sprechstunde.kind}
        if here and spoken and serves and suits:
            yield replace(version, at=places)
