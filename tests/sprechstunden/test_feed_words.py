"""What a calendar says about a date in words."""

from datetime import date

import pytest
from django.utils import translation

from sprechstunden.models import ChangeKind, Sprechstunde, SprechstundeKind
from sprechstunden.school_holidays import school_holidays_known_until
from standorte.models import Answer, Standort
from standorte.templatetags.words import day_in_words
from standorte.texts import State, Text
from tests.factories import (
    SprechstundeFields,
    make_change,
    make_office,
    make_sprechstunde,
    make_standort,
)
from tests.sprechstunden.reading import ORIGIN, events, make_steady, raw, words, written

pytestmark = pytest.mark.django_db


def test_what_nobody_confirmed_is_tentative_and_says_so() -> None:
    schedule = make_steady(as_of="2018-02", languages=("de", "ar"), words=Text("Bitte klingeln."))

    (event,) = events()

    assert raw(event, "STATUS", "TRANSP", "SUMMARY") == (":TENTATIVE", ":OPAQUE", ":Sprechstunde · Mengede/Huckarde")
    assert words(event) == [
        "Geplant, nicht bestätigt. Stand: Februar 2018",
        "Diese Termine kommen aus älteren Quellen. Bitte fragen Sie, bevor Sie hingehen.",
        "Gesprochene Sprachen: Deutsch und Arabisch",
        "Bitte klingeln.",
        f"{ORIGIN}{schedule.sprechstunde.get_absolute_url()}",
    ]


def test_what_pauses_in_school_holidays_says_until_when_they_are_known() -> None:
    make_steady(confirmed_on=date(2026, 11, 2), follows_school_holidays=True)

    said = words(events()[0])

    assert said[1] == f"Die Ferien sind bis zum {day_in_words(school_holidays_known_until())} bekannt."


def test_what_is_confirmed_says_since_when_and_links_to_its_page_in_the_language_of_the_feed() -> None:
    schedule = make_steady(confirmed_on=date(2026, 11, 2))

    with translation.override("en"):
        (event,) = events()

    assert raw(event, "STATUS", "URL") == (":CONFIRMED", f":{ORIGIN}/en/sprechstunden/{schedule.sprechstunde_id}/")
    assert words(event)[0] == "Confirmed on 2 November 2026"


def test_words_nobody_has_checked_are_marked_as_a_draft() -> None:
    make_steady(words=Text("Bitte klingeln.").translated("en", "Please ring.", State.DRAFT))

    with translation.override("en"):
        (event,) = events()

    assert words(event)[-2] == "Please ring. (draft)"


def test_a_date_moved_away_from_a_place_held_back_is_there_and_names_only_its_new_place() -> None:
    schedule = make_steady(standort=make_standort("Geheim"))
    make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, standort=make_standort("Marten"))
    Standort.objects.filter(name="Geheim").update(is_published=False)

    (event,) = events()

    assert event["summary"] == "Sprechstunde · Marten"
    assert b"Geheim" not in written().to_ical()


def test_who_reads_easy_german_is_told_that_other_german_follows() -> None:
    make_steady(words=Text("Bitte klingeln."))

    with translation.override("de-x-leicht"):
        (event,) = events()

    assert words(event)[-2] == "Bitte klingeln. (in schwerer Sprache)"


def test_german_words_are_isolated_and_marked_where_the_text_runs_from_the_right() -> None:
    offer = make_sprechstunde(title=Text("Café Willkommen"))
    make_steady(offer, standort=None, words=Text("Bitte klingeln."))

    with translation.override("ar"):
        (event,) = events()

    assert event["summary"] == "\u2068Café Willkommen\u2069"
    assert words(event)[2:4] == [
        "\u2068Bitte klingeln.\u2069 (بالألمانية)",
        "المكان غير معروف. يرجى سؤال المكتب (Büro) \u2068Mengede/Huckarde\u2069.",
    ]


def test_words_in_the_language_of_the_reader_stand_as_they_are() -> None:
    title = Text("Café").translated("en", "Coffee", State.CHECKED)
    make_steady(make_sprechstunde(title=title))

    with translation.override("en"):
        (event,) = events()

    assert event["summary"] == "Coffee · Mengede/Huckarde"


def test_where_one_phones_no_address_is_given() -> None:
    office = make_office(street="Beispielweg 1")
    make_steady(Sprechstunde.objects.create(kind="phone", office=office))
    make_steady(Sprechstunde.objects.create(kind="phone", office=office), standort=None)

    assert [raw(event, "LOCATION", "SUMMARY") for event in events()] == [
        ("", ":Beratung am Telefon · Mengede/Huckarde"),
        ("", ":Beratung am Telefon"),
    ]
    assert b"nicht bekannt" not in written().to_ical()


def test_what_staff_type_can_be_read_again() -> None:
    typed = 'Komma, Strichpunkt; "Zitat" \\n Umbruch\nEND:VEVENT'
    make_steady(words=Text(typed), confirmed_on=date(2026, 11, 2))

    (event,) = events()

    assert words(event)[1:3] == typed.splitlines()


@pytest.mark.parametrize("is_published", [True, False])
def test_an_office_that_is_held_back_is_not_named_where_a_place_is_not_known(*, is_published: bool) -> None:
    office = make_office("Im Aufbau", is_published=is_published)
    make_steady(make_sprechstunde(office=office), standort=None)

    (event,) = events()

    asked = "Der Ort ist nicht bekannt. Bitte fragen Sie im Büro Im Aufbau."
    assert [line for line in words(event) if "Im Aufbau" in line] == [asked] * is_published


@pytest.mark.parametrize(
    ("kind", "fields", "first"),
    [
        (SprechstundeKind.PHONE, {"title": Text("Sorgentelefon")}, "Beratung am Telefon"),
        (SprechstundeKind.DROP_IN, {"walk_in": Answer.NO}, "nur mit Termin"),
        (SprechstundeKind.DROP_IN, {"title": Text("Café")}, "Bestätigt am 2. November 2026"),
        (SprechstundeKind.PHONE, {}, "Bestätigt am 2. November 2026"),
    ],
)
def test_that_one_calls_or_needs_an_appointment_is_said_where_the_summary_does_not(
    kind: SprechstundeKind, fields: SprechstundeFields, first: str
) -> None:
    make_steady(make_sprechstunde(kind, **fields), confirmed_on=date(2026, 11, 2))

    (event,) = events()

    assert words(event)[0] == first
