"""Other places near one."""

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden.around import places_around
from standorte.models import Kind, PostalCode, Standort
from tests.factories import make_office, make_stadtbezirk, make_standort

pytestmark = pytest.mark.django_db


def _area(code: str, latitude: str) -> str:
    return PostalCode.objects.create(code=code, latitude=latitude, longitude="7.46").code


def _names(standort: Standort, limit: int = 9) -> list[str]:
    return [place.name for place in places_around(standort, limit)]


def test_the_nearest_come_first_and_what_is_far_is_left_out() -> None:
    # 0.01 degrees of latitude are 1.1 kilometres.
    here = make_standort("Hier", postal_code=_area("44100", "51.50"))
    make_standort("Weit", postal_code=_area("44103", "51.60"))
    make_standort("Nah", postal_code=_area("44101", "51.52"))
    make_standort("Näher", postal_code=here.postal_code)
    make_standort("Daneben", postal_code=_area("44102", "51.54"))

    assert _names(here) == ["Näher", "Nah", "Daneben"]
    assert _names(here, 1) == ["Näher"]


def test_the_same_team_is_near_wherever_it_goes() -> None:
    office = make_office()
    outreach = make_standort("Marten", Kind.OUTREACH, office=office, postal_code=_area("44379", "51.50"))
    make_standort("Lanstrop", Kind.OUTREACH, office=office, postal_code=_area("44329", "51.60"))
    make_office("Innenstadt-Nord")

    assert _names(office) == ["Lanstrop", "Marten"]
    assert _names(outreach) == [office.name, "Lanstrop"]


def test_the_same_district_is_near() -> None:
    mengede = make_stadtbezirk()
    make_standort("Café", stadtbezirk=mengede)
    make_standort("Anderswo", stadtbezirk=make_stadtbezirk("Huckarde"))

    assert _names(make_standort("Hier", stadtbezirk=mengede)) == ["Café"]


def test_of_a_place_of_which_nothing_is_known_nothing_is_near() -> None:
    make_standort("Anderswo")

    assert _names(make_standort("Hier")) == []


def test_what_is_held_back_is_not_named() -> None:
    office = make_office()
    make_standort("Marten", Kind.OUTREACH, office=office, is_published=False)

    assert _names(office) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_two_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office = make_office()
    for number in range(count):
        make_standort(f"Ort {number}", Kind.OUTREACH, office=office)

    with django_assert_num_queries(2):
        found = [(place.get_absolute_url(), place.street) for place in places_around(office, 9)]

    assert len(found) == count
