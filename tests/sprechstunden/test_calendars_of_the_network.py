"""The calendars of the real network, and the pages that lead to them."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from standorte.models import Standort
from tests.pages import LANGUAGES, NOW, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_every_published_place_has_a_calendar_without_a_cookie() -> None:
    for slug in Standort.objects.published().values_list("slug", flat=True):
        response = Client().get(f"/kalender/{slug}.ics")

        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.cookies == {}
        assert Calendar.from_ical(response.content).errors == []


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_of_all_places_is_in_every_language(language: str) -> None:
    response = Client().get("/kalender/alle.ics", {"sprache": language})

    assert (response.status_code, response.headers["Content-Language"]) == (200, language)
    assert Calendar.from_ical(response.content).errors == []


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("page", "path"), [("standorte/marten/", "/kalender/marten.ics"), ("sprechstunden/", "/kalender/alle.ics")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_offer_to_subscribe_and_to_load_their_dates_in_their_language(
    page: str, path: str, language: str
) -> None:
    links = [link.get("href", "") for link in get(f"/{language}/{page}").all("a")]

    offered = [link for link in links if ".ics" in link]
    assert offered == [f"webcal://testserver{path}?sprache={language}", f"{path}?sprache={language}"]
    assert Client().get(offered[1]).headers["Content-Language"] == language
