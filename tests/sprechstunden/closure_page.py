"""The form of a closure as a browser fills and sends it, and what stands on the page that comes back."""

from collections.abc import Mapping
from datetime import date

from django.test import Client
from django.urls import reverse

from sprechstunden.models import Closure
from tests.pages import FormData, Page, form_of, get

LIST = "/admin/sprechstunden/closure/"
ADD = f"{LIST}add/"
FORM = "closure_form"
FIRST, LAST = date(2026, 12, 7), date(2026, 12, 20)
TUESDAY, NEXT = date(2026, 12, 8), date(2026, 12, 15)
TWO_WEEKS: FormData = {"first": "07.12.2026", "last": "20.12.2026", "reason": "training", "whole_network": ["on"]}
CHANGED = "Etwas ist anders als das, was Sie gesehen haben: Bitte prüfen Sie noch einmal."


def change_url(closure: Closure) -> str:
    """Give the address of the form of a closure."""
    return reverse("admin:sprechstunden_closure_change", args=[closure.pk])


def delete_url(closure: Closure) -> str:
    """Give the address at which a closure is deleted."""
    return reverse("admin:sprechstunden_closure_delete", args=[closure.pk])


def post(staff: Client, url: str, data: Mapping[str, str | list[str]]) -> Page:
    """Send a form and read the page that comes back."""
    response = staff.post(url, data)
    return Page(response, response.content.decode())


def proposed(staff: Client, typed: FormData, url: str = ADD) -> tuple[Page, FormData]:
    """Send the form once; give the page that comes back and what a browser would send from it."""
    page = post(staff, url, form_of(get(url, staff), FORM) | typed)
    return page, form_of(page, FORM)


def words(page: Page) -> str:
    """Give the words of what falls away."""
    return page.text(page.by_id("effect"))


def boxes(page: Page) -> list[tuple[str, bool]]:
    """Give the words of each date that falls away, and whether its box is ticked."""
    labels = list(page.by_id("effect").iter("label"))
    return [(page.text(label), next(label.iter("input")).get("checked") is not None) for label in labels]


def errors(page: Page) -> list[str]:
    """Give the sentences about what is wrong."""
    return [page.text(item) for found in page.all("ul") if "errorlist" in (found.get("class") or "") for item in found]
