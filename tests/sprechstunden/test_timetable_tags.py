"""Dates in templates: outlooks of places, rules, hours and reasons in words."""

from datetime import date, datetime, time

import pytest
from django.template import Context, Template
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from sprechstunden.closing_days import HOLIDAY_NAMES
from sprechstunden.models import Frequency, Schedule
from sprechstunden.occurrences import BERLIN
from sprechstunden.reasons import Reason, ReasonKind
from tests.factories import make_office, make_schedule, make_standort

IN_GERMAN = (
    *("Neujahr", "Karfreitag", "Ostermontag", "Tag der Arbeit", "Christi Himmelfahrt", "Pfingstmontag", "Fronleichnam"),
    *("Tag der Deutschen Einheit", "Reformationstag", "Allerheiligen", "Buß- und Bettag"),
    *("Erster Weihnachtstag", "Zweiter Weihnachtstag"),
)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)


def _in(language: str, template: str, **values: object) -> str:
    with override(language):
        return Template("{% load timetable %}" + template).render(Context({"now": NOW, **values}))


@pytest.mark.django_db
def test_a_page_asks_once_for_the_next_three_dates_of_its_place(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office = make_office()
    make_schedule()
    each = "{% for entry in found.outlook.unconfirmed %}{{ entry.day|date:'c' }} {% endfor %}"

    with django_assert_num_queries(3):
        shown = _in("de", "{% dates_at office as found %}" + each, office=office)

    assert shown == "2026-11-24 2026-12-01 2026-12-08 "


@pytest.mark.django_db
def test_a_list_asks_once_for_the_next_date_of_each_of_its_places(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = [make_office(), make_standort("Marten"), make_standort("Lanstrop")]
    make_schedule()
    make_schedule(weekdays=("MO",), standort=places[1])
    each = (
        "{% for place in places %}{% with next=found|of:place %}{{ next.next.day|date:'c' }};{% endwith %}{% endfor %}"
    )

    with django_assert_num_queries(3):
        shown = _in("de", "{% outlooks_of places as found %}" + each, places=places)

    assert shown == "2026-11-24;2026-11-23;;"


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        (Schedule(weekdays=("TU",), opens=time(10), closes=time(12, 30)), "every Tuesday 10:00 \N{EN DASH} 12:30"),
        (Schedule(frequency=Frequency.NONE), "No fixed times are known "),
        (Schedule(frequency=Frequency.ONCE, anchor=date(2026, 12, 1), opens=time(9)), "on 1 December 2026 "),
    ],
)
def test_times_are_a_sentence_and_two_hours_or_none(schedule: Schedule, sentence: str) -> None:
    assert _in("en", "{{ schedule|rule_sentence }} {{ schedule|hours }}", schedule=schedule) == sentence


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason(ReasonKind.PUBLIC_HOLIDAY, "Christmas Day"), "public holiday: Christmas Day"),
        (Reason(ReasonKind.SCHOOL_HOLIDAYS, "Autumn Break"), "school holidays: Autumn Break"),
        (Reason(ReasonKind.CLOSING_DAY, "Christmas Eve"), "closing day: Christmas Eve"),
        (Reason(ReasonKind.STAFF_SHORTAGE), "not enough staff"),
        (Reason(ReasonKind.TRAINING), "training"),
        (Reason(ReasonKind.ROOM_NOT_AVAILABLE), "room not available"),
        (Reason(ReasonKind.EVENT), "event"),
        (Reason(ReasonKind.OTHER), "other reason"),
    ],
)
def test_a_reason_is_said_in_words(reason: Reason, words: str) -> None:
    assert _in("en", "{{ reason|reason_words }}", reason=reason) == words


def test_every_holiday_has_a_german_name() -> None:
    reasons = [Reason(ReasonKind.PUBLIC_HOLIDAY, name) for name in HOLIDAY_NAMES]

    said = [_in("de", "{{ reason|reason_words }}", reason=reason) for reason in reasons]

    assert said == [f"Feiertag ({name})" for name in IN_GERMAN]
