"""Writing what staff chose for changes that fit no longer: identity stays, who and when are new, feeds learn of it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from sprechstunden.decided import decisions
from sprechstunden.entries import EntryState
from sprechstunden.misfit_forms import MisfitsForm
from sprechstunden.models import Change, ChangeKind, Schedule
from sprechstunden.occurrences import BERLIN
from sprechstunden.refits import Refit, before_edit, refit, refits
from sprechstunden.refitting import Choice
from sprechstunden.timetable import dates, in_force
from standorte.texts import Text
from tests.factories import make_change, make_closure, make_schedule, make_standort, make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=BERLIN)
TODAY = NOW.date()
OLD = datetime(2026, 11, 1, tzinfo=BERLIN)
FIRST = date(2026, 12, 15)
TUESDAY, WEDNESDAY = date(2026, 12, 22), date(2026, 12, 23)


@pytest.fixture
def schedule() -> Schedule:
    """Make times on Tuesdays, ten to twelve, which new ones will end."""
    return make_schedule()


def rows(schedule: Schedule) -> QuerySet[Schedule]:
    return Schedule.objects.filter(sprechstunde=schedule.sprechstunde)


def edited(schedule: Schedule, **times: object) -> list[Refit]:
    """Add new times from 15 December on; give what fits no longer."""
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    make_schedule(schedule.sprechstunde, valid_from=FIRST, **times)  # type: ignore[arg-type]  # a test's words
    return refits(before, rows(schedule), TODAY)


def choices(found: list[Refit]) -> list[list[Choice]]:
    return [list(one.misfit.choices) for one in found]


def settle(schedule: Schedule, found: list[Refit], choice: Choice) -> None:
    refit([(one, choice) for one in found], rows(schedule), make_user(), NOW)


def shown(schedule: Schedule, day: date) -> list[tuple[EntryState, str, int | None]]:
    """Give what stands on a day: its state, when, where."""
    every = list(rows(schedule).for_pages())  # type: ignore[attr-defined]  # its own query set
    entries = dates(in_force(every, decisions(every, TODAY)), day, day, NOW)
    return [(entry.state, f"{entry.starts:%H:%M}", entry.place_id) for entry in entries]


def test_changes_before_the_new_times_and_in_the_past_are_not_asked_about(schedule: Schedule) -> None:
    make_change(schedule, date(2026, 12, 8))
    make_change(schedule, date(2026, 11, 3))
    make_change(schedule, date(2026, 11, 4))  # fits nothing, and is past

    assert edited(schedule, weekdays=("WE",)) == []


def test_a_cancelled_date_is_carried_over_with_its_identity_and_says_who_and_when_anew(schedule: Schedule) -> None:
    change = make_change(schedule, TUESDAY, decided_at=OLD, note=Text("Bitte kommen Sie am Mittwoch."))
    Schedule.objects.update(modified_at=OLD)

    found = edited(schedule, opens=time(9))
    Schedule.objects.update(modified_at=OLD)
    settle(schedule, found, Choice.CARRY)

    assert choices(found) == [[Choice.CARRY, Choice.DROP]]
    (after,) = Change.objects.all()
    assert (after.pk, after.uid, after.kind, after.day) == (change.pk, change.uid, ChangeKind.CANCELLED, TUESDAY)
    assert (after.reason, after.note) == (change.reason, change.note)
    assert (after.schedule.valid_from, after.decided_at, str(after.decided_by)) == (FIRST, NOW, "team@example.org")
    assert [row.modified_at for row in rows(schedule)] == [NOW, NOW]
    assert shown(schedule, TUESDAY) == [(EntryState.CANCELLED, "09:00", schedule.place_id)]


def test_a_moved_date_stays_as_an_extra_one_where_and_when_it_was(schedule: Schedule) -> None:
    change = make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    marten = make_standort()

    found = edited(schedule, weekdays=("FR",), standort=marten, opens=time(8), closes=time(9))
    settle(schedule, found, Choice.EXTRA)

    (after,) = Change.objects.all()
    assert (after.uid, after.kind, after.day, after.new_day) == (change.uid, ChangeKind.EXTRA, WEDNESDAY, None)
    assert (after.opens, after.closes, after.standort, after.reason) == (time(10), time(12), schedule.standort, "")
    assert shown(schedule, WEDNESDAY) == [(EntryState.CONFIRMED, "10:00", schedule.standort_id)]
    assert shown(schedule, TUESDAY) == []


def test_what_is_left_out_is_gone(schedule: Schedule) -> None:
    make_change(schedule, TUESDAY)
    kept = make_change(schedule, date(2026, 12, 8))

    settle(schedule, edited(schedule), Choice.DROP)

    assert list(Change.objects.all()) == [kept]


def test_what_belongs_to_deleted_times_is_carried_back(schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=FIRST, opens=time(9))
    change = make_change(future, TUESDAY)
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    future.delete()

    found = refits(before, rows(schedule), TODAY)
    settle(schedule, found, Choice.CARRY)

    after = Change.objects.get()
    assert (after.pk, after.uid, after.schedule) == (change.pk, change.uid, schedule)
    assert shown(schedule, TUESDAY) == [(EntryState.CANCELLED, "10:00", schedule.place_id)]


def test_what_belongs_to_deleted_times_can_be_left_out(schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=FIRST, opens=time(9))
    make_change(future, TUESDAY)
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    future.delete()

    settle(schedule, refits(before, rows(schedule), TODAY), Choice.DROP)

    assert list(Change.objects.all()) == []


def test_a_date_that_a_closure_keeps_because_of_a_change_is_kept_under_its_new_identity(schedule: Schedule) -> None:
    moved = make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    closure = make_closure(TUESDAY, WEDNESDAY)
    closure.keep(schedule.uid, TUESDAY, moved.uid)
    closure.keep(schedule.uid, date(2026, 12, 8))
    closure.save()

    settle(schedule, edited(schedule, weekdays=("FR",)), Choice.EXTRA)

    closure.refresh_from_db()
    assert closure.kept == [
        {"uid": str(moved.uid), "day": "2026-12-23", "change": str(moved.uid)},
        {"uid": str(schedule.uid), "day": "2026-12-08", "change": None},
    ]
    assert shown(schedule, WEDNESDAY) == [(EntryState.CONFIRMED, "10:00", schedule.place_id)]


def test_a_date_that_has_been_in_a_closure_which_kept_it_stays(schedule: Schedule) -> None:
    been = date(2026, 11, 18)
    moved = make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=been)
    closure = make_closure(date(2026, 11, 16), date(2026, 11, 20))
    closure.keep(schedule.uid, TUESDAY, moved.uid)
    closure.save()
    every = list(rows(schedule).for_pages())  # type: ignore[attr-defined]  # its own query set
    (before,) = dates(in_force(every, decisions(every, been)), been, been, NOW)

    settle(schedule, edited(schedule, weekdays=("FR",)), Choice.EXTRA)

    every = list(rows(schedule).for_pages())  # type: ignore[attr-defined]
    (after,) = dates(in_force(every, decisions(every, been)), been, been, NOW)
    assert before.takes_place
    assert (after.starts, after.ends, after.state, after.place_id) == (
        before.starts,
        before.ends,
        before.state,
        before.place_id,
    )


@pytest.mark.parametrize(("choice", "state"), [(Choice.CARRY, EntryState.PLANNED), (Choice.DROP, EntryState.CANCELLED)])
def test_a_date_that_closures_keep_by_themselves_is_asked_about_once(
    schedule: Schedule, choice: Choice, state: EntryState
) -> None:
    for first in (FIRST, TUESDAY):
        closure = make_closure(first, WEDNESDAY)
        closure.keep(schedule.uid, TUESDAY)
        closure.keep(schedule.uid, date(2026, 12, 17))  # no date of these times: nothing to ask about
        closure.save()

    found = edited(schedule, opens=time(9))
    settle(schedule, found, choice)

    assert choices(found) == [[Choice.CARRY, Choice.DROP]]
    assert [one.change for one in found] == [None]
    assert shown(schedule, TUESDAY) == [(state, "09:00", schedule.place_id)]


def test_an_extra_date_that_a_closure_keeps_stays_kept(schedule: Schedule) -> None:
    extra = make_change(schedule, WEDNESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))
    closure = make_closure(TUESDAY, WEDNESDAY)
    closure.keep(extra.uid, WEDNESDAY)
    closure.save()

    settle(schedule, edited(schedule, weekdays=("FR",)), Choice.CARRY)

    assert shown(schedule, WEDNESDAY) == [(EntryState.CONFIRMED, "14:00", schedule.place_id)]


def test_dropping_and_keeping_in_one_go_frees_the_date_first(schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=FIRST, opens=time(9))
    there = make_change(future, TUESDAY)
    lost = make_change(schedule, TUESDAY)  # as it could stand from earlier days
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    future.valid_from = TUESDAY + timedelta(7)
    future.save()

    found = refits(before, rows(schedule), TODAY)

    assert [(one.change, list(one.misfit.choices)) for one in found] == [(there, [Choice.DROP])]
    settle(schedule, found, Choice.DROP)
    assert list(Change.objects.all()) == [lost]


def test_two_changes_of_one_date_cannot_both_be_carried_over(schedule: Schedule) -> None:
    later = make_schedule(schedule.sprechstunde, valid_from=date(2026, 12, 8))
    one, two = make_change(schedule, TUESDAY), make_change(later, TUESDAY)
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    make_schedule(schedule.sprechstunde, valid_from=FIRST, opens=time(9))
    found = refits(before, rows(schedule), TODAY)

    both = MisfitsForm(found, {f"change-{change.uid}": "carry" for change in (one, two)})
    either = MisfitsForm(found, {f"change-{one.uid}": "carry", f"change-{two.uid}": "drop"})

    assert not both.settles_all
    assert [len(errors) for errors in both.errors.values()] == [1]
    assert either.settles_all
    refit(either.chosen(), rows(schedule), None, NOW)
    assert [change.pk for change in Change.objects.all()] == [one.pk]


def test_what_frees_a_date_is_written_before_what_takes_it(schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=FIRST)
    waiting = make_change(schedule, TUESDAY)  # as it could stand from earlier days
    there = make_change(future, TUESDAY, ChangeKind.MOVED, opens=time(11))
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    future.closes = time(10, 30)
    future.save()

    found = {one.change: one for one in refits(before, rows(schedule), TODAY)}
    refit([(found[waiting], Choice.CARRY), (found[there], Choice.EXTRA)], rows(schedule), None, NOW)

    assert [(change.pk, change.kind, change.schedule) for change in Change.objects.order_by("pk")] == [
        (waiting.pk, ChangeKind.CANCELLED, future),
        (there.pk, ChangeKind.EXTRA, future),
    ]


def test_without_anything_to_write_nothing_is_asked(
    schedule: Schedule, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_closure(FIRST, FIRST)

    with django_assert_num_queries(0):
        refit([], [schedule], None, NOW)
