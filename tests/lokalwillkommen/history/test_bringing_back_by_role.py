"""By the history nobody writes what they could not type: nothing is taken from others, published or closed by it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client

from lokalwillkommen.accounts.models import User
from sprechstunden.models import Change
from standorte.models import Phone, Standort
from standorte.texts import Text
from tests.factories import make_closure, make_notice
from tests.history_pages import restore_url
from tests.pages import NOW, get
from tests.staff_world import FOREIGN, World, make_world

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 12, 8)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    found = make_world()
    clock.shift(timedelta(minutes=1))
    return found


def opens(client: Client, row: Model) -> int:
    """Ask for the page that would bring a row back as it first was."""
    return client.get(restore_url(row, row.history.earliest("history_date"))).status_code  # type: ignore[attr-defined]


def test_an_office_brings_back_its_own_words_and_streets(world: World) -> None:
    office, offer = world.own.office, world.own.offer
    office.street, offer.title = "Weg 1", Text("Neu")
    for row in (office, offer):
        row.save()
    phone = Phone.objects.create(standort=office, number="0231 123456")

    assert [opens(world.clients["office"], row) for row in (office, offer, phone)] == [200, 200, 200]


def test_what_only_the_coordination_types_it_alone_brings_back(world: World) -> None:
    place, offer, partner = world.own.office, world.foreign.offer, world.own.partner
    # The offer was another office's and is one's own now; the place was public.
    offer.office, place.is_published = world.own.office, False
    mine = world.own.of_partner
    mine.office, mine.partner = world.own.office, None
    for row in (place, offer, mine):
        row.save()
    role = partner.roles.get()
    role.standort = world.own.office
    role.save()
    closure, notice = make_closure(TUESDAY, TUESDAY), make_notice("Alle", TUESDAY, TUESDAY)
    for one in (closure, notice):
        one.whole_network = False
        one.save()
        one.standorte.set([place])
    rows = (place, offer, mine, role, closure, notice)

    assert [opens(world.clients["office"], row) for row in rows] == [403] * len(rows)
    assert [opens(world.clients["coordination"], row) for row in rows] == [200] * len(rows)


def test_a_partner_publishes_no_words_by_the_history(world: World) -> None:
    offer, times = world.own.of_partner, world.own.of_partner.schedules.get()
    offer.title, times.words = Text("Neu"), Text("Neu")
    change = Change.objects.get(schedule=times)
    for row in (offer, times):
        row.save()

    assert [opens(world.clients["partner"], row) for row in (offer, times, change)] == [403] * 3


def test_what_was_done_to_accounts_is_for_the_administration(world: World) -> None:
    """In the table, and as a kind of thing that one can ask for."""
    told = {
        role: (
            f"{FOREIGN.lower()}@example.org"
            in client.get("/admin/geschichte/tabelle.csv?was=accounts.user").content.decode(),
            "accounts.user" in client.get("/admin/geschichte/").content.decode(),
            "gültige Auswahl" in client.get("/admin/geschichte/?was=accounts.user").content.decode(),
        )
        for role, client in world.clients.items()
        if role in {"coordination", "administration"}
    }

    assert told == {"coordination": (False, False, True), "administration": (True, True, False)}


def test_what_was_noted_about_accounts_too(world: World) -> None:
    kinds = ContentType.objects.get_for_models(User, Standort)
    user = User.objects.get(email="office@example.org")
    for model, kind in kinds.items():
        LogEntry.objects.create(user=user, content_type=kind, object_repr=f"Zeile {model.__name__}", action_flag=CHANGE)

    said = {
        role: get("/admin/admin/logentry/", world.clients[role]).html for role in ("coordination", "administration")
    }

    assert {role: ["Zeile User" in html, "Zeile Standort" in html] for role, html in said.items()} == {
        "coordination": [False, True],
        "administration": [True, True],
    }
