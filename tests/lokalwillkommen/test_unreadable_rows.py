"""Rows that only somebody past the forms can write: no page breaks, staff see them, and the self-check names them."""

import logging
from collections.abc import Iterator
from datetime import date, time
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import CharField, Value
from django.test import Client
from django.urls import reverse

from sprechstunden.models import ChangeKind, Closure, DateCheck, Frequency, Schedule, Sprechstunde
from standorte.models import Standort
from tests.factories import make_change, make_closure, make_office, make_schedule, make_sprechstunde, make_standort
from tests.offer_form import staff_client
from tests.pages import NOW, WHOLE_LANGUAGES, form_of, get
from tests.sprechstunden.closure_page import ADD, FORM, TWO_WEEKS, boxes, proposed

pytestmark = pytest.mark.django_db
CANNOT_BE_READ = "Zeiten, die nicht lesbar sind"
WEDNESDAY = date(2026, 11, 18)  # on none of the weekdays
FIRST, LAST = date(2026, 11, 20), date(2026, 12, 6)
NO_DATES: tuple[object, ...] = (
    None,
    "2026-12-01",
    {"uid": "7"},
    ["2026-12-01"],
    [{"uid": "7", "day": "2026-12-01"}],
    [{"uid": 7, "day": "2026-12-01", "change": None}],
    [{"uid": "7", "day": None, "change": None}],
    [{"uid": "7", "day": "1.12.2026", "change": None}],
    [{"uid": "7", "day": "20261201", "change": None}],
    [{"uid": "7", "day": "2026-12-01", "change": 3}],
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unreadable(caplog: pytest.LogCaptureFixture) -> Schedule:
    """Make times that are no rule, between times that are, and a closure that keeps what is no date."""
    caplog.set_level(logging.CRITICAL)  # each page logs them; that is tested elsewhere
    office = make_office()
    offer = make_sprechstunde(office=office)
    make_schedule(offer, valid_until=date(2026, 11, 1))
    broken = make_schedule(offer, valid_from=date(2026, 11, 2), valid_until=date(2026, 12, 20))
    future = make_schedule(offer, valid_from=date(2027, 1, 4))
    make_change(broken, date(2026, 12, 1))
    make_change(broken, date(2026, 12, 2), ChangeKind.EXTRA, opens=time(9), closes=time(10))
    monthly = make_schedule(
        standort=make_standort("Marten"), frequency=Frequency.MONTHLY, weekdays=("TU",), positions=("1",)
    )
    make_schedule(standort=make_standort("Lanstrop"), weekdays=("TH",))
    Schedule.objects.filter(pk__in=(broken.pk, future.pk)).update(interval=2, anchor=WEDNESDAY)
    Schedule.objects.filter(pk=monthly.pk).update(positions=Value("|9|", CharField()))
    closure = make_closure(FIRST, LAST)
    Closure.objects.filter(pk=closure.pk).update(kept=NO_DATES[3])
    return broken


def _admin(name: str, *args: object) -> str:
    return reverse(f"admin:sprechstunden_{name}", args=args)


def _public() -> Iterator[str]:
    offers, places = Sprechstunde.objects.all(), Standort.objects.all()
    paths = ("", "standorte/", "sprechstunden/", "partner/", "ueber-uns/", "sprechstunden/?woche=2026-11-30")
    own = (*(f"standorte/{one.slug}/" for one in places), *(f"sprechstunden/{one.pk}/" for one in offers))
    for language in WHOLE_LANGUAGES:
        yield from (f"/{language}/{path}" for path in (*paths, *own))
        yield from (f"/kalender/{slug}.ics?sprache={language}" for slug in ("alle", *(one.slug for one in places)))


def test_every_public_page_and_feed_answers(unreadable: Schedule) -> None:
    paths = list(_public())

    answers = {path: Client().get(path).status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)
    assert unreadable.sprechstunde.schedules.count() == 3


def test_every_page_of_staff_answers(unreadable: Schedule) -> None:
    offer, closure, staff = unreadable.sprechstunde, Closure.objects.get(), staff_client()
    paths = [
        *("/admin/", "/admin/heute/", f"/admin/heute/?sprechstunde={offer.pk}&tage=60"),
        *(_admin(f"{name}_changelist") for name in ("sprechstunde", "closure", "change", "datecheck", "topic")),
        *(_admin("sprechstunde_change", one.pk) for one in Sprechstunde.objects.all()),
        *(reverse("admin:standorte_standort_change", args=[one.pk]) for one in Standort.objects.all()),
        *(_admin("change_change", one.pk) for one in unreadable.changes.all()),
        *(_admin("sprechstunde_add"), f"{_admin('sprechstunde_add')}?kopie={offer.pk}"),
        *(_admin("closure_change", closure.pk), f"{ADD}?sprechstunden={offer.pk}"),
        f"{_admin('sprechstunde_changelist')}?endet=bald",
        f"{_admin('closure_offers')}?app_label=sprechstunden&model_name=closure&field_name=sprechstunden",
    ]

    answers = {path: staff.get(path).status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)


def test_staff_read_that_times_cannot_be_read_and_can_end_them(unreadable: Schedule) -> None:
    offer, staff = unreadable.sprechstunde, staff_client()
    path = _admin("sprechstunde_change", offer.pk)

    shown = get(path, staff)
    data = form_of(shown, "sprechstunde_form") | {
        "schedules-0-valid_until": "",
        "schedules-1-valid_until": "29.11.2026",
    }
    looked = staff.post(path, data | {"_preview": "1"})
    listed = get(_admin("sprechstunde_changelist"), staff).text()

    assert shown.text().count(CANNOT_BE_READ) == 3
    assert "nicht veröffentlicht ist" not in shown.text()
    assert looked.status_code == 200
    assert f"{CANNOT_BE_READ} 10:00 – 12:00" in listed


def test_closures_and_last_days_can_be_set_beside_them(unreadable: Schedule) -> None:
    offer, staff = unreadable.sprechstunde, staff_client()
    chosen = {"action": "set_last_day", "_selected_action": [str(offer.pk)], "last_day": "2027-02-01"}

    last_day = staff.post(_admin("sprechstunde_changelist"), chosen)
    page, data = proposed(staff, TWO_WEEKS)
    saved = staff.post(ADD, data)
    running = staff.post(
        _admin("closure_change", Closure.objects.last().pk),  # type: ignore[union-attr]  # there is one
        form_of(get(_admin("closure_change", Closure.objects.last().pk), staff), FORM),  # type: ignore[union-attr]
    )

    assert (last_day.status_code, saved.status_code, running.status_code) == (200, 302, 302)
    assert len(boxes(page)) == 2


@pytest.mark.parametrize("stored", NO_DATES)
def test_what_a_closure_keeps_that_is_no_date_has_no_effect_and_is_named(
    stored: object, caplog: pytest.LogCaptureFixture
) -> None:
    make_schedule()
    closure = make_closure(FIRST, LAST)
    closure.keep("7", date(2026, 12, 1))
    right = closure.kept
    Closure.objects.filter(pk=closure.pk).update(kept=stored if isinstance(stored, list) else [stored, *right])
    said = StringIO()

    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_dates", "--day", "2026-11-22", stderr=said)

    kept = Closure.objects.get().keeps()
    assert kept == (frozenset() if isinstance(stored, list) else {("7", date(2026, 12, 1))})
    assert said.getvalue() == f"20.11.2026 – 06.12.2026: closure {closure.uid} keeps what is no date\n"
    assert f"The closure with the primary key {closure.pk} keeps what is no date" in caplog.text
    shown = get(_admin("datecheck_change", DateCheck.objects.get().pk), staff_client()).text()
    assert f"20.11.2026 – 06.12.2026closure {closure.uid} keeps what is no date" in shown


@pytest.mark.parametrize("stored", [{}, "", 3, {"uid": "7"}])
def test_what_is_no_list_at_all_is_named_too(stored: object) -> None:
    closure = make_closure(FIRST, LAST)
    Closure.objects.filter(pk=closure.pk).update(kept=stored)

    found = Closure.objects.get()

    assert (found.kept_dates, found.keeps_what_is_no_date) == ([], True)


def test_a_closure_of_dates_has_nothing_to_name() -> None:
    closure = make_closure(FIRST, LAST)
    closure.keep("7", FIRST)

    assert (len(closure.kept_dates), closure.keeps_what_is_no_date) == (1, False)
