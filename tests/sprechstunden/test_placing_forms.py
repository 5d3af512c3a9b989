"""A date is moved or added: where it may go, and what stands in its way."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from sprechstunden import timetable
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde, StaffReason
from sprechstunden.occurrences import BERLIN
from sprechstunden.offer_dates import OfferDates
from sprechstunden.placing_forms import ExtraForm, MoveForm
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_standort,
    make_undated,
    make_user,
)
from tests.pages import FormData

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)
NOTHING_DIFFERENT = "Nothing is different yet. Please give a new day, new times or a new place."
TOO_FAR = "Please choose a day from today on, within the next two years."
BEFORE_IT_OPENS = "It must open before it closes: this end is not after the beginning."
SKIPPED = "This time does not exist on that day: the clocks go forward, from 2:00 to 3:00."


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def move(schedule: Schedule, /, **typed: str) -> MoveForm:
    return move_of(schedule, TUESDAY, **typed)


def move_of(schedule: Schedule, day: date, /, **typed: str) -> MoveForm:
    data: FormData = {"new_day": f"{day}", "opens": "10:00", "closes": "12:00", "reason": "training", **typed}
    form = MoveForm(data, dates=OfferDates.fetch(schedule.sprechstunde, NOW.date(), NOW))
    form.about(schedule, day)
    return form


def add(offer: Sprechstunde, **typed: str) -> ExtraForm:
    data: FormData = {"day": f"{WEDNESDAY}", "opens": "14:00", "closes": "16:00", **typed}
    return ExtraForm(data, dates=OfferDates.fetch(offer, NOW.date(), NOW))


def meets(starts: str, ends: str) -> str:
    return f"Another date of this offer takes place then: {starts} to {ends}. Please choose another time."


def dates(first: date = TUESDAY, last: date = NEXT_TUESDAY) -> list[tuple[date, time, str]]:
    found = timetable.dates(timetable.versions(timetable.all_schedules(), first), first, last, NOW)
    return [(entry.day, entry.starts.time(), entry.state.value) for entry in found]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"new_day": "2026-11-25"}, (WEDNESDAY, None, None)),
        ({"new_day": "25.11.2026"}, (WEDNESDAY, None, None)),
        ({"opens": "11:00"}, (None, time(11), time(12))),
        ({"closes": "13.30"}, (None, time(10), time(13, 30))),
        ({"new_day": "2026-11-25", "opens": "8", "closes": "9"}, (WEDNESDAY, time(8), time(9))),
    ],
)
def test_a_move_stores_what_is_different(typed: FormData, stored: object) -> None:
    form = move(make_schedule(), **{name: str(value) for name, value in typed.items()})

    assert form.is_valid() is True, form.errors
    assert form.save(make_user(), NOW) is True

    row = Change.objects.get()
    assert (row.new_day, row.opens, row.closes) == stored
    assert (row.day, row.kind, row.reason, row.standort) == (TUESDAY, "moved", "training", None)


def test_a_date_moves_to_another_place_only_and_staying_is_no_move() -> None:
    schedule, marten = make_schedule(), make_standort("Marten")

    there, here = move(schedule, standort=str(marten.pk)), move(schedule, standort=str(schedule.standort_id))

    assert there.is_valid() is True
    assert (there.change and there.change.standort) == marten
    assert here.errors == {"new_day": [NOTHING_DIFFERENT]}


def test_nobody_moves_a_date_to_a_place_that_is_held_back() -> None:
    hidden = make_standort("Hidden", is_published=False)

    form = move(make_schedule(), standort=str(hidden.pk))

    assert list(form.errors) == ["standort"]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"new_day": [NOTHING_DIFFERENT]}),
        ({"reason": ""}, {"reason": ["Please choose a reason."]}),
        ({"new_day": ""}, {"new_day": ["This field is required."]}),
        ({"new_day": "31.2.2027"}, {"new_day": ["Enter a valid date."]}),
        ({"opens": "", "closes": "noon"}, {"opens": ["This field is required."], "closes": ["Enter a valid time."]}),
        ({"closes": "10:00"}, {"closes": [BEFORE_IT_OPENS]}),
        ({"new_day": "2026-11-23"}, {"new_day": [TOO_FAR]}),
        ({"new_day": "0001-01-01"}, {"new_day": [TOO_FAR]}),
        ({"new_day": "2028-11-25"}, {"new_day": [TOO_FAR]}),
        ({"new_day": "9999-12-31"}, {"new_day": [TOO_FAR]}),
        ({"opens": "07:00", "closes": "09:00"}, {"closes": ["This is past already. Please choose a later time."]}),
        ({"new_day": "2027-03-28", "opens": "02:30", "closes": "04:00"}, {"opens": [SKIPPED]}),
        ({"new_day": "2027-03-28", "opens": "01:00", "closes": "02:00"}, {"closes": [SKIPPED]}),
        ({"new_day": "2026-12-01", "opens": "11:59", "closes": "13:00"}, {"new_day": [meets("10:00", "12:00")]}),
        ({"note": "x" * 301}, {"note": ["Ensure this value has at most 300 characters (it has 301)."]}),
    ],
)
def test_what_is_no_move_gets_a_sentence_at_its_field(typed: dict[str, str], errors: object) -> None:
    form = move(make_schedule(), **typed)

    assert form.errors == errors
    assert {name: form[name].value() for name in typed} == typed


@pytest.mark.parametrize(
    "typed",
    [
        {"new_day": "2027-10-31", "opens": "02:30", "closes": "04:00"},
        {"new_day": "2026-12-01", "opens": "12:00", "closes": "13:00"},
        {"new_day": "2026-12-01", "opens": "08:00", "closes": "10:00"},
        {"new_day": "2026-12-25"},
    ],
)
def test_hours_that_come_twice_that_touch_or_on_holidays_are_for_staff_to_choose(typed: dict[str, str]) -> None:
    assert move(make_schedule(), **typed).errors == {}


def test_a_date_that_is_off_makes_room_for_another() -> None:
    schedule = make_schedule()
    make_change(schedule, NEXT_TUESDAY)

    assert move(schedule, new_day="2026-12-01").errors == {}


def test_dates_of_other_offers_are_no_obstacle() -> None:
    make_schedule(weekdays=("WE",))

    assert move(make_schedule(), new_day="2026-11-25").errors == {}


def test_a_holiday_is_moved_to_the_next_day() -> None:
    form = move_of(make_schedule(weekdays=("FR",)), date(2026, 12, 25), new_day="2026-12-28")

    assert form.is_valid() is True
    assert form.save(make_user(), NOW) is True
    assert dates(date(2026, 12, 25), date(2026, 12, 28)) == [
        (date(2026, 12, 25), time(10), "moved"),
        (date(2026, 12, 28), time(10), "confirmed"),
    ]


def test_a_move_into_closures_is_asked_about_once_and_then_kept_by_each() -> None:
    schedule, elsewhere = make_schedule(), make_standort("Elsewhere")
    make_closure(WEDNESDAY, WEDNESDAY)
    make_closure(WEDNESDAY, NEXT_TUESDAY, standorte=[make_office("Eving", street="x")], reason=StaffReason.TRAINING)
    make_closure(TUESDAY, WEDNESDAY, sprechstunden=[schedule.sprechstunde], reason=StaffReason.ROOM_NOT_AVAILABLE)
    make_closure(TUESDAY, WEDNESDAY, standorte=[elsewhere], reason=StaffReason.ROOM_NOT_AVAILABLE)

    asked, answered = move(schedule, new_day="2026-11-25"), move(schedule, new_day="2026-11-25", anyway="on")

    closures = "25.11.2026 – 25.11.2026 (event), 24.11.2026 – 25.11.2026 (room not available)"
    sentence = f"Nothing takes place there on that day: {closures}. If this date does, please tick here."
    assert asked.errors == {"anyway": [sentence]}
    assert (asked.meets_a_closure, answered.meets_a_closure, move(schedule).meets_a_closure) == (True, True, False)
    assert answered.is_valid() is True
    assert answered.save(make_user(), NOW) is True
    assert [len(closure.kept) for closure in Closure.objects.order_by("pk")] == [1, 0, 1, 0]
    assert (WEDNESDAY, time(10), "confirmed") in dates()


def test_a_closure_of_the_new_place_is_asked_about_and_one_of_the_old_place_is_not() -> None:
    schedule, marten = make_schedule(), make_standort("Marten")
    make_closure(WEDNESDAY, WEDNESDAY, standorte=[marten])
    make_closure(NEXT_TUESDAY, NEXT_TUESDAY, standorte=[schedule.standort] if schedule.standort else [])

    into = move(schedule, new_day="2026-11-25", standort=str(marten.pk))
    out_of = move_of(schedule, NEXT_TUESDAY, standort=str(marten.pk))

    assert (list(into.errors), list(out_of.errors)) == (["anyway"], [])


def test_an_extra_date_is_added_at_the_usual_place() -> None:
    schedule = make_schedule()
    form = add(schedule.sprechstunde, standort=str(schedule.standort_id), note="Auch für Kinder.")

    assert form.is_valid() is True
    assert form.save(make_user(), NOW) is True

    row = Change.objects.get()
    assert (row.schedule, row.day, row.kind, row.reason) == (schedule, WEDNESDAY, "extra", "")
    assert (row.opens, row.closes, row.note.german) == (time(14), time(16), "Auch für Kinder.")
    assert row.standort == schedule.standort


def test_an_extra_date_belongs_to_the_version_in_force_on_its_day() -> None:
    old = make_schedule()
    new = make_schedule(old.sprechstunde, valid_from=NEXT_TUESDAY)

    forms = [add(old.sprechstunde, day=day) for day in ("2026-11-30", "2026-12-02")]

    assert [form.is_valid() for form in forms] == [True, True]
    assert [form.change and form.change.schedule for form in forms] == [old, new]


def test_an_offer_without_fixed_times_can_have_an_extra_date_at_another_place() -> None:
    marten = make_standort("Marten")
    form = add(make_undated().sprechstunde, standort=str(marten.pk))

    assert form.is_valid() is True
    assert (form.change and form.change.standort) == marten


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"day": ""}, {"day": ["This field is required."]}),
        ({"day": "2026-11-20"}, {"day": [TOO_FAR]}),
        ({"closes": "13:00"}, {"closes": [BEFORE_IT_OPENS]}),
        (
            {"day": "2027-06-02"},
            {"day": ["On this day no times of this offer are in force, so no date can be added."]},
        ),
        ({"day": "2026-11-24", "opens": "09:00", "closes": "10:01"}, {"day": [meets("10:00", "12:00")]}),
        ({"day": "2026-11-26", "opens": "08:30", "closes": "09:30"}, {"day": [meets("08:00", "09:00")]}),
        ({"day": "2026-11-26", "opens": "08:00"}, {"opens": ["There is already an extra date at this time."]}),
        ({"day": "2027-03-28", "opens": "02:00", "closes": "04:00"}, {"opens": [SKIPPED]}),
    ],
)
def test_what_is_no_extra_date_gets_a_sentence_at_its_field(typed: dict[str, str], errors: object) -> None:
    schedule = make_schedule(valid_until=date(2027, 6, 1))
    make_change(schedule, date(2026, 11, 26), ChangeKind.EXTRA, opens=time(8), closes=time(9))

    assert add(schedule.sprechstunde, **typed).errors == errors


def test_an_extra_date_in_a_closure_is_asked_about_and_then_kept() -> None:
    offer = make_schedule().sprechstunde
    make_closure(WEDNESDAY, WEDNESDAY)

    assert list(add(offer).errors) == ["anyway"]
    answered = add(offer, anyway="on")
    assert answered.is_valid() is True
    assert answered.save(make_user(), NOW) is True
    assert dates()[1:2] == [(WEDNESDAY, time(14), "confirmed")]


def test_an_extra_date_that_a_closure_took_away_is_not_added_twice() -> None:
    schedule = make_schedule()
    make_change(schedule, WEDNESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))
    make_closure(WEDNESDAY, WEDNESDAY)

    assert add(schedule.sprechstunde).errors == {"opens": ["There is already an extra date at this time."]}
