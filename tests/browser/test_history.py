"""Staff read what was changed and bring it back in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from standorte.models import Phone, Standort
from tests.browser.visits import RULES, WIDER_THAN_THE_SCREEN, Scheme
from tests.factories import make_user
from tests.history_pages import EVERYTHING, history_url, restore_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("scheme", "width"), [("dark", 360), ("light", 1280)])
def test_axe_finds_nothing_in_what_is_ours(browser: Browser, portal: str, scheme: Scheme, width: int) -> None:
    client, place = Client(), Standort.objects.get(slug="marten")
    client.force_login(make_user(is_superuser=True))
    first = place.history.last()
    Phone.objects.create(standort=place, number="0231 123456").delete()
    place.street = "Neuer Weg 1"
    place.save()
    paths = (EVERYTHING, history_url(place), restore_url(place, first), f"/admin/standorte/standort/{place.pk}/delete/")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}

    with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 740}) as context:
        context.add_cookies([{**cookie, "url": portal}])  # type: ignore[typeddict-item]  # a cookie
        page = context.new_page()
        faults = []
        for path in paths:
            page.goto(f"{portal}{path}")
            found = Axe().run(page, context={"include": [["#content"]]}, options=RULES)
            violations = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]]
            faults.append([*violations, *page.evaluate(WIDER_THAN_THE_SCREEN)])

    assert faults == [[], [], [], []]
