"""What wants to be confirmed stands on one page, each with one button; and who may say which address is an office's."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.confirming.items import due
from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from sprechstunden.models import Frequency, Schedule
from standorte.models import Answer, FactGroup, Kind, Phone, Standort, StandortEvidence
from standorte.texts import Text
from tests.confirming_pages import make_address, notes, titles
from tests.factories import (
    make_office,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_standort,
    make_undated,
    make_user,
)
from tests.pages import NOW, FormData, Page, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db

PATH, ADDRESSES = "/admin/bestaetigen/", "/admin/confirming/officeaddress/"
DAY = NOW.date()
BOTH = ("change_schedule", "change_standort")
MEANWHILE = "Etwas davon hat sich geändert oder ist inzwischen bestätigt. Bitte sehen Sie noch einmal nach."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def staff(
    monkeypatch: pytest.MonkeyPatch, *rights: str, places: tuple[Standort, ...] = (), email: str = "team@example.org"
) -> Client:
    return client_who_may(monkeypatch, *rights, email=email, places=places)


def forms(page: Page) -> list[FormData]:
    """Give what the button of each fact would send."""
    fields = [field for field in page.all("input") if field.get("name") in {"fakt", "gesehen"}]
    pairs = zip(fields[::2], fields[1::2], strict=True)
    return [{"fakt": key.get("value", ""), "gesehen": seen.get("value", "")} for key, seen in pairs]


def pressed(client: Client, data: FormData) -> Page:
    response = client.post(PATH, data, follow=True)
    return Page(response, response.content.decode())


def test_each_fact_is_confirmed_with_one_button_and_then_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    schedule = make_schedule(make_sprechstunde(office=office), confirmed_on=date(2026, 8, 1))
    StandortEvidence.objects.create(standort=office, group=FactGroup.GENERAL)
    client = staff(monkeypatch, *BOTH)
    page = get(PATH, client)
    facts = "Mengede/Huckarde: Name, Art, Stadtbezirke"
    assert titles(page) == ["Mengede/Huckarde: Sprechstunde, jeden Dienstag 10:00 – 12:00", facts]
    assert "Zuletzt bestätigt am 1. August 2026" in page.text()

    page = pressed(client, forms(page)[0])

    schedule.refresh_from_db()
    assert (schedule.confirmed_on, str(schedule.confirmed_by)) == (DAY, "team@example.org")
    assert (titles(page), len(notes(page))) == ([facts], 1)

    page = pressed(client, forms(page)[0])

    assert (titles(page), "Alles ist bestätigt. Vielen Dank." in page.text()) == ([], True)
    assert PATH in {link.get("href") for link in get("/admin/heute/", client).all("a")}


def test_what_changed_or_was_confirmed_meanwhile_is_not_confirmed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = make_schedule()
    client = staff(monkeypatch, *BOTH)
    (data,) = forms(get(PATH, client))
    Schedule.objects.update(weekdays=("WE",))

    changed, unknown, nothing = (pressed(client, sent) for sent in (data, {**data, "fakt": "zeiten-0"}, {}))

    assert [notes(page) for page in (changed, unknown, nothing)] == [[MEANWHILE]] * 3
    schedule.refresh_from_db()
    assert schedule.confirmed_on is None


def test_only_ones_own_places_and_what_one_may_change_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    make_schedule(make_sprechstunde(office=office))
    StandortEvidence.objects.create(standort=office, group=FactGroup.GENERAL)
    foreign = make_office("Eving")
    make_schedule(make_sprechstunde(office=foreign))
    StandortEvidence.objects.create(standort=foreign, group=FactGroup.GENERAL)
    seen = []
    for number, rights in enumerate((BOTH[:1], BOTH[1:], BOTH)):
        client = staff(monkeypatch, *rights, places=(office,), email=f"{number}@example.org")
        seen.append([title.partition(":")[0] for title in titles(get(PATH, client))])
    others = forms(get(PATH, staff(monkeypatch, *BOTH)))
    for data in others:
        pressed(client, data)
    reader = staff(monkeypatch, "view_change", places=(office,), email="reader@example.org")

    assert seen == [["Mengede/Huckarde"], ["Mengede/Huckarde"], ["Mengede/Huckarde"] * 2]
    assert (reader.get(PATH).status_code, Client().get(PATH).status_code) == (403, 302)
    assert Schedule.objects.get(sprechstunde__office=foreign).confirmed_on is None
    assert Schedule.objects.get(sprechstunde__office=office).confirmed_on == DAY


def test_facts_are_said_in_words_and_what_is_not_known_is_not_asked() -> None:
    place = make_standort(
        "Marten",
        Kind.VENUE,
        other_name="Meilenstein",
        stadtbezirk=make_stadtbezirk("Lütgendortmund"),
        street="Am Markt 1",
        postal_code="44379",
        building=Text("Haus der Vielfalt"),
        email="marten@example.org",
        languages=("ar", "de"),
        step_free=Answer.YES,
        access_checked_on=DAY,
    )
    Phone.objects.create(standort=place, number="0231 1234567")
    empty = make_standort("Lanstrop")
    for group in FactGroup:
        StandortEvidence.objects.create(standort=place, group=group)
        StandortEvidence.objects.create(standort=empty, group=group)
    make_undated(make_sprechstunde(office=make_office()), words=Text("Nach Absprache."), languages=("tr",))

    found = {item.title: item.words for item in due(Responsibility(everything=True), DAY)}

    assert found == {
        "Mengede/Huckarde: Sprechstunde, Keine festen Zeiten bekannt": (
            "Nach Absprache.",
            "Gesprochene Sprachen: Türkisch",
        ),
        "Lanstrop: Name, Art, Stadtbezirke": ("Lanstrop", "Raum bei anderen"),
        "Marten: Zugang": ("Eingang ohne Stufen: ja",),
        "Marten: Adresse": ("Haus der Vielfalt", "Am Markt 1", "44379 Dortmund"),
        "Marten: Telefon und E-Mail": ("0231 1234567", "marten@example.org"),
        "Marten: Name, Art, Stadtbezirke": ("Marten", "Meilenstein", "Raum bei anderen", "Lütgendortmund"),
        "Marten: Sprachen vor Ort": ("Deutsch und Arabisch",),
    }


def test_what_is_over_is_not_asked() -> None:
    make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=date(2026, 11, 21))
    make_schedule(valid_until=date(2026, 11, 21))
    lasts = make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=DAY)

    assert [item.row for item in due(Responsibility(everything=True), DAY)] == [lasts]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(count):
        office = make_office(f"Büro {number}")
        make_schedule(make_sprechstunde(office=office))
        StandortEvidence.objects.create(standort=office, group=FactGroup.GENERAL)
    client = staff(monkeypatch, *BOTH)

    with django_assert_num_queries(9):
        page = get(PATH, client)

    assert len(titles(page)) == 2 * count


def test_only_who_may_check_addresses_says_that_one_is_an_offices() -> None:
    office = make_office()
    client, checker = Client(), Client()
    client.force_login(make_user("team@example.org", role=Role.COORDINATION))
    checker.force_login(make_user("leitung@example.org", is_superuser=True))
    data = {"office": str(office.pk), "email": "buero@example.org", "is_verified": "on"}

    client.post(f"{ADDRESSES}add/", data)
    found = [_address()]
    path = f"{ADDRESSES}{OfficeAddress.objects.get().pk}/change/"
    checker.post(path, data)
    found.append(_address())
    said = checker.post(path, {**data, "email": "neu@example.org"}, follow=True).content.decode()
    found.append(_address())
    checker.post(path, {**data, "email": "neu@example.org"})
    found.append(_address())
    checker.post(path, {"office": str(office.pk), "email": "neu@example.org"})
    found.append(_address())

    assert found == [
        ("buero@example.org", False, None),
        ("buero@example.org", True, "leitung@example.org"),
        ("neu@example.org", False, None),
        ("neu@example.org", True, "leitung@example.org"),
        ("neu@example.org", False, None),
    ]
    assert "Die Adresse ist jetzt eine andere" in said


def _address() -> tuple[str, bool, str | None]:
    found = OfficeAddress.objects.get()
    return found.email, found.is_verified, str(found.verified_by) if found.verified_by else None


def test_what_was_confirmed_by_mail_is_there_to_read_for_ones_own_places(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, foreign = make_office(), make_office("Eving")
    make_address(foreign, "eving@example.org")
    shared = {"email": "buero@example.org", "created_at": NOW, "fingerprint": ""}
    ConfirmationRequest.objects.create(office=mine, confirmed_at=NOW, confirmed=["Zeiten", "Adresse"], **shared)
    ConfirmationRequest.objects.create(office=mine, **shared)
    ConfirmationRequest.objects.create(office=foreign, **shared)
    rights = [f"{verb}_confirmationrequest" for verb in ("view", "add", "change", "delete")]
    client = staff(monkeypatch, *rights, "view_officeaddress", places=(mine,))

    page = get("/admin/confirming/confirmationrequest/", client)

    shown = [page.text(cell) for cell in page.all("td") if cell.get("class") == "field-facts"]
    assert (shown, "Eving" in page.text(page.by_id("result_list"))) == (["-", "Zeiten, Adresse"], False)
    assert client.get("/admin/confirming/confirmationrequest/add/").status_code == 403
    assert str(OfficeAddress.objects.get()) == "Eving: eving@example.org"
    assert "eving@example.org" not in client.get(ADDRESSES).content.decode()
