"""The page that visitors keep without network: what stands in it, and what must never do."""

from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client

from lokalwillkommen.offline import DATES, PLACES
from sprechstunden.models import ChangeKind, SprechstundeKind
from sprechstunden.occurrences import BERLIN
from standorte.models import Kind, Phone, Standort
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_topic,
    make_undated,
)
from tests.pages import Page, get, moments

pytestmark = pytest.mark.django_db
# A Tuesday in the middle of the default hour.
NOW = datetime(2026, 12, 1, 11, 0, tzinfo=BERLIN)
CONFIRMED = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def kept(page: Page) -> dict[str, Element]:
    """Give the part of each place by its name."""
    parts = [part for part in page.all("section") if "kept-place" in part.get("class", "")]
    return {page.text(next(part.iter("h2"))): part for part in parts}


def test_a_copy_says_as_of_when_it_is_and_never_what_is_open_now() -> None:
    make_schedule(confirmed_on=CONFIRMED)
    assert "Jetzt geöffnet" in get("/de/standorte/mengede-huckarde/").text()

    page = get("/de/offline/")

    assert "Stand der Kopie: Dienstag, 1. Dezember 2026, 11:00 Uhr" in page.text()
    assert [e.get("data-state") for e in page.root.iter() if e.get("data-state") in {"open", "confirmed"}] == []
    # Words that are wrong as soon as the copy is a day old.
    assert [word for word in ("jetzt", "Jetzt", "heute", "Heute", "morgen") if word in page.text()] == []


def test_dates_of_four_weeks_stand_by_place_and_those_nobody_confirmed_apart() -> None:
    office = make_office(street="Beispielweg 1", postal_code="44359")
    Phone.objects.create(standort=office, number="0231 123456")
    make_schedule(confirmed_on=CONFIRMED)
    make_schedule(make_sprechstunde(SprechstundeKind.PHONE), weekdays=("TH",), standort=None)

    page = get("/de/offline/")
    part = kept(page)["Mengede/Huckarde"]

    # 29 December is the first day that is four weeks away.
    assert moments(part) == [
        *(f"2026-12-{day:02}T10:00+01:00" for day in (1, 8, 15, 22)),
        *(f"2026-12-{day:02}T10:00+01:00" for day in (3, 10, 17, 24)),
    ]
    assert [page.text(heading) for heading in part.iter("h3")] == ["Bestätigte Termine", "Geplant, nicht bestätigt"]
    assert [page.text(line) for line in part.iter("li")][4] == "Do, 3. Dez., 10:00 – 12:00 Beratung am Telefon"
    assert page.text(next(part.iter("address"))) == "Beispielweg 1 44359 Dortmund"
    assert [link.get("href") for link in part.iter("a")] == ["tel:+49231123456"]


def test_what_is_off_says_so_and_what_was_moved_says_where_to() -> None:
    times = make_schedule(confirmed_on=CONFIRMED)
    marten = make_standort(street="Beispielweg 2")
    make_change(times, date(2026, 12, 8))
    make_change(times, date(2026, 12, 15), ChangeKind.MOVED, new_day=date(2026, 12, 16), standort=marten)
    make_closure(date(2026, 12, 20), date(2026, 12, 31))

    page = get("/de/offline/")
    parts = kept(page)

    assert [page.text(line) for line in parts["Mengede/Huckarde"].iter("li")] == [
        "Di, 1. Dez., 10:00 – 12:00",
        "Di, 8. Dez., 10:00 – 12:00 Fällt aus: Fortbildung",
        "Di, 15. Dez., 10:00 – 12:00 verlegt auf Mi, 16. Dez., 10:00 – 12:00 · Marten (Fortbildung)",
        "Di, 22. Dez., 10:00 – 12:00 Fällt aus: Veranstaltung",
    ]
    assert moments(parts["Marten"]) == ["2026-12-16T10:00+01:00"]


def test_a_date_that_is_over_is_left_out_and_one_without_a_known_place_says_so() -> None:
    make_schedule(opens=time(8), closes=time(11), standort=None)

    page = get("/de/offline/")
    part = kept(page)["Mengede/Huckarde"]

    assert moments(part)[0] == "2026-12-08T08:00+01:00"
    assert "Der Ort ist nicht bekannt" in page.text(next(part.iter("li")))


def test_a_place_without_dates_in_the_copy_claims_nothing() -> None:
    make_undated()

    page = get("/de/offline/")

    part = page.text(kept(page)["Mengede/Huckarde"])
    assert part.endswith("In dieser Kopie stehen keine Termine. Bitte fragen Sie nach.")


def test_an_offer_for_a_sensitive_topic_is_left_out_with_the_room_that_is_known_for_nothing_else() -> None:
    topic = make_topic("Gewalt")
    topic.is_sensitive = True
    topic.save()
    refuge, shared = make_standort("Zuflucht"), make_standort("Treff")
    for place in (None, refuge, shared):
        offer = make_sprechstunde(title=Text("Schutz zu Hause"))
        offer.topics.set([topic, make_topic(f"Wohnen {offer.pk}")])
        make_schedule(offer, weekdays=("WE",), standort=place or offer.office, confirmed_on=CONFIRMED)
    harmless = make_sprechstunde()
    harmless.topics.set([make_topic("Schule")])
    make_schedule(harmless, standort=shared)
    assert "Schutz zu Hause" in get("/de/standorte/zuflucht/").text()

    page = get("/de/offline/")

    assert [word for word in ("Gewalt", "Schutz", "Zuflucht") if word in page.html] == []
    found = {name: moments(part)[:1] for name, part in kept(page).items()}
    assert found == {"Mengede/Huckarde": [], "Treff": ["2026-12-01T10:00+01:00"]}


def test_what_is_held_back_is_not_kept() -> None:
    office = make_office()
    make_schedule(make_sprechstunde(is_published=False, title=Text("Geheimes Treffen")), weekdays=("WE",))
    make_standort("Versteck", is_published=False)
    hidden = make_standort("Keller", is_published=False)
    make_schedule(make_sprechstunde(title=Text("Offenes Treffen")), standort=hidden)

    page = get("/de/offline/")

    assert list(kept(page)) == [office.name]
    assert [word for word in ("Treffen", "Versteck", "Keller") if word in page.html] == []


def test_what_does_not_fit_is_said_with_its_number_offices_first() -> None:
    office = make_office("Zentrum")
    Standort.objects.bulk_create(
        Standort(name=f"Ort {n:02}", slug=f"ort-{n}", kind=Kind.OUTREACH, office=office) for n in range(PLACES)
    )
    make_schedule(make_sprechstunde(office=office), weekdays=("MO", "TU", "WE"), confirmed_on=CONFIRMED)

    page = get("/de/offline/")

    parts = kept(page)
    assert list(parts) == ["Zentrum", *(f"Ort {n:02}" for n in range(PLACES - 1))]
    assert f"Orte in dieser Kopie: {PLACES} von {PLACES + 1}, die Büros zuerst." in page.text()
    # Each place has the same share of the room.
    assert len(moments(parts["Zentrum"])) == DATES // PLACES
    assert "Es gibt mehr Termine, als hier Platz haben." in page.text(parts["Zentrum"])


def test_a_copy_that_holds_all_says_nothing_of_room() -> None:
    make_schedule(weekdays=("MO", "TU", "WE"))

    page = get("/de/offline/")

    assert len(moments(page.root)) == 12
    assert [word for word in ("Orte in dieser Kopie", "Es gibt mehr Termine") if word in page.text()] == []


def test_without_any_place_the_page_still_answers() -> None:
    assert kept(get("/de/offline/")) == {}


def test_the_places_and_the_foot_of_each_page_lead_to_the_copy() -> None:
    page = get("/ar/standorte/")

    assert [link.get("href") for link in page.all("a")].count("/ar/offline/") == 2


def test_the_worker_stands_at_the_root_may_answer_for_all_and_asks_nothing_of_others() -> None:
    response = Client().get("/worker.js")

    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response.headers["Cache-Control"]
    assert "connect-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.cookies == {}
