"""What stands in a calendar, property by property (RFC 5545)."""

from datetime import date, time, timedelta

import pytest

from sprechstunden.models import ChangeKind, Closure, Frequency
from tests.factories import (
    ScheduleFields,
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
)
from tests.sprechstunden.reading import events, make_steady, raw

pytestmark = pytest.mark.django_db
LAST = date(2028, 1, 5)  # 430 days after the first of the month
UNTIL = "20280105T225959Z"


def test_times_are_one_event_that_repeats_until_the_end_of_feeds() -> None:
    schedule = make_steady()

    (event,) = events()

    assert raw(event, "UID", "DTSTART", "DTEND", "RRULE", "EXDATE", "RECURRENCE-ID") == (
        f":{schedule.uid}",
        ";TZID=Europe/Berlin:20260106T100000",
        ";TZID=Europe/Berlin:20260106T120000",
        f":FREQ=WEEKLY;UNTIL={UNTIL};BYDAY=TU",
        "",
        "",
    )


FORTNIGHT: ScheduleFields = {"interval": 2, "anchor": date(2021, 11, 9)}
FIRST_DATES: list[tuple[ScheduleFields, str]] = [
    ({}, "20260106"),
    ({"valid_from": date(2018, 3, 9)}, "20260106"),
    ({"valid_from": date(2026, 11, 4)}, "20261110"),
    (FORTNIGHT, "20260113"),
    ({"interval": 2, "anchor": date(2027, 1, 12)}, "20270112"),
    ({"interval": 2, "anchor": date(2026, 10, 6), "valid_from": date(2026, 11, 4)}, "20261117"),
    ({"frequency": Frequency.MONTHLY, "weekdays": ("TH",), "positions": ("5",)}, "20260129"),
    ({"frequency": Frequency.ONCE, "weekdays": (), "anchor": date(2026, 12, 2)}, "20261202"),
]


@pytest.mark.parametrize(("fields", "first"), FIRST_DATES)
def test_the_first_date_is_a_date_of_the_rule_and_not_before_feeds_begin(fields: ScheduleFields, first: str) -> None:
    make_steady(**fields)

    (event,) = events()

    assert raw(event, "DTSTART") == (f";TZID=Europe/Berlin:{first}T100000",)


def test_times_that_end_do_so_in_the_feed_even_where_the_next_begin() -> None:
    offer = make_sprechstunde()
    make_steady(offer)
    make_steady(offer, weekdays=("WE",), valid_from=date(2027, 3, 30), valid_until=date(2027, 6, 30))

    found = [raw(event, "RRULE") for event in events()]

    assert found == [
        (":FREQ=WEEKLY;UNTIL=20270329T215959Z;BYDAY=TU",),
        (":FREQ=WEEKLY;UNTIL=20270630T215959Z;BYDAY=WE",),
    ]


NO_DATES: list[ScheduleFields] = [
    {"valid_from": LAST + timedelta(days=1)},
    {"valid_until": date(2025, 12, 31)},
    {"valid_from": date(2026, 11, 4), "valid_until": date(2026, 11, 5)},
    {"frequency": Frequency.ONCE, "weekdays": (), "anchor": LAST + timedelta(days=1)},
    {"frequency": Frequency.NONE, "weekdays": (), "opens": None, "closes": None},
]


@pytest.mark.parametrize("fields", NO_DATES)
def test_times_without_a_date_in_the_range_are_no_event(fields: ScheduleFields) -> None:
    make_schedule(**fields)

    assert events() == []


def test_what_residents_may_not_see_is_in_no_feed() -> None:
    hidden = make_office("Verborgen", is_published=False)
    make_schedule(make_sprechstunde(is_published=False))
    make_schedule(standort=hidden)
    silent = make_partner()
    silent.is_published = False
    silent.save()
    make_schedule(make_sprechstunde(partner=silent))

    assert events() == []


def test_closed_days_are_taken_out_of_the_series() -> None:
    spring: ScheduleFields = {"weekdays": ("WE",), "valid_from": date(2027, 3, 1), "valid_until": date(2027, 5, 31)}
    spring["follows_school_holidays"] = True
    make_schedule(**spring)
    make_closure(date(2027, 5, 1), date(2027, 5, 12))

    (event,) = events()

    # Two Wednesdays of the Easter holidays, two of the closure.
    assert raw(event, "EXDATE") == (
        ";TZID=Europe/Berlin:20270324T100000,20270331T100000,20270505T100000,20270512T100000",
    )


def test_closing_days_are_taken_out_unless_the_hour_is_held_on_them() -> None:
    december: ScheduleFields = {"valid_from": date(2026, 12, 1), "valid_until": date(2027, 1, 1)}
    december["weekdays"] = ("TH", "FR")
    make_schedule(**december)
    make_steady(**december)

    found = [raw(event, "EXDATE") for event in events()]

    assert found == [
        (";TZID=Europe/Berlin:20261224T100000,20261225T100000,20261231T100000,20270101T100000",),
        ("",),
    ]


def test_of_times_that_are_closed_throughout_only_what_is_added_stays() -> None:
    schedule = make_schedule(valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 15))
    make_closure(date(2026, 12, 1), date(2026, 12, 15), sprechstunden=[schedule.sprechstunde])
    extra = make_change(schedule, date(2026, 12, 9), ChangeKind.EXTRA, opens=time(9), closes=time(10))
    Closure.objects.get().delete()
    closure = make_closure(date(2026, 12, 1), date(2026, 12, 15))
    closure.keep(extra.uid, extra.day)
    closure.save()

    assert [raw(event, "UID", "TRANSP") for event in events()] == [(f":{extra.uid}", ":OPAQUE")]
