"""The first page of the admin says what a person can put right, worst first, each in a sentence with one link."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from sprechstunden.models import ChangeKind, Schedule, SprechstundeKind
from standorte.models import FactGroup, Kind, Standort, StandortEvidence
from standorte.texts import State, Text
from tests.confirming_pages import make_address
from tests.factories import (
    make_change,
    make_closure,
    make_notice,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_standort,
)
from tests.pages import NOW, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
FRESH, AGING, LAPSED = date(2026, 11, 1), date(2026, 8, 1), date(2026, 5, 1)
ALL = ("view_sprechstunde", "change_schedule", "change_standort", "view_officeaddress")
ENDS = "Endet am Freitag, 4. Dezember 2026, danach ist nichts eingetragen."
HOURS = "Sprechstunde, jeden Dienstag 10:00 – 12:00"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def staff(
    monkeypatch: pytest.MonkeyPatch,
    *rights: str,
    places: tuple[Standort, ...] = (),
    translates: tuple[str, ...] = (),
) -> Client:
    """Log somebody in; asked again, somebody else."""
    email = f"{User.objects.count()}@example.org"
    return client_who_may(monkeypatch, *rights, email=email, places=places, translates=translates)


def tasks(client: Client) -> list[tuple[str, str]]:
    """Give each sentence and where it leads."""
    page = get("/admin/", client)
    return [(page.text(link), link.get("href", "")) for found in page.all("ol") for link in found.iter("a")]


def edit(schedule: Schedule) -> str:
    return f"/admin/sprechstunden/sprechstunde/{schedule.sprechstunde_id}/change/"


def test_where_all_is_well_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    make_schedule(confirmed_on=FRESH)

    assert tasks(staff(monkeypatch, *ALL[:3])) == []
    assert "Was Sie in Ordnung bringen können" not in get("/admin/", staff(monkeypatch, *ALL[:3])).text()


def test_what_harms_residents_soonest_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    times = make_schedule(make_sprechstunde(office=office), confirmed_on=FRESH)
    make_change(times, TUESDAY)
    other = make_schedule(
        make_sprechstunde(office=office, title=Text("Sprachcafé")), weekdays=("TU",), opens=time(11), confirmed_on=AGING
    )
    make_change(other, TUESDAY)
    ends = make_schedule(
        make_sprechstunde(office=office), weekdays=("FR",), confirmed_on=FRESH, valid_until=date(2026, 12, 4)
    )
    hidden = make_standort("Lanstrop", is_published=False)
    lost = make_schedule(make_sprechstunde(office=office, title=Text("Radwerkstatt")), standort=hidden)
    StandortEvidence.objects.create(standort=office, group=FactGroup.GENERAL, confirmed_on=LAPSED)
    text = Text("Das Büro zieht um.").translated("ar", "…", State.CHECKED)
    make_notice(Text("Das Büro zieht nicht um.", text.translations), TUESDAY, TUESDAY)

    found = tasks(staff(monkeypatch, *ALL, places=(office,), translates=("ar", "uk")))

    clash = "Dienstag, 1. Dezember 2026: Zwei Termine sind zur selben Zeit in einem Raum"
    cafe = "Mengede/Huckarde: Sprachcafé, jeden Dienstag 11:00 – 12:00"
    assert found == [
        (f"{clash}, „Mengede/Huckarde: {HOURS}“ und „{cafe}“.", edit(times)),
        (
            "„Radwerkstatt“ ist veröffentlicht, aber keiner seiner Orte: Links zu seiner Seite führen ins Leere.",
            edit(lost),
        ),
        ("1 Angabe oder Zeit gilt nicht als bestätigt: Dort ist nichts „jetzt geöffnet“.", "/admin/bestaetigen/"),
        (
            f"Mengede/Huckarde: Sprechstunde, jeden Freitag 10:00 – 12:00: {ENDS}",
            edit(ends),
        ),
        ("1 Angabe oder Zeit ist vor mehr als drei Monaten bestätigt worden.", "/admin/bestaetigen/"),
        (
            "1 Büro wird nicht per Mail gefragt, ob alles stimmt: Es hat keine geprüfte Adresse.",
            "/admin/confirming/officeaddress/",
        ),
        ("1 Übersetzung passt nicht mehr zum deutschen Text.", "/admin/uebersetzen/"),
    ]


def test_a_date_that_is_off_is_said_only_where_nothing_stands_in_and_staff_took_it_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = make_schedule(confirmed_on=FRESH, valid_until=TUESDAY)
    helped = make_schedule(make_sprechstunde(office=make_office("Eving")), weekdays=("WE",), confirmed_on=FRESH)
    make_schedule(weekdays=("FR",), confirmed_on=FRESH, anchor=None, valid_until=date(2026, 11, 27))
    make_change(alone, TUESDAY)
    make_change(helped, WEDNESDAY)
    moved = make_schedule(make_sprechstunde(office=make_office("Hörde")), weekdays=("TH",), confirmed_on=FRESH)
    make_change(moved, date(2026, 11, 26), ChangeKind.MOVED, new_day=date(2026, 11, 27))

    found = tasks(staff(monkeypatch, "view_sprechstunde"))

    assert [sentence for sentence, _url in found if "fällt aus" in sentence] == []
    Schedule.objects.exclude(pk=alone.pk).delete()
    sentence, url = tasks(staff(monkeypatch, "view_sprechstunde"))[0]
    nothing = "fällt aus, und kein bestätigter Termin tritt an seine Stelle."
    assert (sentence, url) == (
        f"Dienstag, 24. November 2026: „Mengede/Huckarde: {HOURS}“ {nothing}",
        "/admin/heute/",
    )


def test_a_team_that_would_be_at_two_places_is_told_once_with_the_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    make_schedule(make_sprechstunde(office=office), confirmed_on=FRESH)
    marten = make_standort("Marten", Kind.OUTREACH, office=office)
    make_schedule(make_sprechstunde(office=office), standort=marten, weekdays=("TU",), confirmed_on=FRESH)
    make_schedule(
        make_sprechstunde(SprechstundeKind.PHONE, office), standort=None, weekdays=("WE",), confirmed_on=FRESH
    )
    make_closure(WEDNESDAY, WEDNESDAY)

    sentences = [sentence for sentence, _url in tasks(staff(monkeypatch, "view_sprechstunde"))]

    assert [sentence.partition(":")[0] for sentence in sentences] == [
        "Dienstag, 24. November 2026",
    ]
    assert {"Ein Team ist zur selben Zeit an zwei Orten" in sentence for sentence in sentences} == {True}


def test_at_most_seven_are_shown_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    for number in range(9):
        ends = WEDNESDAY + timedelta(days=number)
        make_schedule(
            make_sprechstunde(SprechstundeKind.PHONE, office),
            standort=None,
            opens=time(8 + number),
            closes=time(8 + number, 30),
            valid_until=ends,
            confirmed_on=FRESH,
        )
    client = staff(monkeypatch, "view_sprechstunde")

    page = get("/admin/", client)

    assert len(tasks(client)) == 7
    assert "2 weitere danach" in page.text()


def test_only_ones_own_places_and_what_one_may_see_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, foreign = make_office(), make_office("Eving")
    make_address(mine)
    for office in (mine, foreign):
        make_schedule(make_sprechstunde(office=office), valid_until=date(2026, 12, 4), confirmed_on=LAPSED)
        StandortEvidence.objects.create(standort=office, group=FactGroup.GENERAL)
    unconfirmed = "Angaben oder Zeiten gelten nicht als bestätigt: Dort ist nichts „jetzt geöffnet“."

    own = [sentence for sentence, _url in tasks(staff(monkeypatch, *ALL, places=(mine,)))]
    of_facts = [sentence for sentence, _url in tasks(staff(monkeypatch, "change_standort"))]
    nothing = tasks(staff(monkeypatch, "view_topic"))

    assert own == [
        f"2 {unconfirmed}",
        f"Mengede/Huckarde: {HOURS}: {ENDS}",
    ]
    assert of_facts == [f"2 {unconfirmed}"]
    assert nothing == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_there_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(count):
        office = make_office(f"Büro {number}")
        times = make_schedule(make_sprechstunde(office=office), confirmed_on=FRESH)
        make_change(times, TUESDAY)
        make_schedule(make_sprechstunde(office=office), opens=time(11), confirmed_on=AGING)
        StandortEvidence.objects.create(standort=office, group=FactGroup.GENERAL)
    client = staff(monkeypatch, *ALL, translates=("ar",))

    with django_assert_num_queries(31):
        client.get("/admin/")
