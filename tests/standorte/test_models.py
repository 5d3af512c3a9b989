"""The words pages ask with, and what staff may say about places, districts and partners."""

from datetime import date

import pytest
from django.utils.translation import override

from standorte.models import (
    Answer,
    Certainty,
    FactGroup,
    Kind,
    Partner,
    PartnerRole,
    Phone,
    Stadtbezirk,
    Standort,
    StandortEvidence,
)
from standorte.models.evidence import OWN_SOURCE
from standorte.models.partner import RoleKind
from standorte.texts import Text
from tests.factories import (
    make_partner,
    make_postal_code,
    make_stadtbezirk,
    make_stadtteil,
    make_standort,
    make_user,
)
from tests.violations import refusals

pytestmark = pytest.mark.django_db


def test_a_venue_is_not_the_office_of_an_outreach_place() -> None:
    venue = make_standort("St. Clemens")
    standort = make_standort("Marten", Kind.OUTREACH, office=venue)

    assert refusals(standort) == {
        "office": [f"place instance with id {venue.pk} is not a valid choice.", "This place is not an office."]
    }


def test_a_period_may_be_known_at_one_end_only() -> None:
    make_stadtbezirk(as_of_latest=date(2018, 12, 31)).full_clean()


@pytest.mark.parametrize("number", ["50-28705", "+49 231 123456"])
def test_a_number_nobody_could_dial_is_refused(number: str) -> None:
    phone = Phone(standort=make_standort(), number=number)

    assert refusals(phone) == {"number": ["Please write the number with its area code, for example 0231 123456."]}


def test_a_day_nobody_can_read_is_refused() -> None:
    standort = make_standort()
    standort.opened = "im Mai"

    assert refusals(standort) == {"opened": ["Please write 2018, 2018-02 or 2018-02-09."]}


def test_residents_see_what_is_published() -> None:
    make_standort("Marten")
    make_standort("Lanstrop", is_published=False)
    make_partner("Diakonie")
    held_back = make_partner("Caritas")
    Partner.objects.filter(pk=held_back.pk).update(is_published=False)

    seen = (list(Standort.objects.published()), list(Partner.objects.published()))

    assert [[str(row) for row in rows] for rows in seen] == [["Marten"], ["Diakonie"]]


def test_a_role_is_visible_where_partner_and_place_are() -> None:
    partner = make_partner()
    places = [make_standort("Marten"), make_standort("Lanstrop", is_published=False), None]
    for place in places:
        partner.roles.create(standort=place, kind=RoleKind.RUNS)

    visible = [role.standort for role in PartnerRole.objects.visible()]
    Partner.objects.update(is_published=False)

    assert (sorted(map(str, visible)), list(PartnerRole.objects.visible())) == (["Marten", "None"], [])


@pytest.mark.parametrize(("code", "line"), [("44357", "44357 Dortmund"), ("", "Dortmund")])
def test_an_unknown_postal_code_leaves_no_gap(code: str, line: str) -> None:
    assert make_standort(postal_code=code).city_line == line


def test_access_that_nobody_checked_is_unknown_and_never_a_no() -> None:
    standort = make_standort(lift=Answer.NO, access_checked_on=date(2026, 11, 1))

    with override("en"):
        answers = list(standort.access_answers())

    assert answers == [
        ("step-free entrance", Answer.UNKNOWN),
        ("lift", Answer.NO),
        ("accessible toilet", Answer.UNKNOWN),
    ]


def test_facts_are_confirmed_on_a_day_and_keep_their_source() -> None:
    district, user = make_stadtbezirk(source="https://example.org", as_of="2018"), make_user()
    before = district.is_confirmed

    district.confirm(date(2026, 11, 22), user)

    told = (district.confirmed_on, district.confirmed_by, district.source, district.as_of)
    assert (before, district.is_confirmed) == (False, True)
    assert told == (date(2026, 11, 22), user, "https://example.org", "2018")


def test_what_staff_state_themselves_has_a_new_source_and_is_confirmed() -> None:
    district, day = make_stadtbezirk(source="https://example.org", as_of="2018", stated=False), date(2026, 11, 22)

    district.state_own(day, make_user())

    told = (district.source, district.as_of, district.as_of_earliest, district.as_of_latest, district.stated)
    assert (told, district.confirmed_on) == ((OWN_SOURCE, "2026-11-22", day, day, True), day)


def test_what_somebody_confirmed_stays_confirmed_when_their_account_is_deleted() -> None:
    user = make_user()
    make_stadtbezirk(confirmed_on=date(2026, 11, 22), confirmed_by=user)

    user.delete()

    kept = Stadtbezirk.objects.get()
    assert (kept.confirmed_on, kept.confirmed_by) == (date(2026, 11, 22), None)


def test_names_people_use_are_the_name_and_its_other_spellings() -> None:
    stadtteil = make_stadtteil()
    stadtteil.other_names = "Westerfilde-Nord\nWesterfelde"

    assert stadtteil.names == ("Westerfilde", "Westerfilde-Nord", "Westerfelde")


def test_a_place_finds_its_evidence_by_group() -> None:
    evidence = StandortEvidence.objects.create(standort=make_standort(), group=FactGroup.ADDRESS)

    assert evidence.standort.evidence_by_group == {"address": evidence}


def test_rows_are_named_as_people_name_them() -> None:
    partner, standort, district = make_partner(), make_standort(), make_stadtbezirk()
    rows = (
        *(partner, standort, district, make_stadtteil("Westerfilde", district)),
        partner.roles.create(kind=RoleKind.FUNDS),
        partner.roles.create(kind=RoleKind.HOSTS, standort=standort),
        partner.offers.create(title=Text("Sprachkurs")),
        standort.phones.create(number="0231 123456"),
        standort.evidence.create(group=FactGroup.CONTACT),
        make_postal_code().areas.create(stadtbezirk=district, certainty=Certainty.SURE),
    )

    with override("en"):
        names = [str(row) for row in rows]

    assert names == [
        *("Diakonie", "Marten", "Mengede", "Westerfilde"),
        *("Diakonie: funds", "Diakonie: hosts Marten", "Sprachkurs", "0231 123456"),
        *("Marten: phone and e-mail", "44357 Mengede"),
    ]


def test_places_and_partners_have_addresses_that_are_printed_on_paper() -> None:
    with override("de"):
        addresses = [row.get_absolute_url() for row in (make_standort(), make_partner())]

    assert addresses == ["/de/standorte/marten/", "/de/partner/diakonie/"]


def test_a_phone_of_a_place_can_be_dialled() -> None:
    assert Phone(number="0231 50-28705").uri == "tel:+492315028705"


def test_places_for_people_from_a_district_stand_there_or_answer_for_it_or_serve_its_neighbourhoods_each_once() -> None:
    office = make_standort("Büro", Kind.OFFICE)
    mengede, huckarde = make_stadtbezirk("Mengede", office), make_stadtbezirk("Huckarde")
    make_standort("Café", stadtbezirk=mengede)
    serving, other = make_standort("Treff"), make_standort("Anderswo", stadtbezirk=huckarde)
    serving.serves.set([make_stadtteil("Nette", mengede), make_stadtteil("Westerfilde", mengede)])
    other.serves.set([make_stadtteil("Kirchlinde", huckarde)])

    assert [place.name for place in Standort.objects.for_people_from(mengede)] == ["Büro", "Café", "Treff"]
