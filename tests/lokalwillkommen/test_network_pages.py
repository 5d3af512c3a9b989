"""Pages about the network: who can take part, what it wants, and its figures; with the real facts."""

import pytest
from django.test import Client

from lokalwillkommen.facts.models import Figure
from standorte.models import Partner, Stadtbezirk
from tests.pages import LANGUAGES, Page, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


def _links(page: Page) -> list[str]:
    return [link.get("href", "") for link in page.all("main")[0].iter("a")]


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_four_groups_has_its_words_and_says_where_they_come_from(language: str) -> None:
    page = get(f"/{language}/mitmachen/")

    for name in ("nachbarschaft", "vermieten", "ehrenamt", "organisationen"):
        section = page.by_id(name)
        assert len(list(section.iter("h2"))) == 1
        assert [link.get("href", "")[:8] for link in section.iter("a")][-1] == "https://"


def test_whoever_wants_to_take_part_finds_the_office_of_their_district() -> None:
    page = get("/de/mitmachen/")

    districts = {page.text(link): link.get("href") for link in page.by_id("stadtbezirke").iter("a")}
    answers = {row.name: f"/de/finden/?stadtbezirk={row.slug}#ergebnis" for row in Stadtbezirk.objects.all()}
    assert districts == answers


@pytest.mark.parametrize("path", ["", "ueber-uns/", "standorte/"])
def test_every_page_leads_to_taking_part(path: str) -> None:
    page = get(f"/de/{path}")

    assert "/de/mitmachen/" in [link.get("href") for link in page.all("footer")[0].iter("a")]


def test_the_page_about_us_names_goals_the_first_address_and_the_brochure() -> None:
    page = get("/de/ueber-uns/")

    words = page.text(page.all("main")[0])
    migrado = Partner.objects.get(is_first_address=True)
    assert [
        word for word in ("Was wir wollen", "Sozialamt", "MigraDo", "Fünf Jahre lokal willkommen") if word not in words
    ] == []
    assert [
        href for href in (migrado.get_absolute_url(), "https://dortmund.de/lokalwillkommen") if href not in _links(page)
    ] == []


def test_without_a_published_first_address_none_is_named() -> None:
    Partner.objects.filter(is_first_address=True).update(is_published=False)

    assert "MigraDo" not in get("/de/ueber-uns/").html


def test_each_figure_stands_in_the_table_with_its_period_and_its_source() -> None:
    page = get("/de/ueber-uns/")

    rows = [[page.text(cell) for cell in row] for row in page.all("tbody")[0].iter("tr")]
    assert len(rows) == Figure.objects.count()
    assert ["mehr als 9.000 Menschen das ganze Netzwerk", "Oktober 2016 bis Juni 2021", "Oktober 2021"] in rows
    assert page.all("img") == []


def test_taking_part_can_only_be_read() -> None:
    assert Client().post("/de/mitmachen/").status_code == 405
