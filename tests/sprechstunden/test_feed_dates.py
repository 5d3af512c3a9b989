"""What a calendar says about single dates that staff have decided about (RFC 5545 3.8.4.4)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from sprechstunden import feeds, timetable
from sprechstunden.models import ChangeKind, StaffReason
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_schedule,
    make_standort,
)
from tests.sprechstunden.reading import (
    ORIGIN,
    TODAY,
    by_javascript,
    by_python,
    events,
    make_once,
    make_steady,
    on_pages,
    raw,
    words,
    written,
)

pytestmark = pytest.mark.django_db
LAST = date(2028, 1, 5)  # 430 days after the first of the month


def test_a_date_that_staff_cancelled_stays_in_view_with_its_reason_and_takes_no_time() -> None:
    schedule = make_steady(confirmed_on=date(2026, 11, 2))
    make_change(schedule, date(2026, 12, 1), note=Text("Wir lernen dazu."))

    series, event = events()

    assert raw(series, "EXDATE") == ("",)  # a client that takes it out would hide the override too
    assert raw(event, "UID", "RECURRENCE-ID", "DTSTART", "STATUS", "TRANSP", "SUMMARY", "RRULE") == (
        f":{schedule.uid}",
        ";TZID=Europe/Berlin:20261201T100000",
        ";TZID=Europe/Berlin:20261201T100000",
        ":CONFIRMED",
        ":TRANSPARENT",
        ":Fällt aus: Sprechstunde · Mengede/Huckarde",
        "",
    )
    assert words(event) == [
        "Fällt aus: Fortbildung",
        "Wir lernen dazu.",
        f"Andere Termine: {ORIGIN}/de/standorte/mengede-huckarde/",
        f"{ORIGIN}{schedule.sprechstunde.get_absolute_url()}",
    ]


def test_another_reason_that_says_no_more_is_left_out_as_on_pages() -> None:
    schedule = make_steady(standort=None)
    make_change(schedule, date(2026, 12, 1), reason=StaffReason.OTHER)
    make_change(schedule, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 9), reason=StaffReason.OTHER)

    _series, off, moved = events()

    url = f"{ORIGIN}{schedule.sprechstunde.get_absolute_url()}"
    asking = "Der Ort ist nicht bekannt. Bitte fragen Sie im Büro Mengede/Huckarde."
    assert (words(off), words(moved)[0]) == ([asking, url], "Verlegt vom 8. Dezember 2026.")


def test_an_offer_that_came_while_the_calendar_was_made_is_in_it() -> None:
    schedule = make_steady()

    made = feeds.calendar(timetable.versions(timetable.all_schedules(), feeds.SINCE), {}, "name", ORIGIN, TODAY)

    assert [str(event["uid"]) for event in made.events] == [str(schedule.uid)]


def test_a_cancelled_date_says_so_first_in_the_language_of_the_feed() -> None:
    make_change(make_steady(), date(2026, 12, 1))

    titles = []
    for language in ("en", "ar"):
        with translation.override(language):
            titles.append(str(events()[1]["summary"]))

    assert titles == [
        "Cancelled: Consultation hour · Mengede/Huckarde",
        "أُلغي الموعد: ساعة الاستشارة (Sprechstunde) · \u2068Mengede/Huckarde\u2069",
    ]


def test_a_moved_date_stands_where_it_went_and_is_confirmed_by_that() -> None:
    schedule = make_steady()
    marten = make_standort(street="Beispielweg 1", postal_code="44379")
    make_change(
        schedule, date(2026, 12, 1), ChangeKind.MOVED, new_day=date(2026, 12, 3), opens=time(9), standort=marten
    )

    series, event = events()

    assert raw(event, "UID", "RECURRENCE-ID", "DTSTART", "DTEND", "STATUS", "TRANSP", "LOCATION") == (
        f":{schedule.uid}",
        ";TZID=Europe/Berlin:20261201T100000",
        ";TZID=Europe/Berlin:20261203T090000",
        ";TZID=Europe/Berlin:20261203T120000",
        ":CONFIRMED",
        ":OPAQUE",
        ":Marten\\, Beispielweg 1\\, 44379 Dortmund",
    )
    assert words(event)[0] == "Verlegt vom 1. Dezember 2026: Fortbildung."
    assert raw(series, "STATUS", "EXDATE") == (":TENTATIVE", "")


def test_a_date_moved_onto_closed_days_is_off_there() -> None:
    schedule = make_steady()
    make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, new_day=date(2026, 12, 3))
    make_closure(date(2026, 12, 2), date(2026, 12, 4), note=Text("Stadtbezirksfest"))

    _series, event = events()

    assert raw(event, "RECURRENCE-ID", "DTSTART", "TRANSP", "SUMMARY") == (
        ";TZID=Europe/Berlin:20261201T100000",
        ";TZID=Europe/Berlin:20261203T100000",
        ":TRANSPARENT",
        ":Fällt aus: Sprechstunde · Mengede/Huckarde",
    )
    assert words(event)[:2] == ["Fällt aus: Veranstaltung", "Stadtbezirksfest"]


def test_a_date_moved_to_a_place_residents_may_not_see_is_off_where_it_was() -> None:
    hidden = make_standort("Verborgen", is_published=False)
    schedule = make_steady()
    make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, new_day=date(2026, 12, 3), standort=hidden)

    _series, event = events()

    assert raw(event, "DTSTART", "TRANSP") == (";TZID=Europe/Berlin:20261201T100000", ":TRANSPARENT")
    assert b"Verborgen" not in written().to_ical()


def test_a_date_beyond_the_end_of_feeds_that_was_moved_before_it_belongs_to_its_series() -> None:
    schedule = make_steady()
    make_change(schedule, LAST + timedelta(days=6), ChangeKind.MOVED, new_day=LAST - timedelta(days=2))

    series, event = events()

    assert raw(series, "RDATE") == (";TZID=Europe/Berlin:20280111T100000",)
    assert raw(event, "RECURRENCE-ID", "DTSTART") == (
        ";TZID=Europe/Berlin:20280111T100000",
        ";TZID=Europe/Berlin:20280103T100000",
    )


def test_an_extra_date_is_an_event_of_its_own() -> None:
    schedule = make_steady()
    extra = make_change(schedule, date(2026, 12, 3), ChangeKind.EXTRA, opens=time(9), closes=time(10))

    _series, event = events()

    assert raw(event, "UID", "DTSTART", "DTEND", "RECURRENCE-ID", "STATUS") == (
        f":{extra.uid}",
        ";TZID=Europe/Berlin:20261203T090000",
        ";TZID=Europe/Berlin:20261203T100000",
        "",
        ":CONFIRMED",
    )
    assert words(event)[0] == "Ein zusätzlicher Termin."


def test_a_date_that_is_held_all_the_same_just_takes_place_and_is_confirmed() -> None:
    schedule = make_schedule(weekdays=("TH",), valid_from=date(2026, 12, 24), valid_until=date(2026, 12, 31))
    make_change(schedule, date(2026, 12, 24), ChangeKind.HELD)

    series, event = events()

    assert raw(series, "EXDATE", "STATUS") == (";TZID=Europe/Berlin:20261231T100000", ":TENTATIVE")
    assert raw(event, "RECURRENCE-ID", "DTSTART", "STATUS", "TRANSP", "SUMMARY") == (
        ";TZID=Europe/Berlin:20261224T100000",
        ";TZID=Europe/Berlin:20261224T100000",
        ":CONFIRMED",
        ":OPAQUE",
        ":Sprechstunde · Mengede/Huckarde",
    )
    assert words(event)[0] == "Findet trotzdem statt."


def test_a_date_that_is_once_needs_no_rule_and_says_itself_that_it_is_off() -> None:
    held, off, moved = (make_once(date(2026, 12, day)) for day in (2, 24, 9))
    make_change(moved, date(2026, 12, 9), ChangeKind.MOVED, new_day=date(2026, 12, 10))

    found = [raw(event, "UID", "DTSTART", "RRULE", "RECURRENCE-ID", "EXDATE", "TRANSP") for event in events()]

    assert found == [
        (f":{held.uid}", ";TZID=Europe/Berlin:20261202T100000", "", "", "", ":OPAQUE"),
        (f":{off.uid}", ";TZID=Europe/Berlin:20261224T100000", "", "", "", ":TRANSPARENT"),
        (f":{moved.uid}", ";TZID=Europe/Berlin:20261210T100000", "", "", "", ":OPAQUE"),
    ]
    assert [str(event["summary"]).startswith("Fällt aus") for event in events()] == [False, True, False]


def test_a_place_has_what_is_there_and_where_it_went_and_nothing_else() -> None:
    marten, lanstrop = make_standort(), make_standort("Lanstrop")
    here, elsewhere = make_steady(standort=marten), make_steady(weekdays=("FR",))
    make_steady(standort=lanstrop)
    make_change(here, date(2026, 12, 1), ChangeKind.MOVED, standort=lanstrop)
    make_change(here, date(2026, 12, 3), ChangeKind.EXTRA, opens=time(9), closes=time(10), standort=lanstrop)
    came = make_change(elsewhere, date(2026, 12, 4), ChangeKind.MOVED, standort=marten)
    make_change(elsewhere, date(2026, 12, 11), ChangeKind.CANCELLED)
    extra = make_change(elsewhere, date(2026, 12, 5), ChangeKind.EXTRA, opens=time(9), closes=time(10), standort=marten)

    found = {raw(event, "UID", "DTSTART", "RECURRENCE-ID", "LOCATION") for event in events(marten)}

    zone = ";TZID=Europe/Berlin:"
    at_marten, at_lanstrop = ":Marten\\, Dortmund", ":Lanstrop\\, Dortmund"
    assert found == {
        (f":{here.uid}", f"{zone}20260106T100000", "", at_marten),
        (f":{here.uid}", f"{zone}20261201T100000", f"{zone}20261201T100000", at_lanstrop),
        (f":{came.uid}", f"{zone}20261204T100000", "", at_marten),
        (f":{extra.uid}", f"{zone}20261205T090000", "", at_marten),
    }


def test_a_date_in_the_hour_that_the_clock_skips_ends_an_hour_later_for_clients_too() -> None:
    make_steady(weekdays=("SU",), opens=time(2, 15), closes=time(3))
    turned = datetime(2027, 3, 28, 1, 15, tzinfo=UTC)

    ics, versions = written().to_ical(), timetable.versions(timetable.all_schedules(), feeds.SINCE)
    found, pages = by_python(ics, TODAY), on_pages(versions, TODAY)
    # ical.js reads the start in a skipped hour its own way, whatever the calendar says; the end it reads like others.
    (in_javascript,) = by_javascript([(ics, TODAY)])

    assert found == pages
    for read in (found, in_javascript):
        assert [shown.ends for shown in read if shown.ends.date() == turned.date()] == [turned + timedelta(minutes=45)]


@pytest.mark.parametrize(("last", "expected"), [(date(2027, 3, 28), []), (None, [""])])
def test_a_closed_date_in_the_hour_that_the_clock_skips_is_taken_out_like_any_other(
    last: date | None, expected: list[str]
) -> None:
    make_steady(weekdays=("SU",), opens=time(2, 15), closes=time(3), valid_from=date(2027, 3, 28), valid_until=last)
    make_closure(date(2027, 3, 28), date(2027, 3, 28))

    found = events()

    assert [raw(event, "RECURRENCE-ID")[0] for event in found] == expected
