"""Writing to us as a browser does: open the form, wait, fill it in, send it."""

from datetime import timedelta

import time_machine
from django.test import Client

from tests.pages import NOW, FormData, Page, get

WRITE = "/de/kontakt/"
TYPED: FormData = {"nachricht": "Wann ist jemand da?", "email": "neu@example.org"}
LATER = timedelta(minutes=1)


def fields(page: Page) -> FormData:
    """Give what stands in the form of a page, as a browser would send it."""
    (form,) = (form for form in page.all("form") if form.get("method") == "post")
    data: FormData = {}
    for field in form.iter():
        name = field.get("name", "")
        if field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None]
            data[name] = (chosen or list(field.iter("option")))[0].get("value", "")
        elif field.tag == "textarea":
            data[name] = (field.text or "").removeprefix("\n")
        elif field.tag == "input":
            data[name] = field.get("value", "")
    return data


def post(data: FormData, path: str = WRITE, address: str = "192.0.2.1") -> Page:
    """Send a form from an address."""
    response = Client().post(path, data, REMOTE_ADDR=address)
    return Page(response, response.content.decode())


def write(typed: FormData | None = None, path: str = WRITE, address: str = "192.0.2.1") -> Page:
    """Open the form, fill it in, and send it a minute later; the clock stands at the moment of the pages."""
    data = fields(get(path)) | (TYPED if typed is None else typed)
    with time_machine.travel(NOW + LATER, tick=False):
        return post(data, path, address)


def headings(page: Page) -> list[str]:
    """Give the words of the one main heading, in a list."""
    return [page.text(found) for found in page.all("h1")]


def alerts(page: Page) -> list[str]:
    """Give what a page says aloud at once."""
    return [page.text(found) for found in page.root.iter() if found.get("role") == "alert"]


def faults(page: Page) -> list[str]:
    """Give what is wrong with single fields."""
    found = (
        e for e in page.root.iter("ul") if "errorlist" in e.get("class", "") and "nonfield" not in e.get("class", "")
    )
    return [page.text(one) for one in found]
