"""The version of all contents is a sum of marks that triggers write, and stays when they are folded."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from lokalwillkommen.caching import release, triggers
from lokalwillkommen.caching.models import ContentWrite
from lokalwillkommen.caching.version import fold, stored
from standorte.models import Standort
from tests.factories import make_office, make_standort

pytestmark = pytest.mark.django_db


def test_folding_leaves_one_row_and_the_version_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lokalwillkommen.caching.version._FOLDED_AT_ONCE", 2)
    for number in range(5):
        make_standort(f"Ort {number}")
    before, rows = stored(), ContentWrite.objects.count()
    out = StringIO()

    call_command("fold_content_writes", stdout=out)

    assert rows >= 5
    assert (stored(), [write.mark for write in ContentWrite.objects.all()]) == (before, [before])
    assert str(ContentWrite.objects.get()) == f"{before}"
    assert (fold(), stored()) == (0, before)


def test_what_is_rolled_back_was_never_another_version_and_what_comes_then_is_a_new_one() -> None:
    make_office()
    first = stored()
    with transaction.atomic():
        Standort.objects.update(name="Anders")
        undone = stored()
        transaction.set_rollback(True)

    again = stored()
    Standort.objects.update(name="Wieder anders")

    assert (again, len({first, undone, stored()})) == (first, 3)


def test_migrating_makes_triggers_that_are_missing_and_drops_those_of_tables_that_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = triggers.installed(connection)
    monkeypatch.setattr(triggers, "content_tables", lambda: ["auth_group"])
    call_command("migrate", verbosity=0, plan=True)
    planned = triggers.installed(connection)
    call_command("migrate", verbosity=0)
    left = {table for table, _event in triggers.installed(connection)}
    monkeypatch.undo()

    call_command("migrate", verbosity=0)

    assert (planned, left, triggers.installed(connection)) == (there, {"auth_group"}, there)


def test_without_a_table_to_note_in_there_are_no_triggers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_NOTES", "not_there")

    triggers.install(connection)

    assert triggers.installed(connection) == set()
    monkeypatch.undo()
    triggers.install(connection)


def test_pages_of_another_release_or_operator_are_other_pages(
    settings: "pytest.FixtureRequest",
    official: None,  # noqa: ARG001  # changes the settings
) -> None:
    ours = release.release()
    settings.OPERATOR = {**settings.OPERATOR, "name": "Andere Stadt"}  # type: ignore[attr-defined]

    assert (release.release() == ours, len(ours)) == (False, 32)
