"""The pages of translators as tests ask for them: who asks, and what is sent."""

from django.test import Client

from standorte.texts import State, Text
from tests.factories import make_standort, make_user
from tests.pages import FormData, Page, get

HOME = "/admin/uebersetzen/"
GERMAN = Text("Im Hof, zweite Tür links")
DRAFT = GERMAN.translated("tr", "Avluda", State.DRAFT)


def translator(*languages: str, email: str = "uebersetzen@example.org") -> Client:
    """Log somebody in who translates into some languages and may do nothing else."""
    user, client = make_user(email), Client()
    user.translates = languages
    user.save()
    client.force_login(user)
    return client


def make_building(text: Text = GERMAN, name: str = "Marten") -> str:
    """Make a place with a text; give the key of the text."""
    return f"standorte.standort.{make_standort(name, building=text).pk}.building"


def page_of(key: str, language: str = "tr") -> str:
    """Give the address of a text in a language."""
    return f"{HOME}{language}/text/{key}/"


def typed(client: Client, path: str, words: str, state: str = "checked") -> FormData:
    """Give what a browser sends when somebody opens a text, types its translation and presses a button."""
    page = get(path, client)
    hidden = {str(one.get("name")): one.get("value", "") for one in page.all("input") if one.get("type") == "hidden"}
    return {**hidden, "words": words, "state": state}


def send(client: Client, path: str, data: FormData) -> Page:
    """Send a form and read the answer, without following it."""
    response = client.post(path, data)
    return Page(response, response.content.decode() or "<!DOCTYPE html><title>-</title>")


def area(page: Page) -> str:
    """Give what stands in the text area."""
    return (page.all("textarea")[0].text or "").removeprefix("\n").removeprefix("\r\n")
