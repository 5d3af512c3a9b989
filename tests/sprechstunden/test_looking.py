"""Staff look at the dates of what they type: nothing is saved, nothing typed is lost."""

from collections.abc import Iterator
from datetime import date, time
from io import StringIO
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import ChangeKind, Schedule, Sprechstunde
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.offer_form import ADD, FORM, change_url, new_times, open_form, send, staff_client
from tests.pages import NOW, FormData, Page, form_of, get, moments
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
LOOK: FormData = {"_preview": "1"}
NEW = new_times(valid_from="15.12.2026", weekdays=["WE"], opens="09:00", closes="11:00")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return staff_client()


@pytest.fixture
def schedule() -> Schedule:
    return make_schedule(valid_from=date(2024, 1, 2))


def shown(page: Page) -> Element:
    return page.by_id("vorschau")


def everything() -> str:
    """Give all rows of the database but the sessions."""
    written = StringIO()
    call_command("dumpdata", exclude=["sessions"], stdout=written)
    return written.getvalue()


def test_the_form_shows_the_next_twelve_dates_that_are_stored(staff: Client, schedule: Schedule) -> None:
    page = get(change_url(schedule.sprechstunde), staff)

    assert len(moments(shown(page))) == 12
    assert moments(shown(page))[:2] == ["2026-11-24T10:00+01:00", "2026-12-01T10:00+01:00"]
    assert "ab Dienstag, 2. Januar 2024: jeden Dienstag, 10:00 – 12:00, Mengede/Huckarde" in page.text(shown(page))


def test_looking_shows_the_dates_of_what_is_typed_keeps_it_and_saves_nothing(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)
    typed = open_form(staff, path) | NEW | {"kind": "phone"}
    before = everything()

    page = send(staff, path, typed | LOOK)

    assert everything() == before
    assert moments(shown(page))[:5] == [
        *("2026-11-24T10:00+01:00", "2026-12-01T10:00+01:00", "2026-12-08T10:00+01:00"),
        *("2026-12-16T09:00+01:00", "2026-12-23T09:00+01:00"),
    ]
    after = form_of(page, FORM)
    assert {name: after[name] for name in typed if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in typed.items() if name != "csrfmiddlewaretoken"
    }


def test_what_was_looked_at_can_be_saved_as_it_is(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)
    looked = send(staff, path, open_form(staff, path) | NEW | LOOK)

    response = staff.post(path, form_of(looked, FORM))

    assert response.status_code == 302
    assert [str(row.valid_from) for row in Schedule.objects.all()] == ["2024-01-02", "2026-12-15"]


def test_the_first_dates_of_a_new_offer_can_be_looked_at(staff: Client) -> None:
    office = make_office()
    before = everything()
    typed = new_times(valid_from="01.12.2026", interval="2", anchor="03.12.2026", weekdays=["TH"])
    typed |= new_times(opens="14:00", closes="16:00", standort=str(office.pk)) | {"office": str(office.pk)}

    page = send(staff, ADD, open_form(staff, ADD) | typed | LOOK)

    assert everything() == before
    assert moments(shown(page))[:3] == ["2026-12-03T14:00+01:00", "2026-12-17T14:00+01:00", "2026-12-31T14:00+01:00"]
    (line,) = [found for found in shown(page).iter("li") if moments(found) == ["2026-12-31T14:00+01:00"]]
    assert page.text(line) == (
        "Donnerstag, 31. Dezember 2026 14:00 – 16:00 Mengede/Huckarde fällt aus Schließtag (Silvester)"
    )


def test_an_empty_form_says_what_to_do(staff: Client) -> None:
    assert "Tragen Sie oben die Zeiten ein" in get(ADD, staff).text()


def test_wrong_times_are_said_at_their_field_and_where_the_dates_would_be(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | NEW | new_times(closes="08:00") | LOOK)

    assert moments(shown(page)) == []
    assert "Bis: Das Ende muss nach dem Beginn liegen." in page.text(shown(page))
    lists = [page.text(found) for found in page.all("ul") if found.get("class") == "errorlist"]
    assert lists == ["Das Ende muss nach dem Beginn liegen."]


def test_what_is_wrong_beside_the_times_hides_no_dates(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)
    partner = make_partner()

    page = send(staff, path, open_form(staff, path) | {"partner": str(partner.pk)} | LOOK)

    assert len(moments(shown(page))) == 12
    assert "nicht beides" in page.text()


def test_times_that_are_to_be_deleted_are_left_out(staff: Client, schedule: Schedule) -> None:
    future = make_schedule(schedule.sprechstunde, valid_from=date(2026, 12, 15), opens=time(9))
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | new_times(DELETE="on") | LOOK)

    assert {moment[10:16] for moment in moments(shown(page))} == {"T10:00"}
    assert Schedule.objects.filter(pk=future.pk).exists()


def test_a_last_day_that_is_typed_ends_the_dates(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)

    page = send(staff, path, open_form(staff, path) | {"schedules-0-valid_until": "01.12.2026"} | LOOK)

    assert moments(shown(page)) == ["2026-11-24T10:00+01:00", "2026-12-01T10:00+01:00"]


def test_a_clash_is_named_with_a_link_to_the_other_offer(staff: Client, schedule: Schedule) -> None:
    other = make_schedule(
        make_sprechstunde(partner=make_partner()), standort=schedule.standort, interval=52, anchor=date(2026, 12, 1)
    )

    page = get(change_url(schedule.sprechstunde), staff)

    (line,) = [found for found in shown(page).iter("li") if "belegt" in page.text(found)]
    assert moments(line) == ["2026-12-01T10:00+01:00"]
    assert [link.get("href") for link in line.iter("a")] == [change_url(other.sprechstunde)]


def test_a_moved_date_says_where_it_went(staff: Client, schedule: Schedule) -> None:
    make_change(schedule, date(2026, 11, 24), ChangeKind.MOVED, new_day=date(2026, 11, 25))

    page = get(change_url(schedule.sprechstunde), staff)

    first, second = [page.text(found) for found in shown(page).iter("li") if found.get("class") == "next-date"][:2]
    said = "Verlegt vom 24.11.2026: Fortbildung. Entschieden am 22. Nov., 15:00."
    assert first.endswith(f"verlegt auf Mittwoch, 25. November 2026 {said}")
    assert second == f"Mittwoch, 25. November 2026 10:00 – 12:00 Mengede/Huckarde {said}"


def test_staff_read_who_decided_and_when_in_both_lists_of_dates(staff: Client, schedule: Schedule) -> None:
    user = make_user("colleague@example.org")
    make_change(schedule, date(2026, 11, 24), decided_by=user)
    make_closure(date(2026, 12, 1), date(2026, 12, 1), decided_by=user)
    make_change(schedule, date(2026, 12, 9), ChangeKind.EXTRA, opens=time(14), closes=time(15), decided_by=user)

    page = get(change_url(schedule.sprechstunde), staff)

    who = "Entschieden am 22. Nov., 15:00 von colleague@example.org."
    words = {
        "24. November": f"Fällt aus: Fortbildung. {who}",
        "1. Dezember": f"Ausfall vom 01.12.2026 bis 01.12.2026: Veranstaltung. {who}",
        "9. Dezember": f"Ein zusätzlicher Termin. {who}",
    }
    lines = [page.text(found) for found in shown(page).iter("li") if found.get("class") == "next-date"]
    for day, said in words.items():
        assert [line.partition(said)[1:] for line in lines if f", {day} 2026" in line] == [(said, "")]
        assert page.text().count(f", {day} 2026 {said}") == 1
    assert next(line for line in lines if ", 8. Dezember 2026" in line).endswith("Mengede/Huckarde")


def test_a_hidden_place_and_unknown_holidays_are_announced(staff: Client, schedule: Schedule) -> None:
    hidden = make_standort("Marten", is_published=False)
    path = change_url(schedule.sprechstunde)
    typed = NEW | new_times(standort=str(hidden.pk), follows_school_holidays="on")

    page = send(staff, path, open_form(staff, path) | typed | LOOK)

    assert "an einem Ort, der nicht veröffentlicht ist" in page.text(shown(page))
    assert "Der Ferienkalender ist bekannt bis" in page.text(shown(page))


def test_who_may_only_see_an_offer_sees_its_dates_but_cannot_try_others(
    monkeypatch: pytest.MonkeyPatch, schedule: Schedule
) -> None:
    staff = client_who_may(monkeypatch, "view_sprechstunde", "view_schedule")
    path = change_url(schedule.sprechstunde)

    page = get(path, staff)
    refused = staff.post(path, LOOK)

    assert len(moments(shown(page))) == 12
    assert [found for found in page.all("button") if found.get("name") == "_preview"] == []
    assert refused.status_code == 403


def test_nobody_looks_without_logging_in(schedule: Schedule) -> None:
    assert Client().post(change_url(schedule.sprechstunde), LOOK).status_code == 302
    assert make_user().pk
    assert Sprechstunde.objects.count() == 1


def test_holidays_of_running_times_are_shown_and_the_page_of_their_dates_is_linked(
    staff: Client, schedule: Schedule
) -> None:
    page = get(change_url(schedule.sprechstunde), staff)

    links = [link.get("href") for link in page.all("a") if page.text(link) == "Termine"]
    assert links == [f"/admin/heute/?sprechstunde={schedule.sprechstunde_id}"]
    running = page.by_id("schedules-0")
    assert "Findet auch an Feiertagen statt" in page.text(running)
    assert "Fällt in den Schulferien aus" in page.text(running)


@pytest.mark.parametrize("count", [1, 4])
def test_looking_costs_the_same_however_many_dates_are_changed(
    staff: Client, schedule: Schedule, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = change_url(schedule.sprechstunde)
    for number in range(count):
        user, day = make_user(f"colleague-{number}@example.org"), date(2026, 12, 1 + 7 * number)
        make_change(schedule, day, decided_by=user)
        make_closure(day, day, decided_by=user)
    data = open_form(staff, path) | NEW | LOOK

    with django_assert_num_queries(98):
        staff.post(path, data)


def test_weekly_times_in_the_hour_that_the_clock_skips_are_named(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)
    typed = open_form(staff, path) | NEW | new_times(weekdays=["SU"], opens="02:15", closes="03:00")

    page = send(staff, path, typed | LOOK)

    assert "Am Sonntag, 28. März 2027 gibt es diese Uhrzeiten nicht" in page.text(shown(page))


def test_a_single_date_that_ends_all_times_is_named_before_it_is_saved(staff: Client, schedule: Schedule) -> None:
    path = change_url(schedule.sprechstunde)
    once = new_times(valid_from="05.12.2026", frequency="once", anchor="05.12.2026", weekdays=[], opens="10:00")
    typed = open_form(staff, path) | NEW | once

    page = send(staff, path, typed | LOOK)

    sentence = "Endet am Freitag, 4. Dezember 2026, danach ist nur noch ein einzelner Termin eingetragen."
    assert sentence in page.text(shown(page))
    assert "Endet am" not in get(path, staff).text()
