"""Two people save the same form at the same moment: one of them is asked, whatever the database."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from standorte.models import Stadtbezirk
from tests.factories import make_stadtbezirk, make_user
from tests.pages import FormData, form_of, get

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, ROUNDS = 2, 5


@pytest.fixture
def rows() -> list[Stadtbezirk]:
    return [make_stadtbezirk(f"Bezirk {number}") for number in range(ROUNDS)]


@pytest.fixture
def clients(rows: list[Stadtbezirk]) -> list[Client]:  # noqa: ARG001  # order of set-up
    people = [make_user(f"{number}@example.org", is_superuser=True) for number in range(PEOPLE)]
    found = [Client() for _person in people]
    for client, person in zip(found, people, strict=True):
        client.force_login(person)
    return found


@pytest.fixture
def elsewhere(clients: list[Client], tmp_path: Path) -> Iterator[ThreadPoolExecutor]:  # noqa: ARG001  # order of set-up
    """Give threads with connections of their own; SQLite has locks only in a file, so they get a copy in one."""
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(PEOPLE) as pool:
        if connection.vendor == "sqlite":
            with sqlite3.connect(tmp_path / "copy") as copy:
                connection.connection.backup(copy)
            copy.close()
            patch.setitem(connections.settings["default"], "NAME", str(tmp_path / "copy"))
        yield pool
        together = Barrier(PEOPLE)
        list(pool.map(_hang_up, [together] * PEOPLE))


def _hang_up(together: Barrier) -> None:
    """Close the connection of this thread; each thread gets here once, because all wait for the last."""
    connections.close_all()
    together.wait()


def test_one_is_saved_and_the_other_is_shown_it(
    rows: list[Stadtbezirk], clients: list[Client], elsewhere: ThreadPoolExecutor
) -> None:
    together = Barrier(PEOPLE)

    def save(number: int) -> list[tuple[int, str]]:
        """Save each form when everybody has opened it; give the status, and what was typed."""
        answers = []
        for row in rows:
            url, typed = f"/admin/standorte/stadtbezirk/{row.pk}/change/", f"Notiz {number}"
            form: FormData = form_of(get(url, clients[number]), "stadtbezirk_form") | {"note": typed}
            together.wait(timeout=60)
            answers.append((clients[number].post(url, form).status_code, typed))
        return answers

    rounds = list(zip(*elsewhere.map(save, range(PEOPLE)), strict=True))
    stored = elsewhere.submit(lambda: list(Stadtbezirk.objects.order_by("pk").values_list("note", flat=True))).result()

    assert [sorted(status for status, _typed in answers) for answers in rounds] == [[302, 409]] * ROUNDS
    assert [typed for answers in rounds for status, typed in answers if status == 302] == stored
