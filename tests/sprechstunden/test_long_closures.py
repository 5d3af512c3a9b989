"""A long closure does not bury the next date that takes place under cards that say nothing but "off"."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from sprechstunden.entries import EntryState
from sprechstunden.models import Closure
from tests.factories import make_change, make_closure, make_office, make_schedule, make_sprechstunde
from tests.pages import NOW, Page, get

pytestmark = pytest.mark.django_db
CONFIRMED_ON = date(2026, 11, 2)
PLACE = "/de/standorte/mengede-huckarde/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def states(page: Page) -> list[str]:
    cards = [found.get("data-state", "") for found in page.all("li") if found.get("class") == "date-card"]
    return ["off" if state == EntryState.CANCELLED else "on" for state in cards]


def test_six_in_a_row_are_shown_and_the_others_counted_with_the_last_day() -> None:
    office = make_office()
    make_schedule(confirmed_on=CONFIRMED_ON)
    make_schedule(make_sprechstunde(office=office), weekdays=("WE",))
    make_closure(date(2026, 12, 1), date(2027, 2, 10))

    page = get(PLACE)

    assert states(page) == ["on", *["off"] * 6, "on", "on"] * 2
    assert page.text().count("10 weitere Termine fallen aus, bis 10. Februar 2027.") == 1


def test_one_that_is_left_out_is_counted_alone_and_fewer_are_all_shown() -> None:
    make_schedule(confirmed_on=CONFIRMED_ON)
    make_closure(date(2026, 11, 24), date(2027, 1, 5))

    assert "1 weiterer Termin fällt aus, bis 5. Januar 2027." in get(PLACE).text()
    Closure.objects.update(last=date(2026, 12, 29))
    assert "weiterer Termin" not in get(PLACE).text()


def test_what_is_off_here_and_there_is_shown_each_time() -> None:
    schedule = make_schedule(confirmed_on=CONFIRMED_ON)
    for day in (date(2026, 11, 24), date(2026, 12, 8)):
        make_change(schedule, day)

    page = get(PLACE)

    assert states(page) == ["off", "on", "off", "on", "on"]
    assert "weitere" not in page.text(page.by_id("termine"))
