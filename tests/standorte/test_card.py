"""The card that is shown to a driver, and the text that is sent to a friend; with the real facts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from sprechstunden.models import Schedule
from standorte.models import Standort
from tests.pages import NOW, Page, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
CARD = "standorte/mengede-huckarde/karte/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _german(page: Page) -> str:
    (card,) = page.by_id("karte").findall("div[@lang='de'][@dir='ltr']")
    return page.text(card)


def _lines(page: Page) -> list[str]:
    (text,) = page.all("pre")
    return "".join(text.itertext()).splitlines()


@pytest.mark.parametrize(
    ("language", "own"),
    [("de", ""), ("ar", "من فضلكم ساعدوني في العثور على هذا المكان."), ("en", "Please help me find this place.")],
)
def test_the_card_is_german_with_the_readers_words_below(language: str, own: str) -> None:
    page = get(f"/{language}/{CARD}")

    german = (
        "Bitte helfen Sie mir, diesen Ort zu finden. Mengede/Huckarde "
        "Ladenlokal im Ortszentrum Westerfilde Westerfilder Straße 54 44357 Dortmund Telefon 0231 50-11148"
    )
    assert _german(page) == german
    assert page.text(page.by_id("karte")) == f"{german} {own}".strip()


def test_a_place_without_a_known_phone_shows_none() -> None:
    assert _german(get("/de/standorte/marten/karte/")).endswith("44379 Dortmund")


def test_the_text_to_copy_says_place_date_and_address() -> None:
    assert _lines(get(f"/de/{CARD}")) == [
        "lokal willkommen: Mengede/Huckarde",
        "Nächster Termin: Mo, 23. November 2026, \u206609:00 – 12:00\u2069 (Geplant, nicht bestätigt)",
        "Westerfilder Straße 54, 44357 Dortmund",
        "0231 50-11148",
        "http://testserver/de/standorte/mengede-huckarde/",
    ]


def test_the_text_says_where_times_are_not_known() -> None:
    assert _lines(get("/de/standorte/innenstadt-nord/karte/"))[1] == "Zeiten nicht bekannt, bitte fragen"


def test_the_text_says_where_no_more_dates_are_planned() -> None:
    Schedule.objects.filter(standort__slug="marten").update(valid_until=NOW.date() - timedelta(days=1))

    assert _lines(get("/de/standorte/marten/karte/"))[1] == "Keine weiteren Termine geplant, bitte fragen"


def test_the_card_leads_back_to_its_place_and_the_place_to_it() -> None:
    back = [link.get("href") for link in get(f"/de/{CARD}").all("main")[0].iter("a")]
    there = [link.get("href") for link in get("/de/standorte/mengede-huckarde/").all("main")[0].iter("a")]

    assert back == ["/de/standorte/mengede-huckarde/"]
    assert f"/de/{CARD}#karte" in there


def test_without_an_address_there_is_no_card() -> None:
    Standort.objects.filter(slug="mengede-huckarde").update(street="")

    assert get(f"/de/{CARD}").response.status_code == 404
    assert "/karte/" not in get("/de/standorte/mengede-huckarde/").html


def test_without_an_address_the_text_to_copy_stands_on_the_page_of_the_place() -> None:
    with_street = get("/de/standorte/marten/")
    Standort.objects.filter(slug="marten").update(street="", postal_code="")

    lines = _lines(get("/de/standorte/marten/"))

    assert with_street.all("pre") == []
    assert (lines[0], lines[2:]) == (
        "lokal willkommen: Marten",
        ["Dortmund", "http://testserver/de/standorte/marten/"],
    )


def test_a_place_that_is_held_back_has_no_card() -> None:
    Standort.objects.filter(slug="mengede-huckarde").update(is_published=False)

    assert get(f"/de/{CARD}").response.status_code == 404
