"""What a page may cost with three hundred places more: no more than with a few."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from sprechstunden.models import Frequency, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from standorte.models import Kind, Standort
from standorte.texts import Text
from tests.lokalwillkommen.costs import BUDGET, CLOSED_QUERIES, QUERIES, everything_closed, weight
from tests.pages import NOW, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]
CONFIRMED_MOMENTS = [
    datetime(2026, 11, 26, 10, 0, tzinfo=BERLIN),
    datetime(2026, 12, 24, 7, 0, tzinfo=BERLIN),
    datetime(2026, 12, 21, 9, 30, tzinfo=BERLIN),
]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module", autouse=True)
def _three_hundred_places(network: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001  # order of set-up
    """Three hundred more places of one office, each with two named hours a week and one offer without fixed dates."""
    with django_db_blocker.unblock():
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
            titles = (
                f"Sprachcafé Nummer {number}",
                f"Begegnung mit Kaffee Nummer {number}",
                f"Beratung Nummer {number}",
            )
            offers = Sprechstunde.objects.bulk_create(
                Sprechstunde(office=office, title=Text(title)) for title in titles
            )
            monday, thursday, undated = (
                Schedule(sprechstunde=offer, standort=place, languages=("ar", "fa", "uk")) for offer in offers
            )
            for schedule, day in ((monday, "MO"), (thursday, "TH")):
                schedule.weekdays, schedule.opens, schedule.closes = (day,), time(9), time(12)
            undated.frequency, undated.words = Frequency.NONE, Text("nach Absprache mit dem Team")
            Schedule.objects.bulk_create((monday, thursday, undated))


@pytest.fixture
def all_closed() -> Iterator[None]:
    with everything_closed():
        yield


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


def test_a_full_last_page_with_offers_without_dates_still_fits() -> None:
    Sprechstunde.objects.filter(title={}).update(is_published=False)
    Sprechstunde.objects.exclude(office__slug="luetgendortmund").update(is_published=False)

    assert weight("/ru/sprechstunden/?woche=2026-11-30&seite=99") <= BUDGET


@pytest.mark.parametrize(("path", "queries"), QUERIES.items())
def test_with_three_hundred_places_a_page_asks_the_same(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


def test_lists_are_paged() -> None:
    places = get("/de/standorte/").text().count("Beispielweg")
    cards = [e for e in get("/de/sprechstunden/?woche=2026-11-30").root.iter() if e.get("class") == "date-card"]

    # Of the first fifty places ten are real ones.
    assert (places, len(cards)) == (40, 50)


@pytest.mark.usefixtures("all_closed")
@pytest.mark.parametrize(
    "path", ["", "sprechstunden/?woche=2026-11-30", "standorte/luetgendortmund/", "standorte/", "offline/"]
)
def test_where_everything_is_off_and_something_stands_in_a_page_still_fits(path: str) -> None:
    assert weight(f"/ar/{path}") <= BUDGET


@pytest.mark.usefixtures("all_closed")
def test_where_everything_is_off_each_date_has_what_stands_in() -> None:
    page = get("/de/sprechstunden/?woche=2026-11-30")

    cards = [element for element in page.root.iter("li") if element.get("class") == "date-card"]
    instead = [page.text(found) for found in page.root.iter("p") if found.get("class") == "instead"]
    assert {element.get("data-state") for element in cards} == {"cancelled"}
    assert (len(cards), len(instead)) == (50, 50)
    assert {words.partition(",")[0] for words in instead} == {"Stattdessen: Montag"}


@pytest.mark.usefixtures("all_closed")
@pytest.mark.parametrize(("path", "queries"), CLOSED_QUERIES.items())
def test_where_everything_is_off_three_hundred_places_ask_the_same(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


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
