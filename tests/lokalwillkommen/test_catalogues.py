"""Every sentence of the interface is in every catalogue, translated, with its placeholders."""

import os
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from pytest_django import Settings

from lokalwillkommen import catalogues

LANGUAGES = catalogues.translated_languages()
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]")


@pytest.fixture
def sources(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give an empty project whose sources a test writes."""
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path / "locale")
    (tmp_path / "templates").mkdir()
    return tmp_path


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _keys(catalogue: Catalog) -> set[object]:
    return {(message.context, message.id) for message in _messages(catalogue)}


def _said(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [str(message.string)]


def _asked(message: Message) -> set[str]:
    words = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    return {placeholder for word in words for placeholder in PLACEHOLDER.findall(str(word))}


def _fits(message: Message) -> bool:
    """Compare placeholders; the Arabic for one and for two says the number as a word."""
    *special, general = [set(PLACEHOLDER.findall(said)) for said in _said(message)]
    return general == _asked(message) and all(form <= general for form in special)


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("a.html", '{% translate "Places" %}', {(None, "Places")}),
        ("a.html", '{% translate "Open" context "door" %}', {("door", "Open")}),
        ("a.html", '{% translate "It\'s open" %}', {(None, "It's open")}),
        ("a.html", '{% blocktranslate %}It\'s "open"{% endblocktranslate %}', {(None, 'It\'s "open"')}),
        (
            "a.html",
            '<a title="{% translate "Places" %}">it\'s</a> {% translate "Dates" %}',
            {(None, "Places"), (None, "Dates")},
        ),
        (
            "a.html",
            "{% blocktranslate trimmed with day=one.day %}\n  On {{ day }}\n  in town\n{% endblocktranslate %}",
            {(None, "On %(day)s in town")},
        ),
        (
            "a.html",
            "{% blocktranslate count n=many %}{{ n }} place{% plural %}{{ n }} places{% endblocktranslate %}",
            {(None, ("%(n)s place", "%(n)s places"))},
        ),
        ("a.html", "{# translate #} {% comment %}{% translate 'No' %}{% endcomment %}", set()),
        ("a.py", '_("Places")', {(None, "Places")}),
        ("a.py", 'pgettext_lazy("kind of offer", "event")', {("kind of offer", "event")}),
        (
            "a.py",
            'ngettext_lazy("%(weeks)d week", "%(weeks)d weeks", "weeks")',
            {(None, ("%(weeks)d week", "%(weeks)d weeks"))},
        ),
        ("a.py", 'gettext_noop("Christmas " "Eve")', {(None, "Christmas Eve")}),
        ("a.py", '"Places"  # _("No")', set()),
        ("a.css", '_("No")', set()),
    ],
)
def test_sentences_of_templates_and_python_are_found(sources: Path, name: str, source: str, found: set[object]) -> None:
    (sources / "templates" / name).write_text(source)

    assert _keys(catalogues.extracted()) == found


def test_catalogues_follow_the_sources_and_keep_what_is_translated(sources: Path) -> None:
    page = sources / "templates" / "page.html"
    page.write_text('{% translate "Places" %} {% translate "Old" %}')
    catalogues.update_all()
    german = catalogues.catalogue_file("de")
    german.write_text(german.read_text().replace('msgid "Places"\nmsgstr ""', 'msgid "Places"\nmsgstr "Standorte"'))

    page.write_text('{% translate "Places" %} {% translate "Old one" %}')
    catalogues.update_all()

    translated = {message.id: message.string for message in _messages(catalogues.read("de"))}
    assert translated == {"Places": "Standorte", "Old one": ""}


def test_a_second_run_changes_no_catalogue(sources: Path) -> None:
    (sources / "templates" / "page.html").write_text('{% translate "Places" %}')
    catalogues.update_all()
    before = {language: catalogues.catalogue_file(language).read_bytes() for language in LANGUAGES}

    catalogues.update_all()

    assert {language: catalogues.catalogue_file(language).read_bytes() for language in LANGUAGES} == before


def test_what_is_compiled_can_be_read_and_is_compiled_again_after_a_change(sources: Path) -> None:
    (sources / "templates" / "page.html").write_text('{% translate "Places" %}')
    catalogues.update_all()
    catalogues.compile_all()
    german = catalogues.catalogue_file("de")
    german.write_text(german.read_text().replace('msgid "Places"\nmsgstr ""', 'msgid "Places"\nmsgstr "Standorte"'))
    os.utime(german, (2_000_000_000, 2_000_000_000))

    catalogues.compile_all()

    with german.with_suffix(".mo").open("rb") as compiled:
        assert GNUTranslations(compiled).gettext("Places") == "Standorte"


def test_what_is_up_to_date_is_not_compiled_again(sources: Path) -> None:
    (sources / "templates" / "page.html").write_text('{% translate "Places" %}')
    catalogues.update_all()
    catalogues.compile_all()
    compiled = catalogues.catalogue_file("de").with_suffix(".mo")
    compiled.write_bytes(b"left alone")

    catalogues.compile_all()

    assert compiled.read_bytes() == b"left alone"


def test_english_needs_no_catalogue() -> None:
    assert [catalogues.catalogue_file(code).parts[-3] for code in LANGUAGES] == [
        *("de", "de_X-leicht", "ar", "fa", "uk", "ru", "tr", "fr", "ro", "bg", "pl")
    ]


@pytest.fixture(scope="module")
def everything() -> Catalog:
    """Give all messages of the project, extracted once."""
    return catalogues.extracted()


@pytest.mark.parametrize(
    ("name", "source", "is_read"),
    [
        ("templates/page.html", '{% translate "Places" %}', True),
        ("templates/components/staff/duty.html", '{% translate "Places" %}', False),
        ("templates/admin/sprechstunden/closure/line.html", '{% translate "Places" %}', False),
        ("sprechstunden/admin/offer.py", '_("Places")', False),
        ("sprechstunden/views.py", '_("Places")', True),
        # A name of a field is for the admin, the labels of its choices are for all.
        ("standorte/models/standort.py", '_("postal code")', False),
        ("standorte/models/standort.py", 'pgettext_lazy("kind of place", "office")', True),
        ("standorte/views.py", '_("postal code")', True),
    ],
)
def test_only_german_has_what_only_staff_read(sources: Path, name: str, source: str, is_read: bool) -> None:  # noqa: FBT001
    (sources / name).parent.mkdir(parents=True, exist_ok=True)
    (sources / name).write_text(source)

    found = catalogues.extracted()

    assert len(_keys(found)) == 1
    assert len(_keys(catalogues.of_readers(found))) == int(is_read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_just_the_sentences_of_the_sources(language: str, everything: Catalog) -> None:
    assert catalogues.catalogue_file(language).exists() is True
    wanted = everything if language == "de" else catalogues.of_readers(everything)
    assert _keys(catalogues.read(language)) ^ _keys(wanted) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_guessed(language: str) -> None:
    found = list(_messages(catalogues.read(language)))

    assert [message.id for message in found if not all(_said(message)) or message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    wrong = [message.id for message in _messages(catalogues.read(language)) if not _fits(message)]

    assert wrong == []
