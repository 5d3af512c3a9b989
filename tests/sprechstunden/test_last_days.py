"""Several offers are changed at once: a last day for all or for none, a closure for all."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden.last_days import plan, set_last_day
from sprechstunden.models import Change, ChangeKind, Schedule, Sprechstunde
from tests.factories import make_change, make_office, make_schedule, make_sprechstunde
from tests.offer_form import change_url, staff_client
from tests.pages import NOW, FormData, Page
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
LIST = "/admin/sprechstunden/sprechstunde/"
LAST = date(2026, 12, 16)
TUESDAY = date(2026, 12, 22)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return staff_client()


@pytest.fixture
def two() -> list[Schedule]:
    brackel = make_sprechstunde(office=make_office("Brackel"))
    return [make_schedule(), make_schedule(brackel, interval=2, anchor=date(2026, 11, 24))]


def chosen(action: str, schedules: list[Schedule]) -> FormData:
    return {"action": action, "_selected_action": [str(row.sprechstunde_id) for row in schedules]}


def ask(staff: Client, schedules: list[Schedule], **typed: str) -> Page:
    response = staff.post(LIST, chosen("set_last_day", schedules) | typed)
    assert response.status_code == 200
    return Page(response, response.content.decode())


def seen(page: Page) -> str:
    return next(found.get("value", "") for found in page.all("input") if found.get("name") == "seen")


def last_days() -> list[date | None]:
    return [row.valid_until for row in Schedule.objects.order_by("pk")]


def test_the_last_day_is_asked_for_and_its_effect_shown_before_it_is_set(staff: Client, two: list[Schedule]) -> None:
    empty = ask(staff, two)
    page = ask(staff, two, last_day="2026-12-16")

    assert [found for found in empty.all("input") if found.get("name") == "_apply"] == []
    assert "48 Termine fallen innerhalb eines Jahres weg." in page.text()
    assert "24 Termine fallen innerhalb eines Jahres weg." in page.text()
    assert last_days() == [None, None]

    response = staff.post(
        LIST, chosen("set_last_day", two) | {"last_day": "2026-12-16", "seen": seen(page), "_apply": "1"}
    )

    assert response.status_code == 302
    assert last_days() == [LAST, LAST]
    assert LogEntry.objects.count() == 2
    said = staff.get(LIST)
    assert "Der letzte Tag von 2 Angeboten ist Mittwoch, 16. Dezember 2026." in said.content.decode()


def test_feeds_learn_of_the_last_day(staff: Client, two: list[Schedule]) -> None:
    Schedule.objects.update(modified_at=NOW - timedelta(days=300))
    other = make_schedule(make_sprechstunde(office=two[0].standort))
    before = Schedule.objects.get(pk=other.pk).modified_at
    page = ask(staff, two, last_day="2026-12-16")

    staff.post(LIST, chosen("set_last_day", two) | {"last_day": "2026-12-16", "seen": seen(page), "_apply": "1"})

    assert [row.modified_at for row in Schedule.objects.order_by("pk")] == [NOW, NOW, before]


@pytest.mark.parametrize(
    "typed", ["21.11.2026", "2026-11-21", "", "nonsense", "0001-01-01", "30.02.2027", "9999-12-31"]
)
def test_a_day_that_is_past_or_none_is_refused_with_a_sentence(staff: Client, two: list[Schedule], typed: str) -> None:
    page = ask(staff, two, last_day=typed, _apply="1")

    errors = [page.text(found) for found in page.all("ul") if found.get("class") == "errorlist"]
    assert len(errors) == 1
    assert last_days() == [None, None]


def test_today_is_accepted(staff: Client, two: list[Schedule]) -> None:
    page = ask(staff, two, last_day="22.11.2026")

    assert "Letzten Tag für alle setzen" in page.html


def test_nothing_is_set_before_somebody_has_seen_what_it_does(staff: Client, two: list[Schedule]) -> None:
    looked = ask(staff, two, last_day="2026-12-17")

    page = ask(staff, two, last_day="2026-12-16", seen=seen(looked), _apply="1")

    assert last_days() == [None, None]
    assert seen(page) != seen(looked)


def test_one_offer_that_cannot_end_then_keeps_all_as_they_are(staff: Client, two: list[Schedule]) -> None:
    later = make_schedule(two[0].sprechstunde, valid_from=date(2027, 1, 5), opens=time(9))
    ended = make_schedule(make_sprechstunde(office=two[0].standort), valid_until=date(2026, 10, 1))

    page = ask(staff, [*two, ended], last_day="2026-12-16")
    forced = ask(staff, [*two, ended], last_day="2026-12-16", seen=plan_of(LAST), _apply="1")

    for found in (page, forced):
        words = found.text()
        assert "Später beginnen neue Zeiten, am Dienstag, 5. Januar 2027. Bitte löschen Sie diese zuerst." in words
        assert "An diesem Tag gelten keine Zeiten." in words
        assert "Letzten Tag für alle setzen" not in found.html
    assert last_days() == [None, None, None, date(2026, 10, 1)]
    assert later.pk


def plan_of(last: date) -> str:
    return plan(list(Sprechstunde.objects.order_by("pk")), last, NOW).fingerprint


def test_changes_that_will_have_no_effect_are_listed_and_must_be_agreed_to(staff: Client, two: list[Schedule]) -> None:
    make_change(two[0], TUESDAY)
    kept = make_change(two[0], date(2026, 12, 1))

    page = ask(staff, two, last_day="2026-12-16")
    refused = ask(staff, two, last_day="2026-12-16", seen=seen(page), _apply="1")
    before = (last_days(), Change.objects.count())
    saved = staff.post(
        LIST,
        chosen("set_last_day", two) | {"last_day": "2026-12-16", "seen": seen(refused), "_apply": "1", "agreed": "on"},
    )

    for found in (page, refused):
        assert "Dienstag, 22. Dezember 2026: fällt aus (Fortbildung)." in found.text()
        assert "1. Dezember 2026: fällt aus" not in found.text()
    assert "Bitte kreuzen Sie an, dass diese Änderungen wegfallen können." in refused.text()
    assert before == ([None, None], 2)
    assert (saved.status_code, last_days(), list(Change.objects.all())) == (302, [LAST, LAST], [kept])


def test_a_date_that_has_moved_to_a_later_day_stays_and_the_page_says_so(staff: Client, two: list[Schedule]) -> None:
    for day, new_day in ((LAST - timedelta(8), LAST + timedelta(1)), (LAST - timedelta(15), LAST)):
        make_change(two[0], day, ChangeKind.MOVED, new_day=new_day)
    make_change(two[0], LAST - timedelta(1))

    words = ask(staff, two, last_day="16.12.2026").text()

    sentence = "Der Termin vom Dienstag, 8. Dezember 2026 bleibt: Er ist auf den Donnerstag, 17. Dezember 2026 verlegt."
    assert (words.count("bleibt: Er ist"), sentence in words) == (1, True)


def test_a_change_that_comes_in_between_is_shown_first(staff: Client, two: list[Schedule]) -> None:
    page = ask(staff, two, last_day="2026-12-16")
    make_change(two[0], TUESDAY)

    again = ask(staff, two, last_day="2026-12-16", seen=seen(page), _apply="1", agreed="on")

    assert "Dienstag, 22. Dezember 2026: fällt aus" in again.text()
    assert (last_days(), Change.objects.count()) == ([None, None], 1)


def test_a_date_that_has_been_stays_though_its_times_end(staff: Client, two: list[Schedule]) -> None:
    change = make_change(two[0], TUESDAY, ChangeKind.MOVED, new_day=date(2026, 11, 18))
    page = ask(staff, two, last_day="2026-12-16")

    staff.post(
        LIST,
        chosen("set_last_day", two) | {"last_day": "2026-12-16", "seen": seen(page), "_apply": "1", "agreed": "on"},
    )

    change.refresh_from_db()
    assert (change.kind, change.day, last_days()) == (ChangeKind.EXTRA, date(2026, 11, 18), [LAST, LAST])


def test_a_date_that_has_moved_into_earlier_times_becomes_an_extra_date_of_those(staff: Client) -> None:
    earlier = make_schedule()
    later = make_schedule(earlier.sprechstunde, valid_from=date(2026, 12, 1), weekdays=("WE",))
    change = make_change(later, date(2026, 12, 23), ChangeKind.MOVED, new_day=date(2026, 11, 20))
    page = ask(staff, [later], last_day="2026-12-16")

    staff.post(
        LIST,
        chosen("set_last_day", [later]) | {"last_day": "2026-12-16", "seen": seen(page), "_apply": "1", "agreed": "on"},
    )

    change.refresh_from_db()
    assert (change.kind, change.schedule, change.day) == (ChangeKind.EXTRA, earlier, date(2026, 11, 20))


def test_where_that_is_impossible_the_last_day_is_refused(staff: Client) -> None:
    future = make_schedule(valid_from=date(2026, 12, 1))
    make_change(future, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 11, 18))

    page = ask(staff, [future], last_day="2026-12-16")

    assert "Ein Termin, der schon war, würde verschwinden." in page.text()
    assert "Letzten Tag für alle setzen" not in page.html


def test_a_closure_for_several_offers_begins_with_their_names(staff: Client, two: list[Schedule]) -> None:
    response = staff.post(LIST, chosen("enter_closure", two))

    one, other = sorted((row.sprechstunde_id for row in two), reverse=False)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/admin/sprechstunden/closure/add/?sprechstunden={one}%2C{other}"


def test_who_may_not_change_offers_or_enter_closures_is_not_offered_it(
    monkeypatch: pytest.MonkeyPatch, two: list[Schedule]
) -> None:
    staff = client_who_may(monkeypatch, "view_sprechstunde", "change_sprechstunde")

    page = staff.get(LIST).content.decode()
    staff.post(LIST, chosen("set_last_day", two) | {"last_day": "2026-12-16", "seen": plan_of(LAST), "_apply": "1"})
    closed = staff.post(LIST, chosen("enter_closure", two))

    assert [word for word in ("set_last_day", "enter_closure") if word in page] == []
    assert last_days() == [None, None]
    assert "closure" not in closed.headers.get("Location", "")
    assert change_url(two[0].sprechstunde)


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_however_many_offers_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_change(make_schedule(make_sprechstunde(office=make_office(f"Büro {number}"))), TUESDAY)

    with django_assert_num_queries(6):
        plan(list(Sprechstunde.objects.all()), LAST, NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_setting_costs_the_same_however_many_offers_there_are_but_for_a_version_of_each_change_that_goes(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        schedule = make_schedule(make_sprechstunde(office=make_office(f"Büro {number}")))
        make_change(schedule, TUESDAY)
        make_change(schedule, TUESDAY + timedelta(7))
    found = plan(list(Sprechstunde.objects.all()), LAST, NOW)

    with django_assert_num_queries(19 + 2 * count):
        set_last_day(found, None, NOW)

    assert last_days() == [LAST] * count
    assert Change.objects.count() == 0
