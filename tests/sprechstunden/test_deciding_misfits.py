"""Saving times is refused once where changes of single dates would be left behind, and then decides about them."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client

from sprechstunden.models import Change, ChangeKind, Schedule
from tests.factories import make_change, make_closure, make_schedule
from tests.offer_form import FORM, change_url, new_times, open_form, send, staff_client
from tests.pages import NOW, FormData, Page, form_of, get, moments

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = date(2026, 12, 22), date(2026, 12, 23)
# On Wednesdays from 15 December on.
NEW = new_times(valid_from="15.12.2026", weekdays=["WE"], opens="09:00", closes="11:00")
SAME_DAYS = NEW | new_times(weekdays=["TU"])


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return staff_client()


@pytest.fixture
def schedule() -> Schedule:
    return make_schedule(valid_from=date(2024, 1, 2))


def question(change: Change) -> str:
    return f"change-{change.uid}"


def asked(page: Page) -> dict[str, list[str]]:
    """Give the sentence of each question on a page and the answers there are."""
    return {
        page.text(next(found.iter("legend"))): [page.text(label) for label in found.iter("label")]
        for found in page.all("fieldset")
        if found.get("class") == "misfit"
    }


CARRY, EXTRA, DROP = (*("für die dann geltenden Zeiten übernehmen", "als zusätzlichen Termin behalten", "weglassen"),)


def test_nothing_is_saved_until_each_change_is_decided(staff: Client, schedule: Schedule) -> None:
    make_change(schedule, TUESDAY)
    make_change(
        schedule, date(2026, 12, 15), ChangeKind.MOVED, new_day=date(2026, 12, 17), opens=time(14), closes=time(15)
    )
    make_change(schedule, WEDNESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))
    make_change(schedule, date(2026, 12, 29), ChangeKind.HELD)
    make_change(schedule, date(2026, 12, 8))
    path = change_url(schedule.sprechstunde)
    before, changes = list(Schedule.objects.values()), list(Change.objects.values())
    typed = open_form(staff, path) | NEW

    page = send(staff, path, typed)

    assert (list(Schedule.objects.values()), list(Change.objects.values())) == (before, changes)
    assert LogEntry.objects.count() == 0
    assert "Noch ist nichts gespeichert." in page.text(page.by_id("aenderungen"))
    assert asked(page) == {
        "Dienstag, 15. Dezember 2026: verlegt auf Donnerstag, 17. Dezember 2026, 14:00 – 15:00, Mengede/Huckarde "
        "(Fortbildung).": [EXTRA, DROP],
        "Dienstag, 22. Dezember 2026: fällt aus (Fortbildung).": [DROP],
        "Mittwoch, 23. Dezember 2026: zusätzlicher Termin, 14:00 – 16:00, Mengede/Huckarde.": [CARRY, DROP],
        "Dienstag, 29. Dezember 2026: findet trotzdem statt.": [DROP],
    }
    assert "Bitte wählen Sie, was daraus wird." not in page.text()
    kept = form_of(page, FORM)
    assert {name: kept[name] for name in NEW} == NEW
    assert moments(page.by_id("vorschau"))[3] == "2026-12-16T09:00+01:00"


def test_times_and_decisions_are_saved_together(staff: Client, schedule: Schedule) -> None:
    change = make_change(schedule, TUESDAY)
    path = change_url(schedule.sprechstunde)
    page = send(staff, path, open_form(staff, path) | SAME_DAYS)

    response = staff.post(path, form_of(page, FORM) | {question(change): "carry"})

    assert response.status_code == 302
    after = Change.objects.get()
    assert (after.pk, after.uid) == (change.pk, change.uid)
    assert (after.schedule.valid_from, str(after.decided_by)) == (date(2026, 12, 15), "team@example.org")
    dates = get(f"/de/sprechstunden/{schedule.sprechstunde_id}/")
    assert "Fortbildung" in dates.text()


def test_a_question_that_is_left_open_is_asked_again_and_the_other_answer_stays(
    staff: Client, schedule: Schedule
) -> None:
    one, two = make_change(schedule, TUESDAY), make_change(schedule, date(2026, 12, 15))
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | SAME_DAYS | {question(one): "carry"})

    assert "Bitte wählen Sie, was daraus wird." in page.text()
    checked = [found.get("name") for found in page.all("input") if found.get("checked") is not None]
    assert question(one) in checked
    assert question(two) not in checked
    assert Schedule.objects.count() == 1


@pytest.mark.parametrize("answer", ["extra", "nonsense", ""])
def test_an_answer_that_is_not_offered_saves_nothing(staff: Client, schedule: Schedule, answer: str) -> None:
    change = make_change(schedule, TUESDAY)
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | NEW | {question(change): answer})

    assert list(asked(page).values()) == [[DROP]]
    assert Schedule.objects.count() == 1


def test_an_end_that_is_set_asks_too(staff: Client, schedule: Schedule) -> None:
    change = make_change(schedule, TUESDAY)
    path = change_url(schedule.sprechstunde)
    typed: FormData = open_form(staff, path) | {"schedules-0-valid_until": "16.12.2026"}

    page = send(staff, path, typed)
    saved = staff.post(path, form_of(page, FORM) | {question(change): "drop"})

    assert list(asked(page).values()) == [[DROP]]
    assert saved.status_code == 302
    assert (Change.objects.count(), Schedule.objects.get().valid_until) == (0, date(2026, 12, 16))


def test_deleting_times_that_have_not_begun_takes_no_change_along_unasked(staff: Client, schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=date(2026, 12, 15), opens=time(9))
    change = make_change(future, TUESDAY)
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | new_times(DELETE="on"))
    saved = staff.post(path, form_of(page, FORM) | {question(change): "carry"})

    assert list(asked(page).values()) == [[CARRY, DROP]]
    assert saved.status_code == 302
    after = Change.objects.get()
    assert (after.pk, after.uid, after.schedule) == (change.pk, change.uid, schedule)
    assert list(Schedule.objects.all()) == [schedule]


def test_editing_times_that_have_not_begun_asks_about_their_changes(staff: Client, schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=date(2026, 12, 15), opens=time(9))
    make_change(future, TUESDAY)
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | new_times(weekdays=["WE"]))

    assert list(asked(page).values()) == [[DROP]]
    future.refresh_from_db()
    assert future.weekdays == ("TU",)


def test_a_date_that_a_closure_keeps_is_asked_about(staff: Client, schedule: Schedule) -> None:
    closure = make_closure(TUESDAY, TUESDAY)
    closure.keep(schedule.uid, TUESDAY)
    closure.save()
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | SAME_DAYS)

    assert asked(page) == {"Dienstag, 22. Dezember 2026: findet trotz eines Ausfalls statt.": [CARRY, DROP]}


def test_a_date_that_has_been_stays_where_it_was(staff: Client, schedule: Schedule) -> None:
    change = make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 11, 18))
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | NEW)
    saved = staff.post(path, form_of(page, FORM) | {question(change): "extra"})

    assert list(asked(page).values()) == [[EXTRA]]
    assert saved.status_code == 302
    after = Change.objects.get()
    assert (after.kind, after.day, after.schedule) == (ChangeKind.EXTRA, date(2026, 11, 18), schedule)


def test_times_whose_only_date_has_been_before_their_first_day_stay_as_they_are(
    staff: Client, schedule: Schedule
) -> None:
    make_schedule(schedule.sprechstunde, valid_from=date(2026, 12, 15), opens=time(9))
    schedule.delete()
    future = Schedule.objects.get()
    make_change(future, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 11, 18))
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | new_times(weekdays=["WE"]))

    words = page.text(page.by_id("aenderungen"))
    assert "So können sich diese Zeiten nicht ändern: Ein Termin, der schon war, würde verschwinden." in words
    assert "Dienstag, 22. Dezember 2026: verlegt auf Mittwoch, 18. November 2026, 09:00 – 12:00" in words
    future.refresh_from_db()
    assert future.weekdays == ("TU",)


def test_looking_asks_already_and_what_is_chosen_is_kept_for_saving(staff: Client, schedule: Schedule) -> None:
    change = make_change(schedule, TUESDAY)
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | SAME_DAYS | {"_preview": "1"})
    again = send(staff, path, form_of(page, FORM) | {question(change): "carry", "_preview": "1"})
    saved = staff.post(path, form_of(again, FORM) | {question(change): "carry"})

    assert list(asked(page).values()) == [[CARRY, DROP]]
    assert "Noch ist nichts gespeichert." not in page.text()
    assert "1 Änderung eines einzelnen Termins passt nicht mehr." in page.text(page.by_id("vorschau"))
    checked = [found.get("value") for found in again.all("input") if found.get("name") == question(change)
               and found.get("checked") is not None]  # fmt: skip
    assert checked == ["carry"]
    assert saved.status_code == 302


def test_what_was_left_behind_long_ago_is_asked_about_with_the_next_save(staff: Client, schedule: Schedule) -> None:
    make_change(schedule, WEDNESDAY)
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path))

    assert asked(page) == {"Mittwoch, 23. Dezember 2026: fällt aus (Fortbildung).": [DROP]}


def test_a_move_onto_a_date_of_the_new_times_is_asked_about(staff: Client, schedule: Schedule) -> None:
    change = make_change(schedule, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 16))
    extra = make_change(schedule, WEDNESDAY, ChangeKind.EXTRA, opens=time(10), closes=time(12))
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | NEW)

    assert asked(page) == {
        "Dienstag, 8. Dezember 2026: verlegt auf Mittwoch, 16. Dezember 2026, 10:00 – 12:00, Mengede/Huckarde "
        "(Fortbildung). Dann findet schon ein anderer Termin dieses Angebots statt.": [
            "am alten Tag fällt er aus, am neuen gilt der andere Termin",
            "zurück auf den alten Tag legen",
        ],
        "Mittwoch, 23. Dezember 2026: zusätzlicher Termin, 10:00 – 12:00, Mengede/Huckarde.": [DROP],
    }
    clashes = [page.text(found) for found in page.all("span") if found.get("class") == "next-date__clash"]
    double = "Zwei Termine dieses Angebots zur selben Zeit: Sprechstunde (Mengede/Huckarde),"
    assert clashes == [f"{double} 10:00 – 12:00", f"{double} 09:00 – 11:00"]

    response = staff.post(path, form_of(page, FORM) | {question(change): "cancel", question(extra): "drop"})

    assert response.status_code == 302
    after = Change.objects.get()
    assert (after.pk, after.kind, after.day, after.new_day) == (change.pk, ChangeKind.CANCELLED, change.day, None)
    assert (after.reason, str(after.decided_by)) == (change.reason, "team@example.org")


def test_an_answer_that_puts_a_date_back_where_another_one_is_by_now_is_refused(
    staff: Client, schedule: Schedule
) -> None:
    back = make_change(schedule, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 16))
    make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, new_day=date(2026, 12, 8))
    path = change_url(schedule.sprechstunde)
    page = send(staff, path, open_form(staff, path) | NEW)

    page = send(staff, path, form_of(page, FORM) | {question(back): "drop"})

    sentence = (
        "Zwei Termine dieses Angebots wären dann zur selben Zeit: Dienstag, 8. Dezember 2026. "
        "Bitte wählen Sie etwas anderes."
    )
    assert sentence in page.text(page.by_id("aenderungen"))
    assert (Schedule.objects.count(), Change.objects.count()) == (1, 2)
    assert staff.post(path, form_of(page, FORM) | {question(back): "cancel"}).status_code == 302


def test_in_a_closure_nothing_is_doubled_by_what_takes_place_all_the_same(staff: Client, schedule: Schedule) -> None:
    closure = make_closure(date(2026, 12, 16), date(2026, 12, 16), sprechstunden=[schedule.sprechstunde])
    change = make_change(schedule, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 16))
    closure.keep(schedule.uid, change.day, change.uid)
    closure.save()
    path = change_url(schedule.sprechstunde)

    assert staff.post(path, open_form(staff, path) | NEW).status_code == 302
