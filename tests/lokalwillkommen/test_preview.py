"""Preview: staff see each public page as people will, in each language, at each moment, and nothing comes of it."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lokalwillkommen.accounts.models import User
from sprechstunden.models import Sprechstunde
from standorte.models import Partner, Standort
from standorte.texts import Text
from tests.factories import (
    make_notice,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_user,
)
from tests.pages import NOW, get
from tests.preview_pages import PREVIEW, faults, shown, staff, strip
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db

MARTEN = "/de/standorte/marten/"
CHRISTMAS_EVE = {"tag": "2026-12-24", "zeit": "09:00"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_site_on_christmas_eve_shows_what_is_so_then(monkeypatch: pytest.MonkeyPatch) -> None:
    make_schedule(confirmed_on=date(2026, 11, 1), weekdays=("TH",))
    make_notice("Das Büro zieht um.", date(2026, 12, 20), date(2026, 12, 28))
    client = staff(monkeypatch, "view_notice")

    page = shown(client, "/de/standorte/mengede-huckarde/", **CHRISTMAS_EVE)

    when = "Vorschau: So lesen Menschen diese Seite am Donnerstag, 24. Dezember 2026 um 09:00 Uhr"
    assert f"{when} in dieser Sprache: Deutsch." in strip(page)
    assert ("Das Büro zieht um." in page.text(), "Heiligabend" in page.text(page.by_id("termine"))) == (True, True)
    assert "Das Büro zieht um." not in get("/de/standorte/mengede-huckarde/").text()


def test_what_is_not_published_yet_is_shown_and_named_and_stays_unpublished(monkeypatch: pytest.MonkeyPatch) -> None:
    partner = make_partner("Lernhaus")
    Partner.objects.update(is_published=False)
    office = make_office("Marten", is_published=False)
    offer = make_sprechstunde(office=office, title=Text("Radwerkstatt"), is_published=False)
    make_schedule(offer, standort=office)
    client = staff(monkeypatch, "view_standort")

    page = shown(client, MARTEN)

    assert "Noch nicht veröffentlicht: Marten, Radwerkstatt Formulare tun hier nichts." in strip(page)
    assert "Radwerkstatt" in page.text(page.by_id("termine"))
    rows = (Standort.objects, Sprechstunde.objects, Partner.objects)
    assert [[row.is_published for row in found.all()] for found in rows] == [[False]] * 3
    assert get(MARTEN).response.status_code == 404
    assert partner.name not in strip(page)


def test_what_others_look_after_is_shown_and_named_only_when_it_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = make_office("Marten", is_published=False)
    make_office("Lanstrop", is_published=False)
    client = client_who_may(monkeypatch, "view_standort", places=(mine,))

    pages = [get(PREVIEW, client), shown(client, "/de/standorte/"), shown(client, "/de/standorte/lanstrop/")]

    assert [("Marten" in page.html, "Lanstrop" in page.html) for page in pages] == [
        (True, False),
        (True, False),
        (True, False),
    ]
    assert pages[2].response.status_code == 422


def test_a_page_can_be_shown_without_what_is_not_published_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    make_office("Marten")
    make_office("Lanstrop", is_published=False)
    client = staff(monkeypatch, "view_standort")

    page = shown(client, "/de/standorte/", ohne="on")

    assert ("Marten" in page.text(), "Lanstrop" in page.text()) == (True, False)
    assert "veröffentlicht" not in strip(page)
    assert "Alles darauf ist veröffentlicht." in strip(shown(client, MARTEN))


def test_the_write_lock_is_taken_only_where_something_is_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    make_office("Marten")
    lanstrop = make_office("Lanstrop")
    client = staff(monkeypatch, "view_standort")

    with CaptureQueriesContext(connection) as published:
        shown(client, MARTEN)
    Standort.objects.filter(pk=lanstrop.pk).update(is_published=False)
    with CaptureQueriesContext(connection) as held_back:
        shown(client, MARTEN)

    writes = ("SAVEPOINT", "UPDATE", "ROLLBACK", "RELEASE", "INSERT", "DELETE")
    made = [
        [query["sql"].split()[0] for query in one if query["sql"].startswith(writes)] for one in (published, held_back)
    ]
    assert made == [[], ["SAVEPOINT", "UPDATE", "ROLLBACK", "RELEASE"]]


def test_links_lead_on_in_the_preview_and_keep_moment_and_language(monkeypatch: pytest.MonkeyPatch) -> None:
    make_office("Marten")
    client = staff(monkeypatch, "view_standort")

    page = shown(client, "/de/sprechstunden/?zeit=heute", **CHRISTMAS_EVE, ohne="on")

    links = [a.get("href", "") for a in page.all("a") if a.get("href", "").startswith(PREVIEW)]
    asked = [parse_qs(urlsplit(link).query) for link in links if "aendern" not in link]
    targets = {one["adresse"][0] for one in asked}
    assert {"/de/standorte/", "/ar/sprechstunden/?zeit=heute", "/de/sprechstunden/"} <= targets
    assert {(*one["tag"], *one["zeit"], *one["ohne"]) for one in asked} == {("2026-12-24", "09:00", "on")}
    place = shown(client, MARTEN)
    assert f"{PREVIEW}?adresse=%2Fde%2Fstandorte%2F" in {a.get("href", "").partition("&")[0] for a in place.all("a")}


def test_a_link_to_a_part_of_a_page_leads_there(monkeypatch: pytest.MonkeyPatch) -> None:
    make_schedule()
    client = staff(monkeypatch, "view_standort")

    links = [a.get("href", "") for a in shown(client, "/de/partner/").all("a")]

    assert "#inhalt" in links


@pytest.mark.parametrize(
    ("asked", "heading", "language"),
    [
        ({"adresse": "/de/standorte/marten/", "sprache": "uk"}, "Marten", "uk"),
        ({"adresse": "http://testserver/tr/standorte/marten"}, "Marten", "tr"),
        ({"adresse": "standorte/marten/"}, "Marten", "de"),
        ({"adresse": "/de/standorte/?seite=1&x=%D0%B0"}, "Alle Orte", "de"),
        ({"adresse": "/", "sprache": "de"}, None, "de"),
    ],
)
def test_an_address_is_taken_as_it_is_pasted(
    asked: dict[str, str], heading: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_office("Marten")

    page = get(f"{PREVIEW}?{urlencode(asked)}", staff(monkeypatch, "view_standort"))

    assert (page.response.status_code, page.all("html")[0].get("lang")) == (200, language)
    assert heading in {None, page.text(page.all("h1")[0])}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"adresse": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"adresse": "https://example.org/de/"}, "Diese Seite gehört nicht zu diesem Portal."),
        ({"adresse": "http://[/"}, "Das ist keine Adresse einer Seite."),
        ({"adresse": "/de/standorte/gibtesnicht/"}, "Hier finden Menschen keine Seite."),
        ({"adresse": "/admin/heute/"}, "Hier finden Menschen keine Seite."),
        ({"adresse": "/kalender/alle.ics"}, "Hier finden Menschen keine Seite."),
        ({"adresse": "/de/Ø%00/"}, "Hier finden Menschen keine Seite."),
        ({"adresse": MARTEN, "tag": "9999-12-31"}, "Bitte wählen Sie einen Tag in den Jahren 2016 bis 2036."),
        ({"adresse": MARTEN, "tag": "morgen"}, "Bitte ein gültiges Datum eingeben."),
        ({"adresse": MARTEN, "zeit": "25:00"}, "Bitte eine gültige Uhrzeit eingeben."),
    ],
)
def test_what_cannot_be_shown_says_why_and_keeps_what_was_typed(
    asked: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = get(f"{PREVIEW}?{urlencode(asked)}", staff(monkeypatch, "view_standort"))

    assert (page.response.status_code, faults(page)) == (422, [sentence])
    typed = {field.get("name"): field.get("value", "") for field in page.all("input")}
    assert {name: typed[name] for name in asked} == asked


def test_another_day_is_chosen_from_what_was_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    make_office("Marten", is_published=False)
    client = staff(monkeypatch, "view_standort")
    (link,) = (
        a.get("href", "") for a in shown(client, MARTEN, **CHRISTMAS_EVE).all("a") if "aendern" in a.get("href", "")
    )

    page = get(link, client)

    typed = {field.get("name"): field.get("value") for field in page.all("input")}
    assert (page.response.status_code, typed["adresse"], typed["tag"], typed["zeit"]) == (
        *(200, MARTEN),
        *CHRISTMAS_EVE.values(),
    )
    assert [option.get("value") for option in page.all("option") if option.get("value", "").startswith("/")][
        -1
    ] == MARTEN


def test_a_day_without_a_time_is_nine_o_clock_and_a_time_without_a_day_is_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = staff(monkeypatch, "view_standort")

    days = [strip(shown(client, "/de/partner/", **asked)) for asked in ({"tag": "2027-01-05"}, {"zeit": "18:30"}, {})]

    moments = ["5. Januar 2027 um 09:00", "22. November 2026 um 18:30", "22. November 2026 um 15:00"]
    assert [moment in day for moment, day in zip(moments, days, strict=True)] == [True] * 3


def test_no_cache_and_no_search_engine_keeps_a_preview_and_its_forms_send_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = staff(monkeypatch, "view_standort")

    page = shown(client, "/de/kontakt/")

    headers = page.response.headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert "form-action 'none'" in headers["Content-Security-Policy"]
    assert "form-action 'self'" in get(PREVIEW, client).response.headers["Content-Security-Policy"]


def test_only_staff_who_see_something_of_it_and_translators_may_look(monkeypatch: pytest.MonkeyPatch) -> None:
    make_office("Marten", is_published=False)

    found = [
        Client().get(PREVIEW, {"adresse": MARTEN}).headers.get("Location"),
        *(client.get(PREVIEW, {"adresse": MARTEN}).status_code for client in _people(monkeypatch)),
    ]

    assert found == [
        f"/admin/login/?next={PREVIEW}%3Fadresse%3D%252Fde%252Fstandorte%252Fmarten%252F",
        403,
        200,
        200,
        200,
    ]
    assert _admin().post(PREVIEW, {"adresse": MARTEN}).status_code == 405


def _people(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    for rights, translates in (((), ()), (("view_sprechstunde",), ()), (("change_schedule",), ()), ((), ("ar",))):
        yield staff(monkeypatch, *rights, translates=translates)
        User.objects.all().delete()


def _admin() -> Client:
    client = Client()
    client.force_login(make_user("admin@example.org", is_superuser=True))
    return client
