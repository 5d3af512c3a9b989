"""Times that end soon with nothing after them, so that staff can say how they go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sprechstunden.decided import Decisions
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.recurrence import ONE_DAY, Once
from sprechstunden.timetable import Version, in_force

SOON = timedelta(days=42)
_NOTHING_DECIDED = Decisions({}, (), (), {}, {})


@dataclass(frozen=True, slots=True)
class Ending:
    """Times and their last day."""

    schedule: Schedule
    last: date


def ending(versions: Iterable[Version], today: date) -> list[Ending]:
    """Give the versions whose last day is within six weeks, by day, unless another one of the offer follows directly.

    The day six weeks ahead is included. What takes place once only does not end, it is over.
    """
    found = list(versions)
    begins = {(one.schedule.sprechstunde_id, one.series.valid_from) for one in found}
    soon = [
        Ending(one.schedule, last)
        for one in found
        if (last := one.series.valid_until) is not None
        and today <= last <= today + SOON
        and (one.schedule.sprechstunde_id, last + ONE_DAY) not in begins
        and not isinstance(one.series.rule, Once)
    ]
    return sorted(soon, key=lambda one: (one.last, one.schedule.pk))


def ending_of(schedules: Iterable[Schedule], today: date) -> list[Ending]:
    """Give what ends soon among all versions of some offers; no query where they were fetched with their places."""
    return ending(in_force(schedules, _NOTHING_DECIDED), today)


def ending_everywhere(today: date, offers: QuerySet[Sprechstunde] | None = None) -> list[Ending]:
    """Give what ends soon among the times of all published offers, or of some of them; one query."""
    candidates = Schedule.objects.filter(_may_end(today), sprechstunde=OuterRef("sprechstunde"))
    rows = Schedule.objects.of_published_offers().filter(Exists(candidates)).for_pages()
    if offers is not None:
        rows = rows.filter(sprechstunde__in=offers.order_by().values("pk"))
    return ending_of(rows, today)


def _may_end(today: date) -> Q:
    """Give the condition for times that end soon themselves, or end others because they are held back."""
    hidden = Q(standort__is_published=False)
    follows = Q(valid_from__range=(today + ONE_DAY, today + SOON + ONE_DAY))
    return Q(valid_until__range=(today, today + SOON)) | (hidden & follows)
