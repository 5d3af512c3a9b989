"""Accounts that log in as people do, and what their phones show."""

import re
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from lokalwillkommen.accounts.models import User
from tests.pages import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

LOGIN = "/admin/konto/anmelden/"
ACCESS = "/admin/konto/"
EMAIL = "team@example.org"
PASSWORD = "Holtestrasse-bei-Regen"  # noqa: S105  # of nobody
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  # of no app
NEW = "Ganz-anders-bei-Sonne"
# Every kind of page for staff; the lists of the admin stand for all of the admin.
STAFF_PATHS = (
    *("/admin/", "/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/standorte/standort/", "/admin/jsi18n/"),
    *("/admin/heute/", "/admin/uebersetzen/", "/admin/password_change/", "/admin/password_change/done/"),
    "/admin/autocomplete/",
    "/admin/bestaetigen/",
    "/admin/vorschau/",
)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)


def make_admin(email: str = EMAIL) -> User:
    """Make an account that may do everything, with a password."""
    return User.objects.create_superuser(email, PASSWORD)


def log_in(
    client: Client, email: str = EMAIL, password: str = PASSWORD, wanted: str = ""
) -> "_MonkeyPatchedWSGIResponse":
    """Type address and password."""
    return client.post(LOGIN, {"login": email, "password": password, "next": wanted})


def logged_in(email: str = EMAIL, user_agent: str = FIREFOX) -> Client:
    """Give a browser in which somebody without a second factor has logged in."""
    client = Client(headers={"user-agent": user_agent})
    answer = log_in(client, email)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    return client


def give_app(user: User) -> None:
    """Set up an authenticator app."""
    TOTP.activate(user, SECRET)


def app_code(secret: str = SECRET) -> str:
    """Compute what the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


def link_in(body: object) -> str:
    (found,) = re.findall(r"http://testserver(\S+)", str(body))
    return str(found)


def choose(path: str, password: str = NEW, client: Client | None = None) -> Page:
    """Open a link as a browser does, and type a password twice."""
    client = client or Client()
    opened = client.get(path, follow=True)
    where = opened.redirect_chain[-1][0] if opened.redirect_chain else path
    answer = client.post(where, {"password1": password, "password2": password}, follow=True)
    return Page(answer, answer.content.decode())
