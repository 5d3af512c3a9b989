"""Every public page by its path, and reading pages as a browser would."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element

import html5lib
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client

from sprechstunden.occurrences import BERLIN

# A Sunday afternoon in the life of the portal; pages are asked for this moment.
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=BERLIN)
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
PATHS = (
    *("", "finden/", "finden/?stadtbezirk=hoerde"),
    *("standorte/", "standorte/mengede-huckarde/", "standorte/marten/", "standorte/brackel-aplerbeck/"),
    *("standorte/mengede-huckarde/karte/", "standorte/marten/karte/"),
    *("sprechstunden/", "sprechstunden/?sprache=ar", "sprechstunden/?woche=2026-12-21", "sprechstunden/themen/geburt/"),
    *("partner/", "partner/migrado/", "partner/diakonie-dortmund-luenen/"),
    *("kontakt/", "kontakt/?ort=marten", "kontakt/melden/?ort=marten"),
    *("ueber-uns/", "mitmachen/", "offline/", "impressum/", "datenschutz/", "barrierefreiheit/"),
)

# One page of each kind that people see first.
SOME_PATHS = ("", "standorte/marten/", "sprechstunden/", "kontakt/?ort=marten")
# One in each direction of writing.
WHOLE_LANGUAGES = ("de", "ar")
IN_DRILL = "DRILL" in os.environ

FormData = dict[str, str | list[str]]


@dataclass(slots=True)
class Page:
    """A page as it was answered, and its elements."""

    response: HttpResponseBase
    html: str
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        # What is no HTML fails here; Django's own admin has an end tag too many.
        parser = html5lib.HTMLParser(strict='id="user-tools"' not in self.html, namespaceHTMLElements=False)
        self.root = parser.parse(self.html)

    def all(self, tag: str) -> list[Element]:
        """Give all elements of a name."""
        return list(self.root.iter(tag))

    def by_id(self, name: str) -> Element:
        """Give the one element with an id."""
        (found,) = (element for element in self.root.iter() if element.get("id") == name)
        return found

    def text(self, element: Element | None = None) -> str:
        """Give the words of an element, or of the page's body, with single spaces."""
        start = self.all("body")[0] if element is None else element
        return re.sub(r"\s+", " ", "".join(start.itertext())).strip()


def get(path: str, client: Client | None = None, **headers: str) -> Page:
    """Ask for a page, without cookies, and read it."""
    response = (client or Client()).get(path, headers=headers)
    return Page(response, response.content.decode())


def titles(pages: Mapping[str, Page]) -> dict[str, str]:
    """Give the title of each page."""
    return {path: page.text(page.all("title")[0]) for path, page in pages.items()}


def descriptions(pages: Mapping[str, Page]) -> dict[str, str]:
    """Give what each page says about itself to search engines."""
    return {
        path: " ".join((meta.get("content") or "").split())
        for path, page in pages.items()
        for meta in page.all("meta")
        if meta.get("name") == "description"
    }


def moments(element: Element) -> list[str]:
    """Give the machine-readable moments of an element in the order in which they stand."""
    return [found.get("datetime", "") for found in element.iter("time")]


def every_page() -> Iterator[tuple[str, str]]:
    """Give each path in two languages and some paths in each; in the drill each path in each language."""
    for language in LANGUAGES:
        for path in PATHS if language in WHOLE_LANGUAGES or IN_DRILL else SOME_PATHS:
            yield language, f"/{language}/{path}"


def form_of(page: Page, form_id: str) -> FormData:
    """Give what a browser would send if somebody pressed "save" without touching anything."""
    data: FormData = {}
    for element in page.by_id(form_id).iter():
        name = element.get("name")
        if name and element.get("type") not in {"submit", "button"} and element.tag != "button":
            _fill(data, name, element)
    return data


def _fill(data: FormData, name: str, element: Element) -> None:
    if element.tag == "select":
        chosen = [o.get("value", "") for o in element.iter("option") if o.get("selected") is not None]
        data[name] = chosen if element.get("multiple") is not None else (chosen or [""])[0]
    elif element.tag == "textarea":
        data[name] = (element.text or "").removeprefix("\n")
    elif element.get("type") == "checkbox":
        if element.get("checked") is not None:
            data[name] = [*data.get(name, []), element.get("value", "on")]
    else:
        data[name] = element.get("value", "")
