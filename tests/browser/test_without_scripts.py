"""The public pages on a phone on which no script runs: each way from a question to an answer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def phone(portal: str, browser: Browser) -> Iterator[Page]:
    """Open the start page on a phone without scripts."""
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{portal}/de/")
        yield page


def test_what_is_typed_is_answered(phone: Page) -> None:
    phone.get_by_label("Postleitzahl oder Stadtteil").fill("Hörde")
    phone.get_by_role("button", name="Mein Büro finden").click()

    expect(phone.locator("#ergebnis").get_by_role("link").first).to_have_text("Hörde/Hombruch")


def test_dates_are_filtered(phone: Page) -> None:
    phone.get_by_role("link", name="Termine", exact=True).click()
    phone.locator("summary", has_text="wählen").click()
    phone.get_by_label("Ort", exact=True).select_option(label="Marten")
    phone.get_by_role("button", name="Anzeigen").click()

    assert "standort=marten" in phone.url
    expect(phone.get_by_label("Ort", exact=True)).to_have_value("marten")
    assert set(phone.locator(".date-card__link").all_inner_texts()) <= {"Marten"}


def test_the_language_is_switched_and_the_page_is_kept(phone: Page, portal: str) -> None:
    phone.goto(f"{portal}/de/standorte/marten/")
    phone.locator(".language-switch summary").click()
    phone.locator(".language-switch").get_by_role("link", name="العربية").click()

    assert phone.url == f"{portal}/ar/standorte/marten/"
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")


def test_the_card_is_shown_and_nothing_asks_for_a_script(phone: Page, portal: str) -> None:
    phone.goto(f"{portal}/de/standorte/marten/")
    phone.get_by_role("link", name="Karte zum Zeigen").click()

    expect(phone.locator("#karte")).to_be_in_viewport()
    expect(phone.locator("#karte address")).to_contain_text("In der Meile")
    expect(phone.locator(".plain-text")).to_contain_text("lokal willkommen: Marten")
    assert phone.locator("button:visible").all_inner_texts() == []


def test_the_copy_is_a_page_to_read_without_buttons(phone: Page) -> None:
    phone.get_by_role("contentinfo").get_by_role("link", name="Ohne Internet lesen").click()

    expect(phone.get_by_role("heading", name="Marten")).to_be_visible()
    assert phone.locator("button:visible").all_inner_texts() == []
