"""Accounts in the admin: only the administration gives roles, and somebody who can always stays."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from tests.factories import make_office, make_partner, make_standort, make_user
from tests.pages import FormData, Page, form_of, get

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
LAST = (
    "Dies ist das letzte Konto, das Rechte vergeben kann. Bitte geben Sie zuerst einer anderen Person die Rolle "
    "„Verwaltung“; danach können Sie dieses Konto ändern."
)


@pytest.fixture
def chief() -> User:
    return make_user("chief@example.org", is_superuser=True)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change_url(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def saved(client: Client, user: User, **typed: str | list[str]) -> Page | None:
    """Save the form of an account; give the page where it is refused."""
    data: FormData = form_of(get(change_url(user), client), "user_form") | typed
    without = {name: value for name, value in data.items() if value != []}
    response = client.post(change_url(user), without)
    return None if response.status_code == 302 else Page(response, response.content.decode())


def test_the_administration_gives_a_person_a_role_places_and_an_organisation(chief: User) -> None:
    client, team, partner = client_of(chief), make_user(), make_partner()
    office, marten = make_office(), make_standort("Marten")

    assert saved(client, team, role="office", standorte=[str(office.pk), str(marten.pk)]) is None
    team.refresh_from_db()
    assert (team.role, set(team.standorte.all())) == (Role.OFFICE, {office, marten})
    assert saved(client, team, role="partner", partner=str(partner.pk)) is None
    assert User.objects.get(pk=team.pk).partner == partner


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("office", "Bitte wählen Sie das Büro: Sonst könnte diese Person nichts ändern."),
        ("partner", "Bitte wählen Sie die Organisation: Sonst könnte diese Person nichts ändern."),
    ],
)
def test_a_role_says_what_it_is_for(chief: User, role: str, sentence: str) -> None:
    page = saved(client_of(chief), make_user(), role=role)

    assert page is not None
    assert sentence in page.text()
    assert User.objects.get(email="team@example.org").role == Role.TRANSLATOR


@pytest.mark.parametrize("typed", [{"role": "coordination"}, {"is_active": []}, {"is_staff": []}])
def test_nobody_takes_the_right_of_the_last_administrator_away(chief: User, typed: FormData) -> None:
    make_user("former@example.org", is_superuser=True)
    User.objects.filter(email="former@example.org").update(is_active=False)
    make_user("outside@example.org", is_superuser=True)
    User.objects.filter(email="outside@example.org").update(is_staff=False)
    before = list(User.objects.order_by("pk").values())
    client = client_of(chief)

    page = saved(client, chief, **typed)

    assert page is not None
    assert LAST in page.text()
    assert client.post(f"{LIST}{chief.pk}/delete/", {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [str(chief.pk)], "post": "yes"}
    client.post(LIST, bulk)
    after = list(User.objects.order_by("pk").values())
    assert [{**row, "last_login": None} for row in after] == [{**row, "last_login": None} for row in before]


def test_where_there_are_two_one_may_go(chief: User) -> None:
    second = make_user("second@example.org", is_superuser=True)

    assert saved(client_of(chief), second, role="coordination") is None
    assert User.objects.get(pk=second.pk).role == Role.COORDINATION
    assert client_of(chief).post(f"{LIST}{second.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(User.objects.all()) == [chief]


@pytest.mark.usefixtures("chief")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATION])
def test_nobody_else_reaches_accounts_not_even_their_own(role: Role) -> None:
    user = make_user(role=role)
    client = client_of(user)
    data: FormData = {"email": user.email, "role": "administration", "is_active": "on", "is_staff": "on"}
    paths = [LIST, f"{LIST}add/", change_url(user), f"{LIST}{user.pk}/delete/"]

    answers = {client.get(path).status_code for path in paths} | {client.post(path, data).status_code for path in paths}

    assert answers == {403}
    assert User.objects.get(pk=user.pk).role == role


def test_groups_are_not_offered_because_they_would_have_no_effect() -> None:
    assert not admin.site.is_registered(Group)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_however_many_accounts_there_are(
    chief: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_user(f"team{number}@example.org")
    client = client_of(chief)

    with django_assert_num_queries(5):
        client.get(LIST)
