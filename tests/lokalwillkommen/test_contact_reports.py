"""The door was closed: two people who say so within a day make the office look, and nobody gives a name."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from lokalwillkommen.contact.models import Mail, Report
from sprechstunden.models import SprechstundeKind
from standorte.models import Standort
from tests.contact_pages import faults, fields, headings, post
from tests.factories import (
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
    make_user,
)
from tests.pages import NOW, FormData, Page, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
MARTEN = "/de/kontakt/melden/?ort=marten"
SENT = ["Danke. Wir kümmern uns darum."]
NOTE = "Zwei Menschen melden: „Die Tür war zu“ Marten."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def marten() -> Standort:
    return make_standort("Marten", email="marten@example.org")


def report(typed: FormData | None = None, path: str = MARTEN, address: str = "192.0.2.1", at: datetime = NOW) -> Page:
    """Open the form a minute before, fill it in, send it."""
    with time_machine.travel(at - timedelta(minutes=1), tick=False):
        data = fields(get(path)) | (typed or {})
    with time_machine.travel(at, tick=False):
        return post(data, path, address)


def backed() -> list[bool]:
    """Tell of each report, oldest first, whether somebody else says the same."""
    return list(Report.objects.order_by("pk").values_list("is_backed", flat=True))


def note(user_may_everything: bool = True) -> str:  # noqa: FBT001, FBT002  # one word in few tests
    """Read the page Heute."""
    client = Client()
    client.force_login(make_user(f"{user_may_everything}@example.org", is_superuser=user_may_everything))
    return get("/admin/heute/", client).text()


def test_one_tap_is_enough_place_and_day_are_there_already(marten: Standort) -> None:
    page = report()

    (row,) = Report.objects.values()
    assert (page.response.status_code, headings(page)) == (200, SENT)
    assert (row["kind"], row["standort_id"], row["day"], row["text"]) == ("zu", marten.pk, date(2026, 11, 22), "")
    assert (row["is_backed"], Mail.objects.count()) == (False, 0)


def test_words_and_another_day_are_welcome(marten: Standort) -> None:
    report({"was": "falsch", "tag": "2026-11-20", "worte": "Die Nummer\nstimmt nicht."})

    row = Report.objects.get()
    assert (row.kind, row.day, row.text) == ("falsch", date(2026, 11, 20), "Die Nummer\nstimmt nicht.")
    assert (str(row), row.where) == (f"Meldung {row.pk}", str(marten))


@pytest.mark.usefixtures("marten")
@pytest.mark.parametrize("day", ["2026-11-23", "2026-10-24", "gestern", "2026-11-22\x00x"])
def test_a_day_that_cannot_be_is_refused_and_comes_back(day: str) -> None:
    page = report({"tag": day, "worte": "Da war niemand."})

    assert (page.response.status_code, len(faults(page)), Report.objects.count()) == (422, 1, 0)
    assert (fields(page)["tag"], fields(page)["worte"]) == (day.replace("\x00", ""), "Da war niemand.")


@pytest.mark.usefixtures("marten")
def test_without_a_day_and_on_the_first_of_four_weeks_it_is_taken() -> None:
    assert headings(report({"tag": ""})) == headings(report({"tag": "2026-10-25"})) == SENT


@pytest.mark.usefixtures("marten")
def test_two_people_within_a_day_alert_the_office_once_and_set_a_note() -> None:
    report()
    report(address="192.0.2.2", at=NOW + timedelta(hours=23))
    report(address="192.0.2.3", at=NOW + timedelta(hours=23, minutes=30))

    mail = Mail.objects.get()
    assert backed() == [True, True, True]
    assert (mail.recipient, mail.subject) == ("marten@example.org", "Bitte prüfen: Marten")
    assert "„Die Tür war zu“. Ort: Marten." in mail.body
    assert "http://testserver/admin/contact/report/" in mail.body
    assert NOTE in note()


@pytest.mark.usefixtures("marten")
def test_the_same_person_twice_also_over_midnight_alerts_nobody() -> None:
    report(at=datetime.fromisoformat("2026-11-22T23:50:00+01:00"))
    report({"worte": "Immer noch zu."}, at=datetime.fromisoformat("2026-11-23T00:10:00+01:00"))

    assert (backed(), Mail.objects.count()) == ([False, False], 0)
    assert NOTE not in note()


@pytest.mark.parametrize(
    ("typed", "path", "wait"),
    [
        ({"was": "falsch"}, MARTEN, timedelta(0)),
        ({}, "/de/kontakt/melden/?ort=lanstrop", timedelta(0)),
        ({}, MARTEN, timedelta(days=1)),
    ],
    ids=["something else", "another place", "a day later"],
)
@pytest.mark.usefixtures("marten")
def test_what_is_not_the_same_backs_nothing(typed: FormData, path: str, wait: timedelta) -> None:
    make_standort("Lanstrop")

    report()
    report(typed, path, "192.0.2.2", NOW + wait)

    assert (backed(), Mail.objects.count()) == ([False, False], 0)


@pytest.mark.usefixtures("marten")
def test_what_is_done_backs_nothing_and_its_note_is_gone() -> None:
    report()
    report(address="192.0.2.2")
    Report.objects.update(done_at=NOW)
    report(address="192.0.2.3")

    assert backed() == [True, True, False]
    assert NOTE not in note()


@pytest.mark.usefixtures("marten")
def test_staff_of_another_place_read_no_note() -> None:
    report()
    report(address="192.0.2.2")
    user = make_user("team@example.org", make_office())
    client = Client()
    client.force_login(user)

    assert "Zwei Menschen" not in get("/admin/", client).text()
    user.standorte.add(Standort.objects.get(slug="marten"))
    text = get("/admin/", client).text()
    assert f"{NOTE} Sonntag, 22. November 2026" in text
    assert "Meldungen ansehen" in text


@pytest.mark.usefixtures("marten")
def test_who_may_not_read_reports_sees_the_note_without_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    report()
    report(address="192.0.2.2")

    text = get("/admin/", client_who_may(monkeypatch, "view_standort")).text()

    assert NOTE in text
    assert "Meldungen ansehen" not in text


@pytest.mark.usefixtures("marten")
def test_the_mark_that_tells_people_apart_is_emptied_after_a_day() -> None:
    report()
    assert len(Report.objects.get().mark) == 64

    report(path=MARTEN, address="192.0.2.2", at=NOW + timedelta(days=1))

    assert [len(mark) for mark in Report.objects.order_by("pk").values_list("mark", flat=True)] == [0, 64]


def test_a_report_about_an_offer_is_about_its_place(marten: Standort) -> None:
    offer = make_sprechstunde(SprechstundeKind.EVENT, office=make_office())
    make_schedule(offer, standort=marten)
    path = f"/de/kontakt/melden/?angebot={offer.pk}"

    report(path=path)
    report(address="192.0.2.2")

    row = Report.objects.order_by("pk")[0]
    assert (row.sprechstunde, row.standort) == (offer, marten)
    assert backed() == [True, True]


def test_where_an_offer_has_no_one_place_its_office_is_told() -> None:
    office = make_office(email="buero@example.org")
    offer = make_sprechstunde(office=office)
    past = make_schedule(offer, valid_until=date(2026, 11, 1), standort=make_standort("Lanstrop"))
    path = f"/de/kontakt/melden/?angebot={offer.pk}"
    assert past.pk

    report(path=path)
    report(path=path, address="192.0.2.2")

    assert list(Report.objects.values_list("standort", flat=True)) == [None, None]
    assert (backed(), Mail.objects.get().recipient) == ([True, True], "buero@example.org")
    assert Report.objects.all()[0].where == str(offer)


def test_an_offer_of_a_partner_without_a_place_goes_to_the_coordination() -> None:
    offer = make_sprechstunde(partner=make_partner())
    make_undated(offer, standort=None)

    assert headings(report(path=f"/de/kontakt/melden/?angebot={offer.pk}")) == SENT


@pytest.mark.parametrize("query", ["", "ort=", "ort=nichts", "ort=%00", "ort=verborgen", "angebot=x", "angebot=9" * 9])
def test_what_residents_cannot_see_cannot_be_reported(query: str) -> None:
    make_standort("Verborgen", is_published=False)

    assert Client().get(f"/de/kontakt/melden/?{query}").status_code == 404


def test_an_offer_whose_places_are_all_held_back_cannot_be_reported() -> None:
    offer = make_sprechstunde(office=make_office(is_published=False))
    make_schedule(offer, standort=None)

    assert Client().get(f"/de/kontakt/melden/?angebot={offer.pk}").status_code == 404


def test_each_place_and_each_offer_links_to_its_form(marten: Standort) -> None:
    offer = make_schedule(standort=marten).sprechstunde

    for path, query in (("standorte/marten/", "ort=marten"), (f"sprechstunden/{offer.pk}/", f"angebot={offer.pk}")):
        links = [link.get("href") for link in get(f"/de/{path}").all("a")]
        assert links.count(f"/de/kontakt/melden/?{query}") == 1
