"""Whatever way staff write in, a version says who and when; whoever forgets people leaves what was done."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import update_last_login
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from lokalwillkommen.accounts.models import User
from lokalwillkommen.history.kinds import recorded
from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from standorte.beginning import begin_history
from standorte.history import Why, is_history, versions_of
from standorte.models import Phone, Standort, StandortEvidence, TextVersion
from standorte.text_history import versions_kept
from standorte.texts import Text
from tests.factories import make_change, make_notice, make_partner, make_schedule, make_stadtteil, make_standort
from tests.offer_form import change_url, new_times, open_form, staff_client
from tests.pages import NOW, FormData, Page, form_of, get
from tests.sprechstunden.closure_page import ADD, TWO_WEEKS, proposed
from tests.today_pages import CHANGE, UNDO, about

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def newest(model: type) -> tuple[str, str, str]:
    """Give deed, person and reason of the newest version."""
    found = versions_of(model).order_by("-history_id").first()
    assert found is not None
    return found.history_type, str(found.history_user or ""), found.history_change_reason or ""  # type: ignore[attr-defined]  # the package's


def test_every_way_of_staff_to_write_leaves_a_version_with_their_name() -> None:
    staff, who = staff_client(), "team@example.org"
    place, times = make_standort(), make_schedule(valid_from=date(2026, 1, 1))
    url, offer = f"/admin/standorte/standort/{place.pk}/change/", change_url(times.sprechstunde)

    # A form, with what belongs to it.
    staff.post(url, form_of(get(url, staff), "standort_form") | {"street": "Weg 1", "phones-0-number": "0231 123456"})
    assert [newest(model) for model in (Standort, Phone)] == [("~", who, ""), ("+", who, "")]
    # A button of it, and an action of a list.
    staff.post(url, form_of(get(url, staff), "standort_form") | {"_confirm": "address"})
    assert newest(StandortEvidence) == ("~", who, "")
    partner = make_partner()
    staff.post("/admin/standorte/partner/", {"action": "confirm_selected", "_selected_action": [str(partner.pk)]})
    assert newest(type(partner)) == ("~", who, "")
    # Times of an offer, and their end for several at once.
    staff.post(offer, open_form(staff, offer) | new_times(valid_from="05.01.2027", weekdays=["WE"]))
    assert newest(Schedule) == ("+", who, "")
    _set_last_day(staff, times)
    assert newest(Schedule) == ("~", who, "")
    # The page of today.
    staff.post(CHANGE, about(times, TUESDAY, reason="event"))
    assert newest(Change) == ("+", who, "")
    staff.post(UNDO, {"change": str(Change.objects.get().uid)})
    assert newest(Change) == ("-", who, "")
    # A closure, and taking it back.
    _page, typed = proposed(staff, TWO_WEEKS)
    staff.post(ADD, typed)
    assert newest(Closure) == ("~", who, "")
    staff.post(f"/admin/sprechstunden/closure/{Closure.objects.get().pk}/delete/", {"post": "yes"})
    assert newest(Closure) == ("-", who, "")
    # Texts, one by one and by a table.
    notice = make_notice("Büro zieht um", TUESDAY, TUESDAY)
    key = f"notices.notice.{notice.pk}.text"
    _translate(staff, key)
    assert newest(type(notice)) == ("~", who, "")
    _read_in(staff, key)
    assert newest(type(notice)) == ("~", who, "")
    # What is deleted.
    staff.post(f"/admin/notices/notice/{notice.pk}/delete/", {"post": "yes"})
    assert newest(type(notice)) == ("-", who, "")


def _set_last_day(staff: Client, times: Schedule) -> None:
    path = "/admin/sprechstunden/sprechstunde/"
    Schedule.objects.exclude(pk=times.pk).delete()
    chosen = [str(times.sprechstunde_id)]
    asked: FormData = {"action": "set_last_day", "_selected_action": chosen, "last_day": "22.12.2026"}
    page = get_posted(staff, path, asked)
    seen = next(one.get("value", "") for one in page.all("input") if one.get("name") == "seen")
    staff.post(path, asked | {"seen": seen, "_apply": "x"})


def get_posted(staff: Client, path: str, data: FormData) -> "Page":
    response = staff.post(path, data)
    return Page(response, response.content.decode())


def _translate(staff: Client, key: str) -> None:
    url = f"/admin/uebersetzen/tr/text/{key}/"
    page = get(url, staff)
    hidden = {str(one.get("name")): one.get("value", "") for one in page.all("input") if one.get("type") == "hidden"}
    assert staff.post(url, {**hidden, "words": "Yeni yer", "state": "checked"}).status_code == 302


def _read_in(staff: Client, key: str) -> None:
    table = staff.get("/admin/uebersetzen/ar/tabelle.csv").content.decode().removeprefix("\ufeff")
    rows = [row | {"translation": "المكتب"} for row in csv.DictReader(StringIO(table), delimiter=";")]
    assert [row["key"] for row in rows] == [key]
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    url = "/admin/uebersetzen/ar/einlesen/"
    response = staff.post(url, {"file": SimpleUploadedFile("t.csv", out.getvalue().encode()), "checked": "on"})
    page = Page(response, response.content.decode())
    hidden = {str(one.get("name")): one.get("value", "") for one in page.all("input") if one.get("type") == "hidden"}
    area = {str(one.get("name")): one.text or "" for one in page.all("textarea")}
    assert staff.post(url, {**hidden, **area}).status_code == 302


def test_the_data_files_write_without_a_person_and_a_login_writes_nothing() -> None:
    call_command("load_facts", verbosity=0, stdout=StringIO())
    written = (Standort, Sprechstunde, Schedule)
    assert {row.history_change_reason for model in written for row in model.history.all()} == {Why.FACTS}
    user = User.objects.create_user("team@example.org")

    update_last_login(User, user)

    assert (user.history.count(), User.objects.get().last_login is None) == (1, False)


def test_all_that_staff_write_has_a_history() -> None:
    without = {
        model._meta.label  # noqa: SLF001  # public as well
        for label in ("standorte", "sprechstunden", "notices", "accounts", "facts")
        for model in apps.get_app_config(label).get_models()
        if model not in recorded() and not is_history(model)
    }

    assert without == {
        "standorte.Street",  # a list that one command replaces whole
        "standorte.TextVersion",
        "standorte.Tombstone",
        "sprechstunden.DateCheck",
        "facts.LoadedFact",
    }


def test_rows_older_than_their_history_begin_with_how_they_stand() -> None:
    place, hall = make_standort(), make_stadtteil()
    place.serves.add(hall)
    for model in recorded():
        versions_of(model).delete()

    begin_history(apps, "standorte")
    begin_history(apps, "notices")

    (version,) = place.history.all()
    assert (version.name, version.history_type, version.history_change_reason) == ("Marten", "+", Why.BEGINNING)
    assert [row.stadtteil for row in version.serves.all()] == [hall]


def test_after_the_period_nobody_stands_beside_what_was_done_and_what_was_done_stays() -> None:
    somebody = User.objects.create_superuser("alt@example.org", "a long pass phrase")
    staff = Client()
    staff.force_login(somebody)
    with time_machine.travel(NOW - timedelta(days=731), tick=False):
        staff.force_login(somebody)
        old = make_partner("Alt", confirmed_on=timezone.localdate(), confirmed_by=somebody)
        old.description = Text("Ein Verein")
        old._history_user = somebody  # type: ignore[attr-defined]  # noqa: SLF001  # the package reads it there
        old.save()
        change = make_change(make_schedule(), TUESDAY, decided_by=somebody, decided_at=timezone.now())
        with versions_kept([old], somebody, timezone.now()):
            old.description = Text("Noch ein Verein")
            old.save()
        LogEntry.objects.create(user=somebody, action_flag=2, object_repr="x")
        somebody.standorte.add(make_standort("Lanstrop"))
    new = make_partner("Neu", confirmed_on=timezone.localdate(), confirmed_by=somebody)
    somebody.save()
    out = StringIO()

    call_command("forget_people", stdout=out)

    assert out.getvalue() == "Forgotten in 11 places who it was.\n"
    old.refresh_from_db()
    change.refresh_from_db()
    assert (old.confirmed_by, old.confirmed_on, change.decided_by) == (None, date(2024, 11, 21), None)
    assert {(row.history_user, row.confirmed_by_id) for row in old.history.all()} == {(None, None)}
    assert [row.description for row in old.history.all()] == [Text("Noch ein Verein"), Text("Ein Verein"), Text()]
    assert [row.written_by for row in TextVersion.objects.all()] == [None]
    assert (LogEntry.objects.count(), somebody.history.count()) == (0, 2)
    new.refresh_from_db()
    assert (new.confirmed_by, new.history.get().confirmed_by_id) == (somebody, somebody.pk)
