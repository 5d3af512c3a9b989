"""Pages about places and partners, with the real facts."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from standorte.models import Partner, PartnerRole, Standort
from tests.pages import NOW, get, moments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
OFFICES = (
    *("Brackel/Aplerbeck", "Eving/Scharnhorst", "Hörde/Hombruch", "Innenstadt-Nord"),
    *("Innenstadt-West/Ost", "Lütgendortmund", "Mengede/Huckarde"),
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_list_names_all_seven_offices_first() -> None:
    page = get("/de/standorte/")

    names = [page.text(link) for link in page.all("a") if (link.get("href") or "").count("/") == 4]
    assert [name for name in names if name in OFFICES] == list(OFFICES)


def test_an_office_shows_its_address_and_its_hours_with_their_year_as_not_confirmed() -> None:
    page = get("/de/standorte/mengede-huckarde/")

    words = page.text()
    assert page.text(page.all("address")[0]).endswith("Westerfilder Straße 54 44357 Dortmund")
    assert "Montag 09:00 – 12:00 Sprechstunde Dienstag 13:00 – 16:00 Sprechstunde" in words
    assert "Stand: etwa 2018, noch nicht bestätigt" in words
    assert [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("tel:")] == [
        "tel:+492315011148",
        "tel:+492315011149",
    ]


def test_marten_shows_its_next_real_dates() -> None:
    page = get("/de/standorte/marten/")

    expected = ["2026-12-01T10:00+01:00", "2026-12-15T10:00+01:00", "2026-12-29T10:00+01:00"]
    assert moments(page.by_id("termine")) == expected


@pytest.mark.parametrize("slug", ["eving-scharnhorst", "luetgendortmund", "innenstadt-west-ost", "innenstadt-nord"])
def test_a_place_without_a_known_phone_offers_no_other_places_phone(slug: str) -> None:
    page = get(f"/de/standorte/{slug}/")

    links = [link.get("href") or "" for link in page.all("a")]
    assert [link for link in links if link.startswith(("tel:", "mailto:"))] == []
    assert "/de/partner/migrado/" in links


def test_nothing_is_open_and_nothing_confirmed_after_loading() -> None:
    with time_machine.travel(NOW.replace(day=24, hour=14, minute=30), tick=False):
        pages = [get(path) for path in ("/de/", "/de/standorte/", "/de/standorte/mengede-huckarde/")]

    assert ["etzt geöffnet" in page.text() for page in pages] == [False, False, False]
    assert ["Geplant, nicht bestätigt" in page.text() for page in pages] == [True, True, True]


def test_notes_of_staff_and_who_confirmed_are_not_public() -> None:
    Standort.objects.get(slug="marten").evidence.update(note="Hinweis nur für das Team")

    assert "nur für das Team" not in get("/de/standorte/marten/").html


def test_what_is_held_back_appears_nowhere() -> None:
    Standort.objects.filter(slug="marten").update(is_published=False)
    Partner.objects.filter(slug="marten-aktiv").update(is_published=False)

    paths = (
        "",
        "standorte/",
        "standorte/luetgendortmund/",
        "sprechstunden/?woche=2026-11-30",
        "partner/",
        "ueber-uns/",
    )
    assert [path for path in paths if "marten" in get(f"/de/{path}").html.lower()] == []
    assert get("/de/standorte/marten/").response.status_code == 404
    assert get("/de/partner/marten-aktiv/").response.status_code == 404


def test_a_partner_shows_what_it_does_and_what_else_it_offers() -> None:
    page = get("/de/partner/diakonie-dortmund-luenen/")

    words = page.text()
    assert [office for office in OFFICES if office in words] == ["Mengede/Huckarde"]
    assert "Energiehilfeberatung" in words
    assert "https://www.diakoniedortmund.de" in [link.get("href") for link in page.all("a")]


def test_what_a_partner_does_is_grouped_by_role_and_by_how_sure_it_is() -> None:
    PartnerRole.objects.filter(partner__slug="sozialamt-dortmund", standort__slug="innenstadt-nord").update(
        confirmed_on=date(2026, 11, 2)
    )

    page = get("/de/partner/sozialamt-dortmund/")

    groups = [page.text(found) for found in page.root.iter("li") if found.get("class") == "schedule"]
    others = " ".join(office for office in OFFICES if office != "Innenstadt-Nord")
    assert groups == [
        "Gibt einen Raum Lanstrop Stand: 2019, noch nicht bestätigtDie Quelle ist unsicher.",
        "Betreibt Innenstadt-Nord Bestätigt am 2. November 2026",
        f"Betreibt {others} Stand: ohne Datum, noch nicht bestätigt",
    ]


def test_every_partner_and_every_role_is_public() -> None:
    listed = get("/de/partner/").html

    assert [partner.slug for partner in Partner.objects.all() if f"/de/partner/{partner.slug}/" not in listed] == []
    assert PartnerRole.objects.visible().count() == PartnerRole.objects.count()


@pytest.mark.parametrize("number", ["0", "-1", "999", "zwei", "", "1e9"])
def test_a_page_number_that_is_none_shows_a_page(number: str) -> None:
    assert get(f"/de/standorte/?seite={number}").response.status_code == 200


def test_lists_begin_with_the_offices_and_end_with_rooms_of_others() -> None:
    page = get("/de/standorte/")

    links = [link.get("href") or "" for link in page.all("main")[0].iter("a")]
    slugs = [link.split("/")[3] for link in links if link.startswith("/de/standorte/")]
    kinds = [Standort.objects.get(slug=slug).kind for slug in dict.fromkeys(slugs) if slug]
    assert kinds == ["office"] * 7 + ["outreach"] * 4 + ["flexible"] + ["venue"] * 5


@pytest.mark.parametrize("path", ["", "standorte/", "standorte/marten/", "sprechstunden/", "partner/", "impressum/"])
def test_public_pages_can_only_be_read(path: str) -> None:
    answers = [getattr(Client(), method)(f"/de/{path}").status_code for method in ("post", "put", "delete", "options")]

    assert answers == [405] * 4
    assert Client().head(f"/de/{path}").status_code == 200
