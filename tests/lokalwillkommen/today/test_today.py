"""Today: staff change single dates from a phone, and residents read it at once."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Change, ChangeKind, Closure, Schedule
from tests.factories import (
    make_change,
    make_closure,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
)
from tests.pages import FormData, get
from tests.today_pages import (
    ADD,
    CHANGE,
    NEXT_TUESDAY,
    NOW,
    TODAY,
    TUESDAY,
    UNDO,
    WEDNESDAY,
    about,
    anchor,
    cards,
    extra,
    moved,
    post,
)

pytestmark = pytest.mark.django_db


def shown_to_residents() -> list[str]:
    page = get("/de/standorte/mengede-huckarde/").by_id("termine")
    return [found.get("data-state", "") for found in page.iter() if found.get("class") == "date-card"][:2]


def test_a_date_is_cancelled_with_one_button_and_taken_back_with_another(staff: Client, tuesdays: Schedule) -> None:
    response = staff.post(CHANGE, about(tuesdays, reason="training", note="Bitte anrufen."))

    assert (response.status_code, response.headers["Location"]) == (302, f"{TODAY}#{anchor(tuesdays)}")
    page = get(TODAY, staff)
    card = page.text(page.by_id(anchor(tuesdays)))
    decided = "Fällt aus: Fortbildung. Entschieden am 24. Nov., 09:00 von team@example.org."
    said = "Der Termin fällt aus. Das können jetzt alle lesen."
    assert card.startswith(
        f"10:00 – 12:00 Sprechstunde Mengede/Huckarde {said} Fällt aus {decided} Notiz: Bitte anrufen."
    )
    assert page.text(page.by_id("gerade")) == "Gerade geändert"
    assert shown_to_residents()[0] == "cancelled"

    response = staff.post(UNDO, {"change": str(Change.objects.get().uid)})

    assert (response.status_code, response.headers["Location"]) == (302, f"{TODAY}#{anchor(tuesdays)}")
    assert "Zurückgenommen: Alles ist wieder wie vorher." in cards(get(TODAY, staff))[0]
    assert "Gerade geändert" not in get(TODAY, staff).text()
    assert (Change.objects.count(), shown_to_residents()) == (0, ["confirmed", "confirmed"])


def test_a_date_does_not_come_back_where_another_one_has_moved_to(staff: Client, tuesdays: Schedule) -> None:
    staff.post(CHANGE, about(tuesdays, NEXT_TUESDAY, reason="training"))
    there = {"new_day": f"{NEXT_TUESDAY}", "opens": "11:00", "closes": "13:00"}
    staff.post(CHANGE, moved(tuesdays) | there)
    off, put_there = Change.objects.get(day=NEXT_TUESDAY), Change.objects.get(day=TUESDAY)

    page = post(staff, UNDO, {"change": str(off.uid)})

    sentence = (
        "Dann findet ein anderer Termin dieses Angebots statt: 11:00 bis 13:00. Bitte nehmen Sie zuerst diesen zurück."
    )
    assert sentence in page.text()
    assert set(Change.objects.all()) == {off, put_there}
    for change in (put_there, off):
        post(staff, UNDO, {"change": str(change.uid)})
    assert list(Change.objects.all()) == []


def test_a_date_is_moved_and_stands_in_both_places(staff: Client, tuesdays: Schedule) -> None:
    marten = make_standort("Marten")

    page = post(staff, CHANGE, moved(tuesdays, standort=str(marten.pk)))

    was, now = (page.text(page.by_id(anchor(tuesdays) + end)) for end in ("", "-neu"))
    assert "Der Termin ist verlegt." in was
    assert "Verlegt auf Mittwoch, 25. November 2026, 14:00 Uhr, Marten" in was
    assert now.startswith("14:00 – 16:00 Sprechstunde Marten Findet statt Verlegt vom 24.11.2026: Veranstaltung.")
    assert ("Zurücknehmen" in was, "Zurücknehmen" in now, "Verlegen" in was + now) == (True, True, False)


def test_a_date_that_moves_in_its_day_or_to_no_known_place_says_when(staff: Client) -> None:
    schedule = make_schedule(make_sprechstunde(partner=make_partner()), standort=None)

    page = post(staff, CHANGE, moved(schedule, new_day="2026-11-24"))

    said = "Der Termin ist verlegt. Das können jetzt alle lesen."
    where = "Verlegt auf Dienstag, 24. November 2026, 14:00 Uhr"
    assert f"Ort nicht bekannt {said} {where} Verlegt vom" in cards(page)[0]


def test_a_moved_date_that_a_closure_takes_away_says_so(staff: Client, tuesdays: Schedule) -> None:
    make_change(tuesdays, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    make_closure(WEDNESDAY, WEDNESDAY)

    page = get(TODAY, staff)

    was, now = (page.text(page.by_id(anchor(tuesdays) + end)) for end in ("", "-neu"))
    assert "Auch am neuen Tag fällt er aus. Ausfall vom 25.11.2026 bis 25.11.2026: Veranstaltung." in was
    assert "Ausfall vom 25.11.2026 bis 25.11.2026: Veranstaltung." in now
    assert ("Zurücknehmen" in now, "Findet trotzdem statt" in now) == (True, False)


def test_a_date_in_a_closure_takes_place_all_the_same_with_one_tap(staff: Client, tuesdays: Schedule) -> None:
    make_closure(TUESDAY, TUESDAY)
    assert shown_to_residents()[0] == "cancelled"

    page = post(staff, CHANGE, about(tuesdays, kind=ChangeKind.HELD))

    assert "Der Termin findet statt. Das können jetzt alle lesen. Findet statt" in cards(page)[0]
    assert shown_to_residents()[0] == "confirmed"


def test_an_extra_date_is_added(staff: Client, tuesdays: Schedule) -> None:
    page = post(staff, ADD, extra(tuesdays))

    row = Change.objects.get()
    card = page.text(page.by_id(f"termin-{row.uid}-{WEDNESDAY}"))
    assert card.startswith("14:00 – 16:00 Sprechstunde Mengede/Huckarde Der zusätzliche Termin ist eingetragen.")
    assert shown_to_residents() == ["confirmed", "confirmed"]


def test_what_was_decided_about_a_date_out_of_sight_is_said_on_top(staff: Client, tuesdays: Schedule) -> None:
    page = post(staff, ADD, extra(tuesdays, day="2027-03-03"))

    notes = [page.text(found) for found in page.all("p") if found.get("class") == "note"]
    assert notes == ["Der zusätzliche Termin ist eingetragen. Das können jetzt alle lesen."]


@pytest.mark.parametrize(
    ("data", "sentence", "typed"),
    [
        ({"opens": "noon"}, "Bitte eine gültige Uhrzeit eingeben.", {"opens": "noon"}),
        ({"closes": "13:00"}, "Das Ende muss nach dem Beginn liegen.", {"closes": "13:00"}),
        (
            {"new_day": "2026-12-01", "opens": "10:00"},
            "Zu dieser Zeit findet schon ein anderer Termin",
            {"opens": "10:00"},
        ),
        (
            {"note": "Guten Tag & willkommen", "reason": "x"},
            "Bitte wählen Sie einen Grund.",
            {"note": "Guten Tag & willkommen"},
        ),
    ],
)
def test_a_refused_move_says_why_and_keeps_what_was_typed(
    staff: Client, tuesdays: Schedule, data: FormData, sentence: str, typed: dict[str, str]
) -> None:
    page = post(staff, CHANGE, moved(tuesdays, **{name: str(value) for name, value in data.items()}))

    assert (page.response.status_code, Change.objects.count()) == (422, 0)
    (section,) = (found for found in page.all("section") if "refused" in (found.get("class") or ""))
    assert sentence in page.text(section)
    for name, value in typed.items():
        field = page.by_id(f"noch-einmal-{name}")
        assert (field.get("value") or field.text or "").strip() == value
    marked = [found for found in section.iter() if found.get("aria-invalid")]
    described = [(found.get("aria-describedby") or "").split() for found in marked]
    assert [page.by_id(names[-1]).get("class") for names in described] == ["errorlist"] * len(marked)


def test_a_refused_move_keeps_the_place_that_was_chosen(staff: Client, tuesdays: Schedule) -> None:
    marten, _other = make_standort("Marten"), make_standort("Lanstrop")

    page = post(staff, CHANGE, moved(tuesdays, standort=str(marten.pk), closes="13:00"))

    options = {page.text(found): found.get("selected") for found in page.by_id("noch-einmal-standort").iter("option")}
    assert list(options) == ["wie gewohnt", "Lanstrop", "Marten", "Mengede/Huckarde"]
    assert [name for name, chosen in options.items() if chosen is not None] == ["Marten"]


def test_a_move_into_a_closure_is_asked_about_once(staff: Client, tuesdays: Schedule) -> None:
    make_closure(WEDNESDAY, WEDNESDAY)

    asked = post(staff, CHANGE, moved(tuesdays))

    assert (asked.response.status_code, Change.objects.count()) == (422, 0)
    assert "25.11.2026 – 25.11.2026 (Veranstaltung)" in asked.text()
    assert asked.by_id("noch-einmal-anyway").get("type") == "checkbox"

    assert post(staff, CHANGE, moved(tuesdays, anyway="on")).response.status_code == 200
    assert [len(closure.kept) for closure in Closure.objects.all()] == [1]


def test_a_changed_a_past_and_a_vanished_date_are_refused_with_a_sentence(staff: Client, tuesdays: Schedule) -> None:
    make_change(tuesdays, TUESDAY)
    gone = about(tuesdays) | {"schedule": "00000000-0000-0000-0000-000000000000"}
    asked = [about(tuesdays), about(tuesdays, date(2026, 11, 17)), about(tuesdays, WEDNESDAY), gone]

    pages = [post(staff, CHANGE, {**data, "reason": "event", "note": "Notiz"}) for data in asked]

    said = [next(page.text(found) for found in page.all("div") if found.get("role") == "alert") for page in pages]
    assert [words.partition(".")[0] for words in said] == [
        "Dieser Termin wurde schon geändert",
        "Dieser Termin ist vorbei: Er bleibt, wie er war",
        "Diesen Termin gibt es nicht mehr: Die Zeiten wurden geändert",
        "Diesen Termin gibt es nicht mehr: Die Zeiten wurden geändert",
    ]
    assert {(page.by_id("noch-einmal-note").text or "").strip() for page in pages} == {"Notiz"}
    assert [Change.objects.count(), {page.response.status_code for page in pages}] == [1, {422}]


def test_holding_what_takes_place_anyway_is_refused_with_a_sentence(staff: Client, tuesdays: Schedule) -> None:
    page = post(staff, CHANGE, about(tuesdays, kind=ChangeKind.HELD))

    assert (page.response.status_code, "Dieser Termin findet ohnehin statt." in page.text()) == (422, True)


def test_an_extra_date_without_an_offer_is_refused_with_all_that_was_typed(staff: Client, tuesdays: Schedule) -> None:
    page = post(staff, ADD, extra(tuesdays, sprechstunde="", note="Notiz"))

    assert (page.response.status_code, Change.objects.count()) == (422, 0)
    assert page.by_id("noch-einmal-sprechstunde").get("aria-invalid") == "true"
    assert page.by_id("noch-einmal-opens").get("value") == "14:00"
    options = [page.text(found) for found in page.by_id("noch-einmal-sprechstunde").iter("option")]
    assert options == ["Bitte wählen", "Mengede/Huckarde: Sprechstunde, jeden Dienstag 10:00 – 12:00"]


def test_a_date_that_was_brought_forward_and_has_been_is_not_taken_back(staff: Client, tuesdays: Schedule) -> None:
    row = make_change(tuesdays, NEXT_TUESDAY, ChangeKind.MOVED, new_day=TUESDAY, opens=time(8), closes=time(9))

    with time_machine.travel(NOW + timedelta(2), tick=False):
        page = post(staff, UNDO, {"change": str(row.uid)})

    assert "Dieser Termin ist vorbei: Er bleibt, wie er war." in page.text()
    assert Change.objects.get() == row


def test_what_is_past_or_taken_back_already_cannot_be_taken_back(staff: Client, tuesdays: Schedule) -> None:
    row = make_change(tuesdays, TUESDAY, ChangeKind.MOVED, opens=time(8))
    make_change(tuesdays, NEXT_TUESDAY)

    with time_machine.travel(NOW + timedelta(2), tick=False):
        past = post(staff, UNDO, {"change": str(row.uid)})
    kept = Change.objects.count()
    first, second = (post(staff, UNDO, {"change": str(row.uid)}) for _turn in range(2))

    assert ("Dieser Termin ist vorbei: Er bleibt, wie er war." in past.text(), kept) == (True, 2)
    assert "Zurückgenommen: Alles ist wieder wie vorher." in first.text()
    assert "Das wurde schon zurückgenommen." in second.text()
    assert Change.objects.count() == 1


@pytest.mark.parametrize(("hour", "is_over"), [(11, False), (12, True), (15, True)])
def test_hours_of_today_that_are_over_do_not_come_back(
    staff: Client,
    tuesdays: Schedule,
    hour: int,
    is_over: bool,  # noqa: FBT001  # what is expected
) -> None:
    row = make_change(tuesdays, TUESDAY)

    with time_machine.travel(NOW.replace(hour=hour), tick=False):
        page = post(staff, UNDO, {"change": str(row.uid)})

    assert ("Dieser Termin ist vorbei: Er bleibt, wie er war." in page.text(), Change.objects.count()) == (
        is_over,
        int(is_over),
    )


def test_a_move_whose_old_day_is_past_stays_and_its_date_can_only_be_called_off(
    staff: Client, tuesdays: Schedule
) -> None:
    row = make_change(tuesdays, TUESDAY, ChangeKind.MOVED, new_day=NEXT_TUESDAY, opens=time(14), closes=time(16))

    with time_machine.travel(NOW + timedelta(2), tick=False):
        page = get(TODAY, staff)
        refused = post(staff, UNDO, {"change": str(row.uid)})

    card = page.text(page.by_id(anchor(tuesdays) + "-neu"))
    sentence = "Der alte Tag ist vorbei: Der Termin kann noch ausfallen, aber nicht dorthin zurück."
    assert [words in card for words in (sentence, "Zurücknehmen", "Fällt aus: Mengede/Huckarde")] == [True, False, True]
    assert (sentence in refused.text(), list(Change.objects.all())) == (True, [row])
