"""Rights that no role has today, to see that each page asks for its own, whatever the table will be."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from lokalwillkommen.accounts.roles import RIGHTS, Role
from standorte.models import Standort
from tests.factories import make_user


def client_who_may(
    monkeypatch: pytest.MonkeyPatch,
    *codenames: str,
    email: str = "helper@example.org",
    places: tuple[Standort, ...] = (),
    translates: tuple[str, ...] = (),
) -> Client:
    """Log an office in that may just what is named, at some places or at all that there are."""
    table: dict[str, frozenset[str]] = {}
    for one in Permission.objects.filter(codename__in=codenames).select_related("content_type"):
        label = f"{one.content_type.app_label}.{one.content_type.model}"
        table[label] = table.get(label, frozenset()) | {one.codename.partition("_")[0]}
    monkeypatch.setitem(RIGHTS, Role.OFFICE, table)
    user, client = make_user(email, role=Role.OFFICE), Client()
    user.standorte.set(places or Standort.objects.all())
    user.translates = translates
    user.save()
    client.force_login(user)
    return client
