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


def test_pages_work_without_scripts_and_leave_nothing_on_the_device(portal: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{portal}/de/standorte/marten/")

    assert [url for url in asked if not url.startswith(portal)] == []
    assert len(asked) <= 4
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("[...document.scripts].map(script => script.type)") == ["application/ld+json"]


def test_data_for_machines_and_the_manifest_stand_under_the_strict_policy(
    portal: str, page: Page, complaints: list[str]
) -> None:
    answer = page.goto(f"{portal}/ar/standorte/marten/")

    data = page.locator("script[type='application/ld+json']").text_content() or ""
    assert json.loads(data)["name"] == "Marten"
    assert answer is not None
    assert "script-src 'self'; " in answer.headers["content-security-policy"]
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


def test_two_hundred_percent_text_loses_nothing_on_a_phone(portal: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/de/", "/ar/standorte/mengede-huckarde/", "/de/sprechstunden/"):
        page.goto(portal + path)
        # What a reader's own font size does; a style sheet in the page would be against the policy.
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        found = page.evaluate(WIDER_THAN_THE_SCREEN)
        assert found == [], path


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
