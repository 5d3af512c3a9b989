"""What the page of a place says about time: what comes next, the week, what to bring, and the dates for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sprechstunden import timetable
from sprechstunden.entries import Entry, Outlook, by_sureness
from sprechstunden.models import Sprechstunde
from sprechstunden.week import Week, weeks
from standorte.models import Standort

AHEAD = timedelta(weeks=8)
# What fits on one sheet of A4 beside the address, in lines of dates, two of them side by side.
LINES_ON_PAPER = 66
LINES_OF_EVIDENCE = 2  # where each hour has its own
LINES_OF_HOURS = 3  # one weekday of the week above the dates


@dataclass(frozen=True, slots=True)
class PlaceDates:
    """The dates of a place in the forms in which its page shows them."""

    outlook: Outlook
    weeks: Sequence[Week]
    ahead: Sequence[Entry]
    has_more: bool

    @property
    def to_bring(self) -> list[Sprechstunde]:
        """Give the offers of which is known what to bring, each once."""
        schedules = (*self.outlook.dated, *self.outlook.undated)
        offers = {schedule.sprechstunde.pk: schedule.sprechstunde for schedule in schedules}
        return [offer for offer in offers.values() if offer.bring]

    @property
    def ahead_by_sureness(self) -> list[tuple[bool, list[Entry]]]:
        """Give the dates of the next eight weeks, those that are confirmed apart from the others."""
        return by_sureness(self.ahead)


def place_dates(standort: Standort, now: datetime, limit: int) -> PlaceDates:
    """Give the next `limit` dates of each sort, the week, and the dates of eight weeks; fetches times once."""
    found = list(timetable.versions_at(standort, now.date()))
    outlook = timetable.outlook(found, now, limit)
    dated = [version for version in found if version.is_here and version.schedule in outlook.dated]
    # Both days are included: eight weeks from today on.
    ahead = timetable.dates(found, now.date(), now.date() + AHEAD - timedelta(days=1), now)
    ahead = [entry for entry in ahead if not entry.has_ended(now)]
    week = weeks(dated, now.date())
    above = sum(len(part.hours) * (LINES_OF_HOURS + (0 if part.evidence else LINES_OF_EVIDENCE)) for part in week)
    fitting = _fitting(ahead, LINES_ON_PAPER - above)
    return PlaceDates(outlook, week, fitting, len(fitting) < len(ahead))


def _fitting(entries: Sequence[Entry], space: int) -> list[Entry]:
    """Keep the first dates that fit; one that is off says why and takes a second line."""
    lines = accumulate(1 if entry.takes_place else 2 for entry in entries)
    return [entry for entry, line in zip(entries, lines, strict=True) if line <= space]
