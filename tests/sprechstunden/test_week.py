"""The hours of a place as a week, as they would stand on its door."""

from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from sprechstunden.models import Frequency, Schedule
from sprechstunden.occurrences import BERLIN
from sprechstunden.place_dates import place_dates
from sprechstunden.week import Week
from standorte.models import Standort
from tests.factories import OFFICE, make_schedule, make_sprechstunde

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
CONFIRMED_ON = date(2026, 11, 2)


def _weeks() -> list[Week]:
    return list(place_dates(Standort.objects.get(name=OFFICE), NOW, 3).weeks)


def _hours(week: Week) -> list[tuple[str, Schedule]]:
    return [(hours.weekday, hours.schedule) for hours in week.hours]


def test_hours_stand_from_monday_on_and_on_one_day_in_their_order() -> None:
    late = make_schedule(weekdays=("MO", "FR"), opens=time(14), closes=time(16))
    early = make_schedule(weekdays=("MO",), opens=time(9), closes=time(12))

    (week,) = _weeks()

    assert _hours(week) == [("MO", early), ("MO", late), ("FR", late)]


def test_times_that_are_less_sure_stand_apart_behind_the_confirmed_ones() -> None:
    old = make_schedule(as_of="2018")
    uncertain = make_schedule(as_of="2018", stated=False)
    earlier = make_schedule(confirmed_on=date(2026, 10, 1))
    confirmed = make_schedule(weekdays=("FR",), confirmed_on=CONFIRMED_ON)

    found = _weeks()

    assert [_hours(week) for week in found] == [
        [("TU", earlier), ("FR", confirmed)],
        [("TU", old), ("TU", uncertain)],
    ]


def test_evidence_that_all_times_share_stands_once() -> None:
    make_schedule(as_of="2018")
    make_schedule(as_of="2018", weekdays=("FR",))
    make_schedule(confirmed_on=CONFIRMED_ON)
    make_schedule(confirmed_on=date(2026, 10, 1))

    sure, unsure = _weeks()

    assert (sure.evidence, unsure.evidence) == (None, unsure.hours[0].schedule)


def test_a_single_date_is_no_week() -> None:
    make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=date(2026, 12, 1))

    assert _weeks() == []


@pytest.mark.parametrize(
    ("frequency", "interval", "anchor", "positions", "is_every_week"),
    [
        (Frequency.WEEKLY, 1, None, (), True),
        (Frequency.WEEKLY, 2, date(2026, 11, 24), (), False),
        (Frequency.MONTHLY, 1, None, ("1",), False),
    ],
)
def test_hours_know_whether_they_are_held_in_each_week(
    frequency: Frequency, interval: int, anchor: date | None, positions: tuple[str, ...], *, is_every_week: bool
) -> None:
    make_schedule(frequency=frequency, interval=interval, anchor=anchor, positions=positions)

    (week,) = _weeks()

    assert [hours.is_every_week for hours in week.hours] == [is_every_week]


def test_hours_that_change_say_until_when_the_old_ones_hold_and_from_when_the_new() -> None:
    offer = make_sprechstunde()
    make_schedule(offer, valid_from=date(2026, 1, 1))
    make_schedule(offer, valid_from=date(2027, 1, 5), opens=time(13), closes=time(15))

    (week,) = _weeks()

    assert [(hours.first, hours.last) for hours in week.hours] == [(None, date(2027, 1, 4)), (date(2027, 1, 5), None)]


@pytest.mark.parametrize(("language", "name"), [("de", "Dienstag"), ("ar", "الثلاثاء")])
def test_weekdays_are_named_in_the_readers_language(language: str, name: str) -> None:
    make_schedule()

    (week,) = _weeks()

    with override(language):
        assert [hours.name for hours in week.hours] == [name]
