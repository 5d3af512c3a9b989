"""Logging in with a real browser: by passkey, and by password and the code of an app, under the policy of all pages."""

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from lokalwillkommen.accounts.models import User
from tests.browser.visits import faults

PASSWORD = "a long pass phrase"  # noqa: S105  # of nobody
ACCESS = "/admin/konto/"


@pytest.fixture
def key(page: Page) -> Iterator[None]:
    """Give the browser a device that keeps passkeys and is unlocked at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    session.send("WebAuthn.disable")


def log_in(page: Page, portal: str) -> None:
    page.goto(f"{portal}/admin/")
    page.get_by_label("E-Mail-Adresse").fill("team@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def log_out(page: Page, portal: str) -> None:
    page.goto(portal + ACCESS)
    page.get_by_role("button", name="Abmelden").click()


def confirm(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Sind Sie es?")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()


@pytest.mark.usefixtures("key")
def test_somebody_sets_up_a_passkey_and_logs_in_with_nothing_else(
    page: Page, portal: str, complaints: list[str]
) -> None:
    User.objects.create_superuser("team@example.org", PASSWORD)
    log_in(page, portal)
    expect(page.get_by_text("Sie haben noch 7 Tage Zeit")).to_be_visible()
    page.get_by_role("link", name="Mein Zugang").first.click()
    page.get_by_role("link", name="Passkey einrichten").click()
    confirm(page)
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiederherstellungs-Codes")
    expect(page.locator(".codes li")).to_have_count(10)

    log_out(page, portal)
    page.get_by_role("button", name="Passkey benutzen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Was möchten Sie ändern?")
    expect(page.get_by_text("zweiten Faktor")).to_have_count(0)
    assert complaints == []


@pytest.mark.usefixtures("key")
def test_a_passkey_is_also_a_second_step_and_a_failure_is_said(page: Page, portal: str) -> None:
    user = User.objects.create_superuser("team@example.org", PASSWORD)
    log_in(page, portal)
    page.goto(f"{portal}{ACCESS}passkeys/neu/")
    confirm(page)
    page.get_by_label("Damit ohne Passwort anmelden").uncheck()
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiederherstellungs-Codes")
    log_out(page, portal)

    log_in(page, portal)
    expect(page.get_by_role("heading", level=1)).to_have_text("Der zweite Schritt")
    page.get_by_role("button", name="Passkey benutzen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Was möchten Sie ändern?")
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1
    log_out(page, portal)
    page.get_by_role("button", name="Passkey benutzen").click()
    expect(page.get_by_role("alert")).to_contain_text("Das hat nicht geklappt.", timeout=20_000)


def test_somebody_sets_up_an_app_and_logs_in_with_its_code(page: Page, portal: str, complaints: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    User.objects.create_superuser("team@example.org", PASSWORD)
    page.goto(f"{portal}/admin/")
    found = {"login": faults(page)}
    log_in(page, portal)
    page.goto(portal + ACCESS)
    found["access"] = faults(page)
    page.goto(f"{portal}{ACCESS}app/")
    found["asking again"] = faults(page)
    confirm(page)
    found["app"] = faults(page)
    box = page.get_by_role("img", name="Code für die App").locator("svg").bounding_box()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code", exact=True).fill(code(secret))
    page.get_by_role("button", name="App einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiederherstellungs-Codes")
    found["codes"] = faults(page)
    page.goto(f"{portal}{ACCESS}geraete/")
    found["devices"] = faults(page)
    log_out(page, portal)

    log_in(page, portal)
    found["second step"] = faults(page)
    page.get_by_label("Code", exact=True).fill(code(secret))
    page.get_by_role("button", name="Anmelden", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Was möchten Sie ändern?")
    assert box
    assert box["width"] > 150
    assert [(where, faulty) for where, faulty in found.items() if faulty] == []
    assert complaints == []


def code(secret: str) -> str:
    """Compute what an app would show now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
