"""Translators in a real browser: on a phone without scripts, from the list to the next text."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lokalwillkommen.accounts.models import User
from standorte.models import Standort
from standorte.text_history import versions_kept
from standorte.texts import State, Text, fingerprint
from tests.browser.visits import faults, visit
from tests.factories import make_standort

PASSWORD = "a long pass phrase"  # noqa: S105  # of nobody
GERMAN = "Im Hof, zweite Tür links. Bitte bei „lokal willkommen“ klingeln."


@pytest.fixture
def home(live_server: LiveServer, transactional_db: None) -> str:  # noqa: ARG001  # order of set-up
    """Make a translator with two open texts, one of them outdated; give the address where work begins."""
    user = User.objects.create_user("team@example.org", PASSWORD)
    user.translates = ("ar",)
    user.save()
    place = make_standort("Marten", directions=Text(GERMAN).translated("ar", "في الفناء، الباب الثاني.", State.CHECKED))
    make_standort("Eving", directions=Text("Im Erdgeschoss."))
    with versions_kept([place], None, timezone.now()):
        place.directions = place.directions.edited({"de": GERMAN.replace("zweite Tür links", "dritte Tür rechts")})
        place.save()
    return f"{live_server.url}/admin/uebersetzen/"


@pytest.fixture
def phone(browser: Browser, home: str) -> Iterator[Page]:
    """Open a phone without scripts on which the translator has logged in."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, has_touch=True)
    with context, context.new_page() as page:
        log_in(page, home)
        yield page


def log_in(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_label("E-Mail-Adresse").fill("team@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Übersetzen: Arabisch")


def fits(page: Page) -> bool:
    """Tell whether nothing has to be scrolled sideways, and every button can be hit."""
    width = page.locator("html").evaluate("element => element.scrollWidth")
    targets = page.locator("main a, main button, main input, main textarea").all()
    return bool(width <= 360) and all(box["height"] >= 44 for one in targets if (box := one.bounding_box()))


def test_on_a_phone_without_scripts_a_text_is_translated_and_the_next_one_shown(phone: Page) -> None:
    assert fits(phone) is True

    phone.get_by_role("link", name="Ort „Marten“").click()

    expect(phone.locator("ins")).to_have_count(2)
    assert fits(phone) is True
    phone.get_by_label("Arabisch").fill("في الفناء، الباب الثالث على اليمين.")
    phone.get_by_role("button", name="Geprüft: sichern und weiter").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ort „Eving“: So findet man hin")
    expect(phone.get_by_role("status")).to_have_text("Als geprüft gesichert: Ort „Marten“: So findet man hin")
    assert Standort.objects.get(name="Marten").directions.state("ar") is State.CHECKED


def test_axe_finds_nothing_on_any_page_of_translators(page: Page, home: str, complaints: list[str]) -> None:
    log_in(page, home)
    assert visit(page, f"{home}ar/", "light", 360) == []
    page.get_by_role("link", name="Ort „Marten“").click()
    assert visit(page, page.url, "light", 360) == []
    assert visit(page, page.url, "dark", 1280) == []

    write_meanwhile("في البيت")
    page.get_by_label("Arabisch").fill("في الحديقة")
    page.get_by_role("button", name="Als Entwurf sichern und weiter").click()
    expect(page.get_by_role("alert")).to_contain_text("في البيت")
    expect(page.get_by_label("Arabisch")).to_have_value("في الحديقة")
    assert faults(page) == []

    assert visit(page, f"{home}ar/einlesen/", "dark", 360) == []
    key = f"standorte.standort.{Standort.objects.get(name='Eving').pk}.directions"
    table = f"key,language,fingerprint,translation\n{key},ar,{fingerprint('Im Erdgeschoss.')},في الطابق الأرضي"
    page.get_by_label("CSV-Datei").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.get_by_role("button", name="Ansehen").click()
    expect(page.get_by_role("heading", name="1 Text würde sich ändern")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="1 Übersetzung übernehmen").click()
    expect(page.get_by_role("status")).to_have_text("1 Übersetzung ist übernommen.")
    # A page that answers 409 is noted by the browser.
    assert [words for words in complaints if "409" not in words] == []


def write_meanwhile(words: str) -> None:
    place = Standort.objects.get(name="Marten")
    place.directions = place.directions.translated("ar", words, State.DRAFT)
    place.save()
