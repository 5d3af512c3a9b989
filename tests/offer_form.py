"""The form of an offer as staff fill it in."""

from datetime import date

from django.test import Client
from django.urls import reverse

from lokalwillkommen.accounts.models import User
from sprechstunden.models import Sprechstunde
from tests.pages import FormData, Page, form_of, get

FORM = "sprechstunde_form"
ADD = "/admin/sprechstunden/sprechstunde/add/"


def staff_client() -> Client:
    """Log somebody in who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("team@example.org", "a long pass phrase"))
    return client


def change_url(offer: Sprechstunde) -> str:
    """Give the address of the form."""
    return reverse("admin:sprechstunden_sprechstunde_change", args=[offer.pk])


def open_form(staff: Client, path: str) -> FormData:
    """Give what the browser would send if nobody touched anything."""
    return form_of(get(path, staff), FORM)


def new_times(number: int = 0, **typed: str | list[str]) -> FormData:
    """Give what is typed into the fields of new times."""
    return {f"schedules-2-{number}-{name}": value for name, value in typed.items()}


def german(day: date) -> str:
    """Write a day as staff do."""
    return f"{day:%d.%m.%Y}"


def send(staff: Client, path: str, data: FormData) -> Page:
    """Send the form and read what comes back."""
    response = staff.post(path, data)
    return Page(response, response.content.decode()) if response.status_code == 200 else _nothing(response.status_code)


def _nothing(status: int) -> Page:
    message = f"The form was saved or refused: {status}"
    raise AssertionError(message)
