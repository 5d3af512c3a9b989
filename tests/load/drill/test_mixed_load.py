"""For a minute everybody comes at once while staff save five times a second: nothing is wrong, nothing is late."""

import http.client
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.load.serving import serving
from tests.portal_copy import ROOT

SECONDS, VISITORS, SAVES_PER_SECOND = 60, 4, 5
LANGUAGES = ("de", "de-x-leicht", "en", "ar", "fa", "uk", "ru", "tr", "fr", "ro", "bg", "pl")
PLACE = "/de/standorte/mengede-huckarde/"
PATHS = ("", "standorte/", "standorte/mengede-huckarde/", "sprechstunden/", "ueber-uns/", "partner/")
CHANGE, UNDO = "/admin/heute/termin/", "/admin/heute/zuruecknehmen/"
TOKEN = "a" * 32
# Somebody who may do everything, logged in, and a date that is still to come.
PREPARE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from lokalwillkommen.accounts.models import User
from sprechstunden.decided import decisions
from sprechstunden.models import Schedule
from sprechstunden.timetable import next_dates

user = User.objects.create_superuser("team@example.org", "a long pass phrase")
now, session = timezone.localtime(), SessionStore()
session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
schedule = Schedule.objects.filter(sprechstunde__office__slug="mengede-huckarde", frequency="weekly").first()
found = next_dates(schedule, now, 3, decisions([schedule], now.date()))
(_first, entry, *_others) = [one for one in found if one.takes_place]
print(session.session_key, schedule.uid, entry.occurrence.original_day)
"""
# Another process: it writes as often as told, about a date that no page shows yet, and says how often it did.
WRITE = f"""
import time
from datetime import timedelta
from sprechstunden.models import Change, ChangeKind, Schedule, StaffReason
from sprechstunden.timetable import dates, versions
from django.utils import timezone

now, began, written = timezone.localtime(), time.monotonic(), 0
schedule = Schedule.objects.filter(sprechstunde__office__slug="hoerde-hombruch", frequency="weekly").first()
first = now.date() + timedelta(weeks=40)
day = dates(versions([schedule], first), first, first + timedelta(weeks=4), now)[0].occurrence.original_day
while time.monotonic() - began < {SECONDS}:
    made = Change.objects.create(schedule=schedule, day=day, kind=ChangeKind.CANCELLED, reason=StaffReason.EVENT)
    time.sleep({1 / SAVES_PER_SECOND})
    made.delete()
    time.sleep({1 / SAVES_PER_SECOND})
    written += 2
print(written)
"""


class Talk:
    """Somebody who asks, over a new connection each time as nginx does, and how long the answers took."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.seconds: list[float] = []

    def ask(self, method: str, address: str, sent: dict[str, str] | None = None, cookie: str = "") -> tuple[int, str]:
        """Send a request; give the status and the page."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if sent is not None else {}
        headers |= {"Cookie": cookie} if cookie else {}
        began = time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)) as connection:
            connection.request(method, address, urlencode(sent) if sent is not None else None, headers)
            answer = connection.getresponse()
            body = answer.read().decode()
        self.seconds.append(time.monotonic() - began)
        return answer.status, body


def test_everybody_at_once_while_staff_save(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "lokalwillkommen.settings"}
    variables = {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", **settings}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    for words in (["migrate", "--verbosity=0"], ["load_facts"], ["shell", "--verbosity=0", "--command", PREPARE]):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    session, schedule, day = done.stdout.split()

    writing = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", WRITE]
    with (
        serving("lokalwillkommen.wsgi:application", variables, tmp_path / "log") as portal,
        subprocess.Popen(writing, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as other,
    ):
        until = time.monotonic() + SECONDS
        talks, statuses = [Talk(portal.port) for _ in range(VISITORS)], Counter[tuple[str, int]]()
        threads = [threading.Thread(target=_visit, args=(talk, until, statuses)) for talk in talks]
        for thread in threads:
            thread.start()
        saves = _save(Talk(portal.port), Talk(portal.port), until, session, {"schedule": schedule, "day": day})
        for thread in threads:
            thread.join()
        written = int(other.stdout.read()) if other.stdout else 0

    times = sorted(second for talk in talks for second in talk.seconds)
    half, most = (times[len(times) * part // 100] * 1000 for part in (50, 99))
    print(
        f"{len(times) / SECONDS:.0f} answers a second, half within {half:.0f} ms, 99 of 100 within {most:.0f} ms;"
        f" {(saves + written) / SECONDS:.1f} saves a second, {saves} of them looked at"
    )
    assert set(statuses) == {("page", 200), ("feed", 200), ("finder", 200), ("form", 200), ("message", 422)}
    assert not [line for line in (tmp_path / "log").read_text().splitlines() if '"level": "ERROR"' in line]


def _visit(talk: Talk, until: float, statuses: Counter[tuple[str, int]]) -> None:
    """Do what visitors do: mostly read, sometimes look for their place, load the calendar, write."""
    choice = random.Random(talk.__hash__())  # noqa: S311  # no secret
    while time.monotonic() < until:
        language = choice.choice(LANGUAGES)
        what = choice.choices(("page", "feed", "finder", "form", "message"), (90, 4, 3, 2, 1))[0]
        if what == "page":
            status, _body = talk.ask("GET", f"/{language}/{choice.choice(PATHS)}")
        elif what == "feed":
            status, _body = talk.ask("GET", f"/kalender/alle.ics?sprache={language}")
        elif what == "finder":
            status, _body = talk.ask("POST", f"/{language}/finden/", {"place": "44359"})
        elif what == "form":
            status, _body = talk.ask("GET", f"/{language}/kontakt/")
        else:
            status, _body = talk.ask("POST", f"/{language}/kontakt/", {"message": ""})
        statuses[what, status] += 1


def _save(staff: Talk, reader: Talk, until: float, session: str, date: dict[str, str]) -> int:
    """Cancel and take back one date; the next reader must see each. Give how often it was saved."""
    cookie, token = f"sessionid={session}; csrftoken={TOKEN}", {"csrfmiddlewaretoken": TOKEN}
    held, saves, off = reader.ask("GET", PLACE)[1], 0, ""
    began = time.monotonic()
    while time.monotonic() < until:
        sent = {**date, **token, "kind": "cancelled", "reason": "training"}
        assert staff.ask("POST", CHANGE, sent, cookie)[0] == 302
        page = reader.ask("GET", PLACE)[1]
        off = off or page
        assert (page == off, page == held) == (True, False)
        board = staff.ask("GET", "/admin/heute/", None, cookie)[1]
        change = _change_in(board, f"termin-{date['schedule']}-{date['day']}")
        _rest(began, saves := saves + 1)
        assert staff.ask("POST", UNDO, {"change": change, **token}, cookie)[0] == 302
        assert reader.ask("GET", PLACE)[1] == held
        _rest(began, saves := saves + 1)
    return saves


def _rest(began: float, saves: int) -> None:
    time.sleep(max(0.0, began + saves / SAVES_PER_SECOND - time.monotonic()))


def _change_in(board: str, anchor: str) -> str:
    """Give the change that the card with this anchor offers to take back."""
    found = re.search(rf'id="{anchor}".*?name="change" value="([0-9a-f-]+)"', board, re.DOTALL)
    assert found
    return found[1]
