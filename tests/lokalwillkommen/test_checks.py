"""What operators get wrong is said with an id and a hint."""

from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from lokalwillkommen import catalogues, checks

FILLED_IN = {"name": "Stadt Dortmund", "address": "Südwall 2", "email": "info@example.org"}


def _ids(messages: list[CheckMessage]) -> list[str | None]:
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


@pytest.mark.parametrize(
    ("operator", "ids"),
    [(FILLED_IN, []), (FILLED_IN | {"email": ""}, ["lokalwillkommen.W001"])],
)
def test_somebody_must_be_named_as_running_the_portal(
    settings: Settings, operator: dict[str, str], ids: list[str]
) -> None:
    settings.OPERATOR = operator

    assert _ids(checks.operator_is_filled_in()) == ids


@pytest.mark.parametrize(
    ("hosts", "ids"),
    [
        (["lokalwillkommen.example.org"], []),
        (["localhost", "lokalwillkommen.example.org"], []),
        (["localhost", "127.0.0.1", "[::1]"], ["lokalwillkommen.W002"]),
        (["*"], ["lokalwillkommen.W002"]),
        (["lokalwillkommen.example.org", "*"], ["lokalwillkommen.W002"]),
        ([], ["lokalwillkommen.W002"]),
    ],
)
def test_a_public_host_must_be_named_and_not_every_host(settings: Settings, hosts: list[str], ids: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts

    assert _ids(checks.hosts_are_named()) == ids


@pytest.mark.parametrize(("backend", "ids"), [("console", ["lokalwillkommen.W004"]), ("smtp", [])])
def test_mails_must_go_somewhere(settings: Settings, backend: str, ids: list[str]) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"

    assert _ids(checks.mails_reach_somebody()) == ids


def test_a_language_without_a_compiled_catalogue_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    compiled = tmp_path / "de" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    compiled.touch()
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)

    messages = checks.catalogues_are_there()

    assert _ids(messages) == ["lokalwillkommen.W003"]
    assert messages[0].msg == "No compiled catalogue for: de-x-leicht, ar, fa, uk, ru, tr, fr, ro, bg, pl."


def test_compiled_catalogues_need_no_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    for language in catalogues.translated_languages():
        compiled = catalogues.catalogue_file(language).with_suffix(".mo")
        compiled.parent.mkdir(parents=True)
        compiled.touch()

    assert checks.catalogues_are_there() == []
