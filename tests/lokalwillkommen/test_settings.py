"""Settings come from the environment alone, and say in a sentence what is missing."""

import runpy
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FILE = str(settings.BASE_DIR / "lokalwillkommen" / "settings.py")


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """Read the settings as a fresh process would."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(FILE)


def test_without_a_secret_key_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing: set it to a long random text"):
        read(monkeypatch)


def test_sqlite_waits_for_other_writers_and_survives_a_power_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    options = read(monkeypatch, DATABASE_URL="sqlite:////data/portal.sqlite3")["DATABASES"]["default"]["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert options["init_command"] == "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def test_postgresql_is_pooled_and_keeps_the_options_of_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    database = read(monkeypatch, DATABASE_URL="postgres://u:p@db/portal?sslmode=require")["DATABASES"]["default"]

    assert (database["NAME"], database["HOST"]) == ("portal", "db")
    assert database["OPTIONS"] == {"sslmode": "require", "pool": True}


@pytest.mark.parametrize(("https", "seconds"), [("on", 31536000), ("off", 0)])
def test_https_switches_on_all_that_depends_on_it(monkeypatch: pytest.MonkeyPatch, https: str, seconds: int) -> None:
    found = read(monkeypatch, HTTPS=https)

    is_on = https == "on"
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert [found[name] for name in names] == [is_on] * 3
    assert found["SECURE_HSTS_SECONDS"] == seconds


def test_a_proxy_is_believed_only_when_the_operator_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read(monkeypatch)
    behind = read(monkeypatch, BEHIND_PROXY="on")

    assert alone.get("SECURE_PROXY_SSL_HEADER") is None
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_passwords_are_stored_with_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch)["PASSWORD_HASHERS"][0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_debug_is_off_unless_somebody_switches_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch)["DEBUG"] is False
    assert read(monkeypatch, DEBUG="on")["DEBUG"] is True
