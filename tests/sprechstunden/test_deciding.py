"""What is decided about single dates is written whole, is taken back whole, and feeds learn of it each time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from sprechstunden import timetable
from sprechstunden.deciding import decide, take_back
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, StaffReason
from sprechstunden.occurrences import BERLIN
from standorte.models import Standort
from tests.factories import call_off, make_closure, make_schedule, make_standort, make_user

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 12, 14), date(2027, 1, 10)
NOW = datetime(2026, 12, 13, 15, 0, tzinfo=BERLIN)
SECOND = timedelta(seconds=1)
_days = st.dates(FIRST, LAST)
_ruled = [FIRST + timedelta(number) for number in range(28) if (FIRST + timedelta(number)).weekday() in {1, 4}]


@dataclass(frozen=True)
class Decision:
    """A change that somebody decides, perhaps in spite of all closures; what it places may be called off after all."""

    number: int
    kind: ChangeKind
    day: date
    new_day: date
    at_marten: bool
    in_spite: bool
    is_off: bool = False

    def made(self, schedule: Schedule, marten: Standort) -> Change:
        """Make the row; its identity is the same each time."""
        is_placed = self.kind in {ChangeKind.MOVED, ChangeKind.EXTRA}
        needs_reason = self.kind in {ChangeKind.CANCELLED, ChangeKind.MOVED}
        return Change(
            uid=UUID(int=self.number),
            schedule=schedule,
            kind=self.kind,
            day=self.day,
            new_day=self.new_day if self.kind == ChangeKind.MOVED else None,
            opens=time(14) if is_placed else None,
            closes=time(16) if is_placed else None,
            standort=marten if is_placed and self.at_marten else None,
            reason=StaffReason.EVENT if needs_reason else "",
        )


@st.composite
def decisions(draw: st.DrawFn) -> list[Decision]:
    """Draw changes of different dates, as the database wants them."""
    kinds = draw(st.lists(st.sampled_from(ChangeKind), min_size=1, max_size=5))
    ruled = draw(st.lists(st.sampled_from(_ruled), min_size=5, max_size=5, unique=True))
    free = draw(st.lists(_days, min_size=5, max_size=5, unique=True))
    return [
        Decision(
            number,
            kind,
            free[number] if kind == ChangeKind.EXTRA else ruled[number],
            free[number],
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for number, kind in enumerate(kinds)
    ]


def dates() -> list[object]:
    """Give all that a page reads of each date of all offers."""
    found = timetable.dates(timetable.versions(timetable.all_schedules(), FIRST), FIRST, LAST, NOW)
    return [(entry.occurrence, entry.state, entry.place_id, entry.target is None) for entry in found]


def write(
    asked: Sequence[Decision], schedule: Schedule, marten: Standort, without: Collection[int] = ()
) -> dict[int, Change]:
    """Write what is decided and what is called off, but for some, by number: what calls off another has ten more."""
    rows = {}
    for one in asked:
        row = one.made(schedule, marten)
        if one.number in without:
            continue
        rows[one.number] = row
        decide(row, None, NOW, Closure.objects.all() if one.in_spite else ())
        if one.is_off and row.places_a_date and one.number + 10 not in without:
            rows[one.number + 10] = call_off(row)
            rows[one.number + 10].uid = UUID(int=one.number + 10)
            decide(rows[one.number + 10], None, NOW)
    return rows


@settings(max_examples=30)
@given(asked=decisions(), closed=st.lists(st.tuples(_days, st.booleans()), max_size=2), data=st.data())
def test_taking_changes_back_leaves_the_dates_as_if_they_had_never_been_made(
    asked: list[Decision], closed: list[tuple[date, bool]], data: st.DataObject
) -> None:
    with transaction.atomic():
        schedule, marten = make_schedule(weekdays=("TU", "FR")), make_standort("Marten")
        for first, is_marten in closed:
            closure = make_closure(first, first + timedelta(9), standorte=[marten])
            Closure.objects.filter(pk=closure.pk).update(whole_network=not is_marten)
        before = dates()

        rows = write(asked, schedule, marten)
        undone = data.draw(st.permutations(list(rows)))[: data.draw(st.integers(0, len(rows)))]
        with transaction.atomic():
            Change.objects.all().delete()
            Closure.objects.update(kept=[])
            write(asked, schedule, marten, undone)
            expected = dates()
            transaction.set_rollback(True)
        for number in undone:
            take_back(rows[number], NOW)
        after_some = dates()
        for row in Change.objects.all():
            take_back(row, NOW)

        assert after_some == expected
        assert dates() == before
        assert [closure.kept for closure in Closure.objects.exclude(kept=[])] == []
        transaction.set_rollback(True)


def test_a_decision_notes_who_and_when_and_taking_it_back_keeps_what_others_keep() -> None:
    schedule, user = make_schedule(), make_user()
    closure = make_closure(FIRST, LAST)
    kept = [Decision(1, ChangeKind.MOVED, date(2026, 12, 15), date(2026, 12, 16), at_marten=False, in_spite=True)]
    kept += [Decision(2, ChangeKind.EXTRA, date(2026, 12, 17), FIRST, at_marten=False, in_spite=True)]
    moved, extra = (one.made(schedule, make_standort(f"Room {one.number}")) for one in kept)

    decide(moved, user, NOW, [closure])
    decide(extra, None, NOW, [closure])
    take_back(moved, NOW)

    closure.refresh_from_db()
    assert closure.kept == [{"uid": str(extra.uid), "day": "2026-12-17", "change": str(extra.uid)}]
    assert (moved.decided_by, moved.decided_at, extra.decided_by) == (user, NOW, None)


@settings(max_examples=10)
@given(moments=st.lists(st.integers(-3, 5), min_size=1, max_size=5))
def test_each_decision_makes_the_times_at_least_a_second_younger_whatever_the_clock_says(moments: list[int]) -> None:
    with transaction.atomic():
        schedule, other = make_schedule(), make_schedule()
        ages = [Schedule.objects.get(pk=schedule.pk).modified_at]
        for number, seconds in enumerate(moments):
            now = ages[0] + timedelta(seconds=seconds)
            row = Change(schedule=schedule, day=FIRST, kind=ChangeKind.HELD, uid=UUID(int=number))
            decide(row, None, now)
            ages.append(Schedule.objects.get(pk=schedule.pk).modified_at)
            take_back(row, now)
            ages.append(Schedule.objects.get(pk=schedule.pk).modified_at)

        younger = [later - earlier for earlier, later in pairwise(ages)]
        assert min(younger) >= SECOND
        assert Schedule.objects.get(pk=other.pk).modified_at == other.modified_at
        transaction.set_rollback(True)


def test_a_second_change_of_a_date_is_refused_whole() -> None:
    schedule, closure = make_schedule(), make_closure(FIRST, LAST)
    one = Decision(1, ChangeKind.MOVED, date(2026, 12, 15), date(2026, 12, 16), at_marten=False, in_spite=True)
    decide(one.made(schedule, make_standort("Marten")), None, NOW)
    age = Schedule.objects.get(pk=schedule.pk).modified_at

    with pytest.raises(IntegrityError), transaction.atomic():
        decide(Change(schedule=schedule, day=one.day, kind=ChangeKind.HELD), None, NOW, [closure])

    closure.refresh_from_db()
    assert (closure.kept, Change.objects.count(), Schedule.objects.get(pk=schedule.pk).modified_at) == ([], 1, age)


def test_a_closure_that_was_shortened_meanwhile_forgets_what_it_kept_too() -> None:
    schedule, closure = make_schedule(), make_closure(FIRST, LAST)
    asked = Decision(1, ChangeKind.MOVED, date(2026, 12, 15), date(2027, 1, 4), at_marten=False, in_spite=True)
    row = asked.made(schedule, make_standort("Marten"))
    decide(row, None, NOW, [closure])
    Closure.objects.update(last=FIRST)

    take_back(row, NOW)

    closure.refresh_from_db()
    assert closure.kept == []
