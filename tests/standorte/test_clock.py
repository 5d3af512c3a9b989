"""One clock for all public pages: they can be shown as of another moment, and nobody asks past it."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from standorte import clock

ROOT = Path(__file__).parents[2]
PACKAGES = ("lokalwillkommen", "sprechstunden", "standorte")
# What only staff and operators use, what is written down and how long a page is kept goes by the real clock.
OF_STAFF = (
    *(
        "/admin/",
        "/admin.py",
        "/management/",
        "/migrations/",
        "/accounts/",
        "/caching/",
        "/confirming/",
        "/history/",
        "/suggestions/",
        "/beginning.py",
        "/facts/",
        "/operations/",
        "/translating/",
    ),
    *("/today.py", "/notices/forms.py", "/schedule_forms.py", "/closure_forms.py", "/date_check.py"),
)
# Moments that rows are written with, as defaults of their fields.
WRITTEN = {
    "lokalwillkommen/legal/models.py",
    "lokalwillkommen/notices/models.py",
    "lokalwillkommen/sign_videos/models.py",
    "sprechstunden/models/decision.py",
}
CHRISTMAS_EVE = datetime(2026, 12, 24, 8, tzinfo=UTC)


def test_pages_go_by_the_real_time_in_dortmund() -> None:
    with time_machine.travel(datetime(2026, 7, 31, 23, 30, tzinfo=UTC), tick=False):
        now, today = clock.now(), clock.today()

    assert (now, now.tzinfo) == (
        datetime(2026, 8, 1, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        ZoneInfo("Europe/Berlin"),
    )
    assert today == date(2026, 8, 1)


def test_pages_can_be_made_for_another_moment_and_then_go_on_as_before() -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        with clock.at(CHRISTMAS_EVE):
            shown = clock.now()
        after = clock.today()

    assert (shown.isoformat(), after) == ("2026-12-24T09:00:00+01:00", date(2026, 3, 1))


def test_the_clock_goes_on_when_a_page_fails() -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        with pytest.raises(ZeroDivisionError), clock.at(CHRISTMAS_EVE):
            _ = 1 / 0

        assert clock.today() == date(2026, 3, 1)


def test_public_code_asks_no_other_clock() -> None:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    asking = {str(path.relative_to(ROOT)) for path in files if any(_asks_a_clock(path))}

    assert {name for name in asking if not any(part in f"/{name}" for part in OF_STAFF)} == WRITTEN


def test_the_check_knows_a_clock_when_it_sees_one(tmp_path: Path) -> None:
    asks, converts = tmp_path / "asks.py", tmp_path / "converts.py"
    asks.write_text("timezone.now\ntimezone.localdate()\ndatetime.now(UTC)\ndate.today()\ntime.time()\n")
    converts.write_text("timezone.localdate(moment)\nclock.now()\nclock.today()\ntime.monotonic()\n")

    assert (list(_asks_a_clock(asks)), list(_asks_a_clock(converts))) == ([1, 2, 3, 4, 5], [])


def _asks_a_clock(path: Path) -> Iterator[int]:
    """Give the lines on which a clock is asked; a moment may be put into another zone everywhere."""
    always = {("timezone", "now"), ("datetime", "now"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    without_a_moment = {("timezone", "localtime"), ("timezone", "localdate")}
    tree = ast.parse(path.read_text())
    given = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            asked = (node.value.id, node.attr)
            if asked in always or (asked in without_a_moment and id(node) not in given):
                yield node.lineno
