"""The pages in a real browser: each template once, each language once, light and dark, and staff's own pages."""

import json
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from lokalwillkommen.accounts.models import User
from standorte.models import Standort
from tests.browser.visits import WIDER_THAN_THE_SCREEN, Scheme, visit
from tests.factories import make_notice

VISITS: tuple[tuple[str, Scheme, int], ...] = (
    ("/de/", "light", 320),
    ("/ar/", "dark", 1280),
    ("/en/finden/", "dark", 320),
    ("/de/finden/?stadtbezirk=eving", "light", 1280),
    ("/en/standorte/", "dark", 320),
    ("/de/standorte/mengede-huckarde/", "dark", 1280),
    ("/ar/standorte/marten/", "light", 320),
    ("/ar/sprechstunden/", "dark", 320),
    ("/en/sprechstunden/?sprache=ti", "light", 320),
    ("/ar/standorte/mengede-huckarde/karte/", "dark", 320),
    ("/de/sprechstunden/themen/geburt/", "light", 320),
    ("/ar/mitmachen/", "light", 320),
    ("/ar/offline/", "light", 320),
    ("/de/offline/", "dark", 1280),
    ("/de/partner/", "light", 1280),
    ("/ar/partner/migrado/", "dark", 320),
    ("/de/ueber-uns/", "dark", 320),
    ("/en/impressum/", "light", 320),
    ("/ar/datenschutz/", "light", 1280),
    ("/ar/kontakt/?ort=marten", "light", 320),
    ("/de/kontakt/melden/?ort=marten", "dark", 320),
    ("/de/barrierefreiheit/", "dark", 320),
    ("/en/nothing/", "light", 320),
)


def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(portal: str, page: Page, complaints: list[str]) -> None:
    today = timezone.localdate()
    make_notice("Alle Büros haben ein neues Telefon.", today, today + timedelta(days=1))
    make_notice("Das Büro zieht um.", today, today + timedelta(days=1), Standort.objects.get(slug="marten"))

    for path, scheme, width in VISITS:
        assert visit(page, portal + path, scheme, width) == [], path
    assert complaints == []


def test_a_page_asks_only_us_at_most_four_times_and_leaves_nothing_on_the_device(portal: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{portal}/de/standorte/marten/")

    assert [url for url in asked if not url.startswith(portal)] == []
    assert len(asked) <= 4
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("[...document.scripts].map(script => [script.type, script.defer])") == [
        ["", True],
        ["application/ld+json", False],
    ]


def test_data_for_machines_stand_under_the_strict_policy(portal: str, page: Page, complaints: list[str]) -> None:
    answer = page.goto(f"{portal}/ar/standorte/marten/")

    data = page.locator("script[type='application/ld+json']").text_content() or ""
    assert json.loads(data)["name"] == "Marten"
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"].split("; ")
    assert complaints == []


def test_the_manifest_and_its_icons_are_found_under_the_strict_policy(
    portal: str, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{portal}/ar/")

    # What browsers ask for when somebody installs the page; a headless one does not by itself.
    manifest = page.locator("link[rel='manifest']").get_attribute("href") or ""
    fetched = page.evaluate(
        """async address => {
            const answer = await fetch(address);
            const icons = (await answer.json()).icons.map(icon => new URL(icon.src, answer.url));
            const kinds = await Promise.all(icons.map(async icon => (await fetch(icon)).headers.get("content-type")));
            return [answer.headers.get("content-type"), ...kinds];
        }""",
        manifest,
    )
    assert fetched == ["application/manifest+json", "image/svg+xml", *["image/png"] * 3]
    assert complaints == []


def test_the_keyboard_leads_past_the_header_to_the_content(portal: str, page: Page) -> None:
    page.goto(f"{portal}/de/standorte/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("document.querySelector(location.hash).tagName") == "MAIN"


HAS_A_RING = """() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
}"""


def test_on_the_start_page_the_keyboard_reaches_language_menu_and_finder_in_this_order_and_shows_where_it_is(
    portal: str, page: Page
) -> None:
    page.goto(f"{portal}/de/")
    path = []

    while "Mein Büro finden" not in path:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        path.append(focused.evaluate("e => e.labels?.[0]?.innerText || e.innerText.trim()"))
        expect(focused).to_be_in_viewport()
        assert page.evaluate(HAS_A_RING), path

    stations = ["Zum Inhalt", "lokal willkommen", "العربية", "Orte", "Postleitzahl oder Stadtteil", "Mein Büro finden"]
    assert [words for words in path if words in stations] == stations
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("44379")
    page.keyboard.press("Enter")
    expect(page.locator("#ergebnis")).to_be_in_viewport()


ENLARGED = (
    "/de/",
    "/ar/finden/",
    "/ar/standorte/mengede-huckarde/",
    "/de/standorte/marten/karte/",
    "/de/sprechstunden/",
    "/ar/offline/",
)
LOST_BESIDE_THE_SCREEN = "document.documentElement.scrollWidth - innerWidth"


def test_two_hundred_percent_text_loses_nothing_on_a_phone(portal: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ENLARGED:
        page.goto(portal + path)
        # What a reader's own font size does; a style sheet in the page would be against the policy.
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        found = page.evaluate(WIDER_THAN_THE_SCREEN)
        assert (found, page.evaluate(LOST_BESIDE_THE_SCREEN)) == ([], 0), path


def test_four_hundred_percent_zoom_on_a_desk_loses_nothing_and_needs_no_scrolling_sideways(
    portal: str, page: Page
) -> None:
    # A screen of 1280 by 1024 pixels at 400 % (WCAG 1.4.10).
    page.set_viewport_size({"width": 320, "height": 256})
    for path in ENLARGED:
        page.goto(portal + path)

        found = page.evaluate(WIDER_THAN_THE_SCREEN)
        assert (found, page.evaluate(LOST_BESIDE_THE_SCREEN)) == ([], 0), path
        expect(page.get_by_role("heading", level=1)).to_be_visible()


TOO_SMALL = """[...document.querySelectorAll("a[href], button, summary, select")]
  .filter(element => element.checkVisibility() && !element.matches(".skip, .state a, .instead a"))
  .map(element => [element, element.getBoundingClientRect(), getComputedStyle(element, "::after").position])
  .filter(([, box, after]) => after !== "absolute" && (box.width < 48 || box.height < 48))
  .map(([element]) => element.textContent)"""


def test_a_thumb_hits_what_can_be_tapped(portal: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    # What stands inside a sentence may be smaller (WCAG 2.5.8); the link of a card covers all of it.
    for path in (
        "",
        "standorte/mengede-huckarde/",
        "sprechstunden/?sprache=ar",
        "sprechstunden/themen/geburt/",
        "mitmachen/",
        "offline/",
    ):
        page.goto(f"{portal}/de/{path}")
        assert page.evaluate(TOO_SMALL) == [], path


def test_staff_log_in_and_work_under_the_same_strict_policy(portal: str, page: Page, complaints: list[str]) -> None:
    User.objects.create_superuser("team@example.org", "a long pass phrase")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{portal}/admin/")
    page.get_by_label("E-Mail-Adresse").fill("team@example.org")
    page.get_by_label("Passwort").fill("a long pass phrase")
    page.get_by_role("button", name="Anmelden").click()
    marten = Standort.objects.get(slug="marten")

    page.goto(f"{portal}/admin/standorte/standort/{marten.pk}/change/")
    page.get_by_label("Straße und Hausnummer").fill("In der Meile 1")
    page.get_by_role("button", name="Sichern", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"{portal}/admin/sprechstunden/sprechstunde/{marten.schedules.get().sprechstunde_id}/change/")
    page.get_by_role("link", name="Heute").first.click()

    assert complaints == []
    page.goto(f"{portal}/de/standorte/marten/")
    expect(page.locator("address")).to_contain_text("In der Meile 1 44379")
