"""Through nginx as shipped, with two processes behind each other: a cancelled hour is seen within two seconds."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.load.edge import NGINX, edge
from tests.load.serving import serving
from tests.load.traffic import fetch
from tests.portal_copy import ROOT

TIMES, BOUND = 8, 2.0
PLACE = "/de/standorte/mengede-huckarde/"
# Another process than the one that answers: it cancels and takes back, and says when each was in the database.
CANCEL = f"""
import random, time
from django.utils import timezone
from datetime import timedelta
from sprechstunden.models import Change, ChangeKind, Schedule, StaffReason
from sprechstunden.timetable import next_dates, schedules_of
from sprechstunden.decided import decisions
from standorte.models import Standort

now = timezone.localtime()
schedule = Schedule.objects.filter(sprechstunde__office__slug="mengede-huckarde", frequency="weekly").first()
(entry, *_others) = next_dates(schedule, now, 2, decisions([schedule], now.date()))
for number in range({TIMES}):
    time.sleep(2.2 + random.random())
    if number % 2:
        Change.objects.all().delete()
    else:
        Change.objects.create(
            schedule=schedule, day=entry.occurrence.original_day, kind=ChangeKind.CANCELLED, reason=StaffReason.TRAINING
        )
    print(time.time(), flush=True)
"""


@pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")
def test_a_cancelled_hour_is_seen_through_nginx_within_two_seconds(tmp_path: Path) -> None:
    variables = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "lokalwillkommen.settings",
    }
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    for words in (["migrate", "--verbosity=0"], ["load_facts"]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)

    with (
        serving("lokalwillkommen.wsgi:application", variables, tmp_path / "log") as portal,
        edge(tmp_path / "edge", portal.port) as (nginx, _files),
        subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", CANCEL],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as staff,
    ):
        seen = _changes(nginx.port, staff)
        written = [float(line) for line in (staff.stdout.read() if staff.stdout else "").split()]

    waits = [moment - commit for commit, moment in zip(written, seen, strict=True)]
    print(f"seen after {', '.join(f'{wait:.2f}' for wait in waits)} s")
    assert len(waits) == TIMES
    assert all(wait <= BOUND for wait in waits)


def _changes(port: int, staff: "subprocess.Popen[str]") -> list[float]:
    """Ask until all is done and two seconds more; give the moments at which the page was another one."""
    seen, last, until = [], fetch(port, PLACE)[1].body, float("inf")
    while time.time() < until:
        body = fetch(port, PLACE)[1].body
        if body != last:
            seen.append(time.time())
            last = body
        if staff.poll() is not None:
            until = min(until, time.time() + BOUND)
        time.sleep(0.01)
    return seen
