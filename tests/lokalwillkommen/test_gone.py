"""Printed addresses of what is gone: where it went, or that it is gone and where it goes on."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.history.acts import DELETED
from sprechstunden.models import Sprechstunde
from standorte.models import Partner, Phone, Standort, Tombstone
from tests.factories import (
    make_notice,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_stadtteil,
    make_standort,
)
from tests.history_pages import agree
from tests.offer_form import staff_client
from tests.pages import LANGUAGES, NOW, form_of, get

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def delete(staff: Client, row: Standort | Partner | Sprechstunde, successor: str = "") -> None:
    """Delete a row as staff do, and say where it goes on."""
    about = row._meta  # noqa: SLF001  # public as well
    path = f"/admin/{about.app_label}/{about.model_name}/{row.pk}/delete/"
    assert staff.post(path, {"post": "yes", "successor": successor}).status_code == 302


def link(path: str) -> tuple[int, list[str]]:
    """Give status and the addresses that the main part of a page leads to."""
    page = get(path)
    main = page.all("main")[0]
    return page.response.status_code, [found.get("href", "") for found in main.iter("a")]


ON = ["/de/standorte/", "/de/sprechstunden/", "/de/"]


def test_what_was_deleted_says_so_and_leads_to_its_successor() -> None:
    staff = staff_client()
    place, partner, offer = make_standort("Marten"), make_partner("Diakonie"), make_sprechstunde()
    make_standort("Lanstrop")
    other = make_sprechstunde()
    number = offer.pk

    delete(staff, place, "lanstrop")
    delete(staff, partner)
    delete(staff, offer, str(other.pk))

    assert link("/de/standorte/marten/") == (410, ["/de/standorte/lanstrop/", *ON])
    assert link("/de/standorte/marten/karte/") == (410, ["/de/standorte/lanstrop/", *ON])
    assert link("/de/partner/diakonie/") == (410, ON)
    assert link(f"/de/sprechstunden/{number}/") == (410, [f"/de/sprechstunden/{other.pk}/", *ON])
    calendar = Client().get("/kalender/marten.ics")
    assert (calendar.status_code, "/de/standorte/lanstrop/" in calendar.content.decode()) == (410, True)
    # What was never there, or only hidden, is no news to anybody.
    Standort.objects.update(is_published=False)
    assert [link(f"/de/standorte/{slug}/")[0] for slug in ("nie", "lanstrop", "marten")] == [404, 404, 410]


def test_every_language_says_it_in_its_own_words() -> None:
    Tombstone.objects.create(kind="place", address="marten", row="1", name="Marten", gone_at=NOW)

    said = {language: get(f"/{language}/standorte/marten/").text().partition("·")[0] for language in LANGUAGES}

    assert len(set(said.values())) == len(LANGUAGES)


def test_what_has_another_address_is_found_there_in_every_form() -> None:
    staff, place = staff_client(), make_standort("Marten")
    partner = make_partner("Diakonie")
    for path, form, slug in (
        (f"/admin/standorte/standort/{place.pk}/change/", "standort_form", "marten-mitte"),
        (f"/admin/standorte/partner/{partner.pk}/change/", "partner_form", "diakonisches-werk"),
    ):
        assert staff.post(path, form_of(get(path, staff), form) | {"slug": slug}).status_code == 302

    answers = [
        Client().get(path)
        for path in ("/ar/standorte/marten/", "/kalender/marten.ics?sprache=ar", "/de/partner/diakonie/")
    ]

    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [
        (301, "/ar/standorte/marten-mitte/"),
        (301, "/kalender/marten-mitte.ics?sprache=ar"),
        (301, "/de/partner/diakonisches-werk/"),
    ]
    # And when it is deleted later, both addresses say so.
    place.refresh_from_db()
    delete(staff, place)
    assert [link(f"/de/standorte/{slug}/")[0] for slug in ("marten", "marten-mitte")] == [410, 410]


def test_addresses_that_lead_in_a_circle_end() -> None:
    for address, successor in (("a", "b"), ("b", "a")):
        Tombstone.objects.create(
            kind="place", address=address, row="1", name="Marten", gone_at=NOW, successor=successor, has_moved=True
        )

    assert link("/de/standorte/a/")[0] == 410


def test_an_address_on_paper_is_free_only_for_what_it_was(clock: time_machine.Traveller) -> None:
    staff, place = staff_client(), make_standort("Marten")
    Phone.objects.create(standort=place, number="0231 123456")
    partner = make_partner("Diakonie")
    number = place.pk
    delete(staff, place)
    delete(staff, partner)
    add = "/admin/standorte/partner/add/"
    typed = form_of(get(add, staff), "partner_form") | {"name": "Neue", "slug": "diakonie", "kind": "association"}

    refused = staff.post(add, typed)

    assert "Diese Adresse steht auf Papier für „Diakonie“. Bitte wählen Sie eine andere." in refused.content.decode()
    place.pk = number
    clock.shift(timedelta(minutes=1))
    agree(staff, place, Standort.history.get(id=number, history_type=DELETED))
    assert link("/de/standorte/marten/")[0] == 200


def test_an_address_that_comes_back_with_an_earlier_state_leaves_the_later_one_leading_there() -> None:
    staff, place = staff_client(), make_standort("Marten")
    first = place.history.first()
    place.slug = "marten-mitte"
    place.save()

    agree(staff, place, first)

    assert Client().get("/de/standorte/marten-mitte/").headers["Location"] == "/de/standorte/marten/"


def test_before_deleting_it_is_said_where_something_is_used_and_that_it_can_leave_the_pages() -> None:
    staff, place = staff_client(), make_standort("Marten")
    for number in range(6):
        Phone.objects.create(standort=place, number=f"0231 12345{number}")
    place.serves.add(make_stadtteil())
    make_notice("Büro zieht um", NOW.date(), NOW.date(), place)
    make_partner().roles.create(standort=place, kind="runs")
    url = f"/admin/standorte/standort/{place.pk}/delete/"

    page = get(url, staff).text()

    assert "Hinweise (1): Büro zieht um" in page
    assert "Telefonnummern (6): 0231 123450, 0231 123451, 0231 123452, 0231 123453, 0231 123454, …" in page
    assert "Rollen (1): Diakonie: betreibt Marten" in page
    make_schedule(standort=place)
    assert "Zeiten (1): Sprechstunde: jeden Dienstag 10:00 – 12:00" in get(url, staff).text()
    # Eight Tuesdays.
    assert "8 Termine in den nächsten acht Wochen" in get(url, staff).text()
    offer = make_schedule(valid_from=date(2027, 1, 12)).sprechstunde
    delete_offer = f"/admin/sprechstunden/sprechstunde/{offer.pk}/delete/"
    said = get(delete_offer, staff).text()
    assert "Zeiten (1): jeden Dienstag 10:00 – 12:00" in said
    assert "1 Termin in den nächsten acht Wochen" in said

    answer = staff.post(url, {"_unpublish": "1"}, follow=True).content.decode()

    assert "Nicht mehr auf den Seiten: Marten. Gelöscht ist nichts." in answer
    assert (Standort.objects.get(name="Marten").is_published, Tombstone.objects.count()) == (False, 0)
    assert "Nur von den Seiten nehmen" not in get(url, staff).text()


def test_a_successor_that_is_none_deletes_nothing_and_hidden_things_leave_nothing() -> None:
    staff, place = staff_client(), make_standort("Marten")
    hidden = make_standort("Geheim", is_published=False)
    url = f"/admin/standorte/standort/{place.pk}/delete/"

    answer = staff.post(url, {"post": "yes", "successor": "geheim"}, follow=True).content.decode()

    assert "Bitte wählen Sie aus der Liste, wo es weitergeht." in answer
    delete(staff, hidden)
    assert (Standort.objects.count(), Tombstone.objects.count()) == (1, 0)
    assert staff.get("/admin/standorte/standort/999/delete/").status_code == 302


def test_several_deleted_at_once_are_remembered_too() -> None:
    staff = staff_client()
    places = [make_standort(name, is_published=name != "Geheim") for name in ("Marten", "Lanstrop", "Geheim")]
    office = make_office()

    staff.post(
        "/admin/standorte/standort/",
        {"action": "delete_selected", "_selected_action": [place.pk for place in places], "post": "yes"},
    )

    assert list(Standort.objects.all()) == [office]
    assert sorted(map(str, Tombstone.objects.all())) == ["Lanstrop (lanstrop)", "Marten (marten)"]


def test_an_address_that_never_was_costs_one_query_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    get("/de/standorte/nie/")

    with django_assert_num_queries(3):
        get("/de/standorte/nie/")
