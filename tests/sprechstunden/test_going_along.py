"""Times become others: a date that was announced one by one goes along only if somebody says so."""

from dataclasses import replace
from datetime import date, datetime, time
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.changes import Change, ChangeKind, Circumstances
from sprechstunden.misfit_forms import MisfitsForm
from sprechstunden.models import Change as Row
from sprechstunden.models import ChangeKind as RowKind
from sprechstunden.models import Schedule
from sprechstunden.occurrences import BERLIN, occurrences
from sprechstunden.recurrence import Weekly
from sprechstunden.refits import before_edit, refit, refits
from sprechstunden.refitting import Choice, Misfit, going_along
from sprechstunden.series import Series
from tests.factories import make_called_off, make_change, make_schedule, make_standort
from tests.sprechstunden.strategies import NOON, TEN

_MIGRATION = import_module("sprechstunden.migrations.0011_extra_dates_have_their_place")
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
TUESDAY, THURSDAY = date(2026, 12, 22), date(2026, 12, 24)
OLD = Series("tuesdays", Weekly((1,)), TEN, NOON, place="office")
MARTEN = replace(OLD, place="marten")
LATER = replace(OLD, opens=time(14), closes=time(16))
MOVED = Change("move", "tuesdays", TUESDAY, ChangeKind.MOVED, THURSDAY)
EXTRA = Change("extra", "tuesdays", THURSDAY, ChangeKind.EXTRA, opens=TEN, closes=NOON)


def asked(change: Change, after: Series, first: date = TODAY, before: Series = OLD) -> list[Misfit]:
    return going_along([before], [after], [change], first)


@pytest.mark.parametrize(
    ("change", "after", "told"),
    [
        (MOVED, MARTEN, replace(MOVED, place="office")),
        (MOVED, LATER, replace(MOVED, opens=TEN, closes=NOON)),
        (replace(MOVED, opens=time(11)), LATER, replace(MOVED, opens=time(11), closes=NOON)),
        (MOVED, replace(LATER, place=None), replace(MOVED, opens=TEN, closes=NOON, place="office")),
        (EXTRA, MARTEN, replace(EXTRA, place="office")),
    ],
)
def test_a_date_that_would_be_elsewhere_or_at_another_hour_stays_or_goes_along(
    change: Change, after: Series, told: Change
) -> None:
    assert asked(change, after) == [Misfit(change, {Choice.STAY: told, Choice.CARRY: change})]


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (MOVED, OLD),
        (MOVED, replace(OLD, valid_until=THURSDAY)),
        (replace(MOVED, place="room"), MARTEN),
        (replace(MOVED, opens=time(8), closes=time(9)), LATER),
        (EXTRA, LATER),
        (replace(EXTRA, place="room"), MARTEN),
        (Change("cancel", "tuesdays", TUESDAY, ChangeKind.CANCELLED), MARTEN),
        (Change("hold", "tuesdays", TUESDAY, ChangeKind.HELD), LATER),
        # What does not fit, or has no times any more, is asked about as such.
        (MOVED, replace(MARTEN, rule=Weekly((2,)))),
        (MOVED, replace(MARTEN, key="other")),
    ],
)
def test_what_stays_as_people_know_it_or_goes_with_its_day_is_not_asked_about(change: Change, after: Series) -> None:
    assert asked(change, after) == []


def test_a_place_that_was_not_known_is_not_made_up() -> None:
    assert asked(MOVED, OLD, before=replace(OLD, place=None)) == []


@pytest.mark.parametrize(("first", "choices"), [(THURSDAY, 2), (date(2026, 12, 25), 1)])
def test_a_date_that_has_been_can_only_stay(first: date, choices: int) -> None:
    (found,) = asked(MOVED, MARTEN, first)

    assert list(found.choices) == [Choice.STAY, Choice.CARRY][:choices]


@given(
    new_day=st.none() | st.just(THURSDAY),
    opens=st.none() | st.sampled_from([TEN, time(11)]),
    place=st.none() | st.sampled_from(["room", "office"]),
    after=st.sampled_from([MARTEN, LATER, replace(MARTEN, opens=time(9))]),
)
def test_who_lets_a_date_stay_finds_it_where_and_when_it_was(
    new_day: date | None, opens: time | None, place: str | None, after: Series
) -> None:
    change = replace(MOVED, new_day=new_day, opens=opens, place=place)
    becomes = [one.choices[Choice.STAY] for one in asked(change, after)] or [change]

    def landed(series: Series, one: Change | None) -> list[object]:
        found = occurrences(series, TUESDAY, THURSDAY, Circumstances(changes=(one,) if one else ()))
        return [(date_.starts, date_.ends, date_.place or series.place) for date_ in found if date_.target is None]

    assert landed(after, becomes[0]) == landed(OLD, change)
    assert [one for one in becomes if one and asked(one, after, before=after)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("choice", "stays"), [(Choice.STAY, True), (Choice.CARRY, False)])
def test_a_moved_date_whose_times_go_to_another_place_is_asked_about_and_written(
    choice: Choice,
    stays: bool,  # noqa: FBT001  # what is expected
) -> None:
    schedule, marten = make_schedule(), make_standort("Marten")
    usual = schedule.standort
    change = make_change(schedule, TUESDAY, RowKind.MOVED, new_day=THURSDAY)
    off = make_called_off(change)
    before = before_edit([schedule.sprechstunde], TODAY)[schedule.sprechstunde_id]
    Schedule.objects.update(standort=marten)

    found = refits(before, Schedule.objects.all(), TODAY)
    questions = MisfitsForm(found).fields
    refit([(one, choice) for one in found], Schedule.objects.all(), None, NOW)

    told = "Donnerstag, 24. Dezember 2026, 10:00 – 12:00, Mengede/Huckarde"
    (question,) = questions.values()
    assert question.label == f"Dienstag, 22. Dezember 2026: verlegt auf {told} (Fortbildung). Dort fällt er aus."
    assert list(found[0].misfit.choices) == [Choice.STAY, Choice.CARRY]
    rows = Row.objects.in_bulk()
    assert [rows[pk].standort for pk in (change.pk, off.pk)] == [usual if stays else None] * 2


@pytest.mark.django_db
def test_an_older_portal_reads_what_is_called_off_as_cancelled_too() -> None:
    moved = make_change(make_schedule(), TUESDAY, RowKind.MOVED, new_day=THURSDAY, standort=make_standort("Marten"))
    make_called_off(moved)
    make_called_off(make_change(make_schedule(), TUESDAY, RowKind.EXTRA, opens=TEN, closes=NOON))

    _MIGRATION.leave_off(apps, None)

    (left,) = Row.objects.all()
    assert (left.pk, left.kind, left.day, left.reason) == (moved.pk, "cancelled", TUESDAY, "event")
    assert (left.new_day, left.standort, left.calls_off) == (None, None, None)


@pytest.mark.django_db
def test_extra_dates_from_before_get_the_place_of_their_times() -> None:
    marten = make_standort("Marten")
    extra = make_change(make_schedule(), TUESDAY, RowKind.EXTRA, opens=TEN, closes=NOON)
    there = make_change(make_schedule(), TUESDAY, RowKind.EXTRA, opens=TEN, closes=NOON, standort=marten)
    unknown = make_change(make_schedule(standort=None), TUESDAY, RowKind.EXTRA, opens=TEN, closes=NOON)
    moved = make_change(make_schedule(), TUESDAY, RowKind.MOVED, new_day=THURSDAY)

    _MIGRATION.name_places(apps, None)

    rows = Row.objects.in_bulk()
    assert [rows[row.pk].standort for row in (extra, there, unknown, moved)] == [
        extra.schedule.standort,
        marten,
        None,
        None,
    ]
