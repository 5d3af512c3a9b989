"""Staff set up times in a real browser: few inputs, and the dates are seen before they are saved."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from lokalwillkommen.accounts.models import User
from sprechstunden.fields import WeekdaysField
from sprechstunden.models import Schedule
from standorte.models import Standort
from tests.browser.visits import RULES
from tests.factories import make_change, make_schedule, make_sprechstunde
from tests.offer_form import ADD, change_url

FIRST = date.today() + timedelta(21)  # noqa: DTZ011  # the browser lives now; three weeks hide the difference
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def log_in(page: Page, portal: str) -> None:
    User.objects.create_superuser("team@example.org", "a long pass phrase")
    page.goto(f"{portal}/admin/")
    page.get_by_label("E-Mail-Adresse").fill("team@example.org")
    page.get_by_label("Passwort").fill("a long pass phrase")
    page.get_by_role("button", name="Anmelden").click()


@pytest.fixture
def marten(portal: str) -> Schedule:
    assert portal
    return Schedule.objects.get(standort__slug="marten")


class Inputs:
    """Counts what a person clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, where: Locator) -> None:
        self.count += 1
        where.click()

    def fill(self, where: str, what: str) -> None:
        self.count += 1
        self.page.locator(where).fill(what)

    def choose(self, where: str, label: str) -> None:
        self.count += 1
        self.page.locator(where).select_option(label=label)


def test_a_new_fortnightly_series_takes_at_most_twelve_inputs(portal: str, page: Page, complaints: list[str]) -> None:
    log_in(page, portal)
    page.goto(f"{portal}/admin/")
    inputs = Inputs(page)

    inputs.click(page.locator("#content tr.model-sprechstunde a.addlink"))
    inputs.click(page.locator(".field-office .select2-selection"))
    inputs.fill(".select2-search__field", "Lütgen")
    inputs.click(page.locator(".select2-results__option", has_text="Lütgendortmund"))
    times = page.locator("#schedules-2-0")
    inputs.click(times.get_by_label(WEEKDAYS[FIRST.weekday()], exact=True))
    inputs.fill("#id_schedules-2-0-opens", "14:00")
    inputs.fill("#id_schedules-2-0-closes", "16:00")
    inputs.choose("#id_schedules-2-0-standort", "Holtestraße")
    inputs.fill("#id_schedules-2-0-interval", "2")
    inputs.fill("#id_schedules-2-0-anchor", f"{FIRST:%d.%m.%Y}")
    inputs.click(page.get_by_role("button", name="Sichern", exact=True).first)

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert inputs.count <= 12
    page.goto(f"{portal}/de/standorte/holtestrasse/")
    shown = [moment.get_attribute("datetime") or "" for moment in page.locator("#termine time").all()]
    assert f"{FIRST}T14:00" in {moment[:16] for moment in shown}
    assert complaints == []


def test_the_dates_follow_what_is_typed_by_themselves(
    portal: str, page: Page, marten: Schedule, complaints: list[str]
) -> None:
    log_in(page, portal)
    page.goto(portal + change_url(marten.sprechstunde))
    expect(page.locator("#vorschau time")).to_have_count(12)

    page.locator("#id_schedules-2-0-valid_from").fill(f"{FIRST:%d.%m.%Y}")
    page.locator("#id_schedules-2-0-opens").fill("08:15")
    expect(page.locator("#vorschau")).to_contain_text("08:15 – 12:00")
    page.locator("#id_schedules-2-0-closes").fill("08:00")
    expect(page.locator("#vorschau")).to_contain_text("Das Ende muss nach dem Beginn liegen.")
    # Chosen in the calendar, which gives no event of its own.
    page.locator("#id_schedules-2-0-closes").fill("11:45")
    page.locator("#schedules-2-0 .field-valid_from a", has_text="Heute").click()
    expect(page.locator("#vorschau")).to_contain_text("08:15 – 11:45")

    assert page.locator("#id_schedules-2-0-opens").input_value() == "08:15"
    assert Schedule.objects.filter(sprechstunde=marten.sprechstunde).count() == 1
    assert complaints == []


def test_without_scripts_a_button_shows_the_dates_and_keeps_what_was_typed(
    portal: str, browser: Browser, marten: Schedule
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    log_in(page, portal)
    page.goto(portal + change_url(marten.sprechstunde))

    page.locator("#id_schedules-2-0-valid_from").fill(f"{FIRST:%d.%m.%Y}")
    page.locator("#id_schedules-2-0-opens").fill("08:15")
    page.get_by_role("button", name="Termine ansehen").click()

    expect(page.locator("#vorschau")).to_contain_text("08:15 – 12:00")
    expect(page.locator("#vorschau")).to_be_in_viewport()
    expect(page.locator("#id_schedules-2-0-opens")).to_have_value("08:15")
    assert Schedule.objects.filter(sprechstunde=marten.sprechstunde).count() == 1
    context.close()


def test_axe_finds_nothing_in_what_we_add_to_the_form(portal: str, page: Page, marten: Schedule) -> None:
    log_in(page, portal)
    # The one date that is changed and fits no longer makes the form ask.
    first = next(day for day in (FIRST + timedelta(n) for n in range(14)) if (day - marten.anchor).days % 14 == 0)  # type: ignore[operator]  # these times have one
    make_change(marten, first)
    # The same team is elsewhere every day, so that a clash shows too.
    make_schedule(
        make_sprechstunde(office=marten.sprechstunde.office),
        standort=Standort.objects.get(slug="dorstfeld"),
        weekdays=WeekdaysField.codes,
    )
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(portal + change_url(marten.sprechstunde))
        page.locator("#id_schedules-2-0-valid_from").fill(f"{FIRST:%d.%m.%Y}")
        page.locator("#id_schedules-2-0-weekdays").get_by_label("Mittwoch").check()
        page.locator("#id_schedules-2-0-weekdays").get_by_label("Dienstag").uncheck()
        page.locator("#id_schedules-2-0-interval").fill("1")
        page.locator("#id_schedules-2-0-anchor").fill("")
        page.get_by_role("button", name="Sichern", exact=True).first.click()
        expect(page.locator("#aenderungen")).to_contain_text("Noch ist nichts gespeichert.")

        expect(page.locator(".next-date__clash").first).to_be_visible()
        found = Axe().run(page, context=["#aenderungen", ".next-dates", ".object-tools"], options=RULES)

        assert [violation["id"] for violation in found.response["violations"]] == []
        wider = page.evaluate(
            """[...document.querySelectorAll("#aenderungen *, .next-dates *")]
               .filter(element => element.getBoundingClientRect().right > innerWidth).map(element => element.tagName)"""
        )
        assert wider == []
    assert Schedule.objects.filter(sprechstunde=marten.sprechstunde).count() == 1
    page.goto(portal + ADD)
    assert Axe().run(page, context=[".next-dates"], options=RULES).response["violations"] == []
