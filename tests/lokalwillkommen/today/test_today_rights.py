"""Today: whoever has no business there sees and changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from sprechstunden.models import Change, Schedule
from tests.factories import (
    make_change,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.pages import FormData, get
from tests.rights import client_who_may
from tests.today_pages import (
    ADD,
    CHANGE,
    NEXT_TUESDAY,
    TODAY,
    TUESDAY,
    UNDO,
    WEDNESDAY,
    about,
    anchor,
    cards,
    extra,
    logged_in,
    moved,
    post,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (CHANGE, {}),
        (CHANGE, {"schedule": "x", "day": "2026-11-24", "kind": "cancelled"}),
        (CHANGE, {"schedule": "0" * 32, "day": "2026-11-24", "kind": "extra"}),
        (CHANGE, {"schedule": "0" * 32, "day": "today", "kind": "held"}),
        (ADD, {"sprechstunde": "x"}),
        (ADD, {"sprechstunde": "9" * 30}),
        (UNDO, {}),
        (UNDO, {"change": "\x00"}),
    ],
)
def test_what_no_page_sends_is_not_found(staff: Client, path: str, data: FormData) -> None:
    assert staff.post(path, data).status_code == 404


def test_only_forms_of_this_site_change_anything(tuesdays: Schedule) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(is_superuser=True))

    assert client.post(CHANGE, about(tuesdays, reason="event")).status_code == 403
    assert [client.get(path).status_code for path in (CHANGE, ADD, UNDO)] == [405, 405, 405]
    assert Change.objects.count() == 0


def everything_asked(client: Client, schedule: Schedule, change: Change) -> list[int]:
    """Give the answers of every view to what would change something."""
    undo = {"change": str(change.uid)}
    asked = ((CHANGE, about(schedule, reason="event")), (ADD, extra(schedule)), (UNDO, undo))
    return [client.get(TODAY).status_code, *(client.post(path, data).status_code for path, data in asked)]


def test_strangers_and_accounts_without_rights_see_and_change_nothing(tuesdays: Schedule) -> None:
    change = make_change(tuesdays, NEXT_TUESDAY)
    outsider, former = User.objects.create_user("x@example.org"), User.objects.create_user("y@example.org")
    outsider.is_staff, former.is_active = False, False
    for user in (outsider, former):
        user.role = Role.ADMINISTRATION
        user.save()
    clients = [Client(), Client(), Client()]
    clients[1].force_login(outsider)
    clients[2].force_login(former)

    answers = [everything_asked(client, tuesdays, change) for client in clients]

    assert answers == [[302] * 4] * 3
    assert Client().get(TODAY).headers["Location"] == f"/admin/login/?next={TODAY}"
    newcomer = logged_in(role=Role.TRANSLATOR)
    assert everything_asked(newcomer, tuesdays, change) == [403] * 4
    assert get(TODAY, newcomer).text(get(TODAY, newcomer).all("h1")[0]) == "Das dürfen Sie nicht"
    assert list(Change.objects.all()) == [change]


@pytest.mark.parametrize("right", ["view_change", "change_schedule"])
def test_who_may_only_read_sees_no_buttons(monkeypatch: pytest.MonkeyPatch, tuesdays: Schedule, right: str) -> None:
    change = make_change(tuesdays, NEXT_TUESDAY)
    reader = client_who_may(monkeypatch, right)

    assert everything_asked(reader, tuesdays, change) == [200, 403, 403, 403]
    words = get(TODAY, reader).text()
    assert [word in words for word in ("Verlegen", "Zusätzlicher Termin", "Zurücknehmen")] == [False] * 3
    assert list(Change.objects.all()) == [change]


def test_who_may_add_changes_only_adds_them(monkeypatch: pytest.MonkeyPatch, tuesdays: Schedule) -> None:
    change = make_change(tuesdays, NEXT_TUESDAY)
    maker = client_who_may(monkeypatch, "add_change")

    assert everything_asked(maker, tuesdays, change) == [403, 302, 302, 403]


def test_dates_of_other_places_are_neither_seen_nor_changed(tuesdays: Schedule) -> None:
    mine, foreign = make_office("Eving"), make_schedule()
    own = make_schedule(make_sprechstunde(office=mine), weekdays=("WE",))
    change = make_change(foreign, NEXT_TUESDAY)
    client = logged_in(mine)

    page = get(TODAY, client)

    # Choosing where a date goes, every place is named; of their dates nothing shows.
    assert ["Eving" in card for card in cards(page)] == [True, True]
    assert "jeden Dienstag" not in page.text()
    assert everything_asked(client, tuesdays, change)[1:] == [404, 404, 404]
    assert list(Change.objects.all()) == [change]
    assert client.post(CHANGE, about(own, WEDNESDAY, reason="event")).status_code == 302


def test_a_date_that_moves_to_another_place_is_still_seen_where_it_was(tuesdays: Schedule) -> None:
    assert tuesdays.standort is not None
    client, marten = logged_in(tuesdays.standort), make_standort("Marten")
    foreign = make_schedule(make_sprechstunde(partner=make_partner()), standort=tuesdays.standort, weekdays=("WE",))

    page = post(client, CHANGE, moved(foreign, day=f"{WEDNESDAY}", new_day="2026-11-26", standort=str(marten.pk)))

    assert "Verlegt auf Donnerstag, 26. November 2026, 14:00 Uhr, Marten" in page.text(
        page.by_id(anchor(foreign, WEDNESDAY))
    )
    assert f"{anchor(foreign, WEDNESDAY)}-neu" not in page.html
    assert client.post(UNDO, {"change": str(Change.objects.get().uid)}).status_code == 302


def test_offers_that_are_held_back_are_not_there(staff: Client, tuesdays: Schedule) -> None:
    hidden = make_schedule(make_sprechstunde(is_published=False))

    assert len(cards(get(TODAY, staff))) == 3
    assert staff.post(CHANGE, about(hidden, reason="event")).status_code == 422
    assert staff.post(ADD, extra(hidden)).status_code == 404
    assert Change.objects.count() == 0
    assert tuesdays.changes.count() == 0


def test_the_first_page_of_the_admin_leads_here_and_so_does_the_list_of_changes(tuesdays: Schedule) -> None:
    make_change(tuesdays, TUESDAY)
    paths = [reverse("admin:index"), reverse("admin:sprechstunden_change_changelist")]
    client = logged_in()

    links = [[link.get("href") for link in get(path, client).all("a")].count(TODAY) for path in paths]

    assert links == [1, 1]
    assert TODAY not in get(reverse("admin:index"), logged_in(role=Role.TRANSLATOR, email="new@example.org")).html
