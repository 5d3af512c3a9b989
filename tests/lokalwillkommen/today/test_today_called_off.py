"""Today: a date that was moved or added is called off where it is, and comes back exactly as it was."""

from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client

from lokalwillkommen.accounts.roles import Role
from sprechstunden.models import Change, ChangeKind, Schedule
from tests.factories import make_called_off, make_change, make_closure, make_office, make_standort
from tests.pages import FormData, Page, get
from tests.today_pages import (
    CHANGE,
    NOW,
    TODAY,
    TUESDAY,
    UNDO,
    WEDNESDAY,
    about,
    anchor,
    cards,
    logged_in,
    post,
)

pytestmark = pytest.mark.django_db
THERE = "/de/standorte/marten/"


@pytest.fixture
def moved(tuesdays: Schedule) -> Change:
    """Move a Tuesday to the afternoon of the next day, to another place."""
    where = {"new_day": WEDNESDAY, "opens": time(14), "closes": time(16), "standort": make_standort("Marten")}
    earlier = NOW - timedelta(hours=1)
    return make_change(tuesdays, TUESDAY, ChangeKind.MOVED, decided_at=earlier, **where)  # type: ignore[arg-type]  # each as said


def called_off(change: Change, **typed: str) -> FormData:
    return about(change.schedule, change.lands_on) | {"change": str(change.uid), "reason": "event", **typed}


def on_new_day(page: Page, change: Change) -> str:
    return page.text(page.by_id(anchor(change.schedule) + "-neu"))


def sent_by(page: Page, change: Change) -> FormData:
    """Give what the first form on the card of the new day sends with its first reason."""
    form = next(page.by_id(anchor(change.schedule) + "-neu").iter("form"))
    hidden = {f.get("name") or "": f.get("value") or "" for f in form.iter("input") if f.get("type") == "hidden"}
    button = next(found for found in form.iter("button") if found.get("class") == "reason")
    return {**hidden, button.get("name") or "": button.get("value") or ""}


def test_a_moved_date_is_off_with_two_taps_and_comes_back_as_it_was(staff: Client, moved: Change) -> None:
    before = get(TODAY, staff)
    response = staff.post(CHANGE, sent_by(before, moved))

    assert response.headers["Location"] == f"{TODAY}#{anchor(moved.schedule)}-neu"
    page = get(TODAY, staff)
    assert on_new_day(page, moved).startswith(
        "14:00 – 16:00 Sprechstunde Marten Der Termin fällt aus. Das können jetzt alle lesen. Fällt aus"
    )
    was = page.text(page.by_id(anchor(moved.schedule)))
    assert "Auch am neuen Tag fällt er aus. Fällt aus: zu wenig Personal. Entschieden am 24. Nov., 09:00" in was
    assert "Fällt aus: zu wenig Personal" in get(THERE).text()

    off = Change.objects.get(calls_off=moved)
    assert (off.day, off.opens, off.closes, off.standort) == (WEDNESDAY, time(14), time(16), moved.standort)
    response = staff.post(UNDO, {"change": str(off.uid)})

    assert response.headers["Location"] == f"{TODAY}#{anchor(moved.schedule)}-neu"
    assert list(Change.objects.values()) == [Change.objects.values().get(pk=moved.pk)]
    assert on_new_day(get(TODAY, staff), moved).replace(
        "Zurückgenommen: Alles ist wieder wie vorher. ", ""
    ) == on_new_day(before, moved)


def test_an_extra_date_is_off_and_comes_back(staff: Client, tuesdays: Schedule) -> None:
    extra = make_change(tuesdays, WEDNESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))

    page = post(staff, CHANGE, called_off(extra, note="Bitte anrufen."))

    card = page.text(page.by_id(f"termin-{extra.uid}-{WEDNESDAY}"))
    assert "Der Termin fällt aus. Das können jetzt alle lesen. Fällt aus" in card
    assert "Bitte anrufen." in get("/de/standorte/mengede-huckarde/").text()
    post(staff, UNDO, {"change": str(Change.objects.get(calls_off=extra).uid)})
    assert list(Change.objects.all()) == [extra]


def test_on_its_new_day_a_date_whose_old_day_is_past_is_off_and_a_slip_is_mended(staff: Client, moved: Change) -> None:
    with time_machine.travel(NOW + timedelta(1), tick=False):
        page = post(staff, CHANGE, sent_by(get(TODAY, staff), moved))
        off = Change.objects.get(calls_off=moved)
        refused = post(staff, UNDO, {"change": str(moved.uid)})
        kept = Change.objects.count()
        after = post(staff, UNDO, {"change": str(off.uid)})

    assert "Fällt aus: zu wenig Personal." in on_new_day(page, moved)
    assert ("Der alte Tag ist vorbei" in refused.text(), kept) == (True, 2)
    assert "Zurückgenommen: Alles ist wieder wie vorher. Findet statt" in on_new_day(after, moved)


def test_what_is_called_off_is_taken_back_before_what_put_it_there(staff: Client, moved: Change) -> None:
    make_called_off(moved, decided_at=NOW)

    page = get(TODAY, staff)
    refused = post(staff, UNDO, {"change": str(moved.uid)})

    fresh = [page.text(found) for found in page.root.iter() if found.get("class") == "fresh__change"]
    assert [line.partition(" Zurück")[0] for line in fresh] == [
        "Mittwoch, 25. November 2026: Marten – fällt aus (Veranstaltung)",
        "Dienstag, 24. November 2026: Mengede/Huckarde – verlegt (Fortbildung)",
    ]
    assert ["Zurücknehmen" in line for line in fresh] == [True, False]
    assert ["Zurücknehmen: 25.11.2026: fällt aus" in card for card in cards(page)[:2]] == [True, True]
    assert "Dieser Termin fällt inzwischen aus. Bitte nehmen Sie zuerst das zurück." in refused.text()
    assert Change.objects.count() == 2


def test_what_cannot_be_called_off_any_more_is_refused_with_a_sentence(staff: Client, moved: Change) -> None:
    asked = called_off(moved, note="Notiz")
    closed = make_closure(WEDNESDAY, WEDNESDAY)
    pages = [post(staff, CHANGE, asked)]
    closed.delete()
    with time_machine.travel(NOW + timedelta(days=1, hours=8), tick=False):
        pages.append(post(staff, CHANGE, asked))
    off = make_called_off(moved)
    pages.append(post(staff, CHANGE, asked))
    off.delete()
    moved.delete()
    pages.append(post(staff, CHANGE, asked))

    said = [next(page.text(found) for found in page.all("div") if found.get("role") == "alert") for page in pages]
    assert [words.partition(".")[0] for words in said] == [
        "Dieser Termin fällt schon aus",
        "Dieser Termin ist vorbei: Er bleibt, wie er war",
        "Dieser Termin wurde schon geändert",
        "Diesen Termin gibt es nicht mehr: Die Zeiten wurden geändert",
    ]
    again = pages[0].by_id("noch-einmal-note")
    assert ((again.text or "").strip(), {page.response.status_code for page in pages}) == ("Notiz", {422})
    kept = [f.get("value") for f in pages[0].all("input") if f.get("name") == "change" and f.get("type") == "hidden"]
    assert str(moved.uid) in kept


def test_who_looks_after_the_place_where_a_date_went_may_call_it_off_and_others_may_not(moved: Change) -> None:
    assert moved.standort is not None
    there = logged_in(moved.standort, role=Role.OFFICE)
    foreign = logged_in(make_office("Eving"), role=Role.OFFICE, email="foreign@example.org")

    answers = [client.post(CHANGE, called_off(moved)).status_code for client in (foreign, there)]

    assert (answers, Change.objects.filter(calls_off=moved).count()) == ([404, 302], 1)


def test_a_date_on_a_day_of_the_rule_that_is_called_off_leaves_the_one_of_the_rule(
    staff: Client, tuesdays: Schedule
) -> None:
    onto = make_change(
        tuesdays, TUESDAY + timedelta(7), ChangeKind.MOVED, new_day=TUESDAY, opens=time(14), closes=time(16)
    )
    make_called_off(onto)

    page = post(staff, CHANGE, about(tuesdays, reason="training"))

    assert "Der Termin fällt aus." in page.text(page.by_id(anchor(tuesdays)))
    assert Change.objects.count() == 3
