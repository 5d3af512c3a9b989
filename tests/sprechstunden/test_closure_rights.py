"""Who may close what, and what lists and forms of closures cost."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from sprechstunden.models import Change, Closure, Schedule
from standorte.models import PartnerRole, Standort
from standorte.models.partner import RoleKind
from tests.factories import (
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.history_pages import acts_of
from tests.pages import NOW, form_of, get
from tests.rights import client_who_may
from tests.sprechstunden.closure_page import (
    ADD,
    FIRST,
    FORM,
    LAST,
    LIST,
    NEXT,
    TWO_WEEKS,
    boxes,
    change_url,
    delete_url,
    post,
    proposed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


@pytest.mark.parametrize("rights", [None, (), ("view_closure",)])
def test_a_stranger_sees_and_changes_nothing(monkeypatch: pytest.MonkeyPatch, rights: tuple[str, ...] | None) -> None:
    make_schedule()
    closure = make_closure(FIRST, LAST, standorte=[Standort.objects.get()])
    before = Closure.objects.values().get()
    client = Client() if rights is None else client_who_may(monkeypatch, *rights)
    change, delete = change_url(closure), delete_url(closure)
    data = {**TWO_WEEKS, "post": "yes", "action": "delete_selected", "_selected_action": [str(closure.pk)]}

    answers = [client.get(url) for url in (ADD, delete, f"{LIST}offers/")]
    answers += [client.post(url, data) for url in (ADD, change, delete)]
    seen = [client.get(url) for url in (LIST, change)]
    listed = client.post(LIST, data)

    refused = 302 if rights is None else 403
    assert [answer.status_code for answer in answers] == [refused] * 6
    assert [answer.status_code for answer in seen] == [200 if rights else refused] * 2
    assert [answer for answer in seen if b'name="keep"' in answer.content or b"_save" in answer.content] == []
    # Without the right there is no such action: the list is just shown again.
    assert listed.status_code == (200 if rights else refused)
    assert Closure.objects.values().get() == before


def test_who_may_add_may_not_delete(monkeypatch: pytest.MonkeyPatch) -> None:
    make_schedule()
    client = client_who_may(monkeypatch, "view_closure", "add_closure", "change_closure")
    _page, data = proposed(client, TWO_WEEKS | {"whole_network": [], "standorte": [str(Standort.objects.get().pk)]})

    saved = client.post(ADD, data)
    closure = Closure.objects.get()
    deleted = client.post(delete_url(closure), {"post": "yes"})

    assert (saved.status_code, deleted.status_code, Closure.objects.count()) == (302, 403, 1)


def test_the_list_says_what_is_closed_when_and_who_decided(staff: Client) -> None:
    user = User.objects.get()
    make_closure(FIRST, LAST, decided_at=NOW, decided_by=user)
    make_closure(
        NEXT, NEXT, standorte=[make_standort("Marten")], partners=[make_partner()], sprechstunden=[make_sprechstunde()]
    )
    bare = make_closure(NEXT, NEXT)
    Closure.objects.filter(pk=bare.pk).update(whole_network=False)

    said = get(LIST, staff).text()

    assert "07.12.2026 – 20.12.2026das ganze NetzwerkVeranstaltung22. November 2026 15:00team@example.org" in said
    assert "15.12.2026alle Orte von Diakonie, Marten, SprechstundeVeranstaltung" in said
    assert "15.12.2026–Veranstaltung" in said


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_however_many_closures_there_are(
    staff: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    partner = make_partner()
    PartnerRole.objects.create(partner=partner, standort=make_standort("Marten"), kind=RoleKind.RUNS)
    offer = make_sprechstunde()
    for _number in range(count):
        places = list(Standort.objects.all())
        make_closure(
            FIRST, LAST, standorte=places, partners=[partner], sprechstunden=[offer], decided_by=User.objects.get()
        )

    with django_assert_num_queries(10):
        staff.get(LIST)


@pytest.mark.parametrize("count", [1, 25])
def test_the_form_costs_the_same_however_much_there_is(
    staff: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    for number in range(count):
        make_schedule(make_sprechstunde(office=office), standort=make_standort(f"Ort {number:02}"))
        make_partner(f"Partner {number:02}")
    offers = [str(schedule.sprechstunde_id) for schedule in Schedule.objects.all()]
    data = form_of(get(ADD, staff), FORM) | TWO_WEEKS | {"whole_network": [], "sprechstunden": offers}

    with django_assert_num_queries(24):
        page = post(staff, ADD, data)

    assert len(boxes(page)) == 2 * count


def test_history_names_what_was_changed(staff: Client) -> None:
    make_schedule()
    _page, data = proposed(staff, TWO_WEEKS)
    staff.post(ADD, data)
    closure = Closure.objects.get()
    uid = Schedule.objects.get().uid

    staff.post(change_url(closure), form_of(get(change_url(closure), staff), FORM) | {"keep": [f"{uid} 2026-12-15"]})
    (said,) = acts_of(staff, closure)

    assert "Termine, die trotzdem stattfinden 15. Dezember 2026" in said
    assert UUID(Closure.objects.get().kept[0]["uid"]) == uid
    assert Change.objects.count() == 0
