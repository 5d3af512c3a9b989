"""Asking the finder, and reading its answer."""

from django.test import Client

from tests.pages import Page


def ask(typed: str, language: str = "de", **headers: str) -> Page:
    """Send the form as a browser does."""
    response = Client().post(f"/{language}/finden/", {"ort": typed}, headers=headers)
    return Page(response, response.content.decode())


def answer(page: Page) -> str:
    """Give the words of the answer."""
    return page.text(page.by_id("ergebnis"))


def headings(page: Page) -> list[str]:
    """Give the headings of the answer."""
    return [page.text(found) for tag in ("h2", "h3") for found in page.by_id("ergebnis").iter(tag)]


def links(page: Page) -> list[str]:
    """Give where the answer leads to."""
    return [found.get("href", "") for found in page.by_id("ergebnis").iter("a")]
