"""Which place stands in for one where a date is off: near in time, way and language."""

from datetime import date

import pytest

from sprechstunden.models import ChangeKind, Schedule, SprechstundeKind
from sprechstunden.nearby import instead
from tests.factories import (
    make_change,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_standort,
)
from tests.sprechstunden.standing_in import (
    CONFIRMED_ON,
    NEXT_TUESDAY,
    NOW,
    TUESDAY,
    WEDNESDAY,
    make_cancelled,
    make_codes,
    make_confirmed,
    make_near,
    off_dates,
    standing_in,
)

pytestmark = pytest.mark.django_db


def test_the_nearest_in_time_stands_in_at_places_of_the_same_office() -> None:
    schedule = make_cancelled()
    make_confirmed(make_near("Marten"), "TH")
    make_confirmed(make_near("Lanstrop"), "WE")

    assert standing_in(schedule) == [(WEDNESDAY, "Lanstrop")]


def test_its_own_next_date_stands_in_where_nothing_nearer_is() -> None:
    schedule = make_cancelled()
    Schedule.objects.update(confirmed_on=CONFIRMED_ON)
    schedule.refresh_from_db()

    assert standing_in(schedule) == [(NEXT_TUESDAY, "Mengede/Huckarde")]


def test_of_two_places_the_one_nearer_by_its_postal_code_stands_in() -> None:
    make_codes(c44357="51.57", c44359="51.55", c44147="51.52")
    make_office(postal_code="44357")
    schedule = make_cancelled()
    make_confirmed(make_near("Far", code="44147"), "WE")
    make_confirmed(make_near("Close", code="44359"), "WE")

    assert standing_in(schedule) == [(WEDNESDAY, "Close")]


def test_a_place_where_the_same_language_is_spoken_is_preferred() -> None:
    schedule = make_schedule(languages=("de", "ar"))
    make_change(schedule, TUESDAY)
    make_confirmed(make_near("Marten", "de", "tr"), "WE")
    make_confirmed(make_near("Lanstrop", "ar"), "TH")

    assert standing_in(schedule) == [(date(2026, 11, 26), "Lanstrop")]


def test_a_place_of_another_office_stands_in_if_its_postal_code_is_in_reach() -> None:
    make_codes(c44357="51.57", c44359="51.55", c44511="51.40")
    make_office(postal_code="44357")
    schedule = make_cancelled()
    other = make_sprechstunde(office=make_office("Eving/Scharnhorst"))
    close, far = make_standort("Close", postal_code="44359"), make_standort("Far", postal_code="44511")
    make_schedule(other, standort=close, weekdays=("WE",), confirmed_on=CONFIRMED_ON)
    make_schedule(make_sprechstunde(office=other.office), standort=far, confirmed_on=CONFIRMED_ON)

    assert standing_in(schedule) == [(WEDNESDAY, "Close")]


def test_what_stands_in_does_not_depend_on_which_other_dates_a_page_shows() -> None:
    make_codes(c44357="51.57", c44359="51.55", c44511="51.40")
    offers = []
    for name, code in (("Mengede", "44357"), ("Eving", "44511"), ("Nord", "44359"), ("Ohne", "")):
        offers.append(make_sprechstunde(office=make_office(name, postal_code=code)))
    off = [entry for offer in offers for entry in off_dates(make_cancelled(offer))]
    for offer, day in zip(offers, ("FR", "WE", "TH", "SA"), strict=True):
        make_schedule(make_sprechstunde(office=offer.office), standort=offer.office, weekdays=(day,))
    Schedule.objects.exclude(weekdays=("TU",)).update(confirmed_on=CONFIRMED_ON)

    together = instead(off, NOW)

    assert together == {entry: other for one in off for entry, other in instead([one], NOW).items()}
    assert [str(together[entry].standort) for entry in off] == ["Nord", "Eving", "Nord", "Ohne"]


def test_a_date_that_staff_have_moved_into_reach_stands_in() -> None:
    make_codes(c44357="51.57", c44511="51.40")
    make_office(postal_code="44357")
    schedule = make_cancelled()
    far = make_standort("Far", postal_code="44511")
    other = make_schedule(make_sprechstunde(partner=make_partner()), standort=far, weekdays=("WE",))
    make_change(other, WEDNESDAY, ChangeKind.MOVED, standort=make_standort("Close", postal_code="44357"))

    assert standing_in(schedule) == [(WEDNESDAY, "Close")]


def test_another_phone_hour_stands_in_for_one_without_a_place() -> None:
    phone = SprechstundeKind.PHONE
    schedule = make_schedule(make_sprechstunde(phone), standort=None)
    make_change(schedule, TUESDAY)
    make_schedule(make_sprechstunde(phone), standort=None, weekdays=("FR",), confirmed_on=CONFIRMED_ON)
    make_confirmed(make_near("Marten"), "WE")

    assert standing_in(schedule) == [(date(2026, 11, 27), "None")]


def test_a_date_of_which_neither_place_nor_office_is_known_finds_the_nearest_of_the_network() -> None:
    schedule = make_schedule(make_sprechstunde(partner=make_partner()), standort=None)
    make_change(schedule, TUESDAY)
    at_office = make_cancelled()
    make_confirmed(make_near("Marten"), "TH")

    off = [*off_dates(schedule), *off_dates(at_office)]

    assert [str(instead(off, NOW)[entry].standort) for entry in off] == ["Marten", "Marten"]


def test_an_event_stands_in_for_a_meeting_place_in_the_same_stadtbezirk() -> None:
    partner, district = make_partner(), make_stadtbezirk()
    house, garden = (make_standort(name, stadtbezirk=district) for name in ("Haus", "Garten"))
    schedule = make_schedule(make_sprechstunde(SprechstundeKind.MEETING_PLACE, partner=partner), standort=house)
    make_change(schedule, TUESDAY)
    event = make_sprechstunde(SprechstundeKind.EVENT, partner=partner)
    make_schedule(event, standort=garden, weekdays=("SA",), confirmed_on=CONFIRMED_ON)
    make_confirmed(make_standort("Anderswo"), "TU")

    assert standing_in(schedule) == [(date(2026, 11, 28), "Garten")]
