"""Nothing on a page stays German unless it is marked as German: texts are compared with those of the German page."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
import time_machine

from standorte.languages import SPOKEN, own_name
from standorte.models import Partner, Stadtbezirk, Standort
from tests.pages import IN_DRILL, LANGUAGES, NOW, PATHS, SOME_PATHS, Page, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]
FOREIGN = tuple(code for code in LANGUAGES if not code.startswith("de"))
READ_ALOUD = ("aria-label", "alt", "title", "placeholder")
# Every page of these is looked at each time; of the others only in the drill.
EVERYWHERE = ("en", "ar", "uk")
LETTERS = re.compile(r"[^\W\d_]{2}")
ADDRESS = re.compile(r"(https?://|@|\w+\.\w)\S*|lokalwillkommen")
# Words that a language writes as German does.
ALIKE: dict[str, set[str]] = {
    "en": {"Bank", "Name"},
    "tr": {"Telefon"},
    "fr": {"Adresse", "Institut"},
    "ro": {"Institut", "Telefon"},
    "pl": {"Bank", "Telefon"},
}


@pytest.fixture(scope="module")
def german() -> dict[str, frozenset[str]]:
    """Give what each page says in German."""
    with time_machine.travel(NOW, tick=False):
        return {path: frozenset(_said(get(f"/de/{path}"), "de")) for path in PATHS}


@pytest.mark.parametrize("language", FOREIGN)
def test_what_is_not_marked_as_german_is_translated(language: str, german: dict[str, frozenset[str]]) -> None:
    left: set[str] = set()
    with time_machine.travel(NOW, tick=False):
        for path in PATHS if language in EVERYWHERE or IN_DRILL else SOME_PATHS:
            left |= german[path] & set(_said(get(f"/{language}/{path}"), language))

    alike = ALIKE.get(language, set())
    whole = language in EVERYWHERE or IN_DRILL
    assert left - _names() == alike if whole else left - _names() <= alike


def _names() -> set[str]:
    """Give the names that are the same in every language, alone and as titles of pages."""
    rows = [*Standort.objects.all(), *Stadtbezirk.objects.all(), *Partner.objects.all()]
    names = {str(row) for row in rows} | {own_name(code) for code in (*SPOKEN, *LANGUAGES)}
    return names | {f"{name} · lokal willkommen Dortmund" for name in names}


def _said(page: Page, language: str) -> Iterator[str]:
    """Give the texts of a page that claim to be in a language, those for screen readers and search engines included."""
    yield from _texts(page.root, "", language)


def _texts(element: Element, spoken: str, language: str) -> Iterator[str]:
    spoken = element.get("lang", spoken)
    if spoken == language and element.tag not in {"script", "style"}:
        own = [element.text, *(element.get(name) for name in READ_ALOUD)]
        own += [element.get("content")] if element.get("name") == "description" else []
        yield from (words for text in own if (words := _words(text)))
    for child in element:
        yield from _texts(child, spoken, language)
        if spoken == language and (words := _words(child.tail)):
            yield words


def _words(text: str | None) -> str:
    words = " ".join((text or "").split())
    return words if LETTERS.search(words) and not ADDRESS.fullmatch(words) else ""
