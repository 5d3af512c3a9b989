"""Two people have the same place open in two real browsers."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from standorte.models import Standort
from tests.browser.visits import RULES
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(browser: Browser, portal: str) -> Iterator[list[Page]]:
    with ExitStack() as stack:
        pages = []
        for email, width in (("erste@example.org", 1280), ("zweite@example.org", 360)):
            client = Client()
            client.force_login(make_user(email, is_superuser=True))
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
            context = stack.enter_context(browser.new_context(viewport={"width": width, "height": 740}))
            context.add_cookies([{**cookie, "url": portal}])  # type: ignore[typeddict-item]  # a cookie
            pages.append(context.new_page())
        yield pages


def test_the_second_sees_what_the_first_changed_and_decides(people: list[Page], portal: str) -> None:
    place = Standort.objects.get(slug="marten")
    first, second = people
    for page in people:
        page.goto(f"{portal}/admin/standorte/standort/{place.pk}/change/")
    first.get_by_label("Straße und Hausnummer").fill("Neuer Weg 1")
    first.get_by_role("button", name="Sichern", exact=True).first.click()
    expect(first.locator(".messagelist .success")).to_be_visible()
    second.locator("#id_building_0").fill("Rotes Haus")

    second.get_by_role("button", name="Sichern", exact=True).first.click()

    told = second.locator(".saved-meanwhile")
    expect(told).to_contain_text("Nichts von dem, was Sie geschrieben haben, ist schon gespeichert.")
    expect(told).to_contain_text("erste@example.org")
    expect(told.locator("ins").filter(has_text="Neuer Weg 1")).to_have_count(1)
    expect(second.locator("#id_street")).to_have_value("Neuer Weg 1")
    expect(second.locator("#id_building_0")).to_have_value("Rotes Haus")
    found = Axe().run(second, context={"include": [[".saved-meanwhile"]]}, options=RULES)
    assert [one["id"] for one in found.response["violations"]] == []
    assert told.evaluate("section => section.scrollWidth <= section.clientWidth && section.offsetWidth <= innerWidth")
    second.get_by_role("button", name="Sichern", exact=True).first.click()
    expect(second.locator(".messagelist .success")).to_be_visible()
    place.refresh_from_db()
    assert (place.street, place.building.words("de")) == ("Neuer Weg 1", "Rotes Haus")
