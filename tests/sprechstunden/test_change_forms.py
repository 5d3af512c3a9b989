"""One date is cancelled or held; what cannot be is refused with a sentence."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from sprechstunden.change_forms import CancelForm, HoldForm, OneDateForm
from sprechstunden.models import Change, ChangeKind, Schedule, StaffReason
from sprechstunden.occurrences import BERLIN
from sprechstunden.offer_dates import OfferDates
from standorte.texts import Text
from tests.factories import make_change, make_closure, make_schedule, make_standort, make_user
from tests.pages import FormData

pytestmark = pytest.mark.django_db

TUESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 12, 1)
HOLIDAY = date(2026, 12, 25)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)
GONE = "There is no such date any more: its times have changed."
PAST = "This date is past: it stays as it was."


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def filled(
    form: type[OneDateForm], schedule: Schedule, day: date, data: FormData | None = None, now: datetime = NOW
) -> OneDateForm:
    made = form(data or {}, dates=OfferDates.fetch(schedule.sprechstunde, now.date(), now))
    made.about(schedule, day)
    return made


def cancel(schedule: Schedule, day: date, now: datetime = NOW) -> OneDateForm:
    return filled(CancelForm, schedule, day, {"reason": StaffReason.TRAINING}, now)


def test_a_date_is_cancelled_with_a_reason_and_a_note() -> None:
    schedule, user = make_schedule(), make_user()
    form = filled(CancelForm, schedule, TUESDAY, {"reason": "training", "note": "Wir lernen\r\netwas."})

    assert form.save(user, NOW) is False
    assert form.is_valid() is True
    assert form.save(user, NOW) is True

    row = Change.objects.get()
    assert (row.schedule, row.day, row.kind, row.reason) == (schedule, TUESDAY, "cancelled", "training")
    assert (row.note, row.decided_by, row.decided_at) == (Text("Wir lernen\netwas."), user, NOW)


@pytest.mark.parametrize("data", [{}, {"reason": ""}, {"reason": "illness"}])
def test_a_date_is_not_cancelled_without_one_of_the_reasons(data: FormData) -> None:
    form = filled(CancelForm, make_schedule(), TUESDAY, data)

    assert form.errors == {"reason": ["Please choose a reason."]}


@pytest.mark.parametrize(
    ("day", "now", "sentence"),
    [
        (date(2026, 11, 17), NOW, PAST),
        (date.min, NOW, PAST),
        (TUESDAY, NOW.replace(hour=12), PAST),
        (date(2026, 11, 25), NOW, GONE),
        (date(2028, 11, 28), NOW, GONE),
        (date.max, NOW, GONE),
    ],
)
def test_a_date_that_is_past_or_not_there_is_not_changed(day: date, now: datetime, sentence: str) -> None:
    assert cancel(make_schedule(), day, now).non_field_errors() == [sentence]


def test_a_date_that_is_on_can_still_be_cancelled() -> None:
    assert cancel(make_schedule(), TUESDAY, NOW.replace(hour=11, minute=59)).is_valid() is True


def test_a_date_of_times_that_are_gone_is_not_changed() -> None:
    form = cancel(make_schedule(), TUESDAY)
    form.about(None, TUESDAY)

    assert form.non_field_errors() == [GONE]


def test_a_date_in_the_days_of_the_next_version_is_not_one_of_the_old_times() -> None:
    old = make_schedule()
    make_schedule(old.sprechstunde, valid_from=NEXT_TUESDAY, opens=time(8))

    assert cancel(old, NEXT_TUESDAY).non_field_errors() == [GONE]


def test_a_date_at_a_place_that_is_held_back_is_not_there() -> None:
    hidden = make_standort("Hidden", is_published=False)

    assert cancel(make_schedule(standort=hidden), TUESDAY).non_field_errors() == [GONE]


@pytest.mark.parametrize("form", [CancelForm, HoldForm])
def test_a_changed_date_says_what_was_decided_and_is_taken_back_first(form: type[OneDateForm]) -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY, decided_at=NOW, decided_by=make_user())

    found = filled(form, schedule, TUESDAY, {"reason": "event"}).non_field_errors()

    decided = "Cancelled: training. Decided on 24. Nov, 09:00 by team@example.org."
    assert found == [f"This date has been changed already. {decided} Please take that back first."]


def test_a_change_of_another_date_or_an_extra_one_is_no_obstacle() -> None:
    schedule = make_schedule()
    make_change(schedule, NEXT_TUESDAY)
    make_change(schedule, TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(15))
    make_change(make_schedule(), TUESDAY)

    assert cancel(schedule, TUESDAY).is_valid() is True


def test_what_is_off_anyway_is_not_cancelled() -> None:
    schedule = make_schedule(weekdays=("FR",))

    assert cancel(schedule, HOLIDAY).non_field_errors() == ["This date is off already. public holiday: Christmas Day"]


def test_a_date_is_held_on_a_holiday_and_in_a_closure() -> None:
    schedule, user = make_schedule(weekdays=("TU", "FR")), make_user()
    make_closure(NEXT_TUESDAY, NEXT_TUESDAY)

    forms = [filled(HoldForm, schedule, day) for day in (HOLIDAY, NEXT_TUESDAY)]

    assert [form.is_valid() and form.save(user, NOW) for form in forms] == [True, True]
    dates = OfferDates.fetch(schedule.sprechstunde, TUESDAY, NOW)
    found = [dates.date_of(schedule, day) for day in (NEXT_TUESDAY, HOLIDAY)]
    assert [entry.takes_place for entry in found if entry] == [True, True]


def test_what_takes_place_anyway_is_not_held() -> None:
    assert filled(HoldForm, make_schedule(), TUESDAY).non_field_errors() == ["This date takes place anyway."]


def test_a_date_is_not_held_while_another_one_stands_in_its_place() -> None:
    schedule = make_schedule()
    closure = make_closure(NEXT_TUESDAY, NEXT_TUESDAY)
    moved = make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=NEXT_TUESDAY, opens=time(11), closes=time(13))
    closure.keep(schedule.uid, TUESDAY, moved.uid)
    closure.save()

    form = filled(HoldForm, schedule, NEXT_TUESDAY)

    sentence = "Another date of this offer takes place then: 11:00 to 13:00. Please take that back first."
    assert form.errors == {"__all__": [sentence]}


def test_who_is_slower_reads_a_sentence_and_changes_nothing() -> None:
    schedule = make_schedule()
    form = cancel(schedule, TUESDAY)
    assert form.is_valid() is True
    first = make_change(schedule, TUESDAY, reason=StaffReason.EVENT)

    assert form.save(make_user(), NOW) is False

    assert form.non_field_errors() == ["Somebody else has just changed this date. Please look at it once more."]
    assert list(Change.objects.values_list("pk", "reason")) == [(first.pk, "event")]


def test_a_form_that_only_stands_in_a_page_says_nothing() -> None:
    assert CancelForm().errors == {}
    assert CancelForm({"reason": "event"}).is_valid() is True
