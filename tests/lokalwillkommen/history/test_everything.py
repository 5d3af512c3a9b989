"""What happened last, to whatever: for coordination, and as a table for whoever answers for data protection."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from tests.factories import make_notice, make_partner, make_schedule, make_standort, make_topic
from tests.history_pages import EVERYTHING, acts_on
from tests.offer_form import staff_client
from tests.pages import NOW, get
from tests.rights import client_who_may
from tests.today_pages import logged_in

pytestmark = pytest.mark.django_db
TABLE = f"{EVERYTHING}tabelle.csv"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def heads(path: str, staff: Client) -> list[str]:
    """Give the first words of each act of the list that is about places or partners."""
    return [act.partition(" 22.11.")[0] for act in acts_on(get(path, staff)) if "Konto" not in act]


def test_it_shows_all_kinds_newest_first_and_what_is_gone_too(clock: time_machine.Traveller) -> None:
    make_standort("Marten")
    clock.shift(timedelta(minutes=1))
    partner = make_partner("Diakonie")
    partner._history_user = User.objects.create_user("kollege@example.org")  # type: ignore[attr-defined]  # noqa: SLF001  # the package reads it there
    clock.shift(timedelta(minutes=1))
    partner.delete()
    staff = staff_client()

    assert heads(EVERYTHING, staff) == ["Gelöscht: Partner Diakonie", "Neu: Partner Diakonie", "Neu: Ort Marten"]
    somebody = User.objects.get(email="kollege@example.org").pk
    assert heads(f"{EVERYTHING}?wer={somebody}", staff) == ["Gelöscht: Partner Diakonie"]
    assert heads(f"{EVERYTHING}?wer=0&was=standorte.standort", staff) == ["Neu: Ort Marten"]
    assert "zurückholen" in get(EVERYTHING, staff).text().casefold()
    # Coordination reads and changes all but accounts.
    said = acts_on(get(EVERYTHING, logged_in(email="koordination@example.org")))
    assert {("Konto" in act, act.endswith("holen")) for act in said} == {(False, True)}


def test_a_choice_that_is_none_shows_everything_with_a_sentence() -> None:
    make_standort()
    staff = staff_client()

    page = get(f"{EVERYTHING}?was=quatsch", staff)

    assert "Bitte eine gültige Auswahl treffen" in page.text()
    assert heads(f"{EVERYTHING}?was=quatsch", staff) == ["Neu: Ort Marten"]


def test_it_is_for_who_reads_everything_only(monkeypatch: pytest.MonkeyPatch) -> None:
    make_standort()
    helper = client_who_may(monkeypatch, "view_standort", "change_standort")

    for path in (EVERYTHING, TABLE):
        assert (Client().get(path).status_code, helper.get(path).status_code) == (302, 403)
    assert "Was zuletzt geschah" not in get("/admin/", helper).text()
    assert "Was zuletzt geschah" in get("/admin/", staff_client()).text()


def test_the_table_says_the_same_runs_no_formula_and_is_noted_itself(clock: time_machine.Traveller) -> None:
    place = make_standort("=1+1")
    clock.shift(timedelta(minutes=1))
    place.street = "Weg 1"
    place.save()
    staff = staff_client()

    asked = staff.get(f"{TABLE}?was=standorte.standort")
    staff.post(asked.headers["Location"], {"password": "a long pass phrase"})
    response = staff.get(f"{TABLE}?was=standorte.standort")

    assert asked.headers["Location"].startswith("/admin/konto/noch-einmal/?next=")
    text = response.content.decode()
    assert text.startswith("\ufeffWann;Wer;Was geschah;Art;Name;Feld;Vorher;Nachher;Warum")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == ["2026-11-22 15:01:00", "", "geändert", "Ort", "'=1+1", "Straße und Hausnummer", "", "Weg 1", ""]
    noted = get("/admin/admin/logentry/", staff).text()
    assert "Als Tabelle geladen." in noted
    assert LogEntry.objects.count() == 1
    entry = f"/admin/admin/logentry/{LogEntry.objects.get().pk}/"
    assert (staff.get(entry + "change/").status_code, staff.post(entry + "delete/").status_code) == (200, 403)
    assert staff.get("/admin/admin/logentry/add/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_has_happened(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff = staff_client()
    for number in range(count):
        make_standort(f"Ort {number}")
        make_topic(f"Thema {number}")
        make_notice("Hinweis", NOW.date(), NOW.date())
    make_schedule()
    get(EVERYTHING, staff)

    with django_assert_num_queries(24):
        get(EVERYTHING, staff)
