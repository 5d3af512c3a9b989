"""Logging in: one door, two steps, no sign-up, and nothing that leads around it."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from lokalwillkommen.accounts.adapters import AccountAdapter
from lokalwillkommen.accounts.models import User
from tests.access import ACCESS, EMAIL, LOGIN, PASSWORD, STAFF_PATHS, app_code, give_app, log_in, logged_in, make_admin
from tests.pages import Page, get

pytestmark = pytest.mark.django_db

OWN_PATHS = ("", "geraete/", "app/", "app/entfernen/", "passkeys/", "passkeys/neu/", "codes/", "codes/neu/")


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_every_page_of_staff_leads_strangers_to_the_one_login(path: str) -> None:
    answer = Client().get(path, follow=True)

    assert answer.redirect_chain[-1][0].partition("?")[0] == LOGIN
    assert Page(answer, answer.content.decode()).text(Page(answer, answer.content.decode()).all("h1")[0]) == "Anmelden"


@pytest.mark.parametrize("path", [*OWN_PATHS, "passwort/aendern/", "noch-einmal/", "noch-einmal/code/"])
def test_nobody_sees_the_access_of_others(path: str) -> None:
    answer = Client().get(ACCESS + path)

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, LOGIN)


def test_somebody_is_led_back_to_where_they_wanted_to_go_but_not_to_other_sites() -> None:
    make_admin()

    inside = log_in(Client(), wanted="/admin/heute/?ort=1")
    outside = log_in(Client(), wanted="https://example.org/admin/")

    assert [answer.headers["Location"] for answer in (inside, outside)] == ["/admin/heute/?ort=1", "/admin/"]


@pytest.mark.parametrize("email", ["Team@Example.org", " team@example.org "])
def test_the_address_is_read_in_any_case(email: str) -> None:
    make_admin()

    assert log_in(Client(), email).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD + "x"),
        ("no address", PASSWORD),
        (f"{'x' * 300}@example.org", PASSWORD),
        (f"{'x' * 3000}@example.org", PASSWORD),
        (EMAIL, "x" * 5000),
        (EMAIL, "te\0am"),
        (EMAIL, ""),
    ],
)
def test_whatever_is_wrong_is_answered_and_keeps_the_address(email: str, password: str) -> None:
    make_admin()
    User.objects.create_user("gone@example.org", PASSWORD, is_active=False)

    answer = log_in(Client(), email, password)

    page = Page(answer, answer.content.decode())
    assert answer.status_code == 200
    assert page.by_id("id_login").get("value") == email
    assert page.by_id("id_password").get("value") is None


def test_an_unknown_address_and_a_wrong_password_are_told_apart_by_nothing() -> None:
    make_admin()

    known, unknown = log_in(Client(), EMAIL, "wrong"), log_in(Client(), "nobody@example.org", "wrong")

    said = [
        [Page(one, one.content.decode()).text(found) for found in Page(one, one.content.decode()).all("ul")]
        for one in (known, unknown)
    ]
    assert said == [["E-Mail-Adresse und Passwort passen nicht zusammen."]] * 2


def test_an_account_that_was_taken_away_hears_so_only_with_its_password() -> None:
    User.objects.create_user("gone@example.org", PASSWORD, is_active=False)

    answer = log_in(Client(), "gone@example.org")

    assert answer.headers["Location"] == f"{ACCESS}nicht-aktiv/"
    assert "Dieses Konto ist nicht aktiv" in get(f"{ACCESS}nicht-aktiv/").text()
    assert Client().get("/admin/").status_code == 302


def test_a_password_alone_is_no_way_in_for_who_has_a_second_factor() -> None:
    give_app(make_admin())
    client = Client()

    first = log_in(client, wanted="/admin/heute/")
    refused = [client.get(path).headers["Location"].partition("?")[0] for path in ("/admin/", "/admin/heute/", ACCESS)]
    wrong = client.post(first.headers["Location"], {"code": "000000"})
    right = client.post(first.headers["Location"], {"code": app_code()})

    assert first.headers["Location"] == f"{LOGIN}zweiter-faktor/"
    assert refused == ["/admin/login/", "/admin/login/", LOGIN]
    assert "Dieser Code stimmt nicht." in Page(wrong, wrong.content.decode()).text()
    assert right.headers["Location"] == "/admin/heute/"
    assert client.get("/admin/").status_code == 200


def test_the_second_step_can_be_left() -> None:
    give_app(make_admin())
    client = Client()
    log_in(client)

    client.post(f"{ACCESS}abmelden/")

    assert client.get(f"{LOGIN}zweiter-faktor/").headers["Location"] == LOGIN


def test_the_login_of_the_admin_takes_no_password() -> None:
    """Django's own would let in whoever knows a password, beside the second factor."""
    give_app(make_admin())
    User.objects.create_user("helper@example.org", PASSWORD)
    typed = {"username": EMAIL, "password": PASSWORD, "next": "/admin/"}
    stranger, helper = Client(), logged_in("helper@example.org")

    answers = [client.post("/admin/login/", typed).headers["Location"] for client in (stranger, helper)]

    assert answers == [LOGIN, "/admin/"]
    assert stranger.get("/admin/").status_code == 302
    assert "helper@example.org" in get("/admin/", helper).text()


def test_who_may_not_enter_the_admin_reads_so_instead_of_going_in_circles() -> None:
    User.objects.create_user("helper@example.org", PASSWORD, is_staff=False)
    client = Client()
    log_in(client, "helper@example.org")

    answer = client.get("/admin/", follow=True)

    assert (answer.status_code, [path for path, _status in answer.redirect_chain]) == (
        403,
        ["/admin/login/?next=/admin/"],
    )


def test_the_admin_leads_to_the_pages_of_accounts() -> None:
    make_admin()
    client = logged_in()

    leads = [client.get(f"/admin/{path}").headers["Location"] for path in ("password_change/", "password_change/done/")]
    out = client.post("/admin/logout/")

    assert leads == [f"{ACCESS}passwort/aendern/", ACCESS]
    assert (out.headers["Location"], client.get("/admin/").status_code) == (LOGIN, 302)
    assert Session.objects.filter(session_key=client.session.session_key).count() == 0


def test_logging_out_asks_for_a_tap() -> None:
    make_admin()
    client = logged_in()

    page = get(f"{ACCESS}abmelden/", client)

    assert page.text(page.all("h1")[0]) == "Abmelden"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        *("account_email", "account_confirm_email", "account_request_login_code"),
        *("socialaccount_signup", "mfa_signup_webauthn"),
    ],
)
def test_there_is_no_page_to_sign_up_or_to_add_another_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up() -> None:
    typed = {"email": "new@example.org", "password1": PASSWORD}

    answers = [Client().get(reverse("account_signup")), Client().post(reverse("account_signup"), typed)]

    assert [answer.headers["Location"] for answer in answers] == [LOGIN, LOGIN]
    assert AccountAdapter().is_open_for_signup(HttpRequest()) is False
    assert (User.objects.count(), EmailAddress.objects.count()) == (0, 0)


def test_no_address_of_accounts_is_outside_of_the_admin() -> None:
    names = ("account_", "mfa_", "usersessions_")
    found = [name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(names)]

    paths = {name: get_resolver().reverse_dict.getlist(name)[0][0][0][0] for name in found}

    assert len(paths) > 20
    assert [path for path in paths.values() if not path.startswith("admin/konto/")] == []


def test_the_pages_of_accounts_are_german_stay_out_of_indexes_and_keep_the_policy() -> None:
    answer = Client().get(LOGIN, headers={"accept-language": "ar"})

    assert 'lang="de"' in answer.content.decode()
    assert (answer.headers["X-Robots-Tag"], "no-store" in answer.headers["Cache-Control"]) == ("noindex", True)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "data:" not in answer.headers["Content-Security-Policy"]


def test_visitors_get_no_cookie_where_staff_log_in_they_get_one_against_forgery() -> None:
    assert [set(Client().get(path).cookies) for path in ("/de/", LOGIN)] == [set(), {"csrftoken"}]


def test_a_page_that_was_open_for_too_long_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"login": EMAIL, "password": PASSWORD})

    page = Page(answer, answer.content.decode())
    assert (answer.status_code, page.text(page.all("h1")[0])) == (403, "Bitte noch einmal versuchen")
    assert "Nichts wurde gesichert" in page.text()
