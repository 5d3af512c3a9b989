"""Wherever a date stands, it says so if people must call or make an appointment: nobody waits in vain at a door."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from sprechstunden.models import Schedule, Sprechstunde, SprechstundeKind
from standorte.texts import Text
from tests.factories import make_change, make_office, make_schedule, make_sprechstunde, make_stadtbezirk
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
