"""Passwords people choose by a link from a mail: nobody learns who has an account, and no link stays."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core import mail
from django.test import Client
from pytest_django import Settings

from lokalwillkommen.accounts.links import LinkTokens
from lokalwillkommen.accounts.models import User
from tests.access import ACCESS, EMAIL, LOGIN, NEW, PASSWORD, choose, link_in, log_in, logged_in, make_admin
from tests.pages import Page, get

pytestmark = pytest.mark.django_db

FORGOTTEN = f"{ACCESS}passwort/vergessen/"


def test_a_known_and_an_unknown_address_get_the_same_answer_and_one_mail_each() -> None:
    make_admin()

    known, unknown = (Client().post(FORGOTTEN, {"email": email}) for email in (EMAIL, "nobody@example.org"))

    assert [answer.headers["Location"] for answer in (known, unknown)] == [f"{FORGOTTEN}gesendet/"] * 2
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([EMAIL], "Neues Passwort wählen"),
        (["nobody@example.org"], "Neues Passwort wählen"),
    ]
    assert "Mit der Adresse nobody@example.org gibt es kein Konto." in mail.outbox[1].body
    assert "http" not in mail.outbox[1].body
    assert "Bitte schauen Sie in Ihre E-Mails" in get(f"{FORGOTTEN}gesendet/").text()


def test_somebody_who_was_taken_away_gets_the_mail_of_a_stranger() -> None:
    User.objects.create_user("gone@example.org", PASSWORD, is_active=False)

    Client().post(FORGOTTEN, {"email": "gone@example.org"})

    assert "gibt es kein Konto" in mail.outbox[0].body


def test_without_a_mail_server_the_answer_is_the_same_and_the_log_says_so(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "localhost",
        9,
    )
    make_admin()

    answers = [Client().post(FORGOTTEN, {"email": email}) for email in (EMAIL, "nobody@example.org")]

    assert [answer.headers["Location"] for answer in answers] == [f"{FORGOTTEN}gesendet/"] * 2
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert said == ["A mail about an account was not sent: ConnectionRefusedError"] * 2


def test_a_link_lets_choose_a_password_once() -> None:
    make_admin()
    Client().post(FORGOTTEN, {"email": EMAIL})
    path = link_in(mail.outbox[0].body)

    weak = choose(path, "team@example.org")
    chosen = choose(path)
    again = choose(path)

    assert "Das Passwort ist zu ähnlich zu E-Mail-Adresse." in weak.text()
    assert chosen.text(chosen.all("h1")[0]) == "Ihr Passwort ist gesichert"
    assert "Dieser Link gilt nicht mehr" in again.text()
    assert [log_in(Client(), EMAIL, password).status_code for password in (PASSWORD, NEW)] == [200, 302]
    assert [sent.subject for sent in mail.outbox[1:]] == ["Eine Änderung an Ihrem Zugang"]
    assert "Über einen Link aus einer E-Mail wurde ein neues Passwort gewählt." in mail.outbox[1].body
    # allauth's own table of addresses stays empty: an old one would be a way in.
    assert EmailAddress.objects.count() == 0


def test_the_link_is_out_of_the_address_before_the_page_is_shown() -> None:
    make_admin()
    Client().post(FORGOTTEN, {"email": EMAIL})
    path = link_in(mail.outbox[0].body)

    answer = Client().get(path)

    assert answer.status_code == 302
    assert path.partition("-")[2] not in answer.headers["Location"]


@pytest.mark.parametrize(
    ("password", "age", "works"),
    [
        (PASSWORD, timedelta(days=1), True),
        (PASSWORD, timedelta(days=1, seconds=1), False),
        (None, timedelta(days=7), True),
        (None, timedelta(days=7, seconds=1), False),
    ],
)
def test_an_invitation_holds_for_seven_days_another_link_for_one(
    clock: time_machine.Traveller,
    password: str | None,
    age: timedelta,
    works: bool,  # noqa: FBT001
) -> None:
    user = User.objects.create_user(EMAIL, password)
    token = LinkTokens().make_token(user)
    clock.shift(age)

    assert LinkTokens().check_token(user, token) is works


@pytest.mark.parametrize("token", [None, "", "x", "x-y", "d0-0"])
def test_what_is_no_token_is_none(token: str | None) -> None:
    assert not LinkTokens().check_token(make_admin(), token)
    assert not LinkTokens().check_token(None, token)


@pytest.mark.parametrize("path", ["1-x", "zzzzzzzzzzzzzzzzzzzz-x-y", "0-set-password", "1-set-password"])
def test_an_invented_link_says_what_to_do(path: str) -> None:
    page = get(f"{ACCESS}passwort/neu/{path}/")

    assert page.response.status_code == 200
    assert "Dieser Link gilt nicht mehr" in page.text()


def test_changing_the_password_logs_out_elsewhere_but_not_here() -> None:
    make_admin()
    here, elsewhere = logged_in(), logged_in()
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    wrong = here.post(f"{ACCESS}passwort/aendern/", typed | {"oldpassword": "wrong"})
    right = here.post(f"{ACCESS}passwort/aendern/", typed)

    assert "Das ist nicht Ihr jetziges Passwort." in Page(wrong, wrong.content.decode()).text()
    assert right.headers["Location"] == ACCESS
    assert [client.get("/admin/").status_code for client in (here, elsewhere)] == [200, 302]
    assert "Ihr Passwort wurde geändert." in mail.outbox[0].body


def test_who_has_no_password_is_led_to_the_mail() -> None:
    user = User.objects.create_user("passkey@example.org")
    client = Client()
    client.force_login(user)

    assert client.get(f"{ACCESS}passwort/aendern/", follow=True).redirect_chain[-1] == (FORGOTTEN, 302)


def test_asking_for_mails_again_and_again_is_stopped() -> None:
    answers = [Client().post(FORGOTTEN, {"email": "nobody@example.org"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [*[302] * 5, 429]
    assert "Bitte warten Sie fünf Minuten" in Page(answers[5], answers[5].content.decode()).text()


def test_a_link_is_valid_as_long_as_the_invitation_says() -> None:
    assert timedelta(seconds=project.PASSWORD_RESET_TIMEOUT) == timedelta(days=7)
    assert project.LOGIN_URL == "account_login"
    assert LOGIN.startswith(ACCESS)
