"""The nearest confirmed date instead of one that is off, among the rows of the network."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.entries import Entry
from sprechstunden.models import ChangeKind, Schedule, Sprechstunde, SprechstundeKind
from sprechstunden.nearby import instead
from sprechstunden.occurrences import BERLIN
from standorte.models import Answer, Kind, Partner, PostalCode, Standort
from tests.factories import (
    OFFICE,
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_standort,
)

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2026, 11, 2)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
FIRST, LAST = date(2026, 11, 24), date(2026, 12, 8)
TUESDAY, WEDNESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1)


def _off(schedule: Schedule) -> list[Entry]:
    found = timetable.versions([schedule], FIRST)
    return [entry for entry in timetable.dates(found, FIRST, LAST, NOW) if not entry.takes_place]


def _instead(schedule: Schedule) -> list[tuple[date, str]]:
    """Give day and place of what stands in for each date of some times that is off and has something."""
    off = _off(schedule)
    found = instead(off, NOW)
    return [(found[entry].day, str(found[entry].standort)) for entry in off if entry in found]


def _cancelled(sprechstunde: Sprechstunde | None = None) -> Schedule:
    """Make times of which the first date is off, and no other date is confirmed."""
    schedule = make_schedule(sprechstunde)
    make_change(schedule, TUESDAY)
    return schedule


def _near(name: str, *languages: str, code: str = "") -> Standort:
    return make_standort(name, Kind.OUTREACH, office=_office(), languages=languages, postal_code=code)


def _office() -> Standort:
    return Standort.objects.filter(name=OFFICE).first() or make_office()


def _confirmed(standort: Standort, *weekdays: str) -> Schedule:
    languages = tuple(standort.languages)
    return make_schedule(standort=standort, weekdays=weekdays, languages=languages, confirmed_on=CONFIRMED_ON)


def _codes(**latitudes: str) -> None:
    for code, latitude in latitudes.items():
        PostalCode.objects.create(code=code.removeprefix("c"), latitude=latitude, longitude="7.46")


def test_the_nearest_in_time_stands_in_at_places_of_the_same_office() -> None:
    schedule = _cancelled()
    _confirmed(_near("Marten"), "TH")
    _confirmed(_near("Lanstrop"), "WE")

    assert _instead(schedule) == [(WEDNESDAY, "Lanstrop")]


def test_its_own_next_date_stands_in_where_nothing_nearer_is() -> None:
    schedule = _cancelled()
    Schedule.objects.update(confirmed_on=CONFIRMED_ON)
    schedule.refresh_from_db()

    assert _instead(schedule) == [(NEXT_TUESDAY, "Mengede/Huckarde")]


def test_of_two_places_the_one_nearer_by_its_postal_code_stands_in() -> None:
    _codes(c44357="51.57", c44359="51.55", c44147="51.52")
    make_office(postal_code="44357")
    schedule = _cancelled()
    _confirmed(_near("Far", code="44147"), "WE")
    _confirmed(_near("Close", code="44359"), "WE")

    assert _instead(schedule) == [(WEDNESDAY, "Close")]


def test_a_place_where_the_same_language_is_spoken_is_preferred() -> None:
    schedule = make_schedule(languages=("de", "ar"))
    make_change(schedule, TUESDAY)
    _confirmed(_near("Marten", "de", "tr"), "WE")
    _confirmed(_near("Lanstrop", "ar"), "TH")

    assert _instead(schedule) == [(date(2026, 11, 26), "Lanstrop")]


def test_a_place_of_another_office_stands_in_if_its_postal_code_is_near() -> None:
    _codes(c44357="51.57", c44359="51.55", **{f"c445{number:02}": "51.40" for number in range(12)})
    make_office(postal_code="44357")
    schedule = _cancelled()
    _confirmed(make_standort("Far", postal_code="44511"), "TU")
    _confirmed(make_standort("Close", postal_code="44359"), "WE")
    # Both are of another office; the far one would be there on the very day.
    Sprechstunde.objects.exclude(pk=schedule.sprechstunde_id).update(office=make_office("Eving/Scharnhorst"))

    assert _instead(schedule) == [(WEDNESDAY, "Close")]


def _unconfirmed(standort: Standort) -> None:
    make_schedule(standort=standort, weekdays=("WE",))


def _at_a_held_back_place(standort: Standort) -> None:
    _confirmed(standort, "WE")
    Standort.objects.filter(pk=standort.pk).update(is_published=False)


def _of_a_held_back_offer(standort: Standort) -> None:
    _confirmed(standort, "WE")
    Sprechstunde.objects.filter(schedules__standort=standort).update(is_published=False)


def _of_a_held_back_partner(standort: Standort) -> None:
    offer = make_sprechstunde(partner=make_partner())
    make_schedule(offer, standort=standort, weekdays=("WE",), confirmed_on=CONFIRMED_ON)
    Partner.objects.update(is_published=False)


def _without_a_place(standort: Standort) -> None:
    offer = make_sprechstunde(office=standort.office)
    make_schedule(offer, standort=None, weekdays=("WE",), confirmed_on=CONFIRMED_ON)


def _by_appointment(standort: Standort) -> None:
    _confirmed(standort, "WE")
    Sprechstunde.objects.filter(schedules__standort=standort).update(walk_in=Answer.NO)


def _over(standort: Standort) -> None:
    until = NOW.date()
    make_schedule(standort=standort, weekdays=("SU",), valid_until=until, closes=time(15), confirmed_on=CONFIRMED_ON)


def _cancelled_too(standort: Standort) -> None:
    schedule = _confirmed(standort, "WE")
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
    schedule = _cancelled()
    make(_near("Marten"))
    sure = _confirmed(_near("Lanstrop"), "FR")

    # Without the other it is found, so it is in reach.
    assert _instead(schedule) == [(date(2026, 11, 27), "Lanstrop")]
    sure.delete()
    assert _instead(schedule) == []


@pytest.mark.parametrize("kind", [ChangeKind.EXTRA, ChangeKind.HELD])
def test_a_single_date_that_staff_decided_is_sure_although_its_times_are_not(kind: ChangeKind) -> None:
    schedule = _cancelled()
    other = make_schedule(standort=_near("Marten"), weekdays=("WE",))
    is_extra = kind is ChangeKind.EXTRA
    day = date(2026, 11, 27) if is_extra else WEDNESDAY
    make_change(other, day, kind, opens=time(9) if is_extra else None, closes=time(10) if is_extra else None)

    assert _instead(schedule) == [(day, "Marten")]


def test_a_moved_date_needs_nothing_else_where_it_takes_place() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    _confirmed(_near("Marten"), "TU")

    assert _instead(schedule) == []


def test_a_moved_date_that_is_off_on_its_new_day_has_an_alternative_on_both_days() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 3))
    make_closure(date(2026, 12, 3), date(2026, 12, 3))
    _confirmed(_near("Marten"), "TU")

    assert _instead(schedule) == [(TUESDAY, "Marten"), (NEXT_TUESDAY, "Marten")]


def test_a_date_moved_to_a_place_that_is_held_back_has_an_alternative() -> None:
    schedule = make_schedule()
    hidden = make_standort("Hidden", is_published=False)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, standort=hidden)
    _confirmed(_near("Marten"), "TH")

    assert _instead(schedule) == [(date(2026, 11, 26), "Marten")]


def test_another_phone_hour_stands_in_for_one_without_a_place() -> None:
    phone = SprechstundeKind.PHONE
    schedule = make_schedule(make_sprechstunde(phone), standort=None)
    make_change(schedule, TUESDAY)
    make_schedule(make_sprechstunde(phone), standort=None, weekdays=("FR",), confirmed_on=CONFIRMED_ON)
    _confirmed(_near("Marten"), "WE")

    assert _instead(schedule) == [(date(2026, 11, 27), "None")]


def test_a_date_of_which_neither_place_nor_office_is_known_still_finds_the_nearest_in_reach() -> None:
    schedule = make_schedule(make_sprechstunde(partner=make_partner()), standort=None)
    make_change(schedule, TUESDAY)
    at_office = _cancelled()
    _confirmed(_near("Marten"), "TH")

    off = [*_off(schedule), *_off(at_office)]

    assert {str(other.standort) for other in instead(off, NOW).values()} == {"Marten"}
    assert len(instead(off, NOW)) == 2
    assert instead(off[:1], NOW) == {}


def test_an_event_stands_in_for_a_meeting_place_in_the_same_stadtbezirk() -> None:
    partner, district = make_partner(), make_stadtbezirk()
    house, garden = (make_standort(name, stadtbezirk=district) for name in ("Haus", "Garten"))
    schedule = make_schedule(make_sprechstunde(SprechstundeKind.MEETING_PLACE, partner=partner), standort=house)
    make_change(schedule, TUESDAY)
    event = make_sprechstunde(SprechstundeKind.EVENT, partner=partner)
    make_schedule(event, standort=garden, weekdays=("SA",), confirmed_on=CONFIRMED_ON)
    _confirmed(make_standort("Anderswo"), "TU")

    assert _instead(schedule) == [(date(2026, 11, 28), "Garten")]


def test_nothing_is_asked_where_nothing_is_off(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    schedule = _confirmed(_near("Marten"), "WE")
    entries = timetable.dates(timetable.versions([schedule], FIRST), FIRST, LAST, NOW)

    with django_assert_num_queries(0):
        assert instead(entries, NOW) == {}


def test_one_question_is_enough_where_nobody_has_confirmed_anything(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    off = _off(_cancelled())
    make_schedule(standort=_near("Marten"))

    with django_assert_num_queries(1):
        assert instead(off, NOW) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_five_queries_however_many_dates_are_off(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    schedules = [_cancelled() for _number in range(count)]
    for number in range(count):
        _confirmed(_near(f"Ort {number:02}"), "WE")
    off = [entry for schedule in schedules for entry in _off(schedule)]

    with django_assert_num_queries(5):
        found = instead(off, NOW)
        shown = [(other.day, str(other.standort), other.sprechstunde.office_id) for other in found.values()]

    assert shown == [(WEDNESDAY, "Ort 00", _office().pk)] * count
