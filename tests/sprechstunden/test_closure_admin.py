"""Staff close some days: the form says what falls away before it saves, and keeps what they tick."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client

from sprechstunden.closing import LISTED
from sprechstunden.models import ChangeKind, Closure, Schedule
from sprechstunden.occurrences import BERLIN
from tests.factories import (
    make_change,
    make_closure,
    make_partner,
    make_schedule,
    make_standort,
    make_user,
)
from tests.pages import NOW, FormData, form_of, get
from tests.sprechstunden.closure_page import (
    ADD,
    CHANGED,
    FIRST,
    FORM,
    LAST,
    LIST,
    NEXT,
    TUESDAY,
    TWO_WEEKS,
    boxes,
    errors,
    post,
    proposed,
    words,
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


def test_the_first_step_says_what_falls_away_and_saves_nothing(staff: Client) -> None:
    make_schedule()
    make_schedule(weekdays=("WE",), opens=time(14), closes=time(16), standort=make_standort("Marten"))

    page, _data = proposed(staff, TWO_WEEKS)

    assert words(page) == (
        "4 Termine an 2 Orten fallen aus: Noch ist nichts gespeichert. "
        "Findet einer davon trotzdem statt? Dann setzen Sie sein Häkchen. "
        "Dienstag, 8. Dezember 2026 10:00 – 12:00 Sprechstunde, Mengede/Huckarde findet trotzdem statt "
        "Mittwoch, 9. Dezember 2026 14:00 – 16:00 Sprechstunde, Marten findet trotzdem statt "
        "Dienstag, 15. Dezember 2026 10:00 – 12:00 Sprechstunde, Mengede/Huckarde findet trotzdem statt "
        "Mittwoch, 16. Dezember 2026 14:00 – 16:00 Sprechstunde, Marten findet trotzdem statt"
    )
    assert [ticked for _said, ticked in boxes(page)] == [False] * 4
    assert (page.response.status_code, errors(page), list(Closure.objects.all())) == (200, [], [])


def test_a_date_that_somebody_holds_is_named_with_who_and_a_way_to_take_it_back(staff: Client) -> None:
    user = make_user("colleague@example.org")
    held = make_change(make_schedule(), TUESDAY, ChangeKind.HELD, decided_by=user, decided_at=NOW)
    one_day: FormData = TWO_WEEKS | {"first": f"{TUESDAY:%d.%m.%Y}", "last": ""}

    page, data = proposed(staff, one_day)
    (link,) = page.by_id("effect").iter("a")
    there = get(link.get("href") or "", staff)
    held.delete()
    again = post(staff, ADD, data)

    assert words(page) == (
        "In diesen Tagen fällt dadurch kein Termin aus. Noch ist nichts gespeichert. "
        "Diese Termine finden trotz dieses Ausfalls statt "
        "Dienstag, 8. Dezember 2026, 10:00 – 12:00 Sprechstunde, Mengede/Huckarde. Findet trotzdem statt. "
        "Entschieden am 22. Nov., 15:00 von colleague@example.org. Zurücknehmen (in einem neuen Fenster) "
        "Soll einer davon auch ausfallen, nehmen Sie bitte zurück, was zu ihm entschieden wurde. Kommen Sie dann "
        "hierher zurück und drücken Sie den Knopf noch einmal."
    )
    assert "08.12.2026: findet trotzdem statt" in there.text()
    # Who has seen that a date takes place has not agreed to its falling away.
    assert (CHANGED in words(again), len(boxes(again)), Closure.objects.count()) == (True, 1, 0)


def test_what_was_typed_comes_back_with_the_first_step(staff: Client) -> None:
    offer, place, partner = make_schedule().sprechstunde, make_standort(), make_partner()
    typed: FormData = {
        "first": "07.12.2026",
        "last": "20.12.2026",
        "reason": "training",
        "standorte": [str(place.pk)],
        "partners": [str(partner.pk)],
        "sprechstunden": [str(offer.pk)],
        "note_de": "Wir lernen.",
        "note_ar": "نتعلم.",
    }

    _page, data = proposed(staff, typed)

    assert {name: data[name] for name in typed} == typed


def test_the_second_step_saves_with_who_and_when(staff: Client) -> None:
    schedule, marten, partner = make_schedule(), make_standort("Marten"), make_partner()
    Schedule.objects.update(modified_at=datetime(2026, 11, 1, tzinfo=BERLIN))
    typed = {**TWO_WEEKS, "whole_network": [], "standorte": [str(marten.pk)], "partners": [str(partner.pk)]}
    _page, data = proposed(staff, {**typed, "sprechstunden": [str(schedule.sprechstunde_id)], "note_de": "Wir lernen."})

    response = staff.post(ADD, data)

    assert (response.status_code, response.headers["Location"]) == (302, LIST)
    closure = Closure.objects.get()
    assert (closure.first, closure.last, closure.reason, str(closure.note)) == (FIRST, LAST, "training", "Wir lernen.")
    assert (closure.decided_at, str(closure.decided_by), closure.kept) == (NOW, "team@example.org", [])
    chosen = [*closure.standorte.all(), *closure.partners.all(), *closure.sprechstunden.all()]
    assert chosen == [marten, partner, schedule.sprechstunde]
    assert Schedule.objects.get().modified_at == NOW


def test_what_is_ticked_is_kept(staff: Client) -> None:
    schedule = make_schedule()
    _page, data = proposed(staff, TWO_WEEKS)

    staff.post(ADD, data | {"keep": [f"{schedule.uid} 2026-12-15", "nonsense", f"{schedule.uid} 2027-01-05"]})

    assert Closure.objects.get().kept == [{"uid": str(schedule.uid), "day": "2026-12-15", "change": None}]


def test_a_single_day_needs_no_last_day(staff: Client) -> None:
    make_schedule()
    page, data = proposed(staff, TWO_WEEKS | {"first": "08.12.2026", "last": ""})

    staff.post(ADD, data)

    assert words(page).startswith("Ein Termin fällt aus:")
    closure = Closure.objects.get()
    assert (closure.first, closure.last) == (TUESDAY, TUESDAY)
    assert "08.12.2026" in get(LIST, staff).text()


def test_nothing_that_falls_away_is_said_too_and_asks_for_the_second_step(staff: Client) -> None:
    make_schedule()

    page, data = proposed(staff, TWO_WEEKS | {"first": "09.12.2026", "last": "13.12.2026"})
    saved_by_the_first = Closure.objects.exists()
    staff.post(ADD, data)

    assert words(page) == "In diesen Tagen fällt dadurch kein Termin aus. Noch ist nichts gespeichert."
    assert (saved_by_the_first, Closure.objects.count()) == (False, 1)


def test_dates_that_are_off_anyway_are_said_apart(staff: Client) -> None:
    make_change(make_schedule(), TUESDAY)
    make_closure(NEXT, NEXT, sprechstunden=[make_schedule().sprechstunde])

    page, _data = proposed(staff, TWO_WEEKS)

    assert words(page).startswith(
        "2 Termine an einem Ort fallen aus: Noch ist nichts gespeichert. "
        "2 weitere Termine in diesen Tagen sind nicht mitgezählt: Sie würden ohnehin nicht stattfinden."
    )
    assert [said for said, _ticked in boxes(page)] == [
        "10:00 – 12:00 Sprechstunde, Mengede/Huckarde findet trotzdem statt"
    ] * 2


def test_dates_that_moved_into_the_days_and_extra_ones_say_so(staff: Client) -> None:
    schedule = make_schedule()
    make_change(schedule, date(2026, 12, 22), ChangeKind.MOVED, new_day=FIRST)
    make_change(schedule, TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(15), standort=make_standort())

    page, _data = proposed(staff, TWO_WEEKS)

    assert [said.replace(" findet trotzdem statt", "") for said, _ticked in boxes(page)] == [
        "10:00 – 12:00 Sprechstunde, Mengede/Huckarde (verlegt vom 22. Dezember 2026)",
        "10:00 – 12:00 Sprechstunde, Mengede/Huckarde",
        "14:00 – 15:00 Sprechstunde, Marten (zusätzlicher Termin)",
        "10:00 – 12:00 Sprechstunde, Mengede/Huckarde",
    ]


def test_a_date_of_today_that_is_over_has_taken_place_whatever_is_ticked(staff: Client) -> None:
    over = make_schedule(weekdays=("SU",))
    make_schedule(weekdays=("SU",), opens=time(14), closes=time(16))
    page, data = proposed(staff, TWO_WEEKS | {"first": "22.11.2026", "last": ""})

    again, _data = proposed(staff, {**data, "keep": [], "last": "23.11.2026"})
    staff.post(ADD, {**data, "keep": []})

    assert [ticked for _said, ticked in boxes(page)] == [True, False]
    assert [ticked for _said, ticked in boxes(again)] == [True, False]
    assert "Dieser Termin ist vorbei und bleibt, wie er war." in words(page)
    assert Closure.objects.get().kept == [{"uid": str(over.uid), "day": "2026-11-22", "change": None}]


def test_other_days_are_shown_again_with_what_was_ticked(staff: Client) -> None:
    schedule = make_schedule()
    _page, data = proposed(staff, TWO_WEEKS)

    page = post(staff, ADD, {**data, "last": "27.12.2026", "keep": [f"{schedule.uid} 2026-12-15"]})
    response = staff.post(ADD, form_of(page, FORM))

    assert CHANGED in words(page)
    assert [ticked for _said, ticked in boxes(page)] == [False, True, False]
    assert (response.status_code, Closure.objects.get().last) == (302, date(2026, 12, 27))
    assert Closure.objects.get().kept == [{"uid": str(schedule.uid), "day": "2026-12-15", "change": None}]


def test_dates_that_came_meanwhile_are_shown_again(staff: Client) -> None:
    schedule = make_schedule()
    _page, data = proposed(staff, TWO_WEEKS)
    make_change(schedule, date(2026, 12, 22), ChangeKind.MOVED, new_day=FIRST)

    page = post(staff, ADD, data)

    assert words(page).startswith(f"3 Termine an einem Ort fallen aus: {CHANGED}")
    assert Closure.objects.count() == 0


def test_another_reason_and_note_need_no_other_look(staff: Client) -> None:
    make_schedule()
    _page, data = proposed(staff, TWO_WEEKS)

    staff.post(ADD, data | {"reason": "event", "note_de": "Fest"})

    assert [(closure.reason, str(closure.note)) for closure in Closure.objects.all()] == [("event", "Fest")]


def test_ticks_outlast_another_mistake(staff: Client) -> None:
    schedule = make_schedule()
    _page, data = proposed(staff, TWO_WEEKS)

    wrong = post(staff, ADD, {**data, "keep": [f"{schedule.uid} 2026-12-15"], "reason": ""})
    response = staff.post(ADD, form_of(wrong, FORM) | {"reason": "event"})

    assert errors(wrong) == ["Bitte wählen Sie einen Grund."]
    assert response.status_code == 302
    assert Closure.objects.get().kept == [{"uid": str(schedule.uid), "day": "2026-12-15", "change": None}]


def test_thousands_of_dates_are_listed_as_far_as_anybody_reads_and_the_others_counted(staff: Client) -> None:
    marten = make_standort("Marten")
    for minute in range(50):
        make_schedule(weekdays=("MO", "TU", "WE", "TH"), opens=time(8, minute), standort=marten)

    page, data = proposed(staff, TWO_WEEKS)
    staff.post(ADD, data)

    assert words(page).startswith("400 Termine an einem Ort fallen aus:")
    assert len(boxes(page)) == LISTED
    assert words(page).endswith(
        "Nicht einzeln aufgeführt Auch diese Termine fallen aus. Sollen einzelne davon stattfinden, tragen Sie bitte "
        "mehrere kürzere Ausfälle ein. Marten: 100"
    )
    assert Closure.objects.get().kept == []
