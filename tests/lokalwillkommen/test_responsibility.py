"""Whose dates a person sees and changes: those at the places looked after, and of the offices among them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.responsibility import Responsibility
from sprechstunden.models import Change, ChangeKind, Schedule
from standorte.models import Kind, Standort
from tests.factories import (
    make_change,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.pages import form_of, get

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def mine() -> Standort:
    return make_office("Eving/Scharnhorst")


@pytest.fixture
def team(mine: Standort) -> User:
    user = make_user()
    user.standorte.add(mine)
    return user


def seen(user: User) -> set[Schedule]:
    return set(Responsibility.of(user).schedules(Schedule.objects.all()))


def test_who_has_no_places_and_who_may_do_everything_look_after_all(mine: Standort) -> None:
    chief = make_user("chief@example.org", is_superuser=True)
    chief.standorte.add(mine)
    schedule = make_schedule()
    change = make_change(schedule, TUESDAY)

    for user in (chief, make_user()):
        everything = Responsibility.of(user)
        assert everything == Responsibility(None)
        assert (everything.covers(), everything.covers_date(schedule)) == (True, True)
        assert (seen(user), list(everything.changes(Change.objects.all()))) == ({schedule}, [change])


def test_a_stranger_looks_after_nothing() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY)
    stranger = Responsibility.of(AnonymousUser())

    assert (stranger.covers(schedule.standort_id), stranger.covers_date(schedule)) == (False, False)
    assert list(stranger.schedules(Schedule.objects.all())) == []
    assert list(stranger.changes(Change.objects.all())) == []


def test_a_person_sees_what_is_at_the_places_and_what_their_office_answers_for(team: User, mine: Standort) -> None:
    outreach = make_standort("Lanstrop", Kind.OUTREACH, office=mine)
    of_my_office = make_schedule(make_sprechstunde(office=mine), standort=outreach)
    by_my_office = make_schedule(make_sprechstunde(office=mine), standort=None)
    of_a_partner_here = make_schedule(make_sprechstunde(partner=make_partner()), standort=mine)
    foreign = make_schedule()

    assert seen(team) == {of_my_office, by_my_office, of_a_partner_here}
    rule = Responsibility.of(team)
    found = [rule.covers_date(row) for row in (of_my_office, by_my_office, of_a_partner_here, foreign)]
    assert found == [True, True, True, False]


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
    assert set(rule.changes(Change.objects.all())) == {here, own}


def test_a_date_without_a_place_is_nobody_in_particular_s(team: User) -> None:
    nowhere = make_schedule(make_sprechstunde(partner=make_partner()), standort=None)

    assert (seen(team), Responsibility.of(team).covers_date(nowhere)) == (set(), False)


def test_who_manages_accounts_gives_people_their_places(mine: Standort, team: User) -> None:
    client, marten = Client(), make_standort("Marten")
    client.force_login(make_user("chief@example.org", is_superuser=True))
    path = reverse("admin:accounts_user_change", args=[team.pk])

    data = form_of(get(path, client), "user_form")
    response = client.post(path, {**data, "standorte": [str(mine.pk), str(marten.pk)]})

    assert (data["standorte"], response.status_code) == ([str(mine.pk)], 302)
    assert set(team.standorte.all()) == {mine, marten}
