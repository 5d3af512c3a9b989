"""Notices stand on top of the pages they concern, from their first to their last day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.notices.board import board_of
from lokalwillkommen.notices.models import Notice
from sprechstunden.models import ChangeKind
from sprechstunden.occurrences import BERLIN
from standorte.models import Kind, Standort
from standorte.texts import State, Text
from tests.factories import (
    make_change,
    make_notice,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_standort,
    make_undated,
)
from tests.pages import NOW, Page, get

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 3)
MOVES = "Das Büro zieht um."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def marten() -> Standort:
    """Make a place with its own hours, of an office nearby."""
    office = make_office()
    place = make_standort("Marten", office=office)
    make_schedule(make_sprechstunde(office=office), standort=place)
    return place


def notices(page: Page) -> list[Element]:
    """Give the notices of a page in the order in which they stand."""
    return [element for element in page.root.iter("div") if element.get("class") == "notice"]


def said(path: str) -> list[str]:
    """Give the words of the notices of a page."""
    page = get(path)
    return [page.text(notice) for notice in notices(page)]


def words(notice: Element) -> Element:
    """Give the paragraph with the words of a notice."""
    (found,) = (element for element in notice.iter("p") if element.get("class") == "notice__words")
    return found


@pytest.mark.parametrize(
    ("now", "is_shown"),
    [
        (datetime(2026, 11, 30, 23, 59, 59, tzinfo=BERLIN), False),
        (datetime(2026, 12, 1, 0, 0, tzinfo=BERLIN), True),
        (datetime(2026, 12, 3, 23, 59, 59, tzinfo=BERLIN), True),
        (datetime(2026, 12, 4, 0, 0, tzinfo=BERLIN), False),
    ],
    ids=str,
)
def test_a_notice_is_shown_from_the_first_to_the_last_day_as_days_begin_in_dortmund(
    now: datetime, *, is_shown: bool
) -> None:
    make_notice(MOVES, FIRST, LAST)

    with time_machine.travel(now, tick=False):
        found = said("/de/impressum/")

    assert found == ["Bitte beachten: Das Büro zieht um. Bis zum 3. Dezember 2026"] * is_shown


def test_a_notice_of_the_network_stands_once_on_every_page_even_where_there_is_none(marten: Standort) -> None:
    make_notice(MOVES, TODAY, TODAY)
    make_partner("Diakonie")
    offer = marten.schedules.get().sprechstunde
    paths = [
        *("", "standorte/", "standorte/marten/", "sprechstunden/", f"sprechstunden/{offer.pk}/"),
        *("partner/", "partner/diakonie/", "ueber-uns/", "impressum/", "datenschutz/", "barrierefreiheit/", "nichts/"),
    ]

    assert {path: len(said(f"/de/{path}")) for path in paths} == dict.fromkeys(paths, 1)


def test_a_notice_of_a_place_stands_on_its_page_and_on_those_of_its_offers_and_nowhere_else(marten: Standort) -> None:
    make_notice(MOVES, TODAY, TODAY, marten, make_standort("Lanstrop"))
    here = marten.schedules.get().sprechstunde
    undated = make_undated(make_sprechstunde(office=marten.office), standort=marten).sprechstunde
    elsewhere = make_schedule(make_sprechstunde(office=marten.office)).sprechstunde
    paths = [
        *("standorte/marten/", "standorte/lanstrop/", f"sprechstunden/{here.pk}/", f"sprechstunden/{undated.pk}/"),
        *("", "standorte/", "standorte/mengede-huckarde/", "sprechstunden/", f"sprechstunden/{elsewhere.pk}/"),
    ]

    found = {path: len(said(f"/de/{path}")) for path in paths}

    assert found == dict.fromkeys(paths[:4], 1) | dict.fromkeys(paths[4:], 0)


def test_an_offer_shows_the_notice_of_a_place_its_date_is_moved_to_but_not_of_one_it_has_left() -> None:
    hall, old = make_standort("Halle"), make_standort("Alt")
    offer = make_schedule(standort=old, valid_until=TODAY - timedelta(days=1)).sprechstunde
    times = make_schedule(offer, valid_from=TODAY, confirmed_on=TODAY)
    make_change(times, date(2026, 11, 24), ChangeKind.MOVED, standort=hall)
    make_notice("Eingang hinten.", TODAY, TODAY, hall)
    make_notice("Kein Licht.", TODAY, TODAY, old)

    assert said(f"/de/sprechstunden/{offer.pk}/") == ["Bitte beachten: Eingang hinten. Bis zum 22. November 2026"]


def test_an_offer_of_nobody_at_no_place_shows_no_notice_of_a_place(marten: Standort) -> None:
    make_notice(MOVES, TODAY, TODAY, marten)
    offer = make_schedule(make_sprechstunde(partner=make_partner()), standort=None).sprechstunde

    assert said(f"/de/sprechstunden/{offer.pk}/") == []


def test_a_notice_of_an_office_that_is_held_back_stands_not_on_the_pages_of_its_offers(marten: Standort) -> None:
    hidden = make_office("Im Aufbau", is_published=False)
    offer = make_schedule(make_sprechstunde(office=hidden), standort=None).sprechstunde
    make_notice("Wir streichen noch.", TODAY, TODAY, hidden)
    make_notice(MOVES, TODAY, TODAY, hidden, marten)

    assert [len(said(f"/de/{path}")) for path in (f"sprechstunden/{offer.pk}/", "standorte/marten/")] == [0, 1]


def test_several_notices_stand_in_the_order_in_which_they_began_those_of_the_network_first(marten: Standort) -> None:
    make_notice("Drittens.", TODAY, TODAY, marten)
    make_notice("Zweitens.", TODAY - timedelta(days=1), TODAY, marten)
    make_notice("Viertens.", TODAY, TODAY, marten)
    make_notice("Erstens.", TODAY, TODAY)

    found = [text.removeprefix("Bitte beachten: ").partition(" Bis")[0] for text in said("/de/standorte/marten/")]

    assert found == ["Erstens.", "Zweitens.", "Drittens.", "Viertens."]


def test_a_notice_of_two_places_stands_once_where_both_are_asked_for() -> None:
    places = [make_standort("Marten"), make_standort("Lanstrop")]
    notice = make_notice(MOVES, TODAY, TODAY, *places)
    make_notice("Anderswo.", TODAY, TODAY, make_standort("Dorstfeld"))

    assert board_of(TODAY).at(place.pk for place in places) == (notice,)


def test_a_notice_of_which_the_places_are_gone_stands_nowhere(marten: Standort) -> None:
    make_notice(MOVES, TODAY, TODAY, marten).standorte.clear()

    board = board_of(TODAY)

    assert (board.network, board.by_place) == ((), {})


TRANSLATED = Text(MOVES).translated("ar", "المكتب ينتقل.", State.CHECKED)


def test_a_reader_in_arabic_gets_the_translation(marten: Standort) -> None:
    make_notice(TRANSLATED, TODAY, TODAY, marten)

    page = get("/ar/standorte/marten/")

    (notice,) = notices(page)
    assert page.text(notice) == "يرجى الانتباه: المكتب ينتقل. حتى 22 نوفمبر 2026"
    assert [element.get("lang") for element in notice.iter() if element.get("lang")] == []


@pytest.mark.parametrize("text", [Text(MOVES), Text("Das Büro zieht doch nicht um.", TRANSLATED.translations)], ids=str)
def test_where_a_translation_is_missing_or_outdated_the_german_stands_there_marked(
    marten: Standort, text: Text
) -> None:
    make_notice(text, TODAY, TODAY, marten)

    page = get("/ar/standorte/marten/")

    (notice,) = notices(page)
    (german,) = (element for element in notice.iter("span") if element.get("lang"))
    assert (german.get("lang"), german.get("dir"), german.text) == ("de", "ltr", str(text))
    assert page.text(words(notice)) == f"يرجى الانتباه: {text} (بالألمانية)"


def test_a_notice_is_words_and_never_markup(marten: Standort) -> None:
    make_notice("<b>Neu</b> & anders", TODAY, TODAY, marten)

    assert said("/de/standorte/marten/") == ["Bitte beachten: <b>Neu</b> & anders Bis zum 22. November 2026"]


def test_the_card_of_a_place_says_that_there_is_a_notice_and_others_do_not(marten: Standort) -> None:
    make_notice(MOVES, TODAY, TODAY, marten)

    page = get("/de/standorte/")

    cards = [page.text(card) for card in page.root.iter("li") if card.get("class") == "place-card"]
    assert [("Aktueller Hinweis" in card, "Marten" in card) for card in cards] == [(False, False), (True, True)]
    (mark,) = (element for element in page.root.iter("p") if page.text(element) == "Aktueller Hinweis")
    assert [found.get("href") for found in mark.iter() if found.get("href")] == ["#i-notice"]


def test_the_answer_of_the_finder_says_that_there_is_a_notice_at_the_office_or_where_its_team_comes_to() -> None:
    office = make_office()
    district = make_stadtbezirk("Mengede", office)
    places = {name: make_standort(name, Kind.OUTREACH, office=office, stadtbezirk=district) for name in ("Da", "Dort")}
    make_notice(MOVES, TODAY, TODAY, office, places["Dort"])

    page = get("/de/finden/?stadtbezirk=mengede")

    cards = [page.text(card) for card in page.root.iter("li") if card.get("class") == "place-card"]
    assert [(card.split()[0], "Aktueller Hinweis" in card) for card in cards] == [
        (str(office), True),
        ("Da", False),
        ("Dort", True),
    ]


def test_the_card_that_is_shown_to_a_driver_stands_below_the_notice_of_its_place(marten: Standort) -> None:
    Standort.objects.update(street="In der Meile 2")
    make_notice(MOVES, TODAY, TODAY, marten)

    assert [len(said(f"/de/standorte/{slug}/karte/")) for slug in ("marten", "mengede-huckarde")] == [1, 0]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("impressum/", 2), ("standorte/", 7), ("standorte/marten/", 14)])
def test_all_notices_of_a_page_cost_one_query(
    marten: Standort, path: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_notice(f"Hinweis {number}", TODAY, TODAY, marten, make_standort(f"Ort {number}"))
        make_notice(f"Allgemeiner Hinweis {number}", TODAY, TODAY)

    with django_assert_num_queries(queries):
        get(f"/de/{path}")


def test_the_database_refuses_a_last_day_before_the_first() -> None:
    with pytest.raises(IntegrityError):
        make_notice(MOVES, LAST, FIRST)


def test_a_notice_is_called_by_its_words() -> None:
    assert str(Notice(text=Text(MOVES))) == MOVES
