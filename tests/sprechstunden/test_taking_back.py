"""Taking back what was decided gives exactly the dates that were there before, whatever it was."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sprechstunden import deciding, timetable
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, StaffReason
from sprechstunden.occurrences import BERLIN, Occurrence
from tests.factories import call_off, make_change, make_closure, make_schedule

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 29, 15, tzinfo=BERLIN)
_days = st.dates(date(2026, 12, 1), date(2027, 1, 31))
_hours = st.sampled_from([(None, None), (time(9), None), (None, time(16)), (time(14), time(15))])


@st.composite
def _changes(draw: st.DrawFn) -> Change:
    """Draw a change that is not saved and belongs to no times yet."""
    kind = draw(st.sampled_from(ChangeKind))
    change = Change(kind=kind, day=draw(_days))
    if kind in {ChangeKind.CANCELLED, ChangeKind.MOVED}:
        change.reason = StaffReason.EVENT
    if kind == ChangeKind.MOVED:
        change.new_day, (change.opens, change.closes) = draw(_days), draw(_hours)
    if kind == ChangeKind.EXTRA:
        change.opens, change.closes = time(14), time(15)
    return change


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=_changes(), closed=st.booleans())
def test_what_is_decided_and_taken_back_leaves_the_dates_as_they_were(
    two_offers: tuple[Schedule, Schedule],
    change: Change,
    closed: bool,  # noqa: FBT001  # drawn
) -> None:
    change.schedule, others = two_offers
    closures = [make_closure(change.day, change.day + timedelta(20))] if closed else []
    before = _occurrences()

    deciding.decide(change, None, NOW, in_spite_of=closures)
    changed = _occurrences()
    if change.places_a_date:
        off = call_off(change)
        deciding.decide(off, None, NOW)
        # It moves nothing: the same dates stand there, at the same hours.
        assert [one[:4] for one in _occurrences()] == [one[:4] for one in changed]
        deciding.take_back(off, NOW)
        assert _occurrences() == changed
    deciding.take_back(change, NOW)

    assert _occurrences() == before
    own, other = (str(schedule.uid) for schedule in two_offers)
    assert others.changes.count() == 1
    assert [one for one in changed if one.key == other] == [one for one in before if one.key == other]
    assert {one[:2] for one in {*changed} ^ {*before}} <= {(own, change.day), (change.key, change.day)}
    Closure.objects.all().delete()


@pytest.fixture
def two_offers() -> tuple[Schedule, Schedule]:
    """Make times that change, and beside them others with a change of their own."""
    others = make_schedule()
    make_change(others, date(2026, 12, 1))
    return make_schedule(weekdays=("TU", "FR"), follows_school_holidays=True), others


def _occurrences() -> list[Occurrence]:
    first, last = date(2026, 11, 24), date(2027, 2, 28)
    found = timetable.versions(timetable.all_schedules(), first)
    return [entry.occurrence for entry in timetable.dates(found, first, last, NOW)]
