"""What the page of a place says beside its dates."""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

import pytest
import time_machine

from standorte.models import Kind, Phone, Standort
from standorte.texts import Text
from tests.factories import make_office, make_schedule, make_sprechstunde, make_standort
from tests.pages import NOW, Page, get

pytestmark = pytest.mark.django_db
PLACE = "/de/standorte/mengede-huckarde/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _panel(page: Page, title: str) -> str:
    """Give the words of a panel without its title, nothing where there is none."""
    panels = (section for section in page.root.iter("section") if section.get("class") == "panel")
    words = [page.text(panel).removeprefix(title).strip() for panel in panels if page.text(panel).startswith(title)]
    return "".join(words)


def _of_class(page: Page, name: str) -> list[Element]:
    return [element for element in page.root.iter() if element.get("class") == name]


def test_what_to_bring_is_said_where_it_is_known() -> None:
    offer = make_sprechstunde(bring=("identity", "letter"))
    make_schedule(offer)
    brought = "Den Brief oder das Formular, um das es gehtPass oder Ausweis"

    assert _panel(get(PLACE), "Bitte mitbringen") == f"Sprechstunde {brought}"
    assert f"Bitte mitbringen {brought}" in get(f"/de/sprechstunden/{offer.pk}/").text()


def test_what_to_bring_is_left_out_where_it_is_not_known() -> None:
    schedule = make_schedule()

    pages = [get(PLACE), get(f"/de/sprechstunden/{schedule.sprechstunde_id}/")]

    assert ["mitbringen" in page.text() for page in pages] == [False, False]


def test_the_way_is_told_in_words_or_as_not_known() -> None:
    office = make_office()
    unknown = _panel(get(PLACE), "Adresse")
    Standort.objects.filter(pk=office.pk).update(directions=Text("Eingang im Hof."))

    known = _panel(get(PLACE), "Adresse")

    assert unknown.endswith("So finden Sie hin Nicht bekannt, bitte fragen")
    assert known.endswith("So finden Sie hin Eingang im Hof.")


def test_the_week_says_what_a_sign_on_the_door_would() -> None:
    make_schedule(weekdays=("MO",), words=Text("Bitte klingeln."))
    make_schedule(interval=2, anchor=date(2026, 11, 24), valid_until=date(2026, 12, 31))
    make_schedule(weekdays=("FR",), valid_from=date(2026, 12, 1))

    page = get(PLACE)

    assert [page.text(day) for day in _of_class(page, "week__day")] == [
        "Montag 10:00 – 12:00 Sprechstunde Bitte klingeln.",
        "Dienstag 10:00 – 12:00 Sprechstunde Jeden zweiten Dienstag Bis zum 31. Dezember 2026",
        "Freitag 10:00 – 12:00 Sprechstunde Ab dem 1. Dezember 2026",
    ]


def test_one_number_and_nothing_else_is_said_so() -> None:
    Phone.objects.create(standort=make_office(), number="0231 123456")

    page = get(PLACE)

    assert [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("tel:")] == [
        "tel:+49231123456"
    ]
    assert _panel(page, "So fragen Sie uns") == "Bitte rufen Sie an, oder schreiben Sie uns. Schreiben Sie uns"


def test_an_address_for_mail_without_a_number_is_no_reason_to_call() -> None:
    make_office(email="buero@example.org", street="In der Meile 2")

    page = get(PLACE)

    assert _panel(page, "So fragen Sie uns") == (
        "Für diesen Ort ist keine Telefonnummer bekannt. Sie können hingehen oder hier fragen: "
        "buero@example.org Schreiben Sie uns"
    )
    assert "Bitte rufen Sie an" not in page.text()


def test_nobody_is_sent_to_a_place_of_which_no_address_is_known() -> None:
    make_office(email="buero@example.org")

    assert _panel(get(PLACE), "So fragen Sie uns").startswith(
        "Für diesen Ort ist keine Telefonnummer bekannt. Bitte fragen Sie hier: buero@example.org"
    )


def test_other_places_of_the_team_stand_below_each_with_its_next_date() -> None:
    office = make_office()
    marten = make_standort("Marten", Kind.OUTREACH, office=office)
    make_schedule(standort=marten)
    make_standort("Weit weg")

    page = get(PLACE)

    (nearby,) = _of_class(page, "section nearby")
    assert page.text(nearby).startswith("Andere Orte in der Nähe Marten Di, 24. Nov., 10:00")
    assert "Weit weg" not in page.text()
