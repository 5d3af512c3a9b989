"""Pages of the history as tests read them."""

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.pages import Page, get

EVERYTHING = "/admin/geschichte/"


def history_url(row: Model) -> str:
    """Give the address of the history of a row."""
    return reverse("history_of", args=[row._meta.label_lower, row.pk])  # noqa: SLF001  # public as well


def acts_on(page: Page) -> list[str]:
    """Give the words of each act, newest first."""
    found = [one for one in page.all("li") if one.get("class") == "act"]
    return [page.text(one) for one in found]


def acts_of(staff: Client, row: Model) -> list[str]:
    """Give the words of each act in the history of a row."""
    return acts_on(get(history_url(row), staff))
