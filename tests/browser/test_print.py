"""A place on paper: one sheet of A4 with the dates of the next eight weeks."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from sprechstunden.models import Schedule
from standorte.models import Standort
from tests.factories import make_change, make_closure, make_schedule, make_sprechstunde
from tests.pages import NOW

PLACE = "standorte/mengede-huckarde/"
# In points, 72 per inch.
A4 = [595, 842]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _sheets(page: Page, address: str) -> list[list[int]]:
    """Print a page; give the size of each sheet in points."""
    page.goto(address)
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)\s*\]", pdf)
    return [[round(float(side)) for side in box] for box in boxes]


def _on_paper(page: Page, address: str) -> list[str]:
    """Give the dates of the sheet as somebody reads them."""
    page.goto(address)
    page.emulate_media(media="print")
    return [line.inner_text() for line in page.locator(".sheet__dates > li").all()]


def test_a_place_is_one_sheet_with_its_dates_and_what_is_off_as_such(portal: str, page: Page) -> None:
    thursdays = Schedule.objects.get(sprechstunde__key="mengede-huckarde-do")
    make_change(thursdays, date(2026, 11, 26))

    lines = _on_paper(page, f"{portal}/de/{PLACE}")

    assert lines[:5] == [
        "Mo, 23. Nov., 09:00 – 12:00",
        "Di, 24. Nov., 13:00 – 16:00",
        "Do, 26. Nov., 14:00 – 17:00 Fällt aus: Fortbildung",
        "Fr, 27. Nov., 09:00 – 12:00",
        "Mo, 30. Nov., 09:00 – 12:00",
    ]
    assert (lines[-1], len(lines)) == ("Fr, 15. Jan., 09:00 – 12:00", 32)
    expect(page.locator(".sheet s")).to_have_count(5)
    assert (
        page.locator(".days, .state-now, .nearby, .site-nav").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).length"
        )
        == 0
    )
    for language in ("de", "ar"):
        assert _sheets(page, f"{portal}/{language}/{PLACE}") == [A4]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_where_all_is_off_and_there_is_more_than_fits_it_is_one_sheet_too(
    language: str, portal: str, page: Page
) -> None:
    office = Standort.objects.get(slug="mengede-huckarde")
    for weekday in ("MO", "TU", "WE", "TH", "FR"):
        make_schedule(make_sprechstunde(office=office), weekdays=(weekday,), standort=office)
    make_closure(NOW.date(), NOW.date() + timedelta(weeks=9))

    assert _sheets(page, f"{portal}/{language}/{PLACE}") == [A4]
    lines = _on_paper(page, f"{portal}/de/{PLACE}")
    assert len(lines) == 10
    assert [line for line in lines if "Fällt aus" not in line] == []
    expect(page.get_by_text("Es gibt mehr Termine, als hier Platz haben.")).to_be_visible()


def test_on_a_screen_there_is_no_sheet(portal: str, page: Page) -> None:
    page.goto(f"{portal}/de/{PLACE}")

    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".days").first).to_be_visible()
