"""A backup brings every row back, on an empty database, or nothing at all."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from pytest_django import Settings

from lokalwillkommen.accounts.models import User
from lokalwillkommen.facts.loader import load_all
from sprechstunden.models import ChangeKind, Schedule
from standorte.models import Partner, Standort
from standorte.texts import Text
from tests.factories import (
    make_called_off,
    make_change,
    make_closure,
    make_notice,
    make_partner,
    make_schedule,
    make_user,
)
from tests.lokalwillkommen.operations.backups import all_rows, files_of, make_backup, restore, with_a_file_named
from tests.pages import NOW
from tests.sign_videos import FILES, make_sign_video

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("/de/", "/ar/standorte/", "/uk/standorte/mengede-huckarde/", "/de/sprechstunden/", "/kalender/alle.ics")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_restored_backup_has_every_row_file_and_page_as_before(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    _live_for_a_while()
    make_sign_video()
    gone = make_partner("Vorbei")
    last_number = gone.pk
    gone.delete()
    rows, pages = all_rows(), _pages()
    backup = make_backup(tmp_path)
    call_command("flush", interactive=False, verbosity=0)
    empty = all_rows()

    films = files_of(settings)
    shutil.rmtree(settings.MEDIA_ROOT)

    said = restore(backup)

    assert all_rows() == rows
    assert _pages() == pages
    assert files_of(settings) == films
    assert films == {f"videos/{name}": content for name, content in FILES.items()}
    assert said == f"{sum(map(len, rows.values()))} rows and 3 files are back as they were in {backup.name}.\n"
    assert {name for name, found in empty.items() if found} == {"auth.permission", "contenttypes.contenttype"}
    assert Session.objects.count() == 0
    assert User.objects.get(email="team@example.org").check_password("ein langes Passwort")
    # Not the number of a row that was gone before: its address may be printed on paper.
    assert make_partner("Neu").pk == last_number + 1


def test_a_database_in_use_is_replaced_only_if_one_says_so(tmp_path: Path) -> None:
    make_user("alt@example.org")
    backup = make_backup(tmp_path)
    rows = all_rows()
    make_user("neu@example.org")
    Client().force_login(User.objects.get(email="neu@example.org"))

    tables = r"accounts\.historicaluser, accounts\.user"
    with pytest.raises(CommandError, match=rf"^The database is not empty \({tables} …\): say --replace to delete"):
        restore(backup)
    assert (User.objects.count(), Session.objects.count()) == (2, 1)

    restore(backup, "--replace")
    assert (all_rows(), Session.objects.count()) == (rows, 0)


@pytest.mark.postgres
def test_what_is_saved_while_a_backup_is_written_is_in_it_whole_or_not_at_all(tmp_path: Path) -> None:
    """SQLite lets nobody write meanwhile; PostgreSQL does, and shows the backup one moment of all tables."""
    before = all_rows()

    def save_elsewhere(execute: Callable[..., object], sql: str, *question: object) -> object:
        if 'FROM "accounts_user" ' in sql and not pool.submit(User.objects.exists).result():
            pool.submit(make_user).result()
            pool.submit(make_partner).result()
        return execute(sql, *question)

    with ThreadPoolExecutor(1) as pool:
        with connection.execute_wrapper(save_elsewhere):
            backup = make_backup(tmp_path)
        pool.submit(connections.close_all).result()

    assert (User.objects.count(), Partner.objects.count()) == (1, 1)
    restore(backup, "--replace")
    assert all_rows() == before


def test_a_backup_of_other_migrations_is_refused(tmp_path: Path) -> None:
    backup = make_backup(tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('standorte', '0999_new', %s)", [NOW])
    try:
        with pytest.raises(CommandError, match=r"made by version 0\.1\.0 with other .* \(standorte\.0999_new …\)"):
            restore(backup)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0999_new'")


def test_backups_expire_after_35_days_but_the_newest_stays_and_so_do_other_files(tmp_path: Path) -> None:
    moments = [NOW - timedelta(days=35), NOW - timedelta(days=35, seconds=1), NOW - timedelta(days=400)]
    names = [f"lokalwillkommen-{moment.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}.zip" for moment in moments]
    for name in (*names, "mine.zip"):
        (tmp_path / name).touch()

    out = StringIO()
    call_command("backup", str(tmp_path), stdout=out)

    new = "lokalwillkommen-2026-11-22T14-00-00Z.zip"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([names[0], new, "mine.zip"])
    assert out.getvalue().splitlines() == [
        str(tmp_path / new),
        *(f"older than 35 days, deleted: {name}" for name in (names[2], names[1])),
    ]
    with time_machine.travel(NOW + timedelta(days=500), tick=False), pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "missing"))


def test_only_its_owner_reads_a_backup(tmp_path: Path) -> None:
    backup = make_backup(tmp_path)

    assert backup.stat().st_mode & 0o777 == 0o600


def test_the_folder_is_named_by_the_command_or_by_the_settings(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(CommandError, match=r"^Where to\? Name a folder, or set BACKUP_FOLDER\.$"):
        call_command("backup")
    with pytest.raises(CommandError, match=r"^No backup was written to .*: No such file or directory\.$"):
        call_command("backup", str(tmp_path / "missing"))

    settings.BACKUP_FOLDER = str(tmp_path)
    call_command("backup", stdout=StringIO())

    assert len(list(tmp_path.iterdir())) == 1


def test_files_that_cannot_be_written_or_would_leave_their_folder_change_no_row(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    make_sign_video()
    backup = make_backup(tmp_path)
    rows = all_rows()
    outside = with_a_file_named(backup, "../outside.mp4")

    with pytest.raises(CommandError, match="No row was changed"):
        restore(outside, "--replace")
    settings.MEDIA_ROOT = str(backup)  # a file, where a folder should be
    with pytest.raises(CommandError, match="No row was changed"):
        restore(backup, "--replace")

    assert all_rows() == rows
    assert not (tmp_path.parent / "outside.mp4").exists()


def _live_for_a_while() -> None:
    """Load the real facts, and let staff do one of everything."""
    load_all()
    user = User.objects.create_user("team@example.org", "ein langes Passwort")
    user.standorte.set(Standort.objects.all()[:2])
    office = Standort.objects.get(slug="mengede-huckarde")
    text = Text("Ärger: „heute“ zu", {}).edited({"de": "Wir ziehen um", "ar": "ننتقل"})
    make_notice(text, date(2026, 11, 1), date(2026, 12, 31), office)
    make_closure(date(2026, 12, 7), date(2026, 12, 9), standorte=[office], decided_by=user)
    schedule = make_schedule(valid_from=date(2026, 1, 1), confirmed_on=date(2026, 11, 1), confirmed_by=user)
    make_change(schedule, date(2026, 12, 1), ChangeKind.CANCELLED, decided_by=user)
    make_called_off(make_change(schedule, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 9)))
    Schedule.objects.filter(pk=schedule.pk).update(modified_at=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC))
    Client().force_login(user)


def _pages() -> dict[str, bytes]:
    return {path: Client().get(path).content for path in PAGES}
