"""Today in a real browser: cancelled from the bookmark with a few taps, without scripts, by keyboard, seen at once."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from lokalwillkommen.accounts.models import User
from sprechstunden.fields import WeekdaysField
from sprechstunden.models import Schedule
from standorte.models import Standort
from tests.browser.visits import visit
from tests.factories import make_schedule, make_sprechstunde

PASSWORD = "a long pass phrase"  # noqa: S105  # of nobody
PLACES = ("/de/standorte/marten/", "/ar/standorte/marten/", "/de/sprechstunden/?standort=marten")


@pytest.fixture
def tomorrow(portal: str) -> Schedule:
    """Make confirmed times at Marten with a date tomorrow, whatever day it is, first in every list."""
    assert portal
    day = timezone.localdate() + timedelta(days=1)
    return make_schedule(
        make_sprechstunde(office=Standort.objects.get(slug="mengede-huckarde")),
        weekdays=(WeekdaysField.codes[day.weekday()],),
        standort=Standort.objects.get(slug="marten"),
        opens=time(6),
        closes=time(7),
        confirmed_on=timezone.localdate(),
        held_on_closing_days=True,
    )


@pytest.fixture
def phone(portal: str, browser: Browser, tomorrow: Schedule) -> Iterator[Page]:
    """Open a phone without scripts on which somebody has logged in some day."""
    User.objects.create_superuser("team@example.org", PASSWORD)
    assert tomorrow.pk
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, has_touch=True)
    with context, context.new_page() as page:
        page.goto(f"{portal}/admin/heute/")
        page.get_by_label("E-Mail-Adresse").fill("team@example.org")
        page.get_by_label("Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Heute")
        yield page


def card(page: Page, schedule: Schedule) -> Locator:
    return page.locator(f'[id^="termin-{schedule.uid}"]').first


def states(page: Page, portal: str, path: str) -> str | None:
    page.goto(portal + path)
    return page.locator(".date-card", has_text="06:00").first.get_attribute("data-state")


def test_a_date_is_cancelled_in_two_taps_read_by_all_at_once_and_brought_back(
    phone: Page, page: Page, portal: str, tomorrow: Schedule
) -> None:
    assert [states(page, portal, path) for path in PLACES[:2]] == ["confirmed", "confirmed"]
    taps = 0

    phone.goto(f"{portal}/admin/heute/")  # the bookmark
    one = card(phone, tomorrow)
    for target in (one.get_by_text("Fällt aus").first, one.get_by_role("button", name="Zu wenig Personal").first):
        target.tap()
        taps += 1

    expect(card(phone, tomorrow)).to_have_attribute("data-state", "cancelled")
    expect(card(phone, tomorrow).get_by_role("status")).to_be_in_viewport()
    assert taps <= 4
    assert [states(page, portal, path) for path in PLACES[:2]] == ["cancelled", "cancelled"]

    card(phone, tomorrow).get_by_role("button", name="Zurücknehmen").tap()

    expect(card(phone, tomorrow)).to_have_attribute("data-state", "confirmed")
    assert [states(page, portal, path) for path in PLACES[:2]] == ["confirmed", "confirmed"]


def test_the_agenda_shows_what_was_just_cancelled(phone: Page, page: Page, portal: str, tomorrow: Schedule) -> None:
    day = timezone.localdate() + timedelta(days=1)
    path = f"{PLACES[2]}&woche={day}"
    assert states(page, portal, path) == "confirmed"

    card(phone, tomorrow).get_by_text("Fällt aus").first.tap()
    card(phone, tomorrow).get_by_role("button", name="Veranstaltung").first.tap()
    expect(card(phone, tomorrow)).to_have_attribute("data-state", "cancelled")

    assert states(page, portal, path) == "cancelled"
    expect(page.locator(".date-card", has_text="06:00").first).to_contain_text("Veranstaltung")


def test_axe_finds_nothing_and_the_keyboard_does_all(
    page: Page, portal: str, tomorrow: Schedule, complaints: list[str]
) -> None:
    User.objects.create_superuser("team@example.org", PASSWORD)
    page.goto(f"{portal}/admin/heute/")
    page.get_by_label("E-Mail-Adresse").fill("team@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Heute")

    assert visit(page, f"{portal}/admin/heute/", "light", 360) == []
    assert visit(page, f"{portal}/admin/heute/?standort=marten", "dark", 1280) == []

    one = card(page, tomorrow)
    one.locator("summary").first.focus()
    page.keyboard.press("Enter")
    for _turn in range(2):  # past the note to the first reason
        page.keyboard.press("Tab")
    expect(one.get_by_role("button", name="Zu wenig Personal").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, tomorrow)).to_have_attribute("data-state", "cancelled")
    assert visit(page, page.url, "dark", 360) == []

    page.locator("#zusatz > summary").click()
    page.locator("#zusatz-opens").fill("09:00")
    page.locator("#zusatz-closes").fill("08:00")
    page.locator("#zusatz-sprechstunde").select_option(index=1)
    page.get_by_role("button", name="Termin eintragen").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    found = page.locator("#noch-einmal-closes")
    expect(found).to_have_value("08:00")
    expect(found).to_have_accessible_description("Das Ende muss nach dem Beginn liegen.")
    # A page that answers 422 is noted by the browser.
    assert [words for words in complaints if "422" not in words] == []


def test_enter_in_a_field_gives_no_reason_that_nobody_chose(page: Page, portal: str, tomorrow: Schedule) -> None:
    User.objects.create_superuser("team@example.org", PASSWORD)
    page.goto(f"{portal}/admin/heute/")
    page.get_by_label("E-Mail-Adresse").fill("team@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.keyboard.press("Enter")
    one = card(page, tomorrow)
    one.get_by_text("Verlegen").first.click()
    one.get_by_label("Von").fill("05:00")

    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie einen Grund.")
    expect(page.locator("#noch-einmal-opens")).to_have_value("05:00")
    assert tomorrow.changes.count() == 0
