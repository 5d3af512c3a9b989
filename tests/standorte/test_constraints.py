"""What must hold about places, districts and partners, whoever writes to the database."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import models

from standorte.models import (
    Answer,
    Certainty,
    FactGroup,
    Kind,
    Offer,
    PartnerRole,
    Phone,
    PostalCodeArea,
    Standort,
    StandortEvidence,
    Street,
    Tombstone,
)
from standorte.models.partner import RoleKind
from standorte.texts import Text
from tests.factories import (
    make_office,
    make_partner,
    make_postal_code,
    make_stadtbezirk,
    make_stadtteil,
    make_standort,
    make_user,
)
from tests.pages import NOW
from tests.violations import NOT_A_CHOICE, Values, Violation, constraints_of

pytestmark = pytest.mark.django_db


def _area() -> PostalCodeArea:
    code, district = make_postal_code(), make_stadtbezirk()
    return PostalCodeArea.objects.create(postal_code=code, stadtbezirk=district, certainty=Certainty.SURE)


def _second_area() -> PostalCodeArea:
    area, other = _area(), make_stadtbezirk("Huckarde")
    return PostalCodeArea.objects.create(postal_code=area.postal_code, stadtbezirk=other, certainty=Certainty.SURE)


def _second_stadtteil() -> models.Model:
    return make_stadtteil("Bodelschwingh", make_stadtteil().stadtbezirk)


def _second_phone() -> Phone:
    standort = make_standort()
    standort.phones.create(number="0231 123456")
    return standort.phones.create(number="0231 123457")


def _evidence() -> StandortEvidence:
    return StandortEvidence.objects.create(standort=make_standort(), group=FactGroup.ADDRESS)


def _second_evidence() -> StandortEvidence:
    return StandortEvidence.objects.create(standort=_evidence().standort, group=FactGroup.CONTACT)


def _role(standort: Standort | None = None) -> PartnerRole:
    return PartnerRole.objects.create(partner=make_partner(), standort=standort, kind=RoleKind.RUNS)


def _second_role() -> PartnerRole:
    role = _role(make_standort())
    return PartnerRole.objects.create(partner=role.partner, standort=role.standort, kind=RoleKind.HOSTS)


def _second_network_role() -> PartnerRole:
    return PartnerRole.objects.create(partner=_role().partner, kind=RoleKind.FUNDS)


def _offer() -> Offer:
    return Offer.objects.create(partner=make_partner(), title=Text("Sprachkurs"))


def _second_tombstone() -> Tombstone:
    about = {"kind": "place", "row": "1", "name": "Marten", "gone_at": NOW}
    Tombstone.objects.create(address="marten", **about)
    return Tombstone.objects.create(address="lanstrop", **about)


def _second_street() -> Street:
    same = {"folded": "beispielweg", "postal_code": "44357", "stadtbezirk": make_stadtbezirk()}
    Street.objects.create(name="Beispielweg", **same)
    return Street.objects.create(name="Irrweg", **same)


def _says(**values: object) -> Callable[[], Values]:
    return lambda: values


WITH_EVIDENCE: dict[str, Callable[[], models.Model]] = {
    "stadtbezirk": make_stadtbezirk,
    "stadtteil": make_stadtteil,
    "postalcode": make_postal_code,
    "partner": make_partner,
    "partnerrole": _role,
    "offer": _offer,
    "standortevidence": _evidence,
}
VIOLATIONS = [
    Violation("standort_has_a_known_kind", make_standort, _says(kind="sonst"), [NOT_A_CHOICE]),
    Violation(
        "standort_has_known_access_answers",
        make_standort,
        _says(lift="sonst", access_checked_on=date(2026, 11, 2)),
        [NOT_A_CHOICE],
    ),
    Violation(
        "standort_with_a_visiting_team_names_its_office",
        make_standort,
        _says(kind=Kind.OUTREACH),
        ["Please choose the office whose team comes here."],
    ),
    Violation(
        "standort_that_is_an_office_has_no_other_office",
        make_office,
        lambda: {"office": make_office("Lütgendortmund")},
        ["An office is its own team: leave the other office empty."],
    ),
    Violation(
        "standort_with_known_access_has_a_day_of_check",
        make_standort,
        _says(lift=Answer.NO),
        ["Please say on which day the access was checked."],
    ),
    Violation(
        "standort_has_both_coordinates_or_none",
        make_standort,
        _says(latitude="51.51"),
        ["Please give both coordinates or none."],
    ),
    Violation(
        "phone_number_stands_once_at_a_standort",
        _second_phone,
        _says(number="0231 123456"),
        ["Phone number with this Standort and Number already exists."],
    ),
    Violation(
        "standort_has_one_evidence_per_group",
        _second_evidence,
        _says(group=FactGroup.ADDRESS),
        ["Evidence with this Standort and Facts already exists."],
    ),
    Violation("evidence_has_a_known_group", _evidence, _says(group="sonst"), [NOT_A_CHOICE]),
    Violation("partner_has_a_known_kind", make_partner, _says(kind="sonst"), [NOT_A_CHOICE]),
    Violation("role_is_a_known_one", _role, _says(kind="sonst"), [NOT_A_CHOICE]),
    Violation(
        "partner_has_a_role_once_at_a_standort",
        _second_role,
        _says(kind=RoleKind.RUNS),
        ["Role with this Partner, Place and Role already exists."],
    ),
    Violation(
        "partner_has_a_role_once_in_the_whole_network",
        _second_network_role,
        _says(kind=RoleKind.RUNS),
        ["Constraint “partner_has_a_role_once_in_the_whole_network” is violated."],
    ),
    Violation(
        "postal_code_names_a_stadtbezirk_once",
        _second_area,
        lambda: {"stadtbezirk": PostalCodeArea.objects.earliest("pk").stadtbezirk},
        ["Area of a postal code with this Postal code and City district already exists."],
    ),
    Violation(
        "postal_code_area_has_a_known_certainty",
        _area,
        _says(certainty="sonst"),
        [NOT_A_CHOICE],
    ),
    Violation(
        "street_stands_once_in_each_area",
        _second_street,
        _says(name="Beispielweg"),
        ["Street with this Street, Postal code, City district and Neighbourhood already exists."],
    ),
    Violation(
        "tombstone_stands_once_at_an_address",
        _second_tombstone,
        _says(address="marten"),
        ["Address that is gone with this Kind and Address of its page already exists."],
    ),
    Violation(
        "tombstone_has_a_known_kind",
        _second_tombstone,
        _says(kind="sonst"),
        ["Constraint “tombstone_has_a_known_kind” is violated."],
    ),
    Violation(
        "stadtteil_name_is_unique_in_its_stadtbezirk",
        _second_stadtteil,
        _says(name="Westerfilde"),
        ["Neighbourhood with this City district and Name already exists."],
    ),
    *(
        Violation(
            f"{name}_as_of_begins_before_it_ends",
            row,
            _says(as_of_earliest=date(2019, 1, 1), as_of_latest=date(2018, 12, 31)),
            ["The earliest day comes after the latest day."],
        )
        for name, row in WITH_EVIDENCE.items()
    ),
    *(
        Violation(
            f"{name}_confirmed_by_somebody_has_a_day",
            row,
            lambda: {"confirmed_by": make_user()},
            [f"Constraint “{name}_confirmed_by_somebody_has_a_day” is violated."],
        )
        for name, row in WITH_EVIDENCE.items()
    ),
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_the_database_refuses(violation: Violation) -> None:
    violation.is_refused_by_the_database()


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_people_get_a_sentence_about(violation: Violation) -> None:
    violation.is_refused_with_its_sentences()


def test_every_constraint_is_tried() -> None:
    assert sorted(violation.constraint for violation in VIOLATIONS) == constraints_of("standorte")
