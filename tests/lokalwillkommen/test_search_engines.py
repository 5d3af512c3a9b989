"""What search engines and people who share a link find of the pages of the network."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import Schedule, Sprechstunde, Topic
from standorte.models import Partner, Standort
from tests.pages import LANGUAGES, NOW, PATHS, descriptions, get, titles
from tests.sitemap import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_no_two_places_offers_topics_or_partners_have_the_same_title_or_description() -> None:
    pages = {path: get(f"/de/{path}") for path in _paths_of_rows()}

    for said in (titles(pages), descriptions(pages)):
        assert {path: words for path, words in said.items() if list(said.values()).count(words) > 1} == {}
        assert {path: words for path, words in said.items() if "<" in words or not words} == {}


def test_readers_of_other_languages_are_led_to_the_choosing_start_page_else_to_the_german_one() -> None:
    pages = {path: get(path) for path in ("/ar/", "/ar/sprechstunden/?sprache=ar", "/en/standorte/marten/")}

    found = {
        path: [link.get("href") for link in page.all("link") if link.get("hreflang") == "x-default"]
        for path, page in pages.items()
    }
    assert found == {
        "/ar/": ["http://testserver/"],
        "/ar/sprechstunden/?sprache=ar": ["http://testserver/de/sprechstunden/"],
        "/en/standorte/marten/": ["http://testserver/de/standorte/marten/"],
    }


def test_a_shared_link_has_a_picture_and_the_words_of_the_page() -> None:
    page = get("/ar/standorte/marten/?x=1")

    shared = {meta.get("property"): meta.get("content") for meta in page.all("meta") if meta.get("property")}
    (description,) = (meta for meta in page.all("meta") if meta.get("name") == "description")
    assert description.get("property") == "og:description"
    assert shared == {
        "og:title": "Marten",
        "og:description": description.get("content"),
        "og:url": "http://testserver/ar/standorte/marten/",
        "og:type": "website",
        "og:image": f"http://testserver{staticfiles_storage.url('social.png')}",
    }


@pytest.mark.usefixtures("official")
def test_every_public_page_is_listed_in_every_language_with_its_twins() -> None:
    pages = {path for path in PATHS if "?" not in path} | set(_paths_of_rows())
    # A card is what stands on the page of its place, in large letters.
    wanted = {path for path in pages if not path.endswith("/karte/")}

    found = listed()

    for path, twins in found.items():
        rest = path.split("/", 2)[2]
        assert twins == {code: f"/{code}/{rest}" for code in LANGUAGES}
    assert set(found) == {f"/{code}/{rest}" for rest in wanted for code in LANGUAGES}


@pytest.mark.usefixtures("official")
def test_the_list_asks_one_query_for_each_kind_of_page(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        Client().get("/sitemap.xml")
    assert Schedule.objects.count() > 3


def _paths_of_rows() -> list[str]:
    rows = (*Standort.objects.all(), *Sprechstunde.objects.all(), *Topic.objects.all(), *Partner.objects.all())
    return [row.get_absolute_url().removeprefix("/de/") for row in rows]
