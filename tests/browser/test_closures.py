"""Staff close the network over Christmas in a real browser: few inputs, no scripts needed, usable by keyboard."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sprechstunden.models import Closure
from sprechstunden.occurrences import BERLIN
from tests.browser.visits import RULES, WIDER_THAN_THE_SCREEN, Scheme
from tests.factories import make_closure, make_user

NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)


class Hand:
    """Does what a person does, and counts each tap, each field filled and each choice."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.inputs = 0

    def click(self, role: str, name: str) -> None:
        self.inputs += 1
        self.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]  # a role

    def fill(self, label: str, value: str) -> None:
        self.inputs += 1
        self.page.get_by_label(label).fill(value)

    def choose(self, label: str, value: str) -> None:
        self.inputs += 1
        self.page.get_by_label(label, exact=True).select_option(label=value)

    def tick(self, label: str) -> None:
        self.inputs += 1
        self.page.get_by_label(label, exact=True).check()


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def cookie() -> str:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def staff(request: pytest.FixtureRequest, browser: Browser, portal: str, cookie: str) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=request.param, viewport={"width": 360, "height": 740}) as context:
        page = _page(context, portal, cookie)
        page.goto(f"{portal}/admin/")
        yield page


def test_the_network_closes_over_christmas_with_seven_inputs(portal: str, staff: Page) -> None:
    hand = Hand(staff)

    staff.locator(".model-closure .addlink").first.click()
    hand.inputs += 1
    hand.fill("Erster Tag:", "21.12.2026")
    hand.fill("Letzter Tag:", "03.01.2027")
    hand.choose("Grund:", "zu wenig Personal")
    hand.tick("Das ganze Netzwerk")
    hand.click("button", "Weiter: Was fällt aus?")
    expect(staff.locator("#effect h2")).to_be_in_viewport()
    expect(staff.locator("#effect h2")).to_contain_text("Termine an")
    hand.click("button", "Endgültig sichern")
    expect(staff.locator(".messagelist .success")).to_be_visible()

    assert hand.inputs == 7
    closure = Closure.objects.get()
    assert (str(closure), closure.whole_network) == ("21.12.2026 – 03.01.2027", True)
    staff.goto(f"{portal}/de/standorte/marten/")
    expect(staff.locator("#termine [data-state=cancelled]").first).to_contain_text("zu wenig Personal")


@pytest.mark.parametrize("staff", [False], ids=["no scripts"], indirect=True)
def test_the_keyboard_alone_is_enough(staff: Page) -> None:
    staff.goto(f"{staff.url}sprechstunden/closure/add/")
    staff.get_by_label("Erster Tag:").focus()

    staff.keyboard.type("21.12.2026")
    staff.get_by_label("Grund:").focus()
    staff.keyboard.type("Fortb")
    staff.get_by_label("Das ganze Netzwerk").focus()
    staff.keyboard.press("Space")
    staff.keyboard.press("Enter")
    staff.locator("#effect input[type=checkbox]").last.focus()
    staff.keyboard.press("Space")
    staff.keyboard.press("Tab")
    staff.keyboard.press("Enter")
    expect(staff.locator(".messagelist .success")).to_be_visible()

    closure = Closure.objects.get()
    assert (str(closure), closure.reason, len(closure.kept)) == ("21.12.2026 – 21.12.2026", "training", 1)


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_what_is_ours(
    browser: Browser, portal: str, cookie: str, scheme: Scheme, width: int
) -> None:
    begun = make_closure(date(2026, 11, 20), date(2026, 12, 4))
    with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 740}) as context:
        page = _page(context, portal, cookie)
        page.goto(f"{portal}/admin/sprechstunden/closure/add/")
        faults = [_faults(page)]
        page.get_by_label("Erster Tag:").fill("21.12.2026")
        page.get_by_label("Letzter Tag:").fill("03.01.2027")
        page.get_by_role("button", name="Weiter: Was fällt aus?").click()
        expect(page.locator(".errornote")).to_be_visible()
        faults.append(_faults(page))
        page.get_by_label("Grund:").select_option("training")
        page.get_by_label("Das ganze Netzwerk").check()
        page.get_by_role("button", name="Weiter: Was fällt aus?").click()
        expect(page.locator("#effect h2")).to_be_in_viewport()
        faults.append(_faults(page))
        page.goto(f"{portal}/admin/sprechstunden/closure/{begun.pk}/change/")
        faults.append(_faults(page))

    assert faults == [[], [], [], []]


def _page(context: BrowserContext, portal: str, cookie: str) -> Page:
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": portal}])
    return context.new_page()


def _faults(page: Page) -> list[str]:
    # The field in which one types to find an offer is Django's own and has no label.
    where = {"include": [["#closure_form"]], "exclude": [[".select2-search__field"]]}
    found = Axe().run(page, context=where, options=RULES)
    faults = [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found.response["violations"]]
    return [*faults, *page.evaluate(WIDER_THAN_THE_SCREEN)]
