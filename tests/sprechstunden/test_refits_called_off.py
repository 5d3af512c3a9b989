"""Times become others: what calls off a moved or an extra date goes wherever that goes."""

from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from sprechstunden.decided import decisions
from sprechstunden.entries import EntryState
from sprechstunden.misfit_forms import in_words
from sprechstunden.models import Change, ChangeKind, Schedule
from sprechstunden.occurrences import BERLIN
from sprechstunden.refits import Before, before_edit, refit, refits
from sprechstunden.refitting import Choice
from sprechstunden.timetable import dates, in_force
from tests.factories import make_called_off, make_change, make_schedule, make_standort

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=BERLIN)
OLD = datetime(2026, 11, 1, tzinfo=BERLIN)
FIRST, TUESDAY, WEDNESDAY = date(2026, 12, 15), date(2026, 12, 22), date(2026, 12, 23)


@pytest.fixture
def schedule() -> Schedule:
    """Make times on Tuesdays, ten to twelve."""
    return make_schedule()


def before(schedule: Schedule) -> Before:
    return before_edit([schedule.sprechstunde], NOW.date())[schedule.sprechstunde_id]


def settle(schedule: Schedule, was: Before, choice: Choice) -> list[str]:
    """Choose the same for all that fits no longer, and give the questions."""
    after = Schedule.objects.filter(sprechstunde=schedule.sprechstunde)
    found = refits(was, after, NOW.date())
    with override("de"):
        asked = [in_words(one) for one in found]
    refit([(one, choice) for one in found], after, None, NOW)
    return asked


def shown(schedule: Schedule, day: date) -> list[tuple[EntryState, str]]:
    rows = list(Schedule.objects.filter(sprechstunde=schedule.sprechstunde).for_pages())
    entries = dates(in_force(rows, decisions(rows, NOW.date())), day, day, NOW)
    return [(entry.state, f"{entry.starts:%H:%M}") for entry in entries]


@pytest.mark.parametrize(("choice", "stays"), [(Choice.EXTRA, True), (Choice.CARRY, True), (Choice.DROP, False)])
def test_what_calls_a_date_off_goes_along_with_it(
    schedule: Schedule,
    choice: Choice,
    stays: bool,  # noqa: FBT001  # what is expected
) -> None:
    where = {"new_day": WEDNESDAY, "opens": time(14), "closes": time(16), "standort": make_standort("Marten")}
    change = make_change(schedule, TUESDAY, ChangeKind.MOVED, **where)  # type: ignore[arg-type]  # each as said
    off = make_called_off(change, decided_at=OLD)
    was = before(schedule)
    make_schedule(schedule.sprechstunde, valid_from=FIRST, weekdays=("TU", "TH"), opens=time(9))

    (asked,) = settle(schedule, was, choice)

    moved = "Dienstag, 22. Dezember 2026: verlegt auf Mittwoch, 23. Dezember 2026, 14:00 – 16:00, Marten (Fortbildung)."
    assert asked == f"{moved} Dort fällt er aus."
    assert shown(schedule, WEDNESDAY) == ([(EntryState.CANCELLED, "14:00")] if stays else [])
    left = [(row.pk, row.schedule.valid_from, row.day, row.decided_at) for row in Change.objects.exclude(pk=change.pk)]
    assert left == ([(off.pk, FIRST, WEDNESDAY, OLD)] if stays else [])


def test_what_calls_a_date_off_goes_along_although_its_times_are_deleted(schedule: Schedule) -> None:
    later = make_schedule(schedule.sprechstunde, valid_from=FIRST)
    change = make_change(later, TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))
    off = make_called_off(change, decided_at=OLD)
    was = before(schedule)
    later.delete()

    settle(schedule, was, Choice.CARRY)

    (again,) = Change.objects.filter(calls_off=change)
    assert (again.pk, again.schedule, again.decided_at, again.reason) == (off.pk, schedule, OLD, "event")
    assert shown(schedule, TUESDAY) == [(EntryState.PLANNED, "10:00"), (EntryState.CANCELLED, "14:00")]
