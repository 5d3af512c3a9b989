"""Mails that ask to confirm, as tests read them: from a real server."""

import re
from datetime import datetime
from io import StringIO

import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from lokalwillkommen.confirming.models import OfficeAddress
from standorte.models import Standort
from tests.mail_server import Mailbox, mail_server
from tests.pages import FormData, Page, get


def make_address(office: Standort, email: str = "buero@example.org", *, is_verified: bool = True) -> OfficeAddress:
    return OfficeAddress.objects.create(office=office, email=email, is_verified=is_verified)


def asked(now: datetime) -> str:
    """Run the command of every day at a moment, and give what it said."""
    said = StringIO()
    with time_machine.travel(now, tick=False):
        call_command("ask_to_confirm", stdout=said)
    return said.getvalue().strip()


def sent(settings: Settings, now: datetime) -> Mailbox:
    """Send what waits to a server of the test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as box, time_machine.travel(now, tick=False):
        settings.EMAIL_PORT = box.port
        call_command("send_mails", stdout=StringIO())
    return box


def link_in(box: Mailbox) -> str:
    """Give the path of the link of the one mail that came in."""
    ((_recipient, mail),) = box.mails
    (path,) = re.findall(
        r"^http://localhost(/bestaetigen/\S+)$", mail.get_content().replace("\r\n", "\n"), re.MULTILINE
    )
    return str(path)


def opened(path: str, now: datetime) -> Page:
    with time_machine.travel(now, tick=False):
        return get(path)


def ticked(page: Page) -> FormData:
    """Give what a browser would send if somebody pressed the button at once."""
    found: FormData = {"fakt": []}
    for field in page.all("input"):
        if field.get("name") == "fakt" and field.get("checked") is not None:
            found["fakt"] = [*found["fakt"], field.get("value", "")]
        elif field.get("name") == "gesehen":
            found["gesehen"] = field.get("value", "")
    return found


def pressed(path: str, data: FormData, now: datetime, **headers: str) -> Page:
    with time_machine.travel(now, tick=False):
        response = Client(enforce_csrf_checks=True).post(path, data, follow=True, headers=headers)
    return Page(response, response.content.decode())


def titles(page: Page) -> list[str]:
    return [page.text(found) for found in page.all("p") if found.get("class") == "duty__place"]


def notes(page: Page) -> list[str]:
    return [page.text(found) for found in page.all("p") if found.get("class") == "note"]
