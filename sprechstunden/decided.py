"""What staff have decided about dates, fetched for many times at once: rows become values of the engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from django.db.models import QuerySet

from sprechstunden import changes as values
from sprechstunden.models import Change, Closure, Schedule
from sprechstunden.models.closure import Scope
from standorte.models import Standort

_NONE: Mapping[str, Change] = MappingProxyType({})
# More values than this in one query do not fit into every database.
_MANY = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """What concerns one version of times: values for the engine, rows by key for whoever shows why."""

    changes: tuple[values.Change, ...] = ()
    closures: tuple[values.Closure, ...] = ()
    rows: Mapping[str, Change] = field(default_factory=lambda: _NONE)
    closed_by: Mapping[str, Closure] = field(default_factory=dict)

    def place(self, key: str) -> Standort | None:
        """Give the place to which a change takes a date."""
        return next((row.standort for row in self.rows.values() if str(row.standort_id) == key), None)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that has been decided since a day, ready to be asked for one version of times after the other."""

    changes: Mapping[int, Sequence[Change]]
    everywhere: tuple[values.Closure, ...]
    at_places: tuple[values.Closure, ...]
    of_offers: Mapping[int, tuple[values.Closure, ...]]
    closed_by: Mapping[str, Closure]

    def of(self, schedule: Schedule) -> Decided:
        """Give what concerns one version of times."""
        rows = self.changes.get(schedule.pk, ())
        own = self.of_offers.get(schedule.sprechstunde_id, ())
        return Decided(
            changes=tuple(_value(row, schedule) for row in rows),
            # Where several are in force the first counts: always one of the network before one of the offer before one
            # of a place, and of these the older one, so that everybody reads the same reason.
            closures=(*self.everywhere, *own, *self._where(schedule, rows)),
            rows={row.key: row for row in rows},
            closed_by=self.closed_by,
        )

    def _where(self, schedule: Schedule, rows: Iterable[Change]) -> tuple[values.Closure, ...]:
        """Keep the closures of places at which a date of these times can be."""
        if not self.at_places:
            return ()
        places = {str(schedule.place_id), *(str(row.standort_id) for row in rows)}
        return tuple(closure for closure in self.at_places if closure.places and not places.isdisjoint(closure.places))


def decisions(schedules: Sequence[Schedule] | None, since: date, *, with_who: bool = False) -> Decisions:
    """Fetch what is decided about the dates of some times, or of all, on a day or later, the day included.

    Two queries, and three more while there is a closure, however many times there are. Who decided is for staff only.
    """
    changes, closures = _changes(schedules, since), Closure.objects.since(since).with_scope().order_by("pk")
    if with_who:
        changes, closures = changes.select_related("decided_by"), closures.select_related("decided_by")
    return collect(changes, [(closure, closure.scope()) for closure in closures])


def collect(rows: Iterable[Change], closures: Sequence[tuple[Closure, Scope]]) -> Decisions:
    """Sort changes and closures by what they concern; some need not be saved yet."""
    by_schedule: dict[int, list[Change]] = {}
    for row in rows:
        by_schedule.setdefault(row.schedule_id, []).append(row)
    everywhere: list[values.Closure] = []
    at_places: list[values.Closure] = []
    of_offers: dict[int, tuple[values.Closure, ...]] = {}
    for closure, scope in closures:
        if scope.whole_network:
            everywhere.append(closure.value(None))
            continue
        at_places.append(closure.value(scope.places))
        for offer in scope.offers:
            of_offers[offer] = (*of_offers.get(offer, ()), closure.value(None))
    closed_by = {closure.key: closure for closure, _scope in closures}
    return Decisions(by_schedule, tuple(everywhere), tuple(at_places), of_offers, closed_by)


def _changes(schedules: Sequence[Schedule] | None, since: date) -> QuerySet[Change]:
    found = Change.objects.since(since).select_related("standort", "calls_off")
    if schedules is None or len(schedules) > _MANY:
        return found
    return found.filter(schedule__in=[schedule.pk for schedule in schedules])


def _value(row: Change, schedule: Schedule) -> values.Change:
    row.schedule = schedule  # fetched already
    return row.value()
