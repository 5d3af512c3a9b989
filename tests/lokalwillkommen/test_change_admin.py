"""Changes of dates in the admin: read there and taken back, never made or edited."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sprechstunden.deciding import decide
from sprechstunden.models import Change, ChangeKind, Schedule
from tests.factories import (
    make_called_off,
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.pages import get
from tests.today_pages import NEXT_TUESDAY, NOW, TUESDAY, WEDNESDAY, logged_in

pytestmark = pytest.mark.django_db
LIST = "/admin/sprechstunden/change/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return logged_in()


def delete(client: Client, change: Change) -> int:
    path = reverse("admin:sprechstunden_change_delete", args=[change.pk])
    return client.post(path, {"post": "yes"}).status_code


def test_the_list_says_when_what_where_and_who(staff: Client) -> None:
    marten, user = make_standort("Marten"), make_user("colleague@example.org")
    make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, standort=marten, decided_by=user, decided_at=NOW)

    page = get(LIST, staff)

    assert [
        page.text(cell)
        for row in page.by_id("result_list").iter("tbody")
        for cell in row.iter()
        if cell.tag in {"th", "td"}
    ] == [
        *("24. November 2026", "verlegt", "Sprechstunde", "Mengede/Huckarde → Marten"),
        *("colleague@example.org", "24. November 2026 09:00"),
    ]
    assert [link.get("href") for link in page.all("a")].count("/admin/sprechstunden/change/add/") == 0


def test_the_list_is_filtered_by_kind_and_searched_by_place(staff: Client) -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY)
    make_change(schedule, NEXT_TUESDAY, ChangeKind.HELD)

    counts = [get(LIST + query, staff).html.count('class="field-kind"') for query in ("", "?kind=held", "?q=nirgends")]

    assert counts == [2, 1, 0]


def test_an_extra_date_at_the_usual_place_names_it_once(staff: Client) -> None:
    schedule = make_schedule()
    usual = schedule.standort
    make_change(schedule, WEDNESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(15), standort=usual)

    assert get(LIST, staff).html.count('<td class="field-place">Mengede/Huckarde</td>') == 1


def test_a_place_that_is_not_known_is_a_dash(staff: Client) -> None:
    schedule = make_schedule(make_sprechstunde(office=make_office("Eving")), standort=None)
    schedule.sprechstunde.office = None
    schedule.sprechstunde.save()
    make_change(schedule, TUESDAY)

    assert get(LIST, staff).html.count('<td class="field-place">-</td>') == 1


def test_deleting_takes_the_change_back_and_feeds_learn_of_it(staff: Client) -> None:
    schedule, closure = make_schedule(), make_closure(TUESDAY, NEXT_TUESDAY)
    change = Change(schedule=schedule, day=WEDNESDAY, kind=ChangeKind.EXTRA, opens=time(14), closes=time(15))
    decide(change, None, NOW, [closure])
    age = Schedule.objects.get().modified_at

    assert delete(staff, change) == 302

    closure.refresh_from_db()
    assert (Change.objects.count(), closure.kept, Schedule.objects.get().modified_at > age) == (0, [], True)


def test_a_date_does_not_come_back_where_another_one_has_moved_to(staff: Client) -> None:
    schedule = make_schedule()
    off = make_change(schedule, NEXT_TUESDAY)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=NEXT_TUESDAY)

    path = reverse("admin:sprechstunden_change_delete", args=[off.pk])
    page = staff.post(path, {"post": "yes"}, follow=True).content.decode()

    assert "Dann findet ein anderer Termin dieses Angebots statt: 10:00 bis 12:00." in page
    assert Change.objects.count() == 2


def test_what_is_past_stays(staff: Client) -> None:
    change = make_change(make_schedule(), date(2026, 11, 17))

    assert delete(staff, change) == 403
    assert list(Change.objects.all()) == [change]


def test_a_move_whose_old_day_is_past_stays_and_the_page_says_what_can_be_done(staff: Client) -> None:
    schedule = make_schedule()
    past = make_change(schedule, date(2026, 11, 17), ChangeKind.MOVED, new_day=WEDNESDAY)
    over, to_come = make_change(schedule, date(2026, 11, 10)), make_change(schedule, NEXT_TUESDAY)

    status = delete(staff, past)
    pages = [get(reverse("admin:sprechstunden_change_change", args=[row.pk]), staff) for row in (past, over, to_come)]

    assert (status, Change.objects.count()) == (403, 3)
    assert [
        sentence in page.text()
        for page, sentence in zip(
            pages,
            (
                "Der alte Tag ist vorbei: Der Termin kann noch ausfallen, aber nicht dorthin zurück.",
                "Dieser Termin ist vorbei: Er bleibt, wie er war.",
                "Mit „Löschen“: Dann ist alles wieder wie vorher.",
            ),
            strict=True,
        )
    ] == [True] * 3


def test_what_calls_a_date_off_goes_with_the_change_that_put_it_there_and_that_is_said(staff: Client) -> None:
    moved = make_change(make_schedule(), NEXT_TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY)
    make_called_off(moved)

    page = get(reverse("admin:sprechstunden_change_delete", args=[moved.pk]), staff)

    assert "25.11.2026: fällt aus" in page.text()
    assert (delete(staff, moved), Change.objects.count()) == (302, 0)


def test_nothing_is_added_or_edited_here_and_nothing_deleted_in_bulk(staff: Client) -> None:
    change = make_change(make_schedule(), TUESDAY)
    before = Change.objects.values().get()
    bulk = {"action": "delete_selected", "_selected_action": str(change.pk), "post": "yes"}

    answers = [
        staff.post(path, {"day": "2026-12-01", **bulk}).status_code
        for path in (f"{LIST}add/", reverse("admin:sprechstunden_change_change", args=[change.pk]), LIST)
    ]

    assert answers[:2] == [403, 403]
    assert Change.objects.values().get() == before


def test_changes_of_other_places_are_not_there() -> None:
    foreign = make_change(make_schedule(), TUESDAY)
    client = logged_in(make_office("Eving"))

    assert get(LIST, client).html.count('class="field-kind"') == 0
    assert delete(client, foreign) == 302
    assert list(Change.objects.all()) == [foreign]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    staff: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user, earlier = make_user("colleague@example.org"), datetime(2026, 11, 1, tzinfo=NOW.tzinfo)
    for number in range(count):
        make_change(make_schedule(opens=time(8, number)), TUESDAY, decided_by=user, decided_at=earlier)

    with django_assert_num_queries(7):
        get(LIST, staff)
