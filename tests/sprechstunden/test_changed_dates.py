"""What residents read where a date is not as its rule says: on the pages of places and offers and in the agenda."""

from collections.abc import Iterator
from datetime import date, time
from xml.etree.ElementTree import Element

import pytest
import time_machine

from sprechstunden.models import ChangeKind, Schedule, SprechstundeKind, StaffReason
from standorte.models import Kind, Standort
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_standort,
)
from tests.pages import NOW, get
from tests.sprechstunden.cards import cards, first_card, links_of_first_card

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2026, 11, 2)
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
HERE = "standorte/mengede-huckarde/"
CONFIRMED_DE = "Bestätigt am 2. November 2026"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _times(element: Element) -> list[str]:
    return [found.get("datetime", "") for found in element.iter("time")]


def _confirmed(standort: Standort | None = None, *weekdays: str) -> Schedule:
    """Make times that staff have confirmed, without a place at the office."""
    offer = make_sprechstunde()
    place = standort or offer.office
    return make_schedule(offer, standort=place, weekdays=weekdays or ("TU",), confirmed_on=CONFIRMED_ON)


def _marten() -> Standort:
    return make_standort("Marten", Kind.OUTREACH, office=make_office(), street="In der Meile 1")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Fällt aus: zu wenig Personal Stattdessen: Mittwoch, 25. November, 10:00 – 12:00 Marten"),
        ("ar", "أُلغي الموعد: نقص في الموظفين بدلًا من ذلك: الأربعاء، 25 نوفمبر، 10:00 – 12:00 Marten"),
    ],
)
def test_a_cancelled_date_says_why_and_what_stands_in(language: str, words: str) -> None:
    marten = _marten()
    make_change(_confirmed(), TUESDAY, reason=StaffReason.STAFF_SHORTAGE)
    _confirmed(marten, "WE")

    assert first_card(HERE, language) == ("cancelled", words)
    assert links_of_first_card(HERE) == ["/de/standorte/marten/"]


def test_at_the_same_place_no_way_is_needed_and_an_offer_with_a_name_is_named() -> None:
    offer = make_sprechstunde(title=Text("Offene Tür"))
    make_change(_confirmed(), TUESDAY)
    make_schedule(offer, weekdays=("WE",), confirmed_on=CONFIRMED_ON)

    expected = "Fällt aus: Fortbildung Stattdessen: Mittwoch, 25. November, 10:00 – 12:00 Offene Tür · am selben Ort"
    assert first_card(HERE) == ("cancelled", expected)


def test_an_alternative_by_phone_leads_to_its_offer() -> None:
    marten = _marten()
    schedules = [make_schedule(make_sprechstunde(SprechstundeKind.PHONE), standort=place) for place in (marten, None)]
    Schedule.objects.filter(pk=schedules[1].pk).update(confirmed_on=CONFIRMED_ON)
    make_change(schedules[0], TUESDAY)

    shown = "Fällt aus: Fortbildung Stattdessen: Dienstag, 24. November, 10:00 – 12:00 Beratung am Telefon"
    assert first_card("standorte/marten/") == ("cancelled", shown)
    assert links_of_first_card("standorte/marten/") == [f"/de/sprechstunden/{schedules[1].sprechstunde_id}/"]


def test_an_alternative_by_phone_at_a_place_says_so() -> None:
    marten, kind = _marten(), SprechstundeKind.PHONE
    schedules = [
        make_schedule(make_sprechstunde(kind, marten.office), standort=place, weekdays=days, confirmed_on=CONFIRMED_ON)
        for place, days in ((marten.office, ("TU",)), (marten, ("WE",)))
    ]
    make_change(schedules[0], TUESDAY)

    instead = "Mittwoch, 25. November, 10:00 – 12:00 · Beratung am Telefon Marten"
    assert first_card(HERE) == ("cancelled", f"Fällt aus: Fortbildung Stattdessen: {instead}")


def test_without_an_alternative_the_ways_to_ask_stay() -> None:
    make_change(make_schedule(), TUESDAY)

    page = get(f"/de/{HERE}")

    assert first_card(HERE) == ("cancelled", "Fällt aus: Fortbildung")
    assert "Für diesen Ort ist keine Telefonnummer bekannt. Bitte fragen Sie hier" in page.text()


def test_a_reason_that_says_nothing_is_not_said_and_a_note_is() -> None:
    note = Text("Der Aufzug wird repariert.")
    make_closure(TUESDAY, TUESDAY, reason=StaffReason.OTHER, note=note)
    make_schedule()

    assert first_card(HERE) == ("cancelled", "Fällt aus Der Aufzug wird repariert.")
    assert first_card(HERE, "ar") == ("cancelled", "أُلغي الموعد Der Aufzug wird repariert. (بالألمانية)")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Verlegt auf Mittwoch, 25. November, 15:00 – 17:00 Marten Grund: Raum nicht frei"),
        ("ar", "نُقل الموعد إلى الأربعاء، 25 نوفمبر، 15:00 – 17:00 Marten السبب: القاعة غير متاحة"),
    ],
)
def test_a_moved_date_says_first_where_it_went(language: str, words: str) -> None:
    marten, schedule = _marten(), _confirmed()
    _confirmed(marten)
    make_change(
        schedule,
        TUESDAY,
        ChangeKind.MOVED,
        reason=StaffReason.ROOM_NOT_AVAILABLE,
        new_day=WEDNESDAY,
        opens=time(15),
        closes=time(17),
        standort=marten,
    )

    page = get(f"/{language}/{HERE}")

    assert first_card(HERE, language) == ("moved", words)
    assert _times(page.by_id("termine"))[:2] == ["2026-11-24T10:00+01:00", "2026-11-25T15:00+01:00"]
    own = f"sprechstunden/{schedule.sprechstunde_id}/"
    assert links_of_first_card(HERE) == [f"/de/{own}#termine", "/de/standorte/marten/"]
    assert links_of_first_card(own) == [f"/de/{HERE}", "/de/standorte/marten/"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Bestätigt am 20. November 2026 Verlegt von Dienstag, 24. November, 10:00 · Mengede/Huckarde"),
        ("ar", "تم التأكيد في 20 نوفمبر 2026 نُقل إلى هنا من الثلاثاء، 24 نوفمبر، 10:00 · Mengede/Huckarde"),
    ],
)
def test_on_its_new_day_a_moved_date_says_from_where_and_that_staff_decided_it(language: str, words: str) -> None:
    marten, schedule = _marten(), make_schedule()
    decided_at = NOW.replace(day=20)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY, standort=marten, decided_at=decided_at)

    assert first_card("standorte/marten/", language) == ("confirmed", words)


def test_a_date_that_moved_within_its_place_names_no_place_and_no_reason_that_says_nothing() -> None:
    schedule = _confirmed()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, opens=time(14), closes=time(16), reason=StaffReason.OTHER)

    assert first_card(HERE) == ("moved", "Verlegt auf Dienstag, 24. November, 14:00 – 16:00")


def test_a_date_moved_to_a_place_that_is_held_back_is_cancelled_and_the_place_stays_unknown() -> None:
    hidden = make_standort("Geheim", is_published=False)
    make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY, standort=hidden)

    assert first_card(HERE) == ("cancelled", "Fällt aus: Fortbildung")
    for path in (HERE, "sprechstunden/", ""):
        assert "Geheim" not in get(f"/de/{path}").html


def test_a_date_moved_from_a_place_that_is_held_back_does_not_name_it() -> None:
    marten, schedule = _marten(), make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY, standort=marten, decided_at=NOW)
    Schedule.objects.update(standort=make_standort("Geheim"))
    assert first_card("standorte/marten/")[1].endswith("10:00 · Geheim")

    Standort.objects.filter(name="Geheim").update(is_published=False)
    assert "Geheim" not in get("/de/standorte/marten/").html


def test_a_moved_date_that_is_off_on_its_new_day_is_cancelled_for_the_reason_of_that_day() -> None:
    make_change(_confirmed(), TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    make_closure(WEDNESDAY, WEDNESDAY, reason=StaffReason.STAFF_SHORTAGE)

    words = "Fällt aus: zu wenig Personal Stattdessen: Dienstag, 1. Dezember, 10:00 – 12:00 am selben Ort"
    page = get(f"/de/{HERE}")

    shown = [(card.get("data-state"), page.text(card)) for card in cards(page)]
    assert shown[:2] == [("cancelled", f"10:00 – 12:00 Sprechstunde {words}")] * 2


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Zusätzlicher Termin"), ("ar", "موعد إضافي"), ("en", "Extra date")]
)
def test_an_extra_date_says_so(language: str, words: str) -> None:
    make_change(make_schedule(), date(2026, 11, 23), ChangeKind.EXTRA, opens=time(9), closes=time(10), decided_at=NOW)

    state, said = first_card(HERE, language)

    assert (state, said.endswith(words)) == ("confirmed", True)


def _now_says(path: str) -> str:
    page = get(f"/de/{path}")
    (now,) = (found for found in page.root.iter("div") if found.get("class") == "state-now")
    return page.text(now)


def test_a_place_says_on_top_that_the_date_people_would_come_to_is_off() -> None:
    make_change(_confirmed(), TUESDAY)

    off, then = "Di, 24. Nov., 10:00 Uhr Fällt aus: Fortbildung", "Nächster Termin: Di, 1. Dez., 10:00 Uhr"
    assert _now_says(HERE) == f"{off} {then} {CONFIRMED_DE}"


def test_a_place_does_not_speak_on_top_of_a_date_that_is_off_later() -> None:
    make_change(_confirmed(), date(2026, 12, 1))

    assert _now_says(HERE) == f"Nächster Termin: Di, 24. Nov., 10:00 Uhr {CONFIRMED_DE}"


def test_a_place_of_which_every_date_is_off_says_so() -> None:
    make_schedule(valid_until=date(2026, 11, 30))
    make_closure(TUESDAY, TUESDAY)

    assert (
        _now_says(HERE)
        == "Di, 24. Nov., 10:00 Uhr Fällt aus: Veranstaltung Keine weiteren Termine geplant, bitte fragen"
    )
