"""The preview as tests ask for it: who asks, for what, what is read."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.pages import Page, get
from tests.rights import client_who_may

PREVIEW = "/admin/vorschau/"


def staff(monkeypatch: pytest.MonkeyPatch, *rights: str, translates: tuple[str, ...] = ()) -> Client:
    return client_who_may(monkeypatch, *rights, translates=translates)


def shown(client: Client, path: str, **asked: str) -> Page:
    return get(f"{PREVIEW}?{urlencode({'adresse': path, **asked})}", client)


def strip(page: Page) -> str:
    (found,) = (element for element in page.all("aside") if element.get("class") == "preview-strip")
    return page.text(found)


def faults(page: Page) -> list[str]:
    return [page.text(found) for found in page.root.iter() if "field__error" in (found.get("class") or "")]


def without_strip(page: Page) -> str:
    return page.text().replace(strip(page), "").strip()
