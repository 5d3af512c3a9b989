"""Hours of today that are over stay as they were, whatever becomes of the closure that took them away."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from sprechstunden.closing import has_begun, over_today
from sprechstunden.models import Closure, Schedule
from sprechstunden.timetable import dates, schedules_of, versions
from tests.factories import make_closure, make_schedule, make_standort
from tests.offer_form import staff_client
from tests.pages import NOW, form_of, get
from tests.sprechstunden.closure_page import FORM, LIST, boxes, change_url, delete_url, errors, post, proposed, words

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = NOW.date(), NOW.date() - timedelta(1)
LAST = date(2026, 11, 29)
STAYS_OFF = (
    "Termine von heute sind schon vorbei und bleiben ausgefallen: Der letzte Tag kann frühestens heute sein. "
    "Kreuzen Sie die Termine von heute an, die doch stattfinden."
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return staff_client()


@pytest.fixture
def morning() -> Schedule:
    """Make times that are over today: it is Sunday at three."""
    return make_schedule(weekdays=("SU",))


@pytest.fixture
def evening() -> Schedule:
    """Make times that are still to come today."""
    return make_schedule(weekdays=("SU",), opens=NOW.time(), closes=(NOW + timedelta(hours=1)).time())


def _held(schedule: Schedule, day: date = TODAY) -> list[bool]:
    return [one.takes_place for one in dates(versions(schedules_of(schedule.sprechstunde), day), day, day, NOW)]


@pytest.mark.parametrize("first", [TODAY, YESTERDAY])
def test_a_closure_that_took_hours_of_today_ends_today_at_the_earliest(
    staff: Client, morning: Schedule, evening: Schedule, first: date
) -> None:
    closure = make_closure(first, LAST)

    refused, _data = proposed(staff, {"last": "21.11.2026"}, change_url(closure))
    page, data = proposed(staff, {"last": "22.11.2026"}, change_url(closure))
    staff.post(change_url(closure), data | {"keep": [f"{one.uid} 2026-11-22" for one in (morning, evening)]})

    assert errors(refused) == [STAYS_OFF]
    assert [ticked for _said, ticked in boxes(page)] == [False, False]
    assert "Dieser Termin ist vorbei und bleibt, wie er war." in words(page)
    assert Closure.objects.get().last == TODAY
    assert (_held(morning), _held(evening)) == ([False], [True])


@pytest.mark.parametrize("first", [TODAY, YESTERDAY])
def test_one_that_took_nothing_of_today_that_is_over_can_end_yesterday(
    staff: Client, evening: Schedule, first: date
) -> None:
    kept = make_schedule(weekdays=("SU",))
    closure = make_closure(first, LAST)
    closure.keep(kept.uid, TODAY)
    closure.save()

    if first == TODAY:
        answer = staff.post(delete_url(closure), {"post": "yes"})
    else:
        _page, data = proposed(staff, {"last": "21.11.2026"}, change_url(closure))
        answer = staff.post(change_url(closure), data)

    assert answer.status_code == 302
    assert [one.last for one in Closure.objects.all()] == [YESTERDAY] * (first == YESTERDAY)
    assert (_held(kept), _held(evening)) == ([True], [True])


def test_on_its_first_day_it_is_not_undone_once_it_has_taken_hours_that_are_over(
    staff: Client, morning: Schedule
) -> None:
    closure = make_closure(TODAY, LAST)

    single = staff.post(delete_url(closure), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [str(closure.pk)], "post": "yes"}
    bulk = staff.post(LIST, chosen, follow=True)
    form = form_of(get(change_url(closure), staff), FORM)

    assert single.status_code == 403
    assert "Ein Ausfall, der begonnen hat, kann nicht gelöscht werden." in bulk.content.decode()
    assert {"first", "reason", "whole_network"}.isdisjoint(form)
    assert (Closure.objects.count(), _held(morning)) == (1, [False])


def test_a_closure_that_becomes_longer_takes_no_hours_that_are_over(
    staff: Client, morning: Schedule, evening: Schedule
) -> None:
    closure = make_closure(YESTERDAY - timedelta(1), YESTERDAY)

    _page, data = proposed(staff, {"last": "29.11.2026"}, change_url(closure))
    staff.post(change_url(closure), data)

    assert Closure.objects.get().last == LAST
    assert (_held(morning), _held(evening)) == ([True], [False])
    assert _held(morning, LAST) == [False]


def test_hours_that_end_between_looking_and_saving_are_shown_again(staff: Client, evening: Schedule) -> None:
    closure = make_closure(YESTERDAY, LAST)
    data = form_of(get(change_url(closure), staff), FORM) | {"keep": [f"{evening.uid} 2026-11-22"]}

    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        page = post(staff, change_url(closure), data)

    assert "Etwas ist anders" in words(page)
    assert (Closure.objects.get().kept, _held(evening)) == ([], [False])


def test_only_hours_that_it_took_by_itself_make_it_begun(morning: Schedule) -> None:
    make_closure(TODAY, TODAY)
    second, elsewhere = make_closure(TODAY, TODAY), make_closure(TODAY, TODAY, standorte=[make_standort()])

    assert [has_begun(one, NOW) for one in (second, elsewhere)] == [False, False]
    Closure.objects.exclude(pk=second.pk).delete()
    assert over_today(second, NOW) == {f"{morning.uid} 2026-11-22"}
    assert [has_begun(one, NOW) for one in (second, make_closure(LAST, LAST))] == [True, False]
