"""Once a month an office is asked to confirm; the link of the mail confirms without logging in, and nothing else."""

import json
import logging
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from lokalwillkommen.contact.models import Mail
from lokalwillkommen.contact.outbox import digest, send_due
from lokalwillkommen.operations.request_log import JsonLines
from sprechstunden.models import Schedule
from standorte.models import FactGroup, Kind, Standort, StandortEvidence
from tests.confirming_pages import asked, link_in, make_address, notes, opened, pressed, sent, ticked, titles
from tests.factories import make_office, make_schedule, make_sprechstunde, make_standort
from tests.mail_server import mail_server
from tests.pages import NOW

pytestmark = pytest.mark.django_db

DAY = NOW.date()
SOON = NOW + timedelta(minutes=5)
TIMES = "Mengede/Huckarde: Sprechstunde, jeden Dienstag 10:00 – 12:00"
ADDRESS = "Marten: Adresse"


@pytest.fixture
def office() -> Standort:
    """Give an office with an address that is checked, unconfirmed times, and a place it goes to."""
    office = make_office()
    make_schedule(make_sprechstunde(office=office))
    marten = make_standort("Marten", Kind.OUTREACH, office=office, street="Am Markt 1")
    StandortEvidence.objects.create(standort=marten, group=FactGroup.ADDRESS, confirmed_on=date(2026, 6, 1))
    StandortEvidence.objects.create(standort=marten, group=FactGroup.CONTACT)
    make_address(office)
    return office


@pytest.fixture
def link(office: Standort, settings: Settings) -> str:  # noqa: ARG001  # it must be there
    asked(NOW)
    return link_in(sent(settings, NOW))


def confirmed() -> list[date | None]:
    rows = (Schedule.objects.get(), StandortEvidence.objects.get(group=FactGroup.ADDRESS))
    return [row.confirmed_on for row in rows]


def test_the_mail_lists_what_is_to_be_confirmed_and_its_link_is_known_to_it_alone(
    office: Standort, settings: Settings
) -> None:
    make_schedule(make_sprechstunde(office=make_office("Innenstadt-Nord")))

    assert asked(NOW) == "1 offices asked."
    waiting = Mail.objects.get()
    box = sent(settings, SOON)

    ((recipient, mail),) = box.mails
    link = link_in(box)
    assert (recipient, mail["Subject"]) == ("buero@example.org", "Bitte bestätigen: Mengede/Huckarde")
    assert mail.get_content().replace("\r\n", "\n").strip() == "\n\n".join(
        (
            "Das Folgende hat seit drei Monaten oder noch nie jemand bestätigt. Stimmt es noch?",
            f"- {TIMES}\n- {ADDRESS}",
            "Hier ansehen und bestätigen, ohne Anmeldung:",
            f"http://localhost{link}",
            "Der Link gilt bis zum 6. Dezember 2026. Bitte geben Sie ihn nicht weiter: Wer ihn hat, kann bestätigen.",
            "Was nicht stimmt, können Sie in der Verwaltung richtigstellen, nachdem Sie sich angemeldet haben.",
        )
    )
    key = link.split("/")[2]
    stored = Mail.objects.get()
    assert len(key) == 43
    assert (stored.key_hash, stored.body, "/bestaetigen/[key]/" in stored.body) == (digest(key), waiting.body, True)
    assert str(ConfirmationRequest.objects.get()) == f"{office}, buero@example.org"


@pytest.mark.parametrize(
    ("day", "mails"),
    [(NOW, 1), (NOW + timedelta(days=8), 1), (NOW + timedelta(days=9), 2), (NOW + timedelta(days=40), 2)],
)
@pytest.mark.usefixtures("office")
def test_an_office_is_asked_once_a_month_however_often_the_command_runs(day: datetime, mails: int) -> None:
    asked(NOW)

    asked(day)
    asked(day)

    assert Mail.objects.count() == mails


def test_nobody_is_asked_without_a_checked_address_or_without_anything_to_confirm(office: Standort) -> None:
    made = {"unchecked": make_office("Eving"), "fresh": make_office("Hörde"), "hidden": make_office("Brackel")}
    make_address(made["unchecked"], is_verified=False)
    make_schedule(make_sprechstunde(office=made["unchecked"]))
    make_address(made["fresh"])
    make_schedule(make_sprechstunde(office=made["fresh"]), confirmed_on=DAY)
    make_schedule(make_sprechstunde(office=made["fresh"]), valid_until=DAY - timedelta(days=1))
    make_address(made["hidden"])
    made["hidden"].is_published = False
    made["hidden"].save()

    assert asked(NOW) == "1 offices asked."
    assert ConfirmationRequest.objects.get().office == office


def test_opening_the_link_shows_the_facts_in_words_and_changes_nothing(link: str) -> None:
    page = opened(link, SOON)

    assert titles(page) == [TIMES, ADDRESS]
    text = page.text()
    assert "jeden Dienstag, 10:00 – 12:00, Mengede/Huckarde" in text
    assert ("Am Markt 1" in text, "Zuletzt bestätigt am 1. Juni 2026" in text) == (True, True)
    assert confirmed() == [None, date(2026, 6, 1)]
    assert (page.all("html")[0].get("lang"), notes(page), len(page.all("nav")), len(page.all("header"))) == (
        "de",
        [],
        0,
        0,
    )


def test_one_button_confirms_what_is_shown_and_it_is_kept_which_address_did(link: str) -> None:
    page = pressed(link, ticked(opened(link, SOON)), SOON)

    assert confirmed() == [DAY, DAY]
    assert Schedule.objects.get().confirmed_by is None
    assert notes(page) == [f"Bestätigt, vielen Dank: {TIMES}, {ADDRESS}"]
    assert "Alles ist bestätigt. Vielen Dank." in page.text()
    kept = ConfirmationRequest.objects.get()
    assert (kept.email, kept.confirmed_at, kept.confirmed) == ("buero@example.org", SOON, [TIMES, ADDRESS])


def test_what_is_not_ticked_stays_unconfirmed_and_can_be_confirmed_later(link: str) -> None:
    data = ticked(opened(link, SOON))
    times, address = list(data["fakt"])

    page = pressed(link, {**data, "fakt": [address]}, SOON)

    assert (confirmed(), titles(page)) == ([None, DAY], [TIMES])
    assert notes(page) == [f"Bestätigt, vielen Dank: {ADDRESS}"]

    pressed(link, ticked(page), SOON)

    assert (confirmed(), times.startswith("zeiten-")) == ([DAY, DAY], True)
    assert ConfirmationRequest.objects.get().confirmed == [ADDRESS, TIMES]


def test_without_a_tick_nothing_is_confirmed_and_a_sentence_says_so(link: str) -> None:
    page = pressed(link, {**ticked(opened(link, SOON)), "fakt": []}, SOON)

    assert (page.response.status_code, notes(page), confirmed()[0]) == (
        422,
        ["Bitte kreuzen Sie an, was stimmt."],
        None,
    )


def test_facts_that_changed_since_the_mail_are_shown_anew_before_they_are_confirmed(link: str) -> None:
    old = ticked(opened(link, SOON))
    Standort.objects.filter(name="Marten").update(street="Am Markt 2")
    changed = "Seitdem hat sich etwas geändert. Bitte sehen Sie es noch einmal an und bestätigen Sie dann."

    refused = pressed(link, old, SOON)

    assert (refused.response.status_code, notes(refused), confirmed()) == (409, [changed], [None, date(2026, 6, 1)])
    assert ("Am Markt 2" in refused.text(), notes(opened(link, SOON))) == (True, [changed])

    pressed(link, ticked(refused), SOON)

    assert confirmed() == [DAY, DAY]


def test_the_link_holds_for_fourteen_days_and_then_its_key_is_forgotten(link: str) -> None:
    last, after = NOW + timedelta(days=14, seconds=-1), NOW + timedelta(days=14)

    assert [opened(link, moment).response.status_code for moment in (last, after)] == [200, 410]
    assert "Dieser Link gilt nicht mehr" in opened(link, after).text()
    assert pressed(link, {"fakt": []}, after).response.status_code == 410

    said = [_retention(moment) for moment in (last, after, NOW + timedelta(days=365))]
    assert said == [
        "Deleted: 0 keys, 0 confirmations by mail.",
        "Deleted: 1 keys, 0 confirmations by mail.",
        "Deleted: 0 keys, 1 confirmations by mail.",
    ]


def _retention(now: datetime) -> str:
    out = StringIO()
    with time_machine.travel(now, tick=False):
        call_command("delete_old_confirmations", stdout=out)
    return out.getvalue().strip()


def test_only_the_key_of_a_mail_that_asks_opens_anything_and_only_while_its_address_is_checked(link: str) -> None:
    moments = {"created_at": NOW, "next_attempt_at": NOW}
    Mail.objects.create(recipient="x@example.org", subject="s", body="b", key_hash=digest("other"), **moments)
    Mail.objects.create(recipient="x@example.org", subject="s", body="b", **moments)

    paths = ("/bestaetigen/[key]/", "/bestaetigen/other/", link)
    assert [opened(path, SOON).response.status_code for path in paths] == [410, 410, 200]
    OfficeAddress.objects.update(is_verified=False)
    assert opened(link, SOON).response.status_code == 410


@pytest.mark.usefixtures("office")
def test_a_mail_that_is_sent_again_has_another_key(settings: Settings) -> None:
    asked(NOW)
    Mail.objects.update(recipient="weg@example.org")
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with mail_server("weg@example.org") as box:
        settings.EMAIL_PORT = box.port
        send_due(NOW)
    first = Mail.objects.get().key_hash
    Mail.objects.update(recipient="buero@example.org")

    link = link_in(sent(settings, SOON))

    assert (first != "", Mail.objects.get().key_hash) == (True, digest(link.split("/")[2]))
    assert first != Mail.objects.get().key_hash


def test_another_site_cannot_confirm(link: str) -> None:
    data = ticked(opened(link, SOON))

    with time_machine.travel(SOON, tick=False):
        response = Client().post(link, data, headers={"Sec-Fetch-Site": "cross-site"})

    assert (response.status_code, confirmed()[0]) == (403, None)


def test_the_secret_address_goes_into_no_log_no_cache_and_no_referrer(
    link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(JsonLines())

    pages = [opened(link, SOON), pressed(link, ticked(opened(link, SOON)), SOON), opened(f"{link}x/", SOON)]
    Client().put(link)

    headers = [
        {name: page.response.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
        for page in pages[:2]
    ]
    private = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    assert headers == [private, private]
    routes = [json.loads(line).get("route") for line in caplog.text.splitlines() if line.startswith('{"at"')]
    assert routes.count("confirm_by_mail") >= 3
    assert link.split("/")[2] not in caplog.text
