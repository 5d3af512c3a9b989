"""Find my place in a real browser: typed, asked, answered, and without typing by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Scheme, faults


def ask(page: Page, typed: str) -> None:
    page.get_by_label("Postleitzahl oder Stadtteil").fill(typed)
    page.get_by_role("button", name="Mein Büro finden").click()
    page.wait_for_load_state()


def test_from_the_start_page_one_field_leads_to_the_office_and_the_address_tells_nothing(
    portal: str, page: Page, complaints: list[str]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + request.headers.get("referer", "")))
    page.goto(f"{portal}/de/")

    ask(page, "ich wohne in Hoerde")

    expect(page.locator("#ergebnis")).to_be_in_viewport()
    expect(page.locator("#ergebnis").get_by_role("link").first).to_have_text("Hörde/Hombruch")
    assert page.url == f"{portal}/de/finden/#ergebnis"
    page.locator("#ergebnis").get_by_role("link").first.click()
    page.wait_for_url("**/standorte/hoerde-hombruch/")
    assert [line for line in asked if "oerde-" not in line and "oerde" in line] == []
    assert complaints == []


def test_one_question_leads_to_the_answer(portal: str, page: Page) -> None:
    page.goto(f"{portal}/de/finden/")

    ask(page, "44263")
    page.locator("#ergebnis").get_by_role("link", name="Aplerbeck").click()

    expect(page.locator("#ergebnis h2").first).to_have_text("Ihr Büro für Aplerbeck")


def test_the_map_is_reached_and_used_by_keyboard_and_shows_where_one_is(portal: str, page: Page) -> None:
    page.goto(f"{portal}/de/finden/")
    link = page.locator(".district-map a").nth(1)
    area = link.locator("polygon")
    plain = area.evaluate("area => getComputedStyle(area).strokeWidth")

    page.locator(".district-map a").first.focus()
    page.keyboard.press("Tab")

    expect(link).to_be_focused()
    assert area.evaluate("area => getComputedStyle(area).strokeWidth") != plain
    expect(page.get_by_role("group", name="Karte der Stadtbezirke").get_by_role("link", name="Eving")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#ergebnis h2").first).to_have_text("Ihr Büro für Eving")


def test_each_area_of_the_map_is_large_enough_for_a_finger_on_a_small_phone(portal: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{portal}/de/finden/")

    sizes = [box for area in page.locator(".district-map polygon").all() if (box := area.bounding_box())]
    assert len(sizes) == 12
    assert [box for box in sizes if min(box["width"], box["height"]) < 44] == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
@pytest.mark.parametrize("typed", ["Marten", "44147", "Bochum", ""])
def test_axe_finds_nothing_in_any_answer(portal: str, page: Page, typed: str, scheme: Scheme, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{portal}/de/finden/")

    ask(page, typed)

    assert faults(page) == []
