"""Accounts of staff: one e-mail address is one account, however it is written."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError
from django.http import HttpRequest

from lokalwillkommen.accounts.models import User
from tests.factories import make_user
from tests.violations import Violation, constraints_of, refusals

pytestmark = pytest.mark.django_db

PASSWORD = "Holtestrasse-bei-Regen"  # noqa: S105  # of nobody


def test_an_address_is_stored_in_lower_case() -> None:
    assert User.objects.create_user("Team.Marten@Example.ORG").email == "team.marten@example.org"


@pytest.mark.parametrize("typed", ["team@example.org", "Team@example.org", "TEAM@EXAMPLE.ORG"])
def test_people_log_in_with_their_address_in_any_case(typed: str) -> None:
    user = User.objects.create_user("Team@Example.org", PASSWORD)

    assert authenticate(HttpRequest(), username=typed, password=PASSWORD) == user


@pytest.mark.parametrize(
    ("email", "password"), [("team@example.org", "wrong"), ("other@example.org", PASSWORD), ("", "")]
)
def test_nobody_logs_in_with_something_else(email: str, password: str) -> None:
    User.objects.create_user("team@example.org", PASSWORD)

    assert authenticate(HttpRequest(), username=email, password=password) is None


def test_an_account_without_a_password_is_no_way_in() -> None:
    user = make_user()

    assert (user.has_usable_password(), authenticate(HttpRequest(), username=user.email, password="")) == (False, None)


def test_an_account_that_was_taken_away_is_no_way_in() -> None:
    User.objects.create_user("team@example.org", PASSWORD, is_active=False)

    assert authenticate(HttpRequest(), username="team@example.org", password=PASSWORD) is None


def test_staff_may_log_in_and_nothing_more_until_they_get_rights() -> None:
    user, admin = make_user(), User.objects.create_superuser("leitung@example.org", PASSWORD)

    assert [(one.is_staff, one.is_superuser, one.is_active) for one in (user, admin)] == [
        (True, False, True),
        (True, True, True),
    ]


def test_the_same_address_in_another_case_is_not_a_second_account() -> None:
    make_user("team@example.org")

    with pytest.raises(IntegrityError):
        User.objects.create_user("TEAM@example.org")


def test_a_form_sees_the_same_address_in_another_case() -> None:
    make_user("team@example.org")
    second = User(email="Team@Example.org", password="!")  # noqa: S106  # an unusable one

    assert refusals(second) == {"email": ["Account with this E-mail address already exists."]}


VIOLATIONS = (
    Violation("user_email_is_lower_case", make_user, lambda: {"email": "Team@example.org"}),
    Violation("user_has_a_known_role", make_user, lambda: {"role": "chief"}),
)


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda one: one.constraint)
def test_the_database_refuses_an_address_with_capitals_and_a_role_that_is_none(violation: Violation) -> None:
    violation.is_refused_by_the_database()


def test_each_constraint_of_accounts_was_tried() -> None:
    assert constraints_of("accounts") == [violation.constraint for violation in VIOLATIONS]


def test_an_account_is_named_by_its_address() -> None:
    assert str(make_user("team@example.org")) == "team@example.org"


def test_commands_find_an_account_by_its_address_in_any_case() -> None:
    user = make_user("team@example.org")

    assert User.objects.get_by_natural_key("TEAM@Example.org") == user
