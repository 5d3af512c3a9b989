"""Times that end soon, or have just ended, with nothing after them, so that staff can say how they go on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from sprechstunden.decided import Decisions
from sprechstunden.models import Frequency, Schedule
from sprechstunden.recurrence import ONE_DAY, Once
from sprechstunden.timetable import Version, in_force

SOON = timedelta(days=42)
# Who was away when they ended sees it too.
STILL_SAID = timedelta(days=28)
_NOTHING_DECIDED = Decisions({}, (), (), {}, {})
_Begins = Mapping[tuple[int, date | None], Version]


@dataclass(frozen=True, slots=True)
class Ending:
    """Times and their last day; a single date may follow, and the day may be past."""

    schedule: Schedule
    last: date
    single_date_follows: bool = False
    is_over: bool = False


def ending(versions: Iterable[Version], today: date) -> list[Ending]:
    """Give the versions whose last day is within six weeks, by day, unless other times of the offer follow directly.

    The day six weeks ahead is included. For four weeks also what has ended, while no times of the offer hold. What
    takes place once only does not end, it is over; and times that it follows do not go on by it.
    """
    found = list(versions)
    begins = {(one.schedule.sprechstunde_id, one.series.valid_from): one for one in found}
    held = {one.schedule.sprechstunde_id for one in found if _regular(one) and _lasts(one, today)}
    ends = (one for version in found if (one := _end(version, begins, today)))
    said = [
        one
        for one in ends
        if today <= one.last <= today + SOON
        or (today - STILL_SAID <= one.last < today and one.schedule.sprechstunde_id not in held)
    ]
    return sorted(said, key=lambda one: (one.last, one.schedule.pk))


def end_of_all(versions: Iterable[Version], today: date) -> Ending | None:
    """Give the last times of one offer with their last day, however far away; nothing where times go on for ever."""
    found = [one for one in versions if _lasts(one, today)]
    last = max(
        (one for one in found if _regular(one)), key=lambda one: one.series.valid_until or date.max, default=None
    )
    if last is None or last.series.valid_until is None:
        return None
    return Ending(last.schedule, last.series.valid_until, any(not _regular(one) for one in _after(last, found)))


def ending_of(schedules: Iterable[Schedule], today: date) -> list[Ending]:
    """Give what ends soon among all versions of some offers; no query where they were fetched with their places."""
    return ending(in_force(schedules, _NOTHING_DECIDED), today)


def ending_everywhere(today: date) -> list[Ending]:
    """Give what ends soon among the times of all published offers; one query."""
    candidates = Schedule.objects.filter(_may_end(today), sprechstunde=OuterRef("sprechstunde"))
    rows = Schedule.objects.of_published_offers().filter(Exists(candidates)).for_pages()
    return ending_of(rows, today)


def _end(version: Version, begins: _Begins, today: date) -> Ending | None:
    """Give the end of times that no others follow directly; single dates between them do not matter."""
    last, offer = version.series.valid_until, version.schedule.sprechstunde_id
    if last is None or not _regular(version):
        return None
    following, single = begins.get((offer, last + ONE_DAY)), False
    while following is not None and not _regular(following):
        single = True
        until = following.series.valid_until
        following = begins.get((offer, until + ONE_DAY)) if until else None
    return None if following else Ending(version.schedule, last, single, last < today)


def _after(version: Version, found: Iterable[Version]) -> list[Version]:
    ends = version.series.valid_until or date.max
    return [one for one in found if (one.series.valid_from or date.min) > ends]


def _regular(version: Version) -> bool:
    return not isinstance(version.series.rule, Once)


def _lasts(version: Version, today: date) -> bool:
    return version.series.valid_until is None or version.series.valid_until >= today


def _may_end(today: date) -> Q:
    """Give the condition for times that end soon themselves, or end others though these do not go on by them."""
    first, last = today - STILL_SAID, today + SOON
    no_times = Q(standort__is_published=False) | Q(frequency=Frequency.ONCE)
    follows = Q(valid_from__range=(first + ONE_DAY, last + ONE_DAY))
    return Q(valid_until__range=(first, last)) | (no_times & follows)
