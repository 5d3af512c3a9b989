"""What the agenda can be narrowed to, and what it says where nothing is left; with the real facts."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import RequestFactory

from sprechstunden.forms import AgendaForm
from sprechstunden.models import Schedule, Sprechstunde, Topic
from standorte.texts import State, Text
from tests.pages import NOW, Page, get, moments
from tests.sprechstunden.cards import cards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
# The week of NOW has a date left on no day; in this one places of all sorts are there.
WEEK = "woche=2026-11-30"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW.replace(day=24, hour=8), tick=False):
        yield


def _places(page: Page) -> list[str]:
    """Name the places of the dates on a page, each once."""
    links = [link for card in cards(page) for link in card.iter("a") if link.get("class") == "date-card__link"]
    return list(dict.fromkeys(page.text(link) for link in links))


def _note(page: Page) -> dict[str, str]:
    """Give what an empty agenda offers: words and addresses of its links."""
    (note,) = (element for element in page.root.iter("div") if element.get("class") == "note")
    return {page.text(link): link.get("href", "") for link in note.iter("a")}


def test_today_shows_nothing_else_and_the_other_filters_stay() -> None:
    page = get("/de/sprechstunden/?zeit=heute&sprache=ar")

    assert {moment[:10] for moment in moments(page.all("main")[0]) if "T" in moment} == {"2026-11-24"}
    chosen = {e.get("name"): e.get("value") for e in page.all("input")}
    assert chosen["zeit"] == "heute"
    spans = {
        page.text(a): (a.get("href"), a.get("aria-current"))
        for a in page.root.iter("a")
        if a.get("class") == "spans__link"
    }
    assert spans == {
        "Heute": ("?zeit=heute&sprache=ar", "true"),
        "Diese Woche": ("?sprache=ar", None),
        "Nächste Woche": ("?sprache=ar&woche=2026-11-30", None),
    }


def test_later_weeks_lead_back_and_on() -> None:
    page = get(f"/de/sprechstunden/?{WEEK}")

    spans = {page.text(a): a.get("href") for a in page.root.iter("a") if a.get("class") == "spans__link"}
    assert spans == {
        "Heute": "?zeit=heute",
        "Diese Woche": "?",
        "Vorige Woche": "?woche=2026-11-23",
        "Nächste Woche": "?woche=2026-12-07",
    }


@pytest.mark.parametrize(
    ("district", "places"),
    [
        ("luetgendortmund", ["Marten"]),
        ("huckarde", ["Mengede/Huckarde"]),
        ("scharnhorst", ["Lanstrop", "Scharnhorst"]),
        ("innenstadt-nord", []),
    ],
)
def test_a_district_keeps_places_that_stand_in_it_or_answer_for_it(district: str, places: list[str]) -> None:
    assert sorted(_places(get(f"/de/sprechstunden/?stadtbezirk={district}&{WEEK}"))) == places


def test_a_district_and_a_place_elsewhere_leave_nothing() -> None:
    assert _places(get(f"/de/sprechstunden/?stadtbezirk=huckarde&standort=marten&{WEEK}")) == []
    assert _places(get(f"/de/sprechstunden/?stadtbezirk=luetgendortmund&standort=marten&{WEEK}")) == ["Marten"]


def test_a_topic_keeps_offers_for_it_and_those_that_name_none() -> None:
    birth, work = Topic.objects.get(slug="geburt"), Topic.objects.exclude(slug="geburt")[0]
    Sprechstunde.objects.get(key="marten-di").topics.set([work])
    Sprechstunde.objects.get(key="lanstrop-do").topics.set([birth, work])

    found = _places(get(f"/de/sprechstunden/?thema=geburt&{WEEK}"))

    assert ("Marten" in found, "Lanstrop" in found, "Mengede/Huckarde" in found) == (False, True, True)


def test_a_sensitive_topic_is_in_no_list() -> None:
    Topic.objects.filter(slug="geburt").update(is_sensitive=True)

    for path in ("", "sprechstunden/", "sprechstunden/themen/kita-und-schule/"):
        page = get(f"/de/{path}")
        assert "geburt" not in page.html
        assert "Geburt" not in page.text()


@pytest.mark.parametrize("query", ["stadtbezirk=nirgends", "thema=wetter", "zeit=gestern"])
def test_words_that_are_not_understood_do_not_filter_and_the_page_says_so(query: str) -> None:
    page, plain = get(f"/de/sprechstunden/?{query}"), get("/de/sprechstunden/?stadtbezirk=&zeit=")

    sentence = "Eine Auswahl in dieser Adresse kennen wir nicht. Die Termine stehen ohne sie da."
    alerts = [[one.text(found) for found in one.all("p") if found.get("role") == "alert"] for one in (page, plain)]
    assert _places(page) == _places(plain)
    assert alerts == [[sentence], []]


def test_an_empty_agenda_says_what_to_do() -> None:
    page = get("/de/sprechstunden/?standort=marten&sprache=ti&seite=2")

    assert _note(page) == {
        "Ohne diese Auswahl: Gesprochene Sprache ትግርኛ": "?standort=marten",
        "Ohne diese Auswahl: Ort Marten": "?sprache=ti",
        "Alle Termine von dieser Woche zeigen": "?",
        "Ein Büro fragen: alle Orte": "/de/standorte/",
    }


def test_an_empty_day_names_the_next_date_that_fits() -> None:
    page = get("/de/sprechstunden/?standort=marten&zeit=heute")

    links = _note(page)
    assert (
        links["Der nächste passende Termin: Dienstag, 1. Dezember, 10:00 – 12:00 (Geplant, nicht bestätigt)"]
        == "?standort=marten&woche=2026-12-01"
    )
    assert links["Diese Woche"] == "?standort=marten"


def test_a_next_date_is_on_the_weekday_that_was_chosen_and_takes_place() -> None:
    # 24 December is a Thursday: everything is off then.
    with time_machine.travel(NOW.replace(month=12, day=18), tick=False):
        page = get("/de/sprechstunden/?standort=lanstrop&wochentag=3&zeit=heute")

    assert (
        _note(page)["Der nächste passende Termin: Donnerstag, 7. Januar, 08:30 – 11:30 (Geplant, nicht bestätigt)"]
        == "?standort=lanstrop&wochentag=3&woche=2027-01-07"
    )


def test_a_confirmed_date_is_named_before_an_earlier_one_nobody_has_confirmed() -> None:
    Schedule.objects.filter(sprechstunde__key="scharnhorst-do").update(confirmed_on=NOW.date())

    page = get("/de/sprechstunden/?stadtbezirk=scharnhorst&zeit=heute")

    assert "Der nächste passende Termin: Donnerstag, 3. Dezember, 08:30 – 11:30" in _note(page)


def test_what_is_chosen_is_named_above_the_dates_and_one_tap_takes_it_away() -> None:
    page = get("/de/sprechstunden/?sprache=ar&ort=x&wochentag=1")

    links = [link for link in page.all("a") if link.get("class") == "chosen__link"]
    chosen = {page.text(link): (link.get("href"), link.get("aria-label")) for link in links}
    away = "Ohne diese Auswahl:"
    assert chosen == {
        "العربية \N{MULTIPLICATION SIGN}": (
            "?ort=x&wochentag=1#termine",
            "Ohne diese Auswahl: Gesprochene Sprache العربية",
        ),
        "Dienstag \N{MULTIPLICATION SIGN}": ("?sprache=ar&ort=x#termine", f"{away} Wochentag Dienstag"),
    }
    assert [fold.get("open") for fold in page.all("details")] == [None, None]


def test_a_choice_that_is_not_known_opens_the_form_and_does_not_come_back() -> None:
    page = get("/de/sprechstunden/?sprache=klingonisch")

    assert page.all("details")[1].get("open") == ""
    assert "Eine Auswahl in dieser Adresse kennen wir nicht." in page.text()
    assert "klingonisch" not in page.text()


def test_where_a_language_is_looked_for_unknown_is_not_taken_for_no() -> None:
    said = "An manchen Orten wissen wir nicht, welche Sprachen gesprochen werden. Bitte fragen Sie dort."

    pages = [get(f"/de/sprechstunden/{query}") for query in ("?sprache=bg", "")]

    assert [said in page.text() for page in pages] == [True, False]


def test_all_dates_of_a_later_week_are_those_of_that_week() -> None:
    page = get("/de/sprechstunden/?woche=2026-12-07&sprache=bg&art=event")

    (note,) = [found for found in page.all("div") if found.get("class") == "note"]
    links = {page.text(link): link.get("href") for link in note.iter("a")}
    assert links["Alle Termine von dieser Woche zeigen"] == "?woche=2026-12-07"


def test_choices_are_named_in_the_readers_language() -> None:
    request = RequestFactory().get("/", {"thema": "geburt", "wochentag": "0"})
    form = AgendaForm(request.GET)

    form.wanted()

    assert [(active.value, active.without) for active in form.active()] == [
        ("Geburt", "?wochentag=0"),
        ("Montag", "?thema=geburt"),
    ]


def test_the_filter_says_which_names_of_topics_are_drafts_and_which_are_german() -> None:
    name = Text("Geburt")
    Topic.objects.filter(slug="geburt").update(name=name.translated("tr", "Doğum", State.DRAFT))

    said = [
        option.text
        for language in ("de", "tr", "fr")
        for option in get(f"/{language}/sprechstunden/").all("option")
        if option.get("value") == "geburt"
    ]

    assert said == ["Geburt", "Doğum (taslak)", "Geburt (en allemand)"]
