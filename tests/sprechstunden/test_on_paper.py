"""What the sheet of a place says about dates that are not as usual."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine

from sprechstunden.models import ChangeKind, StaffReason
from sprechstunden.occurrences import BERLIN
from sprechstunden.school_holidays import school_holidays_known_until
from standorte.texts import Text
from tests.factories import make_change, make_closure, make_schedule
from tests.pages import NOW, get

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def lines(path: str = "/de/standorte/mengede-huckarde/") -> list[str]:
    page = get(path)
    (sheet,) = (found for found in page.all("ul") if found.get("class") == "sheet__dates")
    return [page.text(line) for line in sheet]


def test_a_moved_date_says_why_and_what_staff_wrote_and_a_closed_one_too() -> None:
    schedule = make_schedule(confirmed_on=date(2026, 11, 2))
    note = Text("Eingang im Hof.")
    make_change(schedule, date(2026, 11, 24), ChangeKind.MOVED, new_day=date(2026, 11, 25), note=note)
    other = StaffReason.OTHER
    make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, new_day=date(2026, 12, 2), reason=other)
    make_closure(date(2026, 12, 8), date(2026, 12, 8), note=Text("Wir feiern."))

    assert lines()[:6] == [
        "Di, 24. Nov., 10:00 – 12:00 verlegt auf Mi, 25. Nov., 10:00 – 12:00 (Fortbildung) Eingang im Hof.",
        "Mi, 25. Nov., 10:00 – 12:00 Eingang im Hof.",
        "Di, 1. Dez., 10:00 – 12:00 verlegt auf Mi, 2. Dez., 10:00 – 12:00",
        "Mi, 2. Dez., 10:00 – 12:00",
        "Di, 8. Dez., 10:00 – 12:00 Fällt aus: Veranstaltung Wir feiern.",
        "Di, 15. Dez., 10:00 – 12:00",
    ]


def test_a_date_that_may_be_in_school_holidays_says_so() -> None:
    make_schedule(follows_school_holidays=True)
    known = school_holidays_known_until()

    with time_machine.travel(datetime(known.year, 11, 5, 9, tzinfo=BERLIN), tick=False):
        first = lines()[0]

    assert first.endswith("10:00 – 12:00 Ob dann Ferien sind, ist noch nicht bekannt.")
