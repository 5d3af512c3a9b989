"""Wherever a date stands, it says so if people must call or make an appointment: nobody waits in vain at a door."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine

from sprechstunden.models import Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.occurrences import BERLIN
from standorte.models import Answer
from standorte.texts import Text
from tests.factories import make_change, make_office, make_schedule, make_sprechstunde, make_stadtbezirk
from tests.jsonld import json_ld
from tests.pages import NOW, Page, get

pytestmark = pytest.mark.django_db
PLACE = "/de/standorte/mengede-huckarde/"
NEXT, LINE, PAPER = "Di, 24. Nov., 10:00 Uhr", "Di, 24. November 2026, \u206610:00 – 12:00\u2069", "10:00 – 12:00"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def times() -> Schedule:
    """Make one confirmed date at an office that answers for a Stadtbezirk."""
    office = make_office(street="Westerfilder Straße 54", postal_code="44357")
    make_stadtbezirk("Mengede", office)
    offer = make_sprechstunde(office=office)
    return make_schedule(offer, confirmed_on=date(2026, 11, 2), valid_until=date(2026, 11, 24))


def beside_dates() -> list[str]:
    """Give what stands behind the next date: on cards of places twice, on top of the place, in a message, on paper."""
    place, message = get(PLACE), "".join(get(f"{PLACE}karte/").all("pre")[0].itertext()).splitlines()[1]
    (line,) = next(element for element in place.all("ul") if element.get("class") == "sheet__dates")
    return [
        *(_behind(get(path), NEXT) for path in ("/de/standorte/", "/de/finden/?stadtbezirk=mengede")),
        _behind(place, f"Nächster Termin: {NEXT}"),
        message.removeprefix(f"Nächster Termin: {LINE}"),
        place.text(line).partition(PAPER)[2],
    ]


def _behind(page: Page, words: str) -> str:
    (found,) = (text for text in map(page.text, page.all("p")) if text.startswith(words))
    return found.removeprefix(words)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SprechstundeKind.BY_APPOINTMENT, "Beratung mit Termin"),
        (SprechstundeKind.PHONE, "Beratung am Telefon"),
        (SprechstundeKind.MEETING_PLACE, "Treffpunkt"),
        (SprechstundeKind.EVENT, "Veranstaltung"),
    ],
)
def test_each_date_says_what_it_is_where_it_is_no_consultation_hour(
    times: Schedule, kind: SprechstundeKind, words: str
) -> None:
    Sprechstunde.objects.filter(pk=times.sprechstunde_id).update(kind=kind)

    assert beside_dates() == [f" · {words}"] * 4 + [f" {words}"]


def test_a_consultation_hour_needs_no_more_words(times: Schedule) -> None:
    assert (times.sprechstunde.kind, beside_dates()) == ("drop_in", [""] * 5)


def test_a_name_does_not_hide_on_paper_that_one_calls(times: Schedule) -> None:
    offer = Sprechstunde.objects.filter(pk=times.sprechstunde_id)
    offer.update(kind=SprechstundeKind.PHONE, title=Text("Sorgentelefon"))

    assert beside_dates()[-1] == " Sorgentelefon Beratung am Telefon"


def test_a_date_that_is_off_says_what_it_would_have_been(times: Schedule) -> None:
    Sprechstunde.objects.filter(pk=times.sprechstunde_id).update(kind=SprechstundeKind.PHONE)
    make_change(times, date(2026, 11, 24))

    assert _behind(get(PLACE), NEXT) == " · Beratung am Telefon"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SprechstundeKind.DROP_IN, "nur mit Termin"),
        (SprechstundeKind.EVENT, "Veranstaltung · nur mit Termin"),
        (SprechstundeKind.BY_APPOINTMENT, "Beratung mit Termin"),
    ],
)
def test_what_needs_an_appointment_says_so_beside_each_date(
    times: Schedule, kind: SprechstundeKind, words: str
) -> None:
    Sprechstunde.objects.filter(pk=times.sprechstunde_id).update(kind=kind, walk_in=Answer.NO)

    assert beside_dates() == [f" · {words}"] * 4 + [f" {words}"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "nur mit Termin"),
        ({"title": Text("Café")}, "Sprechstunde · nur mit Termin"),
        ({"kind": SprechstundeKind.BY_APPOINTMENT}, None),
    ],
)
def test_the_calendar_says_it_too(times: Schedule, fields: dict[str, object], words: str | None) -> None:
    Sprechstunde.objects.filter(pk=times.sprechstunde_id).update(walk_in=Answer.NO, **fields)

    page = get("/de/sprechstunden/?woche=2026-11-23")

    said = [page.text(element) for element in page.root.iter("span") if element.get("class") == "offer-kind"]
    assert said == [words] * (words is not None)


@pytest.mark.parametrize("walk_in", Answer)
def test_nothing_is_open_now_that_needs_an_appointment(times: Schedule, walk_in: Answer) -> None:
    Sprechstunde.objects.filter(pk=times.sprechstunde_id).update(walk_in=walk_in)

    with time_machine.travel(datetime(2026, 11, 24, 11, tzinfo=BERLIN), tick=False):
        page = get(PLACE)

    is_open = walk_in != Answer.NO
    assert ("Jetzt geöffnet, bis 12:00 Uhr" in page.text()) is is_open
    assert ("openingHoursSpecification" in json_ld(page)) is is_open
