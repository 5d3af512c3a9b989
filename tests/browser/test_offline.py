"""What scripts add in a real browser: a copy to read without network, kept and deleted by a tap, and copied text."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.visits import faults

STORED = """async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
    storage: [localStorage.length, sessionStorage.length],
    databases: (await indexedDB.databases()).length,
})"""
# Names without the fingerprint in them.
KEPT = """async () => {
    const [name] = await caches.keys();
    const paths = (await (await caches.open(name)).keys()).map(request => new URL(request.url).pathname);
    return paths.map(path => path.replace(/^.static.([a-z]+).*?([a-z]+)$/, "$1.$2")).sort();
}"""
NOTHING = {"workers": 0, "caches": [], "storage": [0, 0], "databases": 0}


def test_nothing_is_stored_before_a_tap_and_after_it_every_page_shows_the_copy_until_it_is_deleted(
    portal: str, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{portal}/de/standorte/")
    page.get_by_role("main").get_by_role("link", name="Ohne Internet lesen").click()
    save, delete = (
        page.get_by_role("button", name="Offline speichern"),
        page.get_by_role("button", name="Kopie löschen"),
    )
    expect(save).to_be_visible()
    expect(delete).to_be_hidden()
    assert page.evaluate(STORED) == NOTHING

    save.click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert")
    assert faults(page) == []
    assert page.evaluate(KEPT) == ["/offline", "icon.svg", "offline.js", "site.css"]
    as_of = page.locator(".note b").text_content() or ""
    assert complaints == []

    page.context.set_offline(True)
    for path in ("/de/", "/ar/sprechstunden/?sprache=ar", "/de/standorte/marten/"):
        page.goto(portal + path)
        expect(page.locator(".note b")).to_have_text(as_of)
        expect(page.get_by_role("heading", name="Marten")).to_be_visible()
        # The stylesheet and the icons of the copy are there as well.
        assert page.evaluate("getComputedStyle(document.body).display") == "grid"
    delete.click()
    expect(page.get_by_role("status")).to_contain_text("Gelöscht")
    expect(delete).to_be_hidden()

    page.context.set_offline(False)
    page.goto(f"{portal}/de/")
    assert page.evaluate(STORED) == NOTHING
    assert page.context.cookies() == []


def test_with_network_nothing_comes_from_the_copy_and_staff_pages_never_do(portal: str, page: Page) -> None:
    page.goto(f"{portal}/de/offline/")
    page.get_by_role("button", name="Offline speichern").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert")

    page.goto(f"{portal}/de/standorte/marten/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Marten")
    assert page.evaluate(STORED)["workers"] == 1
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{portal}/admin/")


def test_a_copy_that_cannot_be_fetched_says_so_and_leaves_nothing(portal: str, page: Page) -> None:
    page.goto(f"{portal}/ar/offline/")
    page.context.set_offline(True)

    page.locator("#keep button").first.click()

    expect(page.get_by_role("status")).to_have_text("لم ينجح ذلك. يرجى المحاولة مرة أخرى.")
    assert page.evaluate(STORED) == NOTHING


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """Open a browser that may write to the clipboard and read it."""
    with browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
        yield context


def test_address_and_text_are_copied_with_one_tap_and_it_is_announced(portal: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{portal}/de/standorte/mengede-huckarde/")
    page.get_by_role("button", name="Kopieren").click()
    expect(page.get_by_role("status")).to_have_text("Kopiert")
    address = page.evaluate("navigator.clipboard.readText()")

    page.goto(f"{portal}/ar/standorte/mengede-huckarde/karte/")
    page.get_by_role("button", name="نسخ").click()
    expect(page.get_by_role("status")).to_have_text("تم النسخ")
    text = page.evaluate("navigator.clipboard.readText()")

    *_building, street, city = address.splitlines()
    assert city.endswith(" Dortmund")
    assert f"{street}, {city}" in text.splitlines()
    assert text.splitlines()[0] == "lokal willkommen: Mengede/Huckarde"
    assert text.splitlines()[-1] == f"{portal}/ar/standorte/mengede-huckarde/"


def test_where_nothing_may_be_copied_the_text_is_selected(portal: str, page: Page) -> None:
    page.goto(f"{portal}/de/standorte/mengede-huckarde/karte/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); }")

    page.get_by_role("button", name="Kopieren").click()

    page.wait_for_function("getSelection().toString().startsWith('lokal willkommen: Mengede/Huckarde')")
    expect(page.get_by_role("status")).to_have_text("")
