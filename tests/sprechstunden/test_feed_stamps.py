"""From when an event is as it is: from the data, never from the clock (RFC 5545 3.8.7)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db.models import Model, QuerySet

from sprechstunden import school_holidays
from sprechstunden.deciding import decide, take_back
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde, StaffReason
from sprechstunden.occurrences import BERLIN
from standorte.models import Standort
from tests.factories import make_change, make_closure, make_office, make_schedule, make_sprechstunde, make_standort
from tests.sprechstunden.reading import TODAY, events, make_once, raw, written

pytestmark = pytest.mark.django_db
SOME_TIME = datetime(2026, 10, 8, 9, 30, 15, 900_000, tzinfo=BERLIN)
LATER = datetime(2026, 11, 20, 9, 30, 15, 900_000, tzinfo=BERLIN)
MODELS: tuple[type[Model], ...] = (Schedule, Sprechstunde, Standort, Change, Closure)


def test_an_event_is_as_it_is_since_the_end_of_feeds_moved() -> None:
    make_schedule()
    _age(SOME_TIME)

    (event,) = events()

    # Midnight of 1 November in Dortmund, and its seconds since the year began.
    assert raw(event, "DTSTAMP", "LAST-MODIFIED", "SEQUENCE") == (
        *(":20261031T230000Z", ":20261031T230000Z"),
        f":{303 * 86400 + 23 * 3600}",
    )


def test_what_does_not_repeat_is_as_it_is_since_somebody_changed_it() -> None:
    make_once(date(2026, 12, 2))
    _age(SOME_TIME)

    (event,) = events()

    assert raw(event, "DTSTAMP", "LAST-MODIFIED") == (":20261008T073015Z", ":20261008T073015Z")


def test_what_was_changed_before_feeds_began_counts_from_zero() -> None:
    make_once(date(2026, 12, 2))
    _age(datetime(2025, 10, 8, tzinfo=UTC))

    assert [raw(event, "SEQUENCE") for event in events()] == [(":0",)]


@pytest.mark.parametrize("model", MODELS)
def test_whatever_an_event_is_made_of_makes_it_newer(model: type[Model]) -> None:
    change = make_change(make_schedule(), date(2026, 12, 1))
    make_closure(date(2026, 12, 7), date(2026, 12, 8))
    _age(SOME_TIME)
    before = [event.sequence for event in events()]

    _age(LATER, model)

    assert [raw(event, "LAST-MODIFIED") for event in events()] == [(":20261120T083015Z",)] * len(before)
    assert all(event.sequence > number for event, number in zip(events(), before, strict=True))
    assert change.kind == ChangeKind.CANCELLED


@pytest.mark.parametrize("part", ["place it went to", "office that is asked", "version that follows"])
def test_what_an_event_only_mentions_makes_it_newer_too(part: str) -> None:
    office, marten = make_office(), make_standort()
    offer = make_sprechstunde(office=office)
    schedule = make_schedule(offer, standort=None)
    following = make_schedule(offer, standort=None, valid_from=date(2027, 1, 1))
    make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, standort=marten)
    _age(SOME_TIME)

    row = {"place it went to": marten, "office that is asked": office, "version that follows": following}[part]
    QuerySet(type(row)).filter(pk=row.pk).update(modified_at=LATER)

    assert raw(events()[0], "LAST-MODIFIED") == (":20261120T083015Z",)


@pytest.mark.parametrize("make", [make_schedule, lambda: make_once(date(2026, 12, 2))])
def test_other_holidays_make_every_event_newer(make: Callable[[], Schedule], monkeypatch: pytest.MonkeyPatch) -> None:
    make()
    _age(SOME_TIME)
    known = {"0.109": date(2026, 1, 1), "0.200": date(2026, 11, 21)}

    monkeypatch.setattr(school_holidays, "VERSIONS_OF_HOLIDAYS", known)

    assert [raw(event, "LAST-MODIFIED") for event in events()] == [(":20261120T230000Z",)]


def test_each_decision_counts_up_and_taking_it_back_too() -> None:
    schedule = make_schedule()
    _age(SOME_TIME)
    change = Change(schedule=schedule, day=date(2026, 12, 1), kind=ChangeKind.CANCELLED, reason=StaffReason.TRAINING)

    numbers = [events()[0].sequence]
    decide(change, None, LATER)
    numbers.append(events()[0].sequence)
    take_back(change, LATER)
    numbers.append(events()[0].sequence)

    assert numbers == sorted(set(numbers))


def test_an_event_gets_no_older_when_a_date_of_its_offer_comes_and_goes() -> None:
    marten, elsewhere = make_standort("Marten"), make_standort("Anderswo")
    earlier = make_schedule(standort=marten, valid_until=date(2026, 11, 30))
    later = make_schedule(earlier.sprechstunde, standort=elsewhere, valid_from=date(2026, 12, 1))
    _age(SOME_TIME)
    here = Change(
        schedule=later, day=date(2026, 12, 8), kind=ChangeKind.MOVED, standort=marten, reason=StaffReason.TRAINING
    )

    def number() -> int:
        return next(int(event.sequence) for event in events(marten) if event["UID"] == str(earlier.uid))

    numbers = [number()]
    decide(here, None, LATER)
    numbers.append(number())
    take_back(here, LATER)
    numbers.append(number())
    Standort.objects.filter(pk=elsewhere.pk).update(is_published=False)
    numbers.append(number())

    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_the_same_data_are_the_same_bytes_until_the_month_ends() -> None:
    make_change(make_schedule(), date(2026, 12, 1))
    _age(SOME_TIME)

    november = {written(today=date(2026, 11, day)).to_ical() for day in range(1, 31)}

    assert len(november) == 1
    assert written(today=date(2026, 12, 1)).to_ical() not in november


def test_events_never_get_older_when_months_pass() -> None:
    make_schedule(valid_until=date(2027, 6, 30))
    _age(SOME_TIME)

    numbers = [events(today=TODAY + timedelta(days=days))[0].sequence for days in range(0, 400, 7)]

    assert numbers == sorted(numbers)


def test_the_clock_of_the_calendar_is_that_of_dortmund() -> None:
    (zone,) = written().timezones
    clock = zone.to_tz(lookup_tzid=False)

    moments = [datetime.combine(date(2026, 1, 1) + timedelta(days=days), time(12)) for days in range(15 * 365)]

    assert [moment.replace(tzinfo=clock).utcoffset() for moment in moments] == [
        moment.replace(tzinfo=BERLIN).utcoffset() for moment in moments
    ]


def test_a_calendar_has_a_name_and_says_how_often_to_ask_again_and_is_one_without_dates_too() -> None:
    lines = written().to_ical().decode().split("\r\n")

    assert lines[:9] == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lokal willkommen//Dortmund//DE", "CALSCALE:GREGORIAN"),
        *("NAME:name", "X-WR-CALNAME:name", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"),
        "BEGIN:VTIMEZONE",
    ]
    assert max(len(line.encode()) for line in lines) <= 75


def _age(moment: datetime, *models: type[Model]) -> None:
    """Let all rows, or those of some models, be from a moment."""
    for model in models or MODELS:
        field = "decided_at" if model in {Change, Closure} else "modified_at"
        QuerySet(model).update(**{field: moment})
