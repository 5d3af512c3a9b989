"""What a page may cost: bytes, requests and queries, with a few places and with three hundred."""

import gzip
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import Frequency, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from standorte.models import Kind, Standort
from standorte.texts import Text
from tests.factories import make_closure
from tests.pages import LANGUAGES, NOW, PATHS, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
BUDGET = 14 * 1024
QUERIES = {
    "": 12,
    "finden/": 3,
    "finden/?stadtbezirk=luetgendortmund": 9,
    "standorte/": 7,
    "standorte/mengede-huckarde/": 16,
    "standorte/marten/": 16,
    "standorte/marten/karte/": 6,
    "sprechstunden/": 7,
    "sprechstunden/?standort=marten&wochentag=1&sprache=ar": 8,
    "sprechstunden/?stadtbezirk=huckarde&thema=geburt&zeit=heute": 11,
    "sprechstunden/themen/geburt/": 6,
    "partner/": 3,
    "partner/migrado/": 5,
    "ueber-uns/": 4,
    "mitmachen/": 2,
    "offline/": 8,
    "kontakt/?ort=marten": 4,
    "kontakt/melden/?ort=marten": 4,
    "impressum/": 1,
}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def three_hundred_places() -> None:
    """Three hundred more places of one office, each with two named hours a week and one offer without fixed dates."""
    office = Standort.objects.get(slug="luetgendortmund")
    places = Standort.objects.bulk_create(
        Standort(
            name=f"Ort mit einem langen Namen {number}",
            slug=f"ort-{number}",
            kind=Kind.OUTREACH,
            office=office,
            street=f"Beispielweg {number}",
            postal_code="44388",
            languages=("de", "ar", "fa", "uk"),
        )
        for number in range(300)
    )
    for number, place in enumerate(places):
        titles = (f"Sprachcafé Nummer {number}", f"Begegnung mit Kaffee Nummer {number}", f"Beratung Nummer {number}")
        offers = Sprechstunde.objects.bulk_create(Sprechstunde(office=office, title=Text(title)) for title in titles)
        monday, thursday, undated = (
            Schedule(sprechstunde=offer, standort=place, languages=("ar", "fa", "uk")) for offer in offers
        )
        for schedule, day in ((monday, "MO"), (thursday, "TH")):
            schedule.weekdays, schedule.opens, schedule.closes = (day,), time(9), time(12)
        undated.frequency, undated.words = Frequency.NONE, Text("nach Absprache mit dem Team")
        Schedule.objects.bulk_create((monday, thursday, undated))


def weight(path: str) -> int:
    """Give the bytes that cross the network for a page: HTML, stylesheet and icon, compressed by gzip."""
    response = Client().get(path)
    assert response.status_code == 200
    return len(gzip.compress(response.content)) + sum(
        len(gzip.compress(_static(name))) for name in ("site.css", "icon.svg")
    )


def _static(name: str) -> bytes:
    return (Path(settings.STATIC_ROOT) / name).read_bytes()


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_into_the_first_round_trip(path: str, language: str) -> None:
    assert weight(f"/{language}/{path}") <= BUDGET


@pytest.mark.usefixtures("three_hundred_places")
@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "finden/?stadtbezirk=luetgendortmund",
            "standorte/",
            "standorte/luetgendortmund/",
            "ueber-uns/",
            "mitmachen/",
            "offline/",
        ),
        *("sprechstunden/", "sprechstunden/?sprache=ar&woche=2026-11-30", "sprechstunden/themen/geburt/"),
        *("sprechstunden/?woche=2026-11-30", "sprechstunden/?woche=2026-11-30&seite=99"),
    ],
)
def test_with_three_hundred_places_a_page_still_fits(path: str) -> None:
    # Of all languages of the site these need the most bytes: Cyrillic and Arabic letters take two each.
    weights = {language: weight(f"/{language}/{path}") for language in ("ar", "ru")}
    assert max(weights.values()) <= BUDGET, weights


@pytest.mark.usefixtures("three_hundred_places")
def test_a_full_last_page_with_offers_without_dates_still_fits() -> None:
    Sprechstunde.objects.filter(title={}).update(is_published=False)
    Sprechstunde.objects.exclude(office__slug="luetgendortmund").update(is_published=False)

    assert weight("/ru/sprechstunden/?woche=2026-11-30&seite=99") <= BUDGET


@pytest.mark.parametrize(("path", "queries"), QUERIES.items())
def test_a_page_asks_a_fixed_number_of_queries(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


@pytest.mark.usefixtures("three_hundred_places")
@pytest.mark.parametrize(("path", "queries"), QUERIES.items())
def test_with_three_hundred_places_a_page_asks_the_same(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


@pytest.mark.usefixtures("three_hundred_places")
def test_lists_are_paged() -> None:
    places = get("/de/standorte/").text().count("Beispielweg")
    cards = [e for e in get("/de/sprechstunden/?woche=2026-11-30").root.iter() if e.get("class") == "date-card"]

    # Of the first fifty places ten are real ones.
    assert (places, len(cards)) == (40, 50)


@pytest.fixture
def all_closed() -> Iterator[None]:
    """Everything is confirmed, and the whole network closes for the days that are shown, but not for good."""
    with transaction.atomic():
        Schedule.objects.update(confirmed_on=date(2026, 11, 2))
        make_closure(date(2026, 11, 20), date(2026, 12, 6), note=Text("Ab dem 7. Dezember sind wir wieder für Sie da."))
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("three_hundred_places", "all_closed")
@pytest.mark.parametrize(
    "path", ["", "sprechstunden/?woche=2026-11-30", "standorte/luetgendortmund/", "standorte/", "offline/"]
)
def test_where_everything_is_off_and_something_stands_in_a_page_still_fits(path: str) -> None:
    assert weight(f"/ar/{path}") <= BUDGET


@pytest.mark.usefixtures("three_hundred_places", "all_closed")
def test_where_everything_is_off_each_date_has_what_stands_in() -> None:
    page = get("/de/sprechstunden/?woche=2026-11-30")

    cards = [element for element in page.root.iter("li") if element.get("class") == "date-card"]
    instead = [page.text(found) for found in page.root.iter("p") if found.get("class") == "instead"]
    assert {element.get("data-state") for element in cards} == {"cancelled"}
    assert (len(cards), len(instead)) == (50, 50)
    assert {words.partition(",")[0] for words in instead} == {"Stattdessen: Montag"}


def test_all_that_visitors_may_run_is_smaller_than_three_kilobytes() -> None:
    scripts = [_static("copy.js"), _static("offline.js"), Client().get("/worker.js").content]

    assert sum(len(gzip.compress(script)) for script in scripts) <= 3 * 1024
    # What stands beside them is for staff, or an own line above.
    assert {path.name for path in settings.BASE_DIR.glob("static/**/*.js")} == {"copy.js", "offline.js", "staff.js"}


CLOSED_QUERIES = {"": 26, "offline/": 11, "sprechstunden/?woche=2026-11-30": 18, "standorte/luetgendortmund/": 22}


@pytest.mark.usefixtures("all_closed")
@pytest.mark.parametrize(("path", "queries"), CLOSED_QUERIES.items())
def test_where_everything_is_off_a_page_asks_a_fixed_number_of_queries(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


@pytest.mark.usefixtures("three_hundred_places", "all_closed")
@pytest.mark.parametrize(("path", "queries"), CLOSED_QUERIES.items())
def test_where_everything_is_off_three_hundred_places_ask_the_same(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


CONFIRMED_MOMENTS = [
    datetime(2026, 11, 26, 10, 0, tzinfo=BERLIN),
    datetime(2026, 12, 24, 7, 0, tzinfo=BERLIN),
    datetime(2026, 12, 21, 9, 30, tzinfo=BERLIN),
]


@pytest.mark.usefixtures("three_hundred_places")
@pytest.mark.parametrize("now", CONFIRMED_MOMENTS, ids=str)
def test_start_shows_ten_dates_and_fits_when_all_is_confirmed_and_open_or_off(now: datetime) -> None:
    Schedule.objects.update(confirmed_on=date(2026, 11, 2))

    with time_machine.travel(now, tick=False):
        page = get("/de/")
        assert weight("/ar/") <= BUDGET

    shown = [element for element in page.root.iter() if element.get("class") == "date-card"]
    off = [element for element in shown if element.get("data-state") == "cancelled"]
    assert len(shown) - len(off) == 10
    assert len(off) <= 5
