"""The agenda and the page of one offer, with the real facts."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
import time_machine

from sprechstunden.models import ChangeKind, Sprechstunde
from standorte.models import Standort
from tests.factories import make_change
from tests.pages import NOW, Page, get, moments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def days(page: Page) -> list[str]:
    """Give the days of the dates on a page, each once, in their order."""
    return list(dict.fromkeys(moment[:10] for moment in moments(page.all("main")[0]) if "T" in moment))


def test_the_agenda_shows_the_rest_of_the_running_week() -> None:
    with time_machine.travel(NOW.replace(day=25), tick=False):
        assert days(get("/de/sprechstunden/")) == ["2026-11-26", "2026-11-27"]


def test_the_agenda_shows_a_whole_week_that_is_asked_for() -> None:
    found = days(get("/de/sprechstunden/?woche=2026-12-03"))

    assert found == ["2026-11-30", "2026-12-01", "2026-12-03", "2026-12-04"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("standort=marten&woche=2026-11-30", ["2026-12-01"]),
        ("standort=marten&woche=2026-12-07", []),
        ("wochentag=3&standort=scharnhorst&woche=2026-11-30", ["2026-12-03"]),
        ("sprache=ku&wochentag=4&woche=2026-11-30", ["2026-12-04"]),
        ("sprache=ti&woche=2026-11-30", []),
    ],
)
def test_filters_narrow_the_agenda(query: str, found: list[str]) -> None:
    assert days(get(f"/de/sprechstunden/?{query}")) == found


@pytest.mark.parametrize(
    "query",
    [
        "woche=gestern",
        "woche=2026-02-31",
        "standort=nirgends",
        "wochentag=9",
        "sprache=klingonisch",
        "art=unsinn",
        f"standort={quote(chr(0))}",
        "seite=99999999999999999999",
    ],
)
def test_words_that_are_not_understood_do_not_filter(query: str) -> None:
    page = get(f"/de/sprechstunden/?{query}")

    assert page.response.status_code == 200
    assert days(page) == days(get("/de/sprechstunden/"))


@pytest.mark.parametrize("week", ["0001-01-01", "9999-12-31", "2100-05-05"])
def test_the_calendar_ends_somewhere_without_an_error(week: str) -> None:
    assert get(f"/de/sprechstunden/?woche={week}").response.status_code == 200


def test_on_christmas_eve_every_date_is_off_and_says_why() -> None:
    page = get("/de/sprechstunden/?woche=2026-12-24&wochentag=3")

    assert days(page) == ["2026-12-24"]
    words = page.text(page.all("main")[0])
    # Two offices, Lanstrop and the café in Wickede would be there on a Thursday.
    assert (words.count("Fällt aus"), words.count("Heiligabend")) == (4, 4)


def test_offers_without_dates_are_listed_after_the_dates() -> None:
    assert "Teestube international" in get("/de/sprechstunden/").text()


def test_one_offer_keeps_its_address_and_shows_its_next_dates() -> None:
    offer = Sprechstunde.objects.get(key="marten-di")

    page = get(f"/de/sprechstunden/{offer.pk}/")

    first_three = ["2026-12-01T10:00+01:00", "2026-12-15T10:00+01:00", "2026-12-29T10:00+01:00"]
    assert list(dict.fromkeys(moments(page.all("main")[0])))[:3] == first_three


def test_an_offer_that_is_held_back_is_not_there() -> None:
    Sprechstunde.objects.filter(key="marten-di").update(is_published=False)
    offer = Sprechstunde.objects.get(key="marten-di")

    assert get(f"/de/sprechstunden/{offer.pk}/").response.status_code == 404
    assert moments(get("/de/standorte/marten/").by_id("termine")) == []


def test_an_offer_of_which_one_date_was_moved_away_from_a_place_held_back_shows_only_this_date() -> None:
    offer = Sprechstunde.objects.get(key="marten-di")
    make_change(
        offer.schedules.get(),
        date(2026, 12, 1),
        ChangeKind.MOVED,
        new_day=date(2026, 12, 2),
        standort=Standort.objects.get(slug="mengede-huckarde"),
    )
    Standort.objects.filter(slug="marten").update(is_published=False)

    page = get(f"/de/sprechstunden/{offer.pk}/")

    days = [moment[:10] for moment in moments(page.by_id("termine")) if "T" in moment]
    assert set(days) == {"2026-12-02"}
    assert "Marten" not in page.text()
    assert [page.text(found) for found in page.all("h2")] == ["Bestätigte Termine", "Über dieses Angebot"]


def test_an_offer_whose_only_place_is_held_back_is_not_there() -> None:
    Standort.objects.filter(slug="marten").update(is_published=False)
    offer = Sprechstunde.objects.get(key="marten-di")

    assert get(f"/de/sprechstunden/{offer.pk}/").response.status_code == 404
