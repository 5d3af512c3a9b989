"""What is sure enough to stand in for a date that is off, and what it costs to ask."""

from collections.abc import Callable
from datetime import date, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.models import ChangeKind, Sprechstunde
from sprechstunden.nearby import instead
from standorte.models import Answer, Partner, Standort
from tests.factories import (
    make_change,
    make_closure,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
)
from tests.sprechstunden.standing_in import (
    CONFIRMED_ON,
    FIRST,
    LAST,
    NEXT_TUESDAY,
    NOW,
    TUESDAY,
    WEDNESDAY,
    make_cancelled,
    make_confirmed,
    make_near,
    off_dates,
    standing_in,
    the_office,
)

pytestmark = pytest.mark.django_db


def _unconfirmed(standort: Standort) -> None:
    make_schedule(standort=standort, weekdays=("WE",))


def _at_a_held_back_place(standort: Standort) -> None:
    make_confirmed(standort, "WE")
    Standort.objects.filter(pk=standort.pk).update(is_published=False)


def _of_a_held_back_offer(standort: Standort) -> None:
    make_confirmed(standort, "WE")
    Sprechstunde.objects.filter(schedules__standort=standort).update(is_published=False)


def _of_a_held_back_partner(standort: Standort) -> None:
    offer = make_sprechstunde(partner=make_partner())
    make_schedule(offer, standort=standort, weekdays=("WE",), confirmed_on=CONFIRMED_ON)
    Partner.objects.update(is_published=False)


def _without_a_place(standort: Standort) -> None:
    offer = make_sprechstunde(office=standort.office)
    make_schedule(offer, standort=None, weekdays=("WE",), confirmed_on=CONFIRMED_ON)


def _by_appointment(standort: Standort) -> None:
    make_confirmed(standort, "WE")
    Sprechstunde.objects.filter(schedules__standort=standort).update(walk_in=Answer.NO)


def _over(standort: Standort) -> None:
    until = NOW.date()
    make_schedule(standort=standort, weekdays=("SU",), valid_until=until, closes=time(15), confirmed_on=CONFIRMED_ON)


def _cancelled_too(standort: Standort) -> None:
    schedule = make_confirmed(standort, "WE")
    make_closure(TUESDAY, date(2027, 3, 1), sprechstunden=[schedule.sprechstunde])


@pytest.mark.parametrize(
    "make",
    [
        _unconfirmed,
        _at_a_held_back_place,
        _of_a_held_back_offer,
        _of_a_held_back_partner,
        _without_a_place,
        _by_appointment,
        _over,
        _cancelled_too,
    ],
)
def test_what_nobody_should_go_to_is_never_offered(make: Callable[[Standort], None]) -> None:
    schedule = make_cancelled()
    make(make_near("Marten"))
    sure = make_confirmed(make_near("Lanstrop"), "FR")

    # Without the other it is found, so it is in reach.
    assert standing_in(schedule) == [(date(2026, 11, 27), "Lanstrop")]
    sure.delete()
    assert standing_in(schedule) == []


@pytest.mark.parametrize("kind", [ChangeKind.EXTRA, ChangeKind.HELD])
def test_a_single_date_that_staff_decided_is_sure_although_its_times_are_not(kind: ChangeKind) -> None:
    schedule = make_cancelled()
    other = make_schedule(standort=make_near("Marten"), weekdays=("WE",))
    is_extra = kind is ChangeKind.EXTRA
    day = date(2026, 11, 27) if is_extra else WEDNESDAY
    make_change(other, day, kind, opens=time(9) if is_extra else None, closes=time(10) if is_extra else None)

    assert standing_in(schedule) == [(day, "Marten")]


def test_a_moved_date_needs_nothing_else_where_it_takes_place() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    make_confirmed(make_near("Marten"), "TU")

    assert standing_in(schedule) == []


def test_a_moved_date_that_is_off_on_its_new_day_has_an_alternative_on_both_days() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 3))
    make_closure(date(2026, 12, 3), date(2026, 12, 3))
    make_confirmed(make_near("Marten"), "TU")

    assert standing_in(schedule) == [(TUESDAY, "Marten"), (NEXT_TUESDAY, "Marten")]


def test_a_date_moved_to_a_place_that_is_held_back_has_an_alternative() -> None:
    schedule = make_schedule()
    hidden = make_standort("Hidden", is_published=False)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, standort=hidden)
    make_confirmed(make_near("Marten"), "TH")

    assert standing_in(schedule) == [(date(2026, 11, 26), "Marten")]


def test_nothing_is_asked_where_nothing_is_off(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    schedule = make_confirmed(make_near("Marten"), "WE")
    entries = timetable.dates(timetable.versions([schedule], FIRST), FIRST, LAST, NOW)

    with django_assert_num_queries(0):
        assert instead(entries, NOW) == {}


def test_one_question_is_enough_where_nobody_has_confirmed_anything(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    off = off_dates(make_cancelled())
    make_schedule(standort=make_near("Marten"))

    with django_assert_num_queries(1):
        assert instead(off, NOW) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_five_queries_however_many_dates_are_off(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    schedules = [make_cancelled() for _number in range(count)]
    for number in range(count):
        make_confirmed(make_near(f"Ort {number:02}"), "WE")
    off = [entry for schedule in schedules for entry in off_dates(schedule)]

    with django_assert_num_queries(5):
        found = instead(off, NOW)
        shown = [(other.day, str(other.standort), other.sprechstunde.office_id) for other in found.values()]

    assert shown == [(WEDNESDAY, "Ort 00", the_office().pk)] * count
