"""Preview, confirming and the first page of staff in a real browser: axe finds nothing, one tap is enough."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from lokalwillkommen.accounts.models import User
from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from lokalwillkommen.contact.models import Mail
from lokalwillkommen.contact.outbox import digest
from sprechstunden.models import Schedule
from standorte.models import Standort
from tests.browser.visits import RULES, visit

CHRISTMAS = "tag=2026-12-24&zeit=09%3A00"


@pytest.fixture
def staff(page: Page, portal: str) -> Page:
    """Open a browser in which somebody has logged in some day."""
    client = Client()
    client.force_login(User.objects.create_superuser("team@example.org"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
    return page


def test_axe_finds_nothing_on_a_preview_and_its_form(staff: Page, portal: str) -> None:
    Standort.objects.filter(slug="marten").update(is_published=False)
    # Only what is ours changes here: the strip; the page below it is looked at as residents see it.
    shown = f"{portal}/admin/vorschau/?adresse=/ar/standorte/marten/&{CHRISTMAS}"

    assert visit(staff, f"{portal}/admin/vorschau/", "light", 360) == []
    assert visit(staff, shown, "light", 360) == []
    assert visit(staff, shown, "dark", 1280) == []
    expect(staff.locator(".preview-strip")).to_contain_text("Noch nicht veröffentlicht: Marten")

    staff.locator(".site-nav__link").first.click()

    expect(staff.locator(".preview-strip")).to_contain_text("24. Dezember 2026 um 09:00 Uhr")


def test_one_tap_confirms_on_the_page_of_staff_and_axe_finds_nothing(staff: Page, portal: str) -> None:
    assert visit(staff, f"{portal}/admin/bestaetigen/", "light", 360) == []
    assert visit(staff, f"{portal}/admin/bestaetigen/", "dark", 1280) == []
    before = staff.get_by_role("button", name="Das stimmt").count()

    staff.get_by_role("button", name="Das stimmt").first.click()

    expect(staff.get_by_role("status")).to_contain_text("Heute bestätigt")
    assert staff.get_by_role("button", name="Das stimmt").count() == before - 1


def test_one_tap_confirms_with_the_link_of_a_mail_and_axe_finds_nothing(page: Page, portal: str) -> None:
    office, now = Standort.objects.get(slug="mengede-huckarde"), timezone.now()
    mail = Mail.objects.create(
        recipient="a@example.org", subject="s", body="b", created_at=now, next_attempt_at=now, key_hash=digest("secret")
    )
    shared = {"office": office, "email": "a@example.org"}
    OfficeAddress.objects.create(**shared, is_verified=True)
    ConfirmationRequest.objects.create(**shared, mail=mail, created_at=now - timedelta(hours=1), fingerprint="")

    assert visit(page, f"{portal}/bestaetigen/secret/", "light", 360) == []
    assert visit(page, f"{portal}/bestaetigen/secret/", "dark", 1280) == []

    page.get_by_role("button", name="Bestätigen, was angekreuzt ist").click()

    expect(page.get_by_role("status")).to_contain_text("Bestätigt, vielen Dank")
    assert Schedule.objects.exclude(confirmed_on=None).count() > 0


def test_axe_finds_nothing_in_what_is_to_do(staff: Page, portal: str) -> None:
    staff.goto(f"{portal}/admin/")

    expect(staff.get_by_role("heading", name="Was Sie in Ordnung bringen können")).to_be_visible()
    assert Axe().run(staff, context=[".ending"], options=RULES).response["violations"] == []
