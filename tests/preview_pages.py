"""The preview as tests ask for it: who asks, for what, what is read."""

from urllib.parse import urlencode

from django.contrib.auth.models import Permission
from django.test import Client

from tests.factories import make_user
from tests.pages import Page, get

PREVIEW = "/admin/vorschau/"


def staff(*rights: str, translates: tuple[str, ...] = ()) -> Client:
    user, client = make_user(), Client()
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    user.translates = translates
    user.save()
    client.force_login(user)
    return client


def shown(client: Client, path: str, **asked: str) -> Page:
    return get(f"{PREVIEW}?{urlencode({'adresse': path, **asked})}", client)


def strip(page: Page) -> str:
    (found,) = (element for element in page.all("aside") if element.get("class") == "preview-strip")
    return page.text(found)


def faults(page: Page) -> list[str]:
    return [page.text(found) for found in page.root.iter() if "field__error" in (found.get("class") or "")]


def without_strip(page: Page) -> str:
    return page.text().replace(strip(page), "").strip()
