"""Whose rows a person sees and changes: the one rule, by role."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.accounts.roles import RIGHTS, Role, allows, allows_app, must_have_second_factor
from lokalwillkommen.contact.models import Message, Report
from lokalwillkommen.notices.models import Notice
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde
from standorte.models import Kind, Partner, PartnerRole, Standort, StandortEvidence, TextVersion
from standorte.models.partner import RoleKind
from tests.factories import (
    make_change,
    make_closure,
    make_notice,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_standort,
    make_user,
)
from tests.pages import NOW

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def mine() -> Standort:
    return make_office("Eving/Scharnhorst")


@pytest.fixture
def team(mine: Standort) -> User:
    return make_user("team@example.org", mine)


def seen(user: User) -> set[Schedule]:
    return set(Responsibility.of(user).schedules(Schedule.objects.all()))


@pytest.mark.parametrize("role", [Role.COORDINATION, Role.ADMINISTRATION])
def test_coordination_and_administration_look_after_everything(mine: Standort, role: Role) -> None:
    chief = make_user("chief@example.org", role=role)
    chief.standorte.add(mine)
    schedule = make_schedule()
    change = make_change(schedule, TUESDAY)

    everything = Responsibility.of(chief)

    assert everything == Responsibility(everything=True)
    assert (everything.covers(schedule.sprechstunde, None), everything.covers_date(schedule)) == (True, True)
    assert (seen(chief), list(everything.rows(Change.objects.all()))) == ({schedule}, [change])


def test_strangers_translators_and_who_was_given_nothing_look_after_nothing() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY)
    people: list[User | AnonymousUser] = [
        AnonymousUser(),
        *(make_user(f"{role}@example.org", role=role) for role in list(Role)[:3]),
    ]

    for nobody in map(Responsibility.of, people):
        assert (nobody.covers(schedule.sprechstunde, schedule.standort_id), nobody.covers_date(schedule)) == (
            False,
        ) * 2
        assert list(nobody.schedules(Schedule.objects.all())) == []
        assert [list(nobody.rows(rows)) for rows in (Change.objects.all(), Sprechstunde.objects.all())] == [[], []]
        assert list(nobody.rows(User.objects.all())) == []


def test_a_person_sees_what_is_at_the_places_and_what_their_office_answers_for(team: User, mine: Standort) -> None:
    outreach = make_standort("Lanstrop", Kind.OUTREACH, office=mine)
    of_my_office = make_schedule(make_sprechstunde(office=mine), standort=outreach)
    by_my_office = make_schedule(make_sprechstunde(office=mine), standort=None)
    of_a_partner_here = make_schedule(make_sprechstunde(partner=make_partner()), standort=mine)
    of_a_partner_there = make_schedule(make_sprechstunde(partner=make_partner("AWO")), standort=outreach)
    foreign = make_schedule()

    assert seen(team) == {of_my_office, by_my_office, of_a_partner_here, of_a_partner_there}
    rule = Responsibility.of(team)
    rows = (of_my_office, by_my_office, of_a_partner_here, of_a_partner_there, foreign)
    assert [rule.covers_date(row) for row in rows] == [True, True, True, True, False]


def test_all_versions_of_an_offer_are_seen_so_that_each_ends_the_one_before(team: User, mine: Standort) -> None:
    foreign = make_schedule()
    here = make_schedule(foreign.sprechstunde, valid_from=TUESDAY, standort=mine)

    assert seen(team) == {foreign, here}
    assert [Responsibility.of(team).covers_date(row) for row in (foreign, here)] == [False, True]


def test_a_date_that_was_moved_here_is_seen_and_its_change_covered(team: User, mine: Standort) -> None:
    foreign, other = make_schedule(), make_schedule(make_sprechstunde(office=make_office("Brackel")))
    here = make_change(foreign, TUESDAY, ChangeKind.MOVED, standort=mine)
    elsewhere = make_change(other, TUESDAY, ChangeKind.MOVED, standort=make_standort("Marten"))
    own = make_change(make_schedule(make_sprechstunde(office=mine)), TUESDAY)
    rule = Responsibility.of(team)

    assert seen(team) == {foreign, own.schedule}
    assert [rule.covers_date(row.schedule, row) for row in (here, elsewhere, own)] == [True, False, True]
    assert set(rule.rows(Change.objects.all())) == {here, own}


def test_a_date_without_a_place_is_nobody_in_particular_s(team: User) -> None:
    nowhere = make_schedule(make_sprechstunde(partner=make_partner()), standort=None)

    assert (seen(team), Responsibility.of(team).covers_date(nowhere)) == (set(), False)


def test_a_partner_looks_after_its_own_offers_wherever_they_are(mine: Standort) -> None:
    partner = make_partner("AWO")
    rule = Responsibility.of(make_user("awo@example.org", partner=partner))
    own = make_schedule(make_sprechstunde(partner=partner), standort=mine)
    beside = make_schedule(make_sprechstunde(office=mine))
    nobody_s = make_schedule(make_sprechstunde(partner=make_partner()), standort=None)
    changes = [make_change(row, TUESDAY) for row in (own, beside, nobody_s)]

    assert [rule.covers_date(row) for row in (own, beside, nobody_s)] == [True, False, False]
    assert list(rule.schedules(Schedule.objects.all())) == list(rule.rows(Schedule.objects.all())) == [own]
    assert list(rule.rows(Change.objects.all())) == changes[:1]
    assert list(rule.rows(Partner.objects.all())) == [partner]
    assert list(rule.rows(Standort.objects.all())) == []


def test_each_kind_of_row_has_its_rule(team: User, mine: Standort) -> None:
    """Own rows, then foreign ones; what is for an own and a foreign place, or for all, is foreign."""
    other, partner = make_office("Brackel"), make_partner()
    marten = make_standort("Marten", Kind.OUTREACH, office=mine)
    offer, foreign_offer = make_sprechstunde(office=mine), make_sprechstunde(office=other)
    days = (TUESDAY, TUESDAY)
    Partner.objects.filter(pk=partner.pk).update(is_published=True)
    hidden = make_partner("AWO")
    Partner.objects.filter(pk=hidden.pk).update(is_published=False)
    evidence = [StandortEvidence.objects.create(standort=place, group="address") for place in (marten, other)]
    roles = [
        PartnerRole.objects.create(partner=partner, standort=one, kind=RoleKind.RUNS) for one in (mine, other, None)
    ]
    own: dict[type[Model], list[Any]] = {
        Standort: [mine, marten],
        Sprechstunde: [offer],
        Partner: [partner],
        StandortEvidence: evidence[:1],
        PartnerRole: roles[:1],
        Closure: [
            make_closure(*days, standorte=[mine, marten]),
            make_closure(*days, sprechstunden=[offer], standorte=[mine]),
        ],
        Notice: [make_notice("Umzug", *days, mine, marten)],
        Message: [
            Message.objects.create(
                submission="a", standort=marten, email="a@example.org", topic="frage", received_at=NOW
            )
        ],
        Report: [
            Report.objects.create(submission="a", kind="zu", standort=marten, received_at=NOW),
            Report.objects.create(submission="b", kind="zu", sprechstunde=offer, received_at=NOW),
        ],
    }
    make_closure(*days)
    for scope in ({"standorte": [mine, other]}, {"sprechstunden": [offer, foreign_offer]}):
        make_closure(*days, **scope)
    make_closure(*days, standorte=[mine], partners=[partner])
    bare = make_closure(*days)
    Closure.objects.filter(pk=bare.pk).update(whole_network=False)
    make_notice("Alle", *days)
    make_notice("Beide", *days, mine, other)
    bare_notice = make_notice("Keiner", *days)
    Notice.objects.filter(pk=bare_notice.pk).update(whole_network=False)
    for place in (other, None):
        Message.objects.create(
            submission=f"{place}", standort=place, email="a@example.org", topic="frage", received_at=NOW
        )
    Report.objects.create(submission="c", kind="zu", standort=other, received_at=NOW)
    Report.objects.create(submission="d", kind="zu", sprechstunde=foreign_offer, received_at=NOW)

    rule = Responsibility.of(team)

    assert {model: set(rule.rows(model._default_manager.all())) for model in own} == {  # noqa: SLF001  # public as well
        model: set(rows) for model, rows in own.items()
    }


def test_versions_of_texts_go_with_their_rows(team: User, mine: Standort) -> None:
    content_type = ContentType.objects.get_for_model(Standort)
    for place in (mine, make_office("Brackel")):
        TextVersion.objects.create(
            content_type=content_type, object_id=place.pk, field="directions", language="de", written_at=NOW
        )

    found = Responsibility.of(team).rows(TextVersion.objects.all())

    assert [version.row for version in found] == [mine]


def choices(user: User, model: type[Model], name: str, rows: QuerySet[Any]) -> list[str]:
    return sorted(map(str, Responsibility.of(user).choices(model, name, rows)))


def test_times_may_be_at_any_public_place_but_those_of_a_partner_only_where_it_is_already(
    team: User, mine: Standort
) -> None:
    partner = make_partner("AWO")
    colleague = make_user("awo@example.org", partner=partner)
    marten, hidden = make_standort("Marten"), make_standort("Hof", is_published=False)
    of_mine = make_standort("Lager", Kind.OUTREACH, office=mine, is_published=False)
    make_schedule(make_sprechstunde(partner=partner), standort=marten)
    PartnerRole.objects.create(partner=partner, standort=hidden, kind=RoleKind.RUNS)
    places = Standort.objects.all()

    assert choices(team, Schedule, "standort", places) == sorted(map(str, (mine, marten, of_mine)))
    assert choices(colleague, Schedule, "standort", places) == ["Hof", "Marten"]
    assert choices(team, Sprechstunde, "office", places) == sorted(map(str, (mine, of_mine)))
    assert choices(team, Closure, "partners", Partner.objects.all()) == []
    assert [set(Responsibility.of(one).places_for_dates(places)) for one in (team, colleague)] == [
        {mine, marten, of_mine},
        {marten, hidden},
    ]


def test_districts_are_for_everybody(team: User) -> None:
    district = make_stadtbezirk()

    assert [
        list(Responsibility.of(one).rows(type(district).objects.all())) for one in (team, make_user("x@y.org"))
    ] == [[district]] * 2


def test_the_table_names_only_models_and_actions_that_there_are() -> None:
    labels = {label for table in RIGHTS.values() for label in table}
    actions = {action for table in RIGHTS.values() for actions in table.values() for action in actions}

    assert {label for label in labels if apps.get_model(label)._meta.label_lower == label} == labels  # noqa: SLF001
    assert actions == {"view", "add", "change", "delete"}


def test_each_role_may_what_its_table_says() -> None:
    asked = ("standorte.change_standort", "standorte.add_standort", "facts.change_figure", "accounts.change_user")

    may = {role: [allows(role, one) for one in asked] for role in Role}

    assert may == {
        Role.OFFICE: [True, False, False, False],
        Role.PARTNER: [False, False, False, False],
        Role.TRANSLATOR: [False, False, False, False],
        Role.COORDINATION: [True, True, True, False],
        Role.ADMINISTRATION: [True, True, True, True],
    }
    apps_seen = {role: [allows_app(role, app) for app in ("sprechstunden", "facts", "accounts")] for role in Role}
    assert apps_seen == {
        Role.OFFICE: [True, False, False],
        Role.PARTNER: [True, False, False],
        Role.TRANSLATOR: [False, False, False],
        Role.COORDINATION: [True, True, False],
        Role.ADMINISTRATION: [True, True, True],
    }


def test_all_who_publish_must_have_a_second_factor() -> None:
    asked = [make_user(f"{role}@example.org", role=role) for role in Role]

    assert [must_have_second_factor(user) for user in asked] == [True, True, False, True, True]
    assert not must_have_second_factor(AnonymousUser())


def test_an_account_that_was_taken_away_may_nothing() -> None:
    former = make_user(is_superuser=True)
    former.is_active = False

    assert (former.has_perm("standorte.view_standort"), former.has_module_perms("standorte")) == (False, False)


def test_texts_of_partners_are_proposed(team: User) -> None:
    colleague = make_user("awo@example.org", partner=make_partner())

    assert [Responsibility.of(one).writes_texts for one in (team, colleague)] == [True, False]
