"""A second factor for everybody who publishes: seven days to set it up, then nothing opens before."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lokalwillkommen.accounts import encryption
from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.accounts.second_factor import days_left, lacks_second_factor
from tests.access import (
    ACCESS,
    EMAIL,
    LOGIN,
    PASSWORD,
    SECRET,
    STAFF_PATHS,
    app_code,
    give_app,
    log_in,
    logged_in,
    make_admin,
)
from tests.pages import NOW, Page, get

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (timedelta(), 7),
        (timedelta(seconds=1), 7),
        (DAY, 6),
        (7 * DAY - timedelta(seconds=1), 1),
        (7 * DAY, 0),
        (70 * DAY, 0),
    ],
)
def test_begun_days_count_as_whole(passed: timedelta, left: int) -> None:
    user = make_admin()
    user.second_factor_due = NOW + 7 * DAY

    assert (days_left(user, NOW + passed), lacks_second_factor(user, NOW + passed)) == (left, left == 0)


def test_nobody_is_asked_before_the_first_login_and_strangers_never(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = make_admin()

    with django_assert_num_queries(0):
        assert [lacks_second_factor(one, NOW) for one in (user, AnonymousUser())] == [False, False]
        assert days_left(user, NOW) is None


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = make_admin()
    user.second_factor_due = NOW
    RecoveryCodes.activate(user)

    assert lacks_second_factor(user, NOW)


def test_the_first_login_begins_the_days_and_the_next_does_not(clock: time_machine.Traveller) -> None:
    user = make_admin()
    logged_in()
    clock.shift(3 * DAY)
    logged_in()

    user.refresh_from_db()
    assert user.second_factor_due == NOW + 7 * DAY


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/user/", "/admin/heute/", ACCESS])
def test_pages_of_staff_say_how_many_days_are_left(path: str, clock: time_machine.Traveller) -> None:
    user = make_admin()
    client = logged_in()

    first = get(path, client).text()
    clock.shift(6 * DAY)
    last = get(path, client).text()
    give_app(user)
    done = get(path, client).text()

    assert "Sie haben noch 7 Tage Zeit" in first
    assert "Sie haben noch einen Tag Zeit" in last
    assert "zweiten Faktor" not in done


def test_when_it_is_due_a_page_of_staff_asks_once(
    clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give_app(make_admin())
    client = Client()
    log_in(client)
    client.post(f"{LOGIN}zweiter-faktor/", {"code": app_code()})
    client.get("/admin/password_change/")
    clock.shift(7 * DAY)
    client.get("/admin/password_change/")  # writes down that the login is used

    with django_assert_num_queries(3):  # the session, the person, the factor
        client.get("/admin/password_change/")


@pytest.mark.parametrize("path", [*STAFF_PATHS, "/admin/login/"])
def test_after_seven_days_every_page_of_staff_leads_to_setting_one_up(path: str, clock: time_machine.Traveller) -> None:
    make_admin()
    client = logged_in()
    clock.shift(7 * DAY)

    answers = [client.get(path), client.post(path, {"name": "x"})]

    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, ACCESS)] * 2
    page = get(ACCESS, client)
    assert "Bitte richten Sie jetzt einen zweiten Faktor ein" in page.text()


def test_what_operators_read_waits_for_it_too(clock: time_machine.Traveller) -> None:
    make_admin()
    client = logged_in()

    before = client.get("/readyz", REMOTE_ADDR="192.0.2.1").headers["Content-Type"]
    clock.shift(7 * DAY)
    after = client.get("/readyz", REMOTE_ADDR="192.0.2.1").headers["Content-Type"]

    assert (before, after) == ("application/json", "text/plain")


def test_who_needs_none_goes_on(clock: time_machine.Traveller) -> None:
    User.objects.create_user("ar@example.org", PASSWORD, role=Role.TRANSLATOR)
    client = logged_in("ar@example.org")
    clock.shift(30 * DAY - timedelta(minutes=1))

    page = get("/admin/", client)

    assert page.response.status_code == 200
    assert "zweiten Faktor" not in page.text()


def test_one_may_still_log_out_and_end_other_devices(clock: time_machine.Traveller) -> None:
    make_admin()
    client = logged_in()
    clock.shift(7 * DAY)

    assert client.get(f"{ACCESS}geraete/").status_code == 200
    assert client.post("/admin/logout/").headers["Location"] == LOGIN


def test_an_app_is_set_up_shows_recovery_codes_and_opens_all_pages(clock: time_machine.Traveller) -> None:
    user = make_admin()
    client = logged_in()
    clock.shift(7 * DAY)

    asked = client.get(f"{ACCESS}app/")
    client.post(asked.headers["Location"], {"password": PASSWORD})
    shown = get(f"{ACCESS}app/", client)
    secret = client.session["mfa.totp.secret"]
    wrong = client.post(f"{ACCESS}app/", {"code": "1"})
    right = client.post(f"{ACCESS}app/", {"code": app_code(secret)}, follow=True)

    assert asked.headers["Location"].startswith(f"{ACCESS}noch-einmal/?next=")
    assert "<path" in shown.html.partition('class="qr"')[2]
    assert [found for found in ("style=", "data:", "<img") if found in shown.html] == []
    assert "Dieser Code stimmt nicht." in Page(wrong, wrong.content.decode()).text()
    assert right.redirect_chain == [(f"{ACCESS}codes/", 302)]
    page = Page(right, right.content.decode())
    assert len([found for found in page.all("code") if len(page.text(found)) == 8]) == 10
    assert client.get("/admin/").status_code == 200
    assert (days_left(user, NOW + 8 * DAY), set(_stored(user))) == (None, {"totp", "recovery_codes"})


def test_secrets_are_stored_encrypted_and_fit_under_this_secret_key_only(settings: Settings) -> None:
    user = make_admin()
    give_app(user)
    RecoveryCodes.activate(user)

    stored = str(_stored(user))
    codes = RecoveryCodes.activate(user).get_unused_codes()
    under_this_key = log_in_with(codes[0])
    settings.SECRET_KEY = "another one"  # noqa: S105  # of this test
    under_another = [log_in_with(code) for code in (codes[1], app_code())]

    assert SECRET not in stored
    assert "seed" in stored
    assert [under_this_key, *under_another] == [302, 200, 200]
    assert encryption.decrypt("nothing") != encryption.decrypt("nothing")


def test_a_recovery_code_lets_in_once() -> None:
    user = make_admin()
    give_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]

    assert [log_in_with(code), log_in_with(code)] == [302, 200]


def test_the_code_of_an_app_lets_in_once() -> None:
    give_app(make_admin())

    assert [log_in_with(app_code()), log_in_with(app_code())] == [302, 200]


def test_codes_cannot_be_tried_for_ever() -> None:
    give_app(make_admin())
    client = Client()
    log_in(client)

    answers = [client.post(f"{LOGIN}zweiter-faktor/", {"code": str(number)}) for number in range(5)]
    right = client.post(f"{LOGIN}zweiter-faktor/", {"code": app_code()})

    assert [answer.status_code for answer in (*answers, right)] == [200] * 6
    assert "Das war zu oft." in Page(right, right.content.decode()).text()


def test_every_page_of_ones_access_is_whole_and_kept_nowhere() -> None:
    user = make_admin()
    client = logged_in()
    give_app(user)
    RecoveryCodes.activate(user)
    client.post(f"{ACCESS}noch-einmal/", {"password": PASSWORD})
    own = ("", "app/entfernen/", "passkeys/", "passkeys/neu/", "codes/", "codes/neu/", "passwort/aendern/", "geraete/")

    pages = {path: get(ACCESS + path, client) for path in own}

    assert {path: page.text(page.all("h1")[0]) for path, page in pages.items()} == {
        "": "Mein Zugang",
        "app/entfernen/": "App entfernen",
        "passkeys/": "Passkeys",
        "passkeys/neu/": "Passkey einrichten",
        "codes/": "Wiederherstellungs-Codes",
        "codes/neu/": "Neue Codes erzeugen",
        "passwort/aendern/": "Passwort ändern",
        "geraete/": "Wo ich angemeldet bin",
    }
    assert {page.response.headers["Cache-Control"] for page in pages.values()} == {
        "max-age=0, no-cache, no-store, must-revalidate, private"
    }
    assert client.get(f"{ACCESS}codes/herunterladen/").headers["Content-Type"] == "text/plain"
    assert client.post(f"{ACCESS}app/entfernen/").headers["Location"] == ACCESS
    assert _stored(user) == {}


def test_operators_take_the_factors_of_a_lost_phone_away() -> None:
    user = make_admin()
    client = logged_in()
    give_app(user)
    RecoveryCodes.activate(user)
    other = make_admin("other@example.org")
    give_app(other)
    said = StringIO()

    call_command("reset_second_factor", "Team@example.org", stdout=said)

    assert said.getvalue() == f"{EMAIL}: 2 factors removed, logged out at 1 devices.\n"
    assert (_stored(user), set(_stored(other))) == ({}, {"totp"})
    assert (client.get("/admin/").status_code, UserSession.objects.count()) == (302, 0)
    assert log_in(Client()).headers["Location"] == "/admin/"


def test_an_unknown_account_is_named() -> None:
    with pytest.raises(CommandError, match=r"^There is no account nobody@example\.org\.$"):
        call_command("reset_second_factor", "nobody@example.org")


def log_in_with(code: str) -> int:
    """Log in with a password and a code; give how the code was answered."""
    client = Client()
    log_in(client)
    return client.post(f"{LOGIN}zweiter-faktor/", {"code": code}).status_code


def _stored(user: User) -> dict[str, object]:
    return {found.type: found.data for found in Authenticator.objects.filter(user=user)}
