"""Pages of the history as tests read them."""

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.pages import Page, get

EVERYTHING = "/admin/geschichte/"


def history_url(row: Model) -> str:
    """Give the address of the history of a row."""
    return reverse("history_of", args=[row._meta.label_lower, row.pk])  # noqa: SLF001  # public as well


def restore_url(row: Model, version: Model) -> str:
    """Give the address at which a version comes back."""
    return reverse("history_restore", args=[row._meta.label_lower, version.pk])  # noqa: SLF001


def acts_on(page: Page) -> list[str]:
    """Give the words of each act, newest first."""
    found = [one for one in page.all("li") if one.get("class") == "act"]
    return [page.text(one) for one in found]


def acts_of(staff: Client, row: Model) -> list[str]:
    """Give the words of each act in the history of a row."""
    return acts_on(get(history_url(row), staff))


def said_before(staff: Client, row: Model, version: Model) -> str:
    """Give what somebody reads before they agree to bring a version back."""
    page = get(restore_url(row, version), staff)
    return page.text(page.by_id("bring-back"))


def agree(staff: Client, row: Model, version: Model) -> str:
    """Bring a version back; give the sentence that says so."""
    url = restore_url(row, version)
    page = get(url, staff)
    response = staff.post(url, {"agreed": seen(page)}, follow=True)
    answer = Page(response, response.content.decode())
    return " ".join(answer.text(one) for one in answer.all("li") if one.get("class") == "success")


def seen(page: Page) -> str:
    """Give the mark of what somebody has seen."""
    (field,) = (one for one in page.all("input") if one.get("name") == "agreed")
    return field.get("value", "")
