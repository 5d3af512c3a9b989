"""Meeting places and events beside consultation hours: what they are, whose they are, and how to find them."""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

import pytest
import time_machine

from sprechstunden.models import Frequency, Schedule, SprechstundeKind
from sprechstunden.views import DATES_PER_TOPIC, UNDATED_OFFERS
from standorte.texts import Text
from tests.factories import make_office, make_partner, make_schedule, make_sprechstunde, make_topic, make_undated
from tests.pages import NOW, Page, get
from tests.sprechstunden.cards import offers

pytestmark = pytest.mark.django_db
WEEK = "woche=2026-11-30"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def kinds(page: Page) -> list[str]:
    """Give what stands beside the names of offers, in the order of the page."""
    return [page.text(element) for element in page.root.iter("span") if element.get("class") == "offer-kind"]


def tags(page: Page, element: Element) -> list[str]:
    """Give the languages that are named inside of an element."""
    return [page.text(tag) for tag in element.iter("li") if tag.get("class") == "tags__tag"]


@pytest.fixture
def festival() -> Schedule:
    """Make an event of a partner with a name of its own, once."""
    offer = make_sprechstunde(SprechstundeKind.EVENT, partner=make_partner("Verein"), title=Text("Brückenfest"))
    return make_schedule(offer, frequency=Frequency.ONCE, weekdays=(), anchor=date(2026, 12, 5))


@pytest.mark.parametrize(
    ("language", "kind"), [("de", "Veranstaltung"), ("en", "Event"), ("ar", "فعالية (Veranstaltung)")]
)
def test_the_agenda_says_what_an_offer_with_a_name_is_and_whose(festival: Schedule, language: str, kind: str) -> None:
    page = get(f"/{language}/sprechstunden/?{WEEK}")

    assert kinds(page) == [f"{kind} · {festival.sprechstunde.partner}"]


def test_an_hour_without_a_name_says_its_kind_once_and_beside_it_only_a_partner() -> None:
    make_schedule()
    make_schedule(make_sprechstunde(partner=make_partner("Verein")))

    assert kinds(get(f"/de/sprechstunden/?{WEEK}")) == ["Verein"]


def test_a_place_says_the_kind_of_what_happens_there_beside_dates_and_beside_hours() -> None:
    make_schedule(make_sprechstunde(SprechstundeKind.MEETING_PLACE, title=Text("Teestube")))

    # Three dates, and the rule behind them.
    assert kinds(get("/de/standorte/mengede-huckarde/")) == ["Treffpunkt"] * 4


def test_an_offer_does_not_repeat_on_its_own_page_at_each_date_what_it_is(festival: Schedule) -> None:
    page = get(f"/de/sprechstunden/{festival.sprechstunde_id}/")

    assert kinds(page) == []
    said = [page.text(element) for element in page.root.iter("dd")]
    assert [words for words in said if words in {"Veranstaltung", "Verein"}] == ["Veranstaltung", "Verein"]


@pytest.mark.parametrize("path", [f"sprechstunden/?{WEEK}", "standorte/mengede-huckarde/"])
def test_an_offer_without_dates_says_its_kind_and_its_languages(path: str) -> None:
    evenings = make_sprechstunde(SprechstundeKind.EVENT, title=Text("Abende"))
    make_undated(evenings, languages=("uk", "ar"))

    page = get(f"/de/{path}")

    (row,) = (element for element in page.root.iter("li") if element.get("class") == "schedule")
    assert (kinds(page), tags(page, row)) == (["Veranstaltung"], ["العربية", "Українська"])


@pytest.mark.parametrize(
    ("path", "limit"), [(f"sprechstunden/?{WEEK}", UNDATED_OFFERS), ("sprechstunden/themen/wohnen/", DATES_PER_TOPIC)]
)
@pytest.mark.parametrize("more", [0, 1])
def test_where_offers_without_dates_do_not_fit_it_is_said_and_leads_to_the_places(
    path: str, limit: int, more: int
) -> None:
    make_topic("Wohnen")
    for _number in range(limit + more):
        make_undated(make_sprechstunde(SprechstundeKind.BY_APPOINTMENT))

    page = get(f"/de/{path}")

    (listed,) = (element for element in page.root.iter("div") if element.get("class") == "undated block")
    assert len([row for row in listed.iter("li") if row.get("class") == "schedule"]) == limit
    assert [page.text(found) for found in listed.findall("p")] == [
        "Es gibt mehr Angebote, als hier Platz haben. Jeder Ort nennt seine eigenen: Alle Orte"
    ] * more


def test_where_the_place_of_an_offer_is_not_known_the_agenda_says_which_office_to_ask() -> None:
    make_undated(make_sprechstunde(SprechstundeKind.EVENT, title=Text("Radwerkstatt")), standort=None)
    hidden = make_office("Im Aufbau", is_published=False)
    make_undated(make_sprechstunde(SprechstundeKind.EVENT, office=hidden, title=Text("Fest")), standort=None)

    page = get("/de/sprechstunden/")

    rows = [element for element in page.root.iter("li") if element.get("class") == "schedule"]
    assert [[page.text(link) for link in row.iter("a")] for row in rows] == [
        ["Radwerkstatt", "Büro Mengede/Huckarde fragen"],
        ["Fest"],
    ]


@pytest.mark.parametrize("is_published", [True, False])
def test_a_date_without_a_place_names_its_office_only_where_residents_may_see_it(*, is_published: bool) -> None:
    offer = make_sprechstunde(office=make_office("Im Aufbau", is_published=is_published))
    make_schedule(offer, standort=None)

    asked = "Der Ort ist nicht bekannt. Bitte fragen Sie im Büro Im Aufbau."
    for path in (f"sprechstunden/?{WEEK}", f"sprechstunden/{offer.pk}/"):
        page = get(f"/de/{path}")
        shown = {words for words in map(page.text, page.root.iter("p")) if "Im Aufbau" in words}
        assert shown == ({asked} if is_published else set())


def test_the_agenda_can_be_narrowed_to_one_kind(festival: Schedule) -> None:
    make_schedule()
    make_schedule(make_sprechstunde(SprechstundeKind.MEETING_PLACE, title=Text("Teestube")))
    make_undated(make_sprechstunde(SprechstundeKind.EVENT, title=Text("Radwerkstatt")))
    make_undated(make_sprechstunde(SprechstundeKind.BY_APPOINTMENT))

    found = offers(get(f"/de/sprechstunden/?{WEEK}&art=event"))

    assert [str(festival.sprechstunde) in found[0], "Radwerkstatt" in found[1], len(found)] == [True, True, 2]


def test_the_filter_offers_every_kind_by_its_name() -> None:
    page = get("/de/sprechstunden/?art=event")

    (field,) = (element for element in page.root.iter("select") if element.get("name") == "art")
    options = [(option.get("value"), page.text(option)) for option in field.iter("option")]
    assert options == [
        ("", "alle Arten"),
        ("drop_in", "Sprechstunde"),
        ("by_appointment", "Beratung mit Termin"),
        ("phone", "Beratung am Telefon"),
        ("meeting_place", "Treffpunkt"),
        ("event", "Veranstaltung"),
    ]
    assert [o.get("value") for o in field.iter("option") if o.get("selected") is not None] == ["event"]
