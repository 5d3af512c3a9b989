"""The history of one thing: who changed what and when, before and after in words, what belongs to it too."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import ChangeKind
from standorte.models import Standort
from standorte.texts import State, Text
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_stadtteil,
    make_standort,
    make_topic,
    make_user,
)
from tests.history_pages import acts_of, history_url
from tests.offer_form import change_url, new_times, open_form, staff_client
from tests.pages import NOW, form_of, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
BY = "22.11.2026 15:00 · team@example.org"
NOBODY = "22.11.2026 15:00 · –"
BACK = "Diesen Stand zurückholen"
LATER = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_new_times_from_a_day_on_stand_beside_those_that_held_until_then() -> None:
    staff, times = staff_client(), make_schedule(valid_from=date(2026, 1, 1))
    make_schedule(times.sprechstunde, valid_from=None, weekdays=("MO",))
    offer = times.sprechstunde
    typed = new_times(valid_from="05.01.2027", opens="11:00", closes="13:00", weekdays=["TU"], frequency="weekly")

    assert staff.post(change_url(offer), open_form(staff, change_url(offer)) | typed).status_code == 302

    assert acts_of(staff, offer)[0] == (
        f"Neu: Zeiten Sprechstunde · Mengede/Huckarde · Mengede/Huckarde {BY} "
        "Zeiten Jeden Dienstag 10:00 – 12:00, ab 1. Januar 2026 → Jeden Dienstag 11:00 – 13:00, ab 5. Januar 2027 "
        "Quelle lokal willkommen Stand 2026-11-22 Steht so in der Quelle ja "
        "Bestätigt am 22. November 2026 Bestätigt von team@example.org Ort Mengede/Huckarde "
        f"Findet auch an Feiertagen statt nein Fällt in den Schulferien aus nein {BACK}"
    )


def test_what_is_written_in_several_steps_is_one_act_in_words_of_its_fields(clock: time_machine.Traveller) -> None:
    staff, place = staff_client(), make_standort(building=Text("Haus"), languages=("de",))
    hall = make_stadtteil("Germania")
    clock.shift(LATER)
    url = f"/admin/standorte/standort/{place.pk}/change/"
    typed = form_of(get(url, staff), "standort_form") | {
        "languages": ["de", "ar"],
        "serves": [str(hall.pk)],
        "step_free": "yes",
        "access_checked_on": "20.11.2026",
    }

    assert staff.post(url, typed).status_code == 302

    said = acts_of(staff, place)
    assert said[-1].startswith(f"Neu: Ort Marten {NOBODY}")
    (changed,) = (act for act in said if act.startswith("Geändert"))
    assert changed == (
        "Geändert: Ort Marten 22.11.2026 15:01 · team@example.org "
        "Sprachen vor Ort Deutsch → Deutsch, Arabisch Eingang ohne Stufen nicht bekannt → ja "
        f"Zugang geprüft am 20. November 2026 Stadtteile, für die der Ort da ist Germania {BACK}"
    )
    assert len([act for act in said if act.startswith("Neu: Belege")]) == 3


def test_texts_say_each_language_and_which_are_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    german = Text("Haus")
    topic = make_topic()
    topic.name = german.translated("tr", "Ev", State.DRAFT)
    topic.save()
    topic.name = german.translated("tr", "Ev", State.CHECKED)
    topic.save()

    page = acts_of(staff_client(), topic)[0]

    assert "Name, Deutsch Haus Name, Türkisch Ev" in page
    topic.history.update(history_date=NOW - timedelta(days=1))
    topic.name = Text("Hof", topic.name.translations).translated("ar", "بيت", State.DRAFT)
    topic.save()
    assert acts_of(client_who_may(monkeypatch, "view_topic"), topic)[0] == (
        f"Geändert: Thema Haus {NOBODY} "
        "Name, Deutsch Haus → Hof Name, Arabisch بيت (Entwurf, noch nicht geprüft)".replace("Thema Haus", "Thema Hof")
    )


def test_a_change_taken_back_and_deleted_times_stay_in_the_history_of_their_offer(
    clock: time_machine.Traveller,
) -> None:
    times = make_schedule(valid_from=date(2026, 12, 1))
    change = make_change(times, date(2026, 12, 8), ChangeKind.CANCELLED)
    other = make_change(make_schedule(), date(2026, 12, 8))
    clock.shift(LATER)
    change.delete()
    times.delete()

    said = acts_of(staff_client(), times.sprechstunde)

    assert sorted(act.partition(" 22.11.")[0] for act in said) == [
        "Gelöscht: Zeiten Sprechstunde · Mengede/Huckarde · Mengede/Huckarde",
        "Gelöscht: Änderung eines Termins 08.12.2026: fällt aus",
        "Neu: Sprechstunde oder Angebot Sprechstunde · Mengede/Huckarde",
        "Neu: Zeiten Sprechstunde · Mengede/Huckarde · Mengede/Huckarde",
        "Neu: Änderung eines Termins 08.12.2026: fällt aus",
    ]
    (times_gone,) = (act for act in said if act.startswith("Gelöscht: Zeiten"))
    assert "Zeiten Jeden Dienstag 10:00 – 12:00, ab 1. Dezember 2026 (leer)" in times_gone
    assert other.schedule.sprechstunde != times.sprechstunde


def test_closures_say_what_they_are_for_and_which_dates_they_keep() -> None:
    times = make_schedule()
    closure = make_closure(date(2026, 12, 7), date(2026, 12, 20), sprechstunden=[times.sprechstunde])
    closure.keep(times.uid, date(2026, 12, 8))
    closure.save()

    (said,) = acts_of(staff_client(), closure)

    assert said.startswith(f"Neu: Ausfall 07.12.2026 – 20.12.2026 {NOBODY} Grund Veranstaltung")
    assert "Termine, die trotzdem stattfinden 8. Dezember 2026" in said
    assert "Einzelne Angebote Sprechstunde · Mengede/Huckarde" in said


def test_what_is_gone_keeps_its_name_where_something_led_to_it(clock: time_machine.Traveller) -> None:
    office, partner = make_office(), make_partner()
    offer = make_sprechstunde(office=office)
    clock.shift(LATER)
    offer.office, offer.partner = None, partner
    offer.save()
    office.delete()

    assert acts_of(staff_client(), offer)[0].endswith(
        f"Zuständiges Büro Mengede/Huckarde (leer) Zuständiger Partner Diakonie {BACK}"
    )
    forgotten = offer.history.last().office_id
    Standort.history.all().delete()
    colleague = Client()
    colleague.force_login(make_user("diakonie@example.org", partner=partner))
    assert f"Zuständiges Büro nicht mehr da ({forgotten}) (leer)" in acts_of(colleague, offer)[0]


def test_facts_that_were_loaded_are_nobodys() -> None:
    call_command("load_facts", verbosity=0)
    place = Standort.objects.get(slug="marten")

    said = acts_of(staff_client(), place)

    (place_itself,) = (act for act in said if act.startswith("Neu: Ort"))
    assert place_itself.startswith(f"Neu: Ort Marten {NOBODY} · Fakten geladen Name Marten")


def test_a_save_that_changes_nothing_is_no_act(clock: time_machine.Traveller) -> None:
    place = make_standort()
    clock.shift(LATER)
    place.save()

    assert len(acts_of(staff_client(), place)) == 1
    assert place.history.count() == 2


def test_the_link_history_of_the_admin_leads_there_and_older_acts_stand_on_later_pages() -> None:
    staff, place = staff_client(), make_standort()
    for number in range(60):
        place.history.update(history_date=NOW - timedelta(days=1))
        place.street = f"Weg {number}"
        place.save()

    first = get(history_url(place), staff)
    second = get(f"{history_url(place)}?seite=2", staff)

    assert staff.get(f"/admin/standorte/standort/{place.pk}/history/").url == history_url(place)  # type: ignore[attr-defined]
    assert "Seite 1 von 2 Ältere" in first.text()
    assert "Neuere Seite 2 von 2" in second.text()


def test_what_has_no_history_of_its_own_shows_what_django_noted() -> None:
    staff = staff_client()
    found = Group.objects.create(name="Team")

    assert staff.get(f"/admin/auth/group/{found.pk}/history/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_has_happened(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff, place, district = staff_client(), make_standort(), make_stadtbezirk()
    for number in range(count):
        place.phones.create(number=f"0231 12345{number}")
        place.serves.add(make_stadtteil(f"Teil {number}", district))
        place.save()
    get(history_url(place), staff)

    with django_assert_num_queries(14):
        get(history_url(place), staff)


def test_strangers_log_in_and_others_see_nothing_of_what_is_not_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_standort(street="Geheimweg 1")
    helper = client_who_may(monkeypatch, "view_topic")

    assert Client().get(history_url(place)).status_code == 302
    for path in (history_url(place), "/admin/geschichte/standorte.standort/999/", "/admin/geschichte/a.b/1/"):
        response = helper.get(path)
        assert (response.status_code, "Geheimweg" in response.content.decode()) == (404, False)
    assert helper.get("/admin/geschichte/standorte.standort/x/").status_code == 404
    assert staff_client().get("/admin/geschichte/standorte.phone/1/").status_code == 404
