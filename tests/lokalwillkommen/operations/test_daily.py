"""One command does what has to be done every day, and operators learn when it does not run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.operations import daily
from lokalwillkommen.operations.daily import RETENTION
from lokalwillkommen.operations.models import DailyRun
from sprechstunden.models import DateCheck
from tests.factories import make_user
from tests.pages import NOW, get

EVERY_DAY = "Der Befehl daily sollte jeden Tag laufen."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.django_db(transaction=True)
def test_a_day_checks_dates_forgets_logins_and_writes_a_backup(tmp_path: Path, settings: Settings) -> None:
    settings.BACKUP_FOLDER = str(tmp_path)
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - timedelta(seconds=1))
    out = StringIO()

    call_command("daily", stdout=out)

    done = ", ".join(("check_dates", "fold_content_writes", *RETENTION, "ask_to_confirm"))
    assert out.getvalue() == f"Done: {done}, backup.\n"
    assert (DateCheck.objects.count(), Session.objects.count(), len(list(tmp_path.iterdir()))) == (1, 0, 1)
    assert list(DailyRun.objects.values_list("started_at", "failed")) == [(NOW, [])]


@pytest.mark.django_db(transaction=True)
def test_a_part_that_fails_is_named_and_does_not_stop_the_others(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "missing")
    err = StringIO()

    failed = daily.run(("backup", "no_such_command", "check_dates"), NOW, err.write)

    assert failed == ["backup", "no_such_command"]
    assert err.getvalue() == (
        f"backup: No backup was written to {tmp_path / 'missing'}: No such file or directory."
        "no_such_command: Unknown command: 'no_such_command'"
    )
    assert (DateCheck.objects.count(), DailyRun.objects.get().failed) == (1, failed)


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_with_the_names_of_what_failed(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "missing")

    with pytest.raises(CommandError, match=r"^Failed: backup\.$"):
        call_command("daily", stderr=StringIO())


def test_a_timer_sees_the_failure_as_exit_code_1(tmp_path: Path) -> None:
    """Without tables every part fails, and even that the run took place cannot be remembered."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}

    done = subprocess.run(
        [sys.executable, "manage.py", "daily"],
        cwd=project.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    steps = ", ".join(("check_dates", "fold_content_writes", *RETENTION, "ask_to_confirm"))
    assert done.stderr.splitlines()[-1] == f"CommandError: Failed: {steps}, remembering this run."


@pytest.mark.django_db(transaction=True)
def test_only_the_newest_runs_are_remembered() -> None:
    for age in range(daily.KEPT_RUNS + 1):
        DailyRun.objects.create(started_at=NOW - timedelta(days=age))

    daily.run((), NOW + timedelta(days=1), print)

    days = [run.started_at.date() for run in DailyRun.objects.all()]
    assert (len(days), days[0] - days[-1]) == (30, timedelta(days=29))
    assert str(DailyRun.objects.first()) == "23.11.2026"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "failed", "said"),
    [
        (None, [], [f"warning: Die täglichen Arbeiten liefen noch nie: {EVERY_DAY}"]),
        (timedelta(days=2), [], []),
        (
            timedelta(days=2, seconds=1),
            ["backup"],
            [f"warning: Die täglichen Arbeiten liefen zuletzt am Freitag, 20. November 2026 um 14:59: {EVERY_DAY}"],
        ),
        (
            timedelta(hours=1),
            ["check_dates", "backup"],
            [
                (
                    "error: Am Sonntag, 22. November 2026 um 14:00 sind nicht alle täglichen Arbeiten gelungen."
                    " Fehlgeschlagen: check_dates, backup"
                )
            ],
        ),
    ],
)
def test_operators_are_warned_when_it_did_not_run_for_two_days_or_failed(
    age: timedelta | None, failed: list[str], said: list[str]
) -> None:
    if age is not None:
        DailyRun.objects.create(started_at=NOW - age, failed=failed)

    assert _said(make_user(is_superuser=True)) == said


@pytest.mark.django_db
def test_others_see_nothing_of_it_unless_they_may() -> None:
    staff = make_user()

    before = _said(staff)
    User.objects.update(role=Role.COORDINATION)

    assert (before, len(_said(User.objects.get(pk=staff.pk)))) == ([], 1)


def _said(user: User) -> list[str]:
    """Give what the first page of the admin says about the daily work."""
    client = Client()
    client.force_login(user)
    page = get(reverse("admin:index"), client)
    lists = [element for element in page.all("ul") if element.get("class") == "messagelist"]
    items = [f"{item.get('class')}: {page.text(item)}" for element in lists for item in element.iter("li")]
    return [words for words in items if "täglichen Arbeiten" in words]
