"""What residents read about holidays: at dates that take place all the same, and beside the hours of an offer."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from sprechstunden.models import ChangeKind
from tests.factories import make_change, make_schedule
from tests.pages import NOW, get
from tests.sprechstunden.cards import first_card

pytestmark = pytest.mark.django_db

HERE = "standorte/mengede-huckarde/"
CONFIRMED_ON = date(2026, 11, 2)
CONFIRMED_DE = "Bestätigt am 2. November 2026"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 24), "Schließtag (Heiligabend): findet trotzdem statt"),
        (date(2026, 12, 25), "Feiertag (Erster Weihnachtstag): findet trotzdem statt"),
        (date(2026, 12, 23), ""),
    ],
)
def test_a_date_that_is_held_on_a_closing_day_says_so(day: date, words: str) -> None:
    make_schedule(weekdays=("WE", "TH", "FR"), held_on_closing_days=True, valid_from=day, confirmed_on=CONFIRMED_ON)

    expected = f"Mengede/Huckarde {CONFIRMED_DE} {words}".strip()
    assert first_card(f"sprechstunden/?woche={day}") == ("confirmed", expected)


def test_a_date_that_nobody_has_confirmed_does_not_claim_to_be_held() -> None:
    make_schedule(weekdays=("TH",), held_on_closing_days=True)

    expected = "Mengede/Huckarde Stand: ohne Datum, noch nicht bestätigt"
    assert first_card("sprechstunden/?woche=2026-12-24") == ("planned", expected)


def test_a_date_in_school_holidays_is_off_and_says_why() -> None:
    make_schedule(weekdays=("WE",), follows_school_holidays=True)

    expected = "Mengede/Huckarde Fällt aus: Schulferien (Weihnachtsferien)"
    assert first_card("sprechstunden/?woche=2026-12-30") == ("cancelled", expected)


def test_a_date_held_in_school_holidays_says_so_once_it_is_decided() -> None:
    day = date(2026, 12, 29)
    schedule = make_schedule(follows_school_holidays=True)
    make_change(schedule, day, ChangeKind.HELD, decided_at=NOW)

    state, said = first_card(f"sprechstunden/?woche={day}")

    expected = "Mengede/Huckarde Bestätigt am 22. November 2026 Schulferien (Weihnachtsferien): findet trotzdem statt"
    assert (state, said) == ("confirmed", expected)


@pytest.mark.parametrize(("follows", "words"), [(True, "Ob dann Ferien sind, ist noch nicht bekannt."), (False, "")])
def test_where_the_holidays_are_not_known_yet_a_date_says_so(words: str, *, follows: bool) -> None:
    day = date(2031, 6, 3)
    schedule = make_schedule(
        follows_school_holidays=follows, confirmed_on=CONFIRMED_ON, valid_from=day, valid_until=day
    )

    state, said = first_card(f"sprechstunden/{schedule.sprechstunde_id}/")

    assert (state, said) == ("confirmed", f"Mengede/Huckarde {CONFIRMED_DE} {words}".strip())


@pytest.mark.parametrize(
    ("language", "last", "words"),
    [
        (
            "de",
            "Die Ferien",
            "Auch an Feiertagen In den Schulferien geschlossen Die Ferien sind bis zum 14. August 2029 bekannt.",
        ),
        (
            "ar",
            "العطل المدرسية معروفة",
            "أيضًا في أيام العطل الرسمية مغلق في العطل المدرسية العطل المدرسية معروفة حتى 14 أغسطس 2029.",
        ),
    ],
)
def test_the_hours_of_an_offer_say_what_holds_on_holidays(language: str, last: str, words: str) -> None:
    schedule = make_schedule(held_on_closing_days=True, follows_school_holidays=True)

    page = get(f"/{language}/sprechstunden/{schedule.sprechstunde_id}/")

    (hours,) = (found for found in page.root.iter("li") if found.get("class") == "schedule")
    assert words in page.text(hours)
    # The page of a place does not say until when the holidays are known.
    (brief,) = (found for found in get(f"/{language}/{HERE}").root.iter("dd") if found.get("class") == "week__hours")
    assert (words in page.text(brief), words.partition(last)[0].strip() in page.text(brief)) == (False, True)
