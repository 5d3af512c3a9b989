"""All dates of one offer, and what a change that is not written yet would do to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Self

from sprechstunden import changes as values
from sprechstunden import timetable
from sprechstunden.clashes import overlap
from sprechstunden.decided import Decisions, decisions
from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde
from sprechstunden.series import in_force_on

# Nobody plans dates for later; the calendar must end somewhere.
FARTHEST = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class OfferDates:
    """The times of one offer under what is decided since a day, at a moment."""

    schedules: Sequence[Schedule]
    decided: Decisions
    now: datetime

    @classmethod
    def fetch(cls, offer: Sprechstunde, since: date, now: datetime) -> Self:
        """Fetch all versions of an offer's times, and what is decided about them, with who."""
        rows = list(timetable.schedules_of(offer))
        return cls(rows, decisions(rows, since, with_who=True), now)

    def date_of(self, schedule: Schedule, day: date) -> Entry | None:
        """Give the date that the rule of some times gives on a day, whatever has become of it."""
        return next((entry for entry in self._on(day) if entry.identity == (str(schedule.uid), day)), None)

    def change_of(self, schedule: Schedule, day: date) -> Change | None:
        """Give what staff have decided about the date of a day, whether it has an effect or not."""
        rows = (row for row in self.decided.changes.get(schedule.pk, ()) if row.calls_off_id is None)
        return next((row for row in rows if row.kind != ChangeKind.EXTRA and row.day == day), None)

    def placed_by(self, key: str) -> Change | None:
        """Give the change with a key that has moved or added a date."""
        rows = (row for found in self.decided.changes.values() for row in found)
        return next((row for row in rows if row.key == key and row.places_a_date), None)

    def calling_off(self, change: Change) -> Change | None:
        """Give what calls off a moved or an extra date, if somebody has done so."""
        rows = self.decided.changes.get(change.schedule_id, ())
        return next((row for row in rows if row.calls_off_id == change.uid), None)

    def has_extra(self, change: Change) -> bool:
        """Tell whether an extra date stands already where a change would add one, whatever has become of it."""
        rows = self.decided.changes.get(change.schedule.pk, ())
        extras = ((row.day, row.opens) for row in rows if row.kind == ChangeKind.EXTRA)
        return (change.day, change.opens) in extras

    def in_force_on(self, day: date) -> Schedule | None:
        """Give the version of the times that holds on a day."""
        found = {one.series.key: one for one in timetable.in_force(self.schedules, self.decided)}
        there = in_force_on((one.series for one in found.values()), day)
        return found[there.key].schedule if there else None

    def landed(self, change: Change) -> Entry | None:
        """Give the date of a moved or an extra date where staff want it, not what stays on its original day."""
        found = (entry for entry in self._on(change.lands_on) if entry.identity == change.identity)
        return next((entry for entry in found if entry.target is None), None)

    def at_the_same_time(self, change: Change) -> Entry | None:
        """Give another date of the offer that takes place while the date of a change would."""
        dates = self.under(change)
        landed = dates.landed(change)
        return dates.meeting(landed) if landed else None

    def in_the_way_of_taking_back(self, change: Change) -> Entry | None:
        """Give another date that takes place while the date would that comes back once a change is taken back."""
        if change.kind not in {ChangeKind.CANCELLED, ChangeKind.MOVED} or change.has_missed_its_day(self.now):
            return None
        dates = self.without(change)
        placed = dates.placed_by(str(change.calls_off_id)) if change.calls_off_id else None
        back = dates.landed(placed) if placed else dates.date_of(change.schedule, change.day)
        return dates.meeting(back) if back and back.takes_place else None

    def meeting(self, entry: Entry) -> Entry | None:
        """Give another date of the offer that takes place at the time of one."""
        others = (one for one in self._on(entry.day) if one.identity != entry.identity and one.takes_place)
        return next((one for one in others if overlap(entry, one)), None)

    def closures_against(self, change: Change) -> list[Closure]:
        """Give the closures, one after the other, that would take away the date of a change."""
        dates, found = self.under(change), list[Closure]()
        while (landed := dates.landed(change)) and isinstance(closure := landed.decision, Closure):
            found.append(closure)
            dates = replace(dates, decided=_without(closure, dates.decided))
        return found

    def under(self, change: Change) -> Self:
        """Give the dates as they would be with a change more."""
        rows = [*self.decided.changes.get(change.schedule.pk, ()), change]
        return replace(self, decided=replace(self.decided, changes={**self.decided.changes, change.schedule.pk: rows}))

    def without(self, change: Change) -> Self:
        """Give the dates as they would be without a change."""
        rows = [row for row in self.decided.changes.get(change.schedule.pk, ()) if row != change]
        return replace(self, decided=replace(self.decided, changes={**self.decided.changes, change.schedule.pk: rows}))

    def _on(self, day: date) -> list[Entry]:
        return timetable.dates(timetable.in_force(self.schedules, self.decided), day, day, self.now)


def _without(closure: Closure, decided: Decisions) -> Decisions:
    def others(found: Iterable[values.Closure]) -> tuple[values.Closure, ...]:
        return tuple(value for value in found if value.key != closure.key)

    of_offers = {offer: others(found) for offer, found in decided.of_offers.items()}
    return replace(
        decided, everywhere=others(decided.everywhere), at_places=others(decided.at_places), of_offers=of_offers
    )
