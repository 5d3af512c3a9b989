"""Every address of staff, asked by every role: nothing foreign is told, nothing foreign changes.

The addresses come from the portal itself. A new one is red here until somebody says what it is.
"""

from collections.abc import Iterator
from itertools import chain

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core import serializers
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lokalwillkommen.suggestions.models import Suggestion
from standorte.history import has_history, versions_of
from tests.pages import NOW, FormData, Page, form_of
from tests.staff_addresses import OTHERS, PAGES_OF_ROWS
from tests.staff_world import FOREIGN, NEXT, TUESDAY, World, dates_of, make_world, registered
from tests.today_pages import about, extra, moved

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

READ_BY_ALL = {"stadtbezirk", "stadtteil", "postalcode", "topic"}
_OFFICE_OWN = {
    "standort",
    "sprechstunde",
    "change",
    "closure",
    "notice",
    "message",
    "report",
    "textversion",
    "partner",
} | {"confirmationrequest"}
_ALL = {"user", "change", "datecheck", "closure", "sprechstunde", "topic", "notice", "message", "report", "mail"} | {
    *("figure", "standort", "partner", "stadtbezirk", "stadtteil", "postalcode", "textversion"),
    *("officeaddress", "confirmationrequest", "logentry", "legaltext", "signvideo"),
}
_OF_ADMINISTRATION = {"user", "legaltext", "signvideo"}
# Nobody adds or deletes these by hand.
_WRITTEN_BY_THE_PORTAL = {"datecheck", "textversion", "logentry", "confirmationrequest"}
# What each role opens of its own, said once more by hand: list and pages of rows; the page to add; the page to delete.
OPEN = {
    "office": (_OFFICE_OWN | READ_BY_ALL, {"sprechstunde", "closure", "notice"}, {"change", "closure", "notice"}),
    "partner": ({"partner", "sprechstunde", "change", "textversion", "topic"}, set(), {"change"}),
    "translator": (set(), set(), set()),
    "coordination": (
        _ALL - _OF_ADMINISTRATION,
        _ALL - _OF_ADMINISTRATION - _WRITTEN_BY_THE_PORTAL - {"change", "message", "report", "mail"},
        _ALL - _OF_ADMINISTRATION - _WRITTEN_BY_THE_PORTAL - {"sprechstunde"},
    ),
    "administration": (
        _ALL,
        _ALL - _WRITTEN_BY_THE_PORTAL - {"change", "message", "report", "mail"},
        _ALL - _WRITTEN_BY_THE_PORTAL - {"sprechstunde", "legaltext"},
    ),
}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def routes() -> list[str]:
    """Give all addresses of staff as they are written in the code."""

    def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, before + str(one.pattern))
            else:
                yield before + str(one.pattern)

    return [route for route in walk(get_resolver().url_patterns) if route.startswith("admin/")]


def page_of_rows(route: str) -> str | None:
    """Say which page of which kind of rows an address is, if it is one."""
    ends = [route.removeprefix(_start(model)) for model in registered() if route.startswith(_start(model))]
    return next((PAGES_OF_ROWS[end] for end in ends if end in PAGES_OF_ROWS), None)


def _start(model: type[Model]) -> str:
    return f"admin/{model._meta.app_label}/{model._meta.model_name}/"  # noqa: SLF001  # public as well


def test_each_address_of_staff_is_looked_at_here() -> None:
    app_lists = {route for route in routes() if "app_label" in route}
    unknown = [route for route in routes() if page_of_rows(route) is None and route not in {*OTHERS, *app_lists}]

    assert unknown == []
    assert len(app_lists) == 1
    assert {_name(model) for model in registered()} == _ALL


def _name(model: type[Model]) -> str:
    return str(model._meta.model_name)  # noqa: SLF001  # public as well


def paths(model: type[Model], row: Model) -> dict[str, str]:
    """Give the addresses of a kind of rows, and of one of them, by their page."""
    start = f"/{_start(model)}"
    return {page: start + end.replace("<path:object_id>", str(row.pk)) for end, page in PAGES_OF_ROWS.items()}


def dump() -> dict[str, str]:
    """Give all that is stored, but for who is logged in since when."""
    tables = [one for one in apps.get_models() if one._meta.label != "sessions.Session"]  # noqa: SLF001  # public as well
    return {
        one._meta.label: serializers.serialize("json", one._default_manager.order_by("pk"))  # noqa: SLF001
        for one in tables
        if one._meta.managed  # noqa: SLF001
    }


def changed(before: dict[str, str]) -> list[str]:
    """Name the tables in which something is different."""
    after = dump()
    return [label for label, rows in before.items() if after[label] != rows]


def forms(world: World) -> dict[type[Model], FormData]:
    """Give what would be sent where somebody who may do everything saves each foreign row as it is."""
    found: dict[type[Model], FormData] = {}
    for model, row in world.foreign.rows.items():
        html = world.clients["administration"].get(paths(model, row)["change"]).content.decode()
        name = f"{_name(model)}_form"
        found[model] = form_of(Page(Client().get("/healthz"), html), name) if f'id="{name}"' in html else {}
    return found


def asked_of_foreign_rows(world: World) -> Iterator[tuple[str, FormData]]:
    """Give each page of each foreign row and of each list, with what would change something there."""
    typed = forms(world)
    for model, row in world.foreign.rows.items():
        found = paths(model, row)
        for confirm in ("general", str(dates_of(world.foreign)[0].pk)):
            yield found["change"], typed[model] | {"_confirm": confirm}
        yield found["delete"], {"post": "yes"}
        yield found["add"], _new(typed[model])
        for page in ("history", "row"):
            yield found[page], {}
        if has_history(model):
            about = model._meta  # noqa: SLF001  # public as well
            label, of_this = about.label_lower, {about.pk.name: row.pk}
            version = versions_of(model).filter(**of_this).latest("history_date")
            yield f"/admin/geschichte/{label}/{row.pk}/", {}
            yield f"/admin/geschichte/{label}/stand/{version.pk}/", {"agreed": "x"}
        actions = admin.site.get_model_admin(model).actions or ()
        for action in ("", "delete_selected", *map(str, actions)):
            yield (
                found["list"],
                {
                    "action": action,
                    "_selected_action": [str(row.pk)],
                    "post": "yes",
                    "last_day": "2026-12-31",
                    "agreed": "on",
                    "_apply": "1",
                },
            )


def _new(typed: FormData) -> FormData:
    """Give a new row for what is foreign, in words that are one's own."""
    words = {name: value.replace(FOREIGN, "Neu") if isinstance(value, str) else value for name, value in typed.items()}
    return words | {"name": "Neu", "slug": "neu"}


def asked_elsewhere(world: World) -> Iterator[tuple[str, FormData]]:
    """Give all other addresses, with what would change something foreign."""
    foreign = world.foreign
    schedule, change = dates_of(foreign)
    numbers = {
        "offer": foreign.offer.pk,
        "office": foreign.office.pk,
        "content_type": 1,
        "suggestion": Suggestion.objects.get(partner=foreign.partner).pk,
        "user": world.foreign.rows[type(accounts_model())].pk,
    }
    sent: dict[str, FormData] = {
        "/admin/heute/termin/": about(schedule, NEXT, reason="event"),
        "/admin/heute/zusatz/": extra(schedule),
        "/admin/heute/zuruecknehmen/": {"change": str(change.uid)},
    }
    for path in filter(None, OTHERS.values()):
        there = path.format(**numbers)
        yield there, sent.get(there, {"words": "x", "state": "checked", "password1": "q" * 20, "password2": "q" * 20})
    yield "/admin/heute/termin/", moved(schedule, day=f"{NEXT}", standort=str(world.own.office.pk))
    yield "/admin/heute/zusatz/", extra(schedule, standort=str(world.own.office.pk))


def accounts_model() -> Model:
    """Give an account, to find its kind."""
    return apps.get_model("accounts", "User")()


@pytest.mark.parametrize("role", ["stranger", "translator", "partner", "office"])
def test_nothing_foreign_is_told_and_nothing_changes(world: World, role: str) -> None:
    asked = list(chain(asked_of_foreign_rows(world), asked_elsewhere(world)))
    client = world.clients[role]
    tables = [client.get(f"/admin/tabellen/{name}.csv") for name in ("orte", "sprechstunden", "partner")]
    before = dump()

    told, statuses = {FOREIGN for table in tables if FOREIGN in table.content.decode()}, set()
    for path, data in asked:
        for response in (client.get(path), client.post(path, data)):
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            answer = body.decode() + response.headers.get("Location", "")
            if FOREIGN in answer or f"{FOREIGN.lower()}@" in answer:
                told.add(path)
            statuses.add(response.status_code)

    assert told == set()
    assert changed(before) == []
    assert statuses <= {200, 302, 403, 404, 405, 422}


def test_the_coordination_reaches_everything_but_accounts(world: World) -> None:
    client, before = world.clients["coordination"], dump()
    user = accounts_model()
    answers = set()
    for page, path in paths(type(user), world.foreign.rows[type(user)]).items():
        if page in {"list", "add", "change", "delete"}:
            answers |= {client.get(path).status_code, client.post(path, {"role": "administration"}).status_code}

    assert (answers, changed(before)) == ({403}, [])


@pytest.mark.parametrize("role", list(OPEN))
def test_each_role_opens_what_is_its_own(world: World, role: str) -> None:
    own = dict(world.own.rows)
    if role == "partner":
        offer = world.own.of_partner
        own |= {type(offer): offer, type(dates_of(world.own)[1]): offer.schedules.get().changes.get()}
        version = own[apps.get_model("standorte", "TextVersion")]
        type(version)._default_manager.filter(pk=version.pk).update(object_id=offer.pk)  # noqa: SLF001  # public as well
    client = world.clients[role]

    found = {
        page: {_name(model) for model, row in own.items() if _opens(client, paths(model, row)[page])}
        for page in ("list", "change", "history", "add", "delete")
    }

    seen, added, deleted = OPEN[role]
    assert found == {"list": seen, "change": seen, "history": seen, "add": added, "delete": deleted}


def _opens(client: Client, path: str) -> bool:
    """Tell whether there is a page; the history of a row may stand elsewhere."""
    response = client.get(path, follow=True)
    led_to = [there for there, _status in response.redirect_chain]
    return response.status_code == 200 and all(there.startswith("/admin/geschichte/") for there in led_to)


def test_no_choice_names_what_is_foreign(world: World) -> None:
    """All fields that are found while somebody types, of forms and of rows in them."""
    fields = set()
    for model in registered():
        page = admin.site.get_model_admin(model)
        for one in (page, *(inline(model, admin.site) for inline in page.get_inlines(None, None))):  # type: ignore[arg-type]
            fields |= {(one.opts.app_label, one.opts.model_name, name) for name in one.autocomplete_fields}
    closure = (reverse("admin:sprechstunden_closure_offers"), "sprechstunden", "closure", "sprechstunden")
    asked = [closure, *((reverse("admin:autocomplete"), *field) for field in sorted(fields))]

    told: dict[str, list[str]] = {}
    for role, client in world.clients.items():
        for path, app, model_name, name in asked:
            query = {"app_label": app, "model_name": f"{model_name}", "field_name": name, "term": ""}
            told.setdefault(role, []).append(client.get(path, query).content.decode())

    assert len(asked) >= 10
    assert [FOREIGN in "".join(told[role]) for role in ("stranger", "translator", "partner", "office")] == [False] * 4
    assert [FOREIGN in "".join(told[role]) for role in ("coordination", "administration")] == [True, True]
    assert "Eigen" in "".join(told["office"])
    assert TUESDAY < NEXT
