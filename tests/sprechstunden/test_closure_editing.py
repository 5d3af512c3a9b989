"""Closures that are saved: their end and what they keep can change, past days never; what is to come can be undone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.forms import model_to_dict
from django.test import Client

from sprechstunden.deciding import close
from sprechstunden.models import ChangeKind, Closure, Schedule
from sprechstunden.occurrences import BERLIN
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.pages import NOW, FormData, Page, form_of, get
from tests.sprechstunden.closure_page import (
    CHANGED,
    FIRST,
    FORM,
    LAST,
    LIST,
    NEXT,
    TUESDAY,
    boxes,
    change_url,
    delete_url,
    errors,
    post,
    proposed,
    words,
)

pytestmark = pytest.mark.django_db
TOO_LONG = (
    "Das ist länger als ein Jahr. Bitte prüfen Sie das Jahr. "
    "Endet ein Angebot ganz, setzen Sie den letzten Tag seiner Zeiten."
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def test_what_is_saved_shows_what_it_does_and_ticks_change_in_one_step(staff: Client) -> None:
    schedule = make_schedule()
    closure = make_closure(FIRST, LAST)
    closure.keep(schedule.uid, TUESDAY)
    closure.save()

    page = get(change_url(closure), staff)
    data = form_of(page, FORM)
    response = staff.post(change_url(closure), data | {"keep": [f"{schedule.uid} 2026-12-15"]})

    assert words(page).startswith("Ein Termin fällt aus: Findet einer davon")
    assert [ticked for _said, ticked in boxes(page)] == [True, False]
    assert (response.status_code, Closure.objects.get().kept[0]["day"]) == (302, "2026-12-15")
    assert len(Closure.objects.get().kept) == 1


@pytest.mark.parametrize("theirs", ["keep", "last"])
def test_what_somebody_else_saved_meanwhile_is_shown_before_it_is_overwritten(staff: Client, theirs: str) -> None:
    schedule = make_schedule()
    closure = make_closure(FIRST, LAST)
    mine = form_of(get(change_url(closure), staff), FORM) | {"note_de": "Wir sind bald wieder da."}
    closure.keep(schedule.uid, TUESDAY)
    closure.last = LAST if theirs == "keep" else LAST + timedelta(7)
    close(closure, None, None, NOW)

    page = post(staff, change_url(closure), mine)

    stored = Closure.objects.get()
    assert CHANGED in page.text()
    assert form_of(page, FORM)["note_de"] == "Wir sind bald wieder da."
    assert (len(stored.kept), stored.last, str(stored.note)) == (1, closure.last, "")


def test_what_a_change_keeps_is_shown_and_stays(staff: Client) -> None:
    schedule = make_schedule()
    closure = make_closure(FIRST, LAST)
    extra = make_change(schedule, FIRST, ChangeKind.EXTRA, opens=time(9), closes=time(10))
    closure.keep(extra.uid, FIRST, extra.uid)
    closure.save()

    page = get(change_url(closure), staff)
    staff.post(change_url(closure), form_of(page, FORM))

    assert [ticked for _said, ticked in boxes(page)] == [True, False, False]
    assert "Das hat jemand für diesen einen Termin entschieden" in words(page)
    assert Closure.objects.get().kept == [{"uid": str(extra.uid), "day": "2026-12-07", "change": str(extra.uid)}]


def test_what_is_kept_and_not_listed_stays(staff: Client) -> None:
    schedule = make_schedule(make_sprechstunde(is_published=False))
    closure = make_closure(FIRST, LAST)
    closure.keep(schedule.uid, TUESDAY)
    closure.save()

    page = get(change_url(closure), staff)
    staff.post(change_url(closure), form_of(page, FORM) | {"reason": "other"})

    assert (boxes(page), Closure.objects.get().reason) == ([], "other")
    assert Closure.objects.get().kept == [{"uid": str(schedule.uid), "day": "2026-12-08", "change": None}]


def test_another_last_day_is_shown_before_it_is_saved(staff: Client) -> None:
    make_schedule()
    closure = make_closure(FIRST, LAST)

    page, data = proposed(staff, {"last": "27.12.2026"}, change_url(closure))
    last = Closure.objects.get().last
    staff.post(change_url(closure), data)

    assert words(page).startswith(f"3 Termine an einem Ort fallen aus: {CHANGED}")
    assert (last, Closure.objects.get().last) == (LAST, date(2026, 12, 27))


BEGUN = date(2026, 11, 20)
NOT_BEFORE = "Vergangene Tage bleiben, wie sie waren: Der letzte Tag kann frühestens gestern sein."
OVER = "Dieser Ausfall ist vorbei. Bitte tragen Sie einen neuen ein: Vergangene Tage bleiben, wie sie waren."


@pytest.mark.parametrize(
    ("last", "typed", "sentence"),
    [
        (LAST, "21.11.2026", ""),
        (LAST, "22.11.2026", ""),
        (LAST, "01.01.2027", ""),
        (LAST, "20.11.2026", NOT_BEFORE),
        (LAST, "01.11.2026", NOT_BEFORE),
        (LAST, "", NOT_BEFORE),
        (date(2026, 11, 21), "01.01.2027", ""),
        (LAST, "31.12.2100", TOO_LONG),
        (BEGUN, "22.11.2026", OVER),
        (BEGUN, "20.11.2026", ""),
    ],
)
def test_of_what_has_begun_only_the_end_changes_and_never_a_past_day(
    staff: Client, last: date, typed: str, sentence: str
) -> None:
    closure = make_closure(BEGUN, last, sprechstunden=[make_schedule().sprechstunde])

    first = staff.post(change_url(closure), form_of(get(change_url(closure), staff), FORM) | {"last": typed})
    page = Page(first, first.content.decode()) if first.status_code == 200 else None
    if page:
        staff.post(change_url(closure), form_of(page, FORM))

    assert (errors(page) if page else []) == ([sentence] if sentence else [])
    saved = Closure.objects.get()
    assert saved.last == (last if sentence else datetime.strptime(typed, "%d.%m.%Y").replace(tzinfo=BERLIN).date())


def test_what_has_begun_says_why_it_cannot_change(staff: Client) -> None:
    schedule, marten = make_schedule(), make_standort("Marten")
    closure = make_closure(BEGUN, LAST, standorte=[marten], decided_at=datetime(2026, 11, 1, tzinfo=BERLIN))
    before = model_to_dict(closure)

    page = get(change_url(closure), staff)
    typed = {"first": "01.12.2026", "reason": "other", "whole_network": ["on"], "standorte": [], "note_de": "Fest"}
    staff.post(change_url(closure), form_of(page, FORM) | {**typed, "sprechstunden": [str(schedule.sprechstunde_id)]})

    assert "Dieser Ausfall hat begonnen: Seine vergangenen Tage bleiben, wie sie waren." in page.text()
    after = Closure.objects.get()
    assert model_to_dict(after) == before | {"note": Text("Fest")}
    assert (after.decided_at, str(after.decided_by)) == (NOW, "team@example.org")


def test_past_dates_of_what_has_begun_are_not_listed_and_what_it_kept_then_stays(staff: Client) -> None:
    schedule = make_schedule(weekdays=("FR",))
    closure = make_closure(BEGUN, date(2026, 11, 27))
    closure.keep(schedule.uid, BEGUN)
    closure.save()

    page = get(change_url(closure), staff)
    staff.post(change_url(closure), form_of(page, FORM))

    assert [said for said, _ticked in boxes(page)] == [
        "10:00 – 12:00 Sprechstunde, Mengede/Huckarde findet trotzdem statt"
    ]
    assert Closure.objects.get().kept == [{"uid": str(schedule.uid), "day": "2026-11-20", "change": None}]


def test_a_closure_to_come_can_be_deleted_and_the_times_learn_of_it(staff: Client) -> None:
    schedule, closure = make_schedule(), make_closure(FIRST, LAST)
    Schedule.objects.update(modified_at=datetime(2026, 11, 1, tzinfo=BERLIN))

    response = staff.post(delete_url(closure), {"post": "yes"})

    schedule.refresh_from_db()
    assert (response.status_code, Closure.objects.count(), schedule.modified_at) == (302, 0, NOW)


def test_several_closures_can_be_deleted_at_once(staff: Client) -> None:
    schedule = make_schedule()
    gone, stays = [make_closure(FIRST, LAST), make_closure(NOW.date(), LAST)], make_closure(FIRST, LAST)
    Schedule.objects.update(modified_at=datetime(2026, 11, 1, tzinfo=BERLIN))
    data: FormData = {"action": "delete_selected", "_selected_action": [str(closure.pk) for closure in gone]}

    asked = post(staff, LIST, data)
    response = staff.post(LIST, data | {"post": "yes"})

    schedule.refresh_from_db()
    assert (asked.response.status_code, response.status_code) == (200, 302)
    assert (list(Closure.objects.all()), schedule.modified_at) == ([stays], NOW)


def test_before_a_closure_is_deleted_dates_that_would_be_there_twice_are_named(staff: Client) -> None:
    schedule, closure = make_schedule(), make_closure(TUESDAY, TUESDAY)
    moved = make_change(schedule, NEXT, ChangeKind.MOVED, new_day=TUESDAY)
    closure.keep(schedule.uid, NEXT, moved.uid)
    closure.save()
    other = make_closure(NEXT, NEXT)
    bulk: FormData = {"action": "delete_selected", "_selected_action": [str(closure.pk)]}

    pages = [
        get(delete_url(closure), staff),
        post(staff, LIST, bulk),
        get(delete_url(other), staff),
        post(staff, LIST, bulk | {"_selected_action": [str(other.pk)]}),
    ]

    named = "weil inzwischen einer dorthin gelegt wurde: Sprechstunde (08.12.2026, 10:00)."
    assert [named in page.text() for page in pages] == [True, True, False, False]
    assert "gelegt wurde" not in pages[2].text()
    assert staff.post(delete_url(closure), {"post": "yes"}).status_code == 302


def test_what_has_begun_is_not_deleted_and_a_sentence_says_what_to_do(staff: Client) -> None:
    begun, to_come = make_closure(BEGUN, LAST), make_closure(FIRST, LAST)
    pks = [str(begun.pk), str(to_come.pk)]

    single = staff.post(delete_url(begun), {"post": "yes"})
    bulk = staff.post(LIST, {"action": "delete_selected", "_selected_action": pks, "post": "yes"}, follow=True)

    assert single.status_code == 403
    sentence = "Ein Ausfall, der begonnen hat, kann nicht gelöscht werden. Bitte öffnen und den letzten Tag setzen."
    assert sentence in bulk.content.decode()
    assert Closure.objects.count() == 2
