"""Accounts in the admin: people are invited, helped when a phone is lost, and nobody types a password for them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from lokalwillkommen.accounts.models import User
from tests.access import ACCESS, EMAIL, LOGIN, NEW, PASSWORD, choose, give_app, link_in, log_in, logged_in, make_admin
from tests.pages import FormData, form_of, get

pytestmark = pytest.mark.django_db

Committing = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
ADD = "/admin/accounts/user/add/"
HELPER = "helper@example.org"


def administrator() -> Client:
    """Give somebody who has just shown who they are."""
    make_admin()
    client = logged_in()
    client.post(f"{ACCESS}noch-einmal/", {"password": PASSWORD})
    return client


def page_of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def typed(client: Client, path: str, **more: str) -> FormData:
    return form_of(get(path, client), "user_form") | more


def notes(user: User) -> list[str]:
    return [str(entry) for entry in LogEntry.objects.filter(object_id=user.pk).order_by("pk")]


def test_who_is_added_gets_a_mail_and_chooses_a_password(
    django_capture_on_commit_callbacks: Committing,
) -> None:
    client = administrator()
    form = typed(client, ADD, email="Helper@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, form)

    user = User.objects.get(email=HELPER)
    (sent,) = mail.outbox
    assert not any("password" in name for name in form)
    assert (user.has_usable_password(), user.is_staff, user.is_superuser) == (False, True, False)
    assert (sent.to, sent.subject) == ([HELPER], "Ihr Zugang zu lokal willkommen")
    assert "7 Tage lang" in sent.body
    assert choose(link_in(sent.body)).text().count("Ihr Passwort ist gesichert")
    assert log_in(Client(), HELPER, NEW).headers["Location"] == "/admin/"
    assert "Eine Einladung ging an helper@example.org." in notes(user)[-1]
    assert link_in(sent.body) not in str(LogEntry.objects.values_list("change_message", flat=True))


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_was_not_sent_is_said_and_sent_again_by_a_button(settings: Settings) -> None:
    client = administrator()
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "localhost",
        9,
    )
    client.post(ADD, typed(client, ADD, email=HELPER))
    user = User.objects.get(email=HELPER)
    failed = get(page_of(user), client).text()
    settings.EMAIL_BACKEND = works

    client.post(page_of(user), typed(client, page_of(user), _invite="1"))

    sent = get(page_of(user), client).text()
    assert "Die Einladung konnte nicht gesendet werden." in failed
    assert "nicht gesendet" in failed
    assert "gesendet am 22. November 2026" in sent
    assert [message.to for message in mail.outbox] == [[HELPER]]


def test_the_button_for_an_invitation_goes_when_it_is_accepted() -> None:
    client = administrator()
    user = User.objects.create_user(HELPER, PASSWORD)

    page = get(page_of(user), client)

    assert "Einladung: angenommen" in page.text()
    assert "Einladung noch einmal senden" not in page.text()


def test_an_administrator_takes_the_factor_of_a_lost_phone_away_and_it_is_written_down() -> None:
    client = administrator()
    user = make_admin(HELPER)
    lost = logged_in(HELPER)
    give_app(user)

    answer = client.post(page_of(user), typed(client, page_of(user), _remove_factor="1"))

    assert answer.headers["Location"] == page_of(user)
    assert not Authenticator.objects.filter(user=user).exists()
    assert lost.get("/admin/").status_code == 302
    assert "Der zweite Faktor ist entfernt" in notes(user)[-1]
    assert log_in(Client(), HELPER).headers["Location"] == "/admin/"


def test_an_administrator_logs_somebody_out_everywhere() -> None:
    client = administrator()
    user = make_admin(HELPER)
    devices = [logged_in(HELPER), logged_in(HELPER)]

    client.post(page_of(user), typed(client, page_of(user), _end_all="1"))

    assert [device.get("/admin/").status_code for device in devices] == [302, 302]
    assert client.get("/admin/").status_code == 200
    assert UserSession.objects.filter(user=user).count() == 0
    assert "An allen Geräten abgemeldet: 2." in notes(user)[-1]


def test_saving_an_account_works_as_everywhere() -> None:
    client = administrator()
    user = User.objects.create_user(HELPER, PASSWORD)

    answer = client.post(page_of(user), typed(client, page_of(user), email="Other@example.org"))

    user.refresh_from_db()
    assert answer.headers["Location"] == "/admin/accounts/user/"
    assert (user.email, user.check_password(PASSWORD)) == ("other@example.org", True)


def test_nobody_types_a_password_for_somebody_else() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[1])
    user = make_admin()
    client = administrator_of(user)
    assert client.get(f"/admin/accounts/user/{user.pk}/password/").status_code == 302
    assert "argon2" not in get(page_of(user), client).html


def test_nobody_sees_secrets_or_session_keys_in_the_admin() -> None:
    shown = {model._meta.app_label for model in admin.site._registry}  # noqa: SLF001  # there is no other way to ask

    assert shown & {"account", "mfa", "usersessions", "axes"} == set()


@pytest.mark.parametrize("path", [ADD, "/admin/accounts/user/1/delete/"])
def test_accounts_ask_again_who_it_is(path: str) -> None:
    make_admin()
    client = logged_in()

    asked = client.get(path)
    client.post(asked.headers["Location"], {"password": "wrong", "next": path})
    still = client.get(path)
    answer = client.post(asked.headers["Location"], {"password": PASSWORD, "next": path})

    assert asked.headers["Location"].startswith(f"{ACCESS}noch-einmal/?next=")
    assert still.status_code == 302
    assert answer.headers["Location"] == path


def test_reading_the_list_of_accounts_asks_nothing_but_deleting_from_it_does() -> None:
    make_admin()
    client = logged_in()

    read = client.get("/admin/accounts/user/")
    deleted = client.post("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": ["1"]})

    assert read.status_code == 200
    assert deleted.headers["Location"].startswith(f"{ACCESS}noch-einmal/")


def test_what_was_typed_before_being_asked_is_not_lost(django_capture_on_commit_callbacks: Committing) -> None:
    make_admin()
    client = logged_in()

    asked = client.post(ADD, {"email": HELPER, "role": "translator", "standorte": [], "_save": "1"})
    before = User.objects.filter(email=HELPER).exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(asked.headers["Location"], {"password": PASSWORD, "next": ADD})

    assert (before, User.objects.filter(email=HELPER).exists()) == (False, True)
    assert [sent.to for sent in mail.outbox] == [[HELPER]]


def test_a_second_factor_or_a_password_shows_who_it_is() -> None:
    user = make_admin()
    client = logged_in()
    give_app(user)

    password = get(f"{ACCESS}noch-einmal/", client)
    code = get(f"{ACCESS}noch-einmal/code/", client)

    assert "Mit dem Code einer App oder einem Wiederherstellungs-Code" in password.text()
    assert "Mit dem Passwort" in code.text()
    assert LOGIN not in code.html
    assert EMAIL not in code.html


def administrator_of(user: User) -> Client:
    client = logged_in(user.email)
    client.post(f"{ACCESS}noch-einmal/", {"password": PASSWORD})
    return client
