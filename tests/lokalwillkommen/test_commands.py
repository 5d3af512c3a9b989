"""Commands that build, load and start: run here as an operator runs them."""

import importlib
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from lokalwillkommen import catalogues
from lokalwillkommen.accounts.models import User
from standorte.models import Kind, Standort
from tests.access import log_in


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    """Collect static files into a folder of this test."""
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path / "static"


@pytest.mark.django_db
def test_prepare_does_everything_once_and_then_nothing(built: Path) -> None:
    first, second = StringIO(), StringIO()

    call_command("prepare", stdout=first)
    call_command("prepare", stdout=second)

    password = re.search(r"verwaltung@localhost  password: (\S+)\n", first.getvalue())
    assert password
    entered = log_in(Client(), "verwaltung@localhost", password[1])
    assert (entered.status_code, entered.headers["Location"]) == (302, "/admin/")
    assert (User.objects.count(), Standort.objects.filter(kind=Kind.OFFICE).count()) == (1, 7)
    assert second.getvalue() == ""
    assert (built / "site.css").exists()


def test_one_stylesheet_is_built_with_a_hashed_and_compressed_twin(built: Path) -> None:
    call_command("build_assets")

    sheets = sorted(path.name for path in built.glob("site.*css*"))
    hashed = [name for name in sheets if re.fullmatch(r"site\.[0-9a-f]{12}\.css", name)]
    assert len(hashed) == 1
    assert {f"{hashed[0]}.br", f"{hashed[0]}.gz", "site.css"} <= set(sheets)
    assert (built / "site.css").read_text().startswith("@layer reset, tokens, base, layout, components")
    assert [path.name for path in built.glob("css/*.????????????.css")] == []


def test_what_is_up_to_date_is_not_built_again(built: Path) -> None:
    call_command("build_assets")
    (built / "site.css").unlink()

    call_command("build_assets")

    assert not (built / "site.css").exists()


def test_updating_catalogues_that_are_up_to_date_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in catalogues.translated_languages():
        copy = tmp_path / catalogues.catalogue_file(language).relative_to(catalogues.FOLDER)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(catalogues.catalogue_file(language).read_bytes())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    said = StringIO()

    call_command("update_catalogues", stdout=said)

    assert said.getvalue() == "".join(f"{language}: 0 untranslated\n" for language in catalogues.translated_languages())
    assert {path: path.read_bytes() for path in before} == before
    assert len(list(tmp_path.rglob("*.mo"))) == len(catalogues.translated_languages())


def test_a_server_finds_the_application() -> None:
    assert callable(importlib.import_module("lokalwillkommen.wsgi").application)
