"""A language more is one setting and one catalogue; here it is Spanish, with one sentence translated."""

from pathlib import Path

import pytest
from babel.messages.pofile import write_po
from django.test import Client
from pytest_django import Settings

from lokalwillkommen import catalogues
from lokalwillkommen.translating.rights import languages_of
from standorte.languages import site_languages
from standorte.models import Standort
from standorte.text_places import open_texts
from standorte.texts import State, Text
from tests.factories import make_user
from tests.pages import NOW, PATHS, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture
def spanish(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "es")]
    sources = catalogues.of_readers(catalogues.extracted())
    sources["Skip to the content"].string = "Saltar al contenido"
    path = catalogues.catalogue_file("es")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, sources)
    monkeypatch.setattr(catalogues, "translated_languages", lambda: ("es",))
    catalogues.compile_all()
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.usefixtures("spanish")
def test_every_page_is_there_in_the_new_language() -> None:
    for path in PATHS:
        page = get(f"/es/{path}")

        assert (page.response.status_code, page.all("html")[0].get("lang")) == (200, "es"), path
        assert "Saltar al contenido" in page.text()
        assert page.response.headers["Content-Language"] == "es"


@pytest.mark.usefixtures("spanish")
def test_the_language_is_offered_on_every_page() -> None:
    page = get("/de/")

    assert "/es/" in [one.get("href") for one in page.all("a")]
    assert "es" in [one.get("hreflang") for one in page.all("link")]
    answer = Client().get("/", headers={"accept-language": "es-MX,es"})
    assert answer.headers["Location"] == "/es/"


@pytest.mark.usefixtures("spanish")
def test_texts_of_staff_can_be_translated_at_once() -> None:
    place = Standort.objects.get(slug="marten")
    place.directions = Text("Im Hof")
    place.save()

    found = {one.field.name: one for one in open_texts("es", NOW.date()) if one.row == place}

    assert found["directions"].text.state("es") is State.MISSING
    assert site_languages()[-1] == languages_of(make_user(is_superuser=True))[-1] == "es"
    place.directions = place.directions.translated("es", "En el patio", State.CHECKED)
    place.save()
    assert "En el patio" in get("/es/standorte/marten/").text()
