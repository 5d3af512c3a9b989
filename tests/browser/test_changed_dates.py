"""Dates that are not as their rule says, in a real browser: every state on one page, in both directions of writing."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from playwright.sync_api import Page, expect

from sprechstunden.models import ChangeKind, Schedule
from standorte.models import Kind
from standorte.texts import Text
from tests.browser.visits import Scheme, visit
from tests.factories import make_change, make_office, make_schedule, make_standort
from tests.pages import NOW

VISITS: tuple[tuple[str, Scheme, int], ...] = (("de", "light", 320), ("de", "dark", 1280), ("ar", "dark", 320))


@pytest.fixture
def week(portal: str) -> Iterator[str]:
    """Give a week of an office in which dates are cancelled, moved, extra, held, and in holidays not known yet."""
    office = make_office("Neues Büro")
    marten = make_standort("Ein/Ort mit langem Namen", Kind.OUTREACH, office=office)
    off, moved, more = (make_schedule(weekdays=(day,), standort=office) for day in ("MO", "TU", "WE"))
    make_schedule(weekdays=("TH",), standort=office, held_on_closing_days=True)
    make_schedule(weekdays=("FR",), standort=marten)
    Schedule.objects.filter(standort__in=(office, marten)).update(confirmed_on=date(2026, 11, 2))
    make_change(off, date(2026, 12, 21), note=Text("Dringende Fragen? Rufen Sie uns gern an."))
    make_change(moved, date(2026, 12, 22), ChangeKind.MOVED, new_day=date(2026, 12, 23), standort=marten)
    make_change(more, date(2026, 12, 22), ChangeKind.EXTRA, opens=time(14), closes=time(15))
    with time_machine.travel(NOW, tick=True):
        yield f"{portal}/%s/sprechstunden/?woche=2026-12-21"


def test_axe_finds_nothing_where_dates_have_changed(week: str, page: Page, complaints: list[str]) -> None:
    for language, scheme, width in VISITS:
        assert visit(page, week % language, scheme, width) == [], (language, scheme, width)
        states = page.locator(".date-card").evaluate_all("found => found.map(card => card.dataset.state)")
        assert set(states) == {"cancelled", "moved", "confirmed", "planned"}
        expect(page.locator(".instead").first).to_be_visible()
    assert complaints == []


def test_hours_are_read_from_left_to_right_and_arrows_turn_in_arabic(week: str, page: Page) -> None:
    page.goto(week % "ar")

    directions = page.locator(".instead bdi[dir]").evaluate_all(
        "all => all.map(one => getComputedStyle(one).direction)"
    )
    arrow = page.locator(".instead > .icon").first
    moved = page.locator('.state[data-state="moved"] > .icon').first
    assert set(directions) == {"ltr"}
    assert [icon.evaluate("one => getComputedStyle(one).transform") for icon in (arrow, moved)] == [
        "matrix(-1, 0, 0, 1, 0, 0)"
    ] * 2


def test_in_forced_colours_and_on_paper_the_states_are_told_by_words_and_lines(week: str, page: Page) -> None:
    page.goto(week % "de")
    page.emulate_media(forced_colors="active")
    _assert_told_by_words_and_lines(page)
    page.emulate_media(forced_colors="none", media="print")
    _assert_told_by_words_and_lines(page)


def _assert_told_by_words_and_lines(page: Page) -> None:
    card = page.locator('.date-card[data-state="cancelled"]').first
    expect(card.locator(".state")).to_be_visible()
    expect(card.locator(".instead")).to_be_visible()
    line = card.locator(".date-card__when").evaluate("one => getComputedStyle(one).textDecorationLine")
    edge = card.locator(".instead").evaluate("one => getComputedStyle(one).borderInlineStartWidth")
    assert (line, edge) == ("line-through", "4px")
