"""Accounts that log in as people do, and what their phones show."""

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from lokalwillkommen.accounts.models import User

LOGIN = "/admin/konto/anmelden/"
ACCESS = "/admin/konto/"
EMAIL = "team@example.org"
PASSWORD = "Holtestrasse-bei-Regen"  # noqa: S105  # of nobody
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  # of no app
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)


def make_admin(email: str = EMAIL) -> User:
    """Make an account that may do everything, with a password."""
    return User.objects.create_superuser(email, PASSWORD)


def log_in(client: Client, email: str = EMAIL, password: str = PASSWORD, wanted: str = "") -> HttpResponseBase:
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
