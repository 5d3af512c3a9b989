"""Find my place: what people get."""

from collections.abc import Callable, Iterator
from datetime import date, time

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from sprechstunden.models import Schedule
from standorte.finding import fold_street
from standorte.models import Certainty, Kind, Stadtbezirk, Standort, Street
from standorte.spelling import fold
from tests.factories import make_postal_code, make_schedule, make_sprechstunde, make_standort, make_undated
from tests.finder_page import answer, ask, headings, links
from tests.pages import NOW, Page, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("typed", ["Marten", "Ich wohne in Lütgendortmund, wo muss ich hin?", "لوتغندورتموند"])
def test_a_name_is_answered_with_the_office_and_the_places_its_team_comes_to(typed: str) -> None:
    page = ask(typed)

    places = [f"/de/standorte/{slug}/" for slug in ("luetgendortmund", "marten", "holtestrasse")]
    assert links(page) == [places[0], "/de/kontakt/?ort=luetgendortmund", *places[1:]]
    assert headings(page)[0] == "Ihr Büro für Lütgendortmund"
    assert "Di, 1. Dez., 10:00 Uhr" in answer(page)
    assert "Stand: 7. Februar 2019, noch nicht bestätigt" in answer(page)


def test_places_nearby_stand_by_when_one_can_go_and_confirmed_ones_first() -> None:
    office = Standort.objects.get(slug="hoerde-hombruch")
    offer = make_sprechstunde(office=office)
    made = {
        name: make_standort(name, Kind.OUTREACH, office=office)
        for name in ("Ohne Zeiten", "Bald", "Später", "Bestätigt", "Bestätigt und bald")
    }
    make_undated(offer, standort=made["Ohne Zeiten"])
    for name, day, confirmed in (
        ("Bald", "MO", None),
        ("Später", "FR", None),
        ("Bestätigt", "SA", date(2026, 11, 2)),
        ("Bestätigt und bald", "WE", date(2026, 11, 2)),
    ):
        sprechstunde = make_sprechstunde(office=office)
        make_schedule(sprechstunde, weekdays=(day,), standort=made[name], opens=time(9), confirmed_on=confirmed)
    make_standort("Nicht veröffentlicht", Kind.OUTREACH, office=office, is_published=False)
    make_standort("Raum bei anderen", Kind.VENUE, stadtbezirk=Stadtbezirk.objects.get(slug="hoerde"))

    found = headings(ask("Hörde"))[2:]

    assert found == [str(office), "Bestätigt und bald", "Bestätigt", "Bald", "Später", "Ohne Zeiten"]


def test_at_most_six_places_are_shown_and_those_in_the_district_of_other_teams_too() -> None:
    office, here = Standort.objects.get(slug="eving-scharnhorst"), Stadtbezirk.objects.get(slug="hoerde")
    for number in range(8):
        make_standort(f"Ort {number}", Kind.FLEXIBLE, office=office, stadtbezirk=here)

    assert headings(ask("Hörde"))[3:] == [f"Ort {number}" for number in range(6)]


def test_a_place_elsewhere_that_is_for_people_from_the_district_is_shown_whoever_goes_there() -> None:
    office, hoerde = Standort.objects.get(slug="eving-scharnhorst"), Stadtbezirk.objects.get(slug="hoerde")
    for name, district in (("Für uns", hoerde), ("Für andere", Stadtbezirk.objects.get(slug="eving"))):
        place = make_standort(name, Kind.OUTREACH, office=office, stadtbezirk=Stadtbezirk.objects.get(slug="brackel"))
        place.serves.add(*district.stadtteile.all())

    assert headings(ask("Hörde"))[1:] == ["Andere Orte in der Nähe", "Hörde/Hombruch", "Für uns"]


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("44263", ["hoerde", "aplerbeck"]),
        ("44139", ["hombruch", "innenstadt-west"]),
        ("٤٤١٤٧", ["innenstadt-nord", "innenstadt-west", "eving", "huckarde"]),
        ("Bochum Hörde", ["hoerde"]),
    ],
)
def test_what_is_not_sure_is_asked_with_one_question(typed: str, slugs: list[str]) -> None:
    page = ask(typed)

    assert links(page) == [*(f"/de/finden/?stadtbezirk={slug}#ergebnis" for slug in slugs), "#stadtbezirke"]
    assert headings(page) == ["Wo genau wohnen Sie?"]
    assert "Büro" not in answer(page)


def test_what_is_sure_is_offered_first() -> None:
    code = make_postal_code("44999")
    for slug, certainty in (("brackel", Certainty.DERIVED), ("eving", Certainty.POSSIBLE), ("mengede", Certainty.SURE)):
        code.areas.create(stadtbezirk=Stadtbezirk.objects.get(slug=slug), certainty=certainty)

    asked = [address.partition("=")[2] for address in links(ask("44999"))]
    assert asked == ["mengede#ergebnis", "eving#ergebnis", "brackel#ergebnis", ""]


def test_a_question_names_parts_of_the_city_that_people_know() -> None:
    page = ask("44145")

    assert "Innenstadt-Nord Borsigplatz, Hafen, Nordmarkt, Nordstadt" in answer(page)


def test_a_postal_code_that_decides_says_that_it_is_as_far_as_sources_know() -> None:
    hint = "So weit unsere Quellen es wissen."

    assert (hint in answer(ask("44225")), hint in answer(ask("44225 Hombruch"))) == (True, False)


@pytest.mark.parametrize("typed", ["Bochum", "Lünen", "44787", "asdfgh", "🙂", "Hörder Straße"])
def test_where_nothing_fits_nothing_is_claimed_and_a_list_and_a_person_are_offered(typed: str) -> None:
    page = ask(typed)

    assert headings(page) == ["Wir haben nichts Passendes gefunden"]
    assert links(page) == ["#stadtbezirke", "/de/partner/migrado/", "/de/kontakt/", "/de/standorte/"]


def test_where_nothing_fits_the_operator_can_be_asked_once_there_is_one(settings: Settings) -> None:
    settings.OPERATOR = {**settings.OPERATOR, "email": "amt@example.org"}

    assert "mailto:amt@example.org" in links(ask("Bochum"))


def test_a_district_chosen_from_the_list_is_answered_and_marked() -> None:
    page = get("/de/finden/?stadtbezirk=innenstadt-nord")

    assert headings(page)[0] == "Ihr Büro für Innenstadt-Nord"
    marked = [found for found in page.by_id("stadtbezirke").iter() if found.get("aria-current") == "true"]
    assert [found.tag for found in marked] == ["a", f"{SVG}a"]
    assert {found.get("href") for found in marked} == {"/de/finden/?stadtbezirk=innenstadt-nord#ergebnis"}


@pytest.mark.parametrize("slug", ["bochum", "", "a/b", "%00", "x" * 500])
def test_a_district_that_does_not_exist_fits_nothing(slug: str) -> None:
    page = get(f"/de/finden/?stadtbezirk={slug}")

    assert headings(page) == ["Wir haben nichts Passendes gefunden"]


def test_the_map_and_the_list_lead_to_the_same_answers_for_all_districts() -> None:
    for path in ("/de/", "/de/finden/"):
        page = get(path)
        drawn = {link.get("href"): page.text(link) for link in page.by_id("stadtbezirke").iter(f"{SVG}a")}
        listed = {link.get("href"): page.text(link) for link in page.by_id("stadtbezirke").iter("a")}
        assert len(listed) == 12
        assert {href: fold(name) for href, name in drawn.items()} == {href: fold(n) for href, n in listed.items()}


@pytest.mark.parametrize("ask_for", [ask, lambda name: get(f"/de/finden/?stadtbezirk={name.lower()}")])
def test_a_district_without_an_office_that_residents_may_see_says_so_and_leads_on(
    ask_for: Callable[[str], Page],
) -> None:
    Standort.objects.filter(slug="innenstadt-nord").update(is_published=False)
    Stadtbezirk.objects.filter(slug="hombruch").update(office=None)

    for name in ("Innenstadt-Nord", "Hombruch"):
        page = ask_for(name)
        assert answer(page).startswith(f"{name} Zuständiges Büro Nicht bekannt, bitte fragen Alle Stadtbezirke")
        assert links(page) == ["#stadtbezirke", "/de/partner/migrado/", "/de/kontakt/", "/de/standorte/"]


def test_a_street_is_asked_for_only_where_a_list_is_imported() -> None:
    before = [get(path).text() for path in ("/de/", "/de/finden/")]
    Street.objects.create(
        name="Erfundene Straße",
        folded=fold_street("Erfundene Straße"),
        postal_code="44263",
        stadtbezirk=Stadtbezirk.objects.get(slug="hoerde"),
    )

    after = [get(path).text() for path in ("/de/", "/de/finden/")]
    assert ["Postleitzahl, Stadtteil oder Straße" in text for text in before + after] == [False, False, True, True]
    assert headings(ask("Erfundene Str. 5"))[0] == "Ihr Büro für Hörde"


def test_names_staff_add_are_understood_at_once() -> None:
    hoerde = Stadtbezirk.objects.get(slug="hoerde")
    assert headings(ask("Zum Phantasiebaum")) == ["Wir haben nichts Passendes gefunden"]

    hoerde.stadtteile.create(name="Musterhof", other_names="Beim Musterhof\nZum Phantasiebaum")

    assert headings(ask("Zum Phantasiebaum"))[0] == "Ihr Büro für Hörde"


@pytest.mark.parametrize(("typed", "queries"), [("Marten", 16), ("44263", 10), ("Bochum", 9), ("", 3)])
def test_an_answer_asks_a_fixed_number_of_queries(
    typed: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        ask(typed)

    office = Standort.objects.get(slug="luetgendortmund")
    for number in range(20):
        make_schedule(standort=make_standort(f"Ort {number}", Kind.OUTREACH, office=office))
    Schedule.objects.update(confirmed_on=date(2026, 11, 2))

    with django_assert_num_queries(queries):
        ask(typed)


@pytest.mark.parametrize(("language", "heading"), [("en", "Your office for Hörde"), ("ar", "مكتبكم لمنطقة Hörde")])
def test_an_answer_is_in_the_readers_language(language: str, heading: str) -> None:
    assert headings(ask("Hörde", language))[0] == heading


@pytest.mark.parametrize(
    ("typed", "query", "heading"),
    [
        ("Marten", "?stadtbezirk=luetgendortmund", "Your office for Lütgendortmund"),
        ("44227", "?stadtbezirk=hombruch.hoerde", "Where exactly do you live?"),
        ("Ulm", "", ""),
    ],
)
def test_another_language_keeps_answer_or_question_and_nothing_that_was_typed(
    typed: str, query: str, heading: str
) -> None:
    page = ask(typed)

    switch = [found.get("href") for found in page.all("a") if found.get("hreflang") == "en"]
    head = [found.get("href") for found in page.all("link") if found.get("hreflang") == "en"]
    assert (switch, head) == ([f"/en/finden/{query}"], ["http://testserver/en/finden/"])
    if query:
        assert headings(get(switch[0] or ""))[0] == heading


def test_a_question_about_districts_that_do_not_exist_fits_nothing() -> None:
    assert headings(get("/de/finden/?stadtbezirk=x.y"))[0] == "Wir haben nichts Passendes gefunden"


@pytest.mark.parametrize(
    ("typed", "stadtbezirk"),
    [
        ("Brackeler Hellweg 146", "Brackel"),
        ("Brunnenstr. 25, 44145 Dortmund", "Innenstadt-Nord"),
        ("Ich bin in der Brunnenstraße 25", "Innenstadt-Nord"),
        ("In der Meile 1a", "Lütgendortmund"),
        ("St. Ewaldi", "Aplerbeck"),
        ("Stephanus Gemeindehaus", "Brackel"),
    ],
)
def test_who_stands_at_one_of_our_places_finds_its_office(typed: str, stadtbezirk: str) -> None:
    assert headings(ask(typed))[0] == f"Ihr Büro für {stadtbezirk}"


@pytest.mark.parametrize("typed", ["Brunnenstraße 26", "Nadlerweg", "Nadlerweg 12", "Oberbank", "St. Florian"])
def test_of_a_street_only_our_own_number_is_known_and_places_held_back_are_not(typed: str) -> None:
    district = Stadtbezirk.objects.get(slug="hoerde")
    make_standort("St. Florian", Kind.VENUE, stadtbezirk=district, is_published=False)

    assert headings(ask(typed))[0] == "Wir haben nichts Passendes gefunden"
