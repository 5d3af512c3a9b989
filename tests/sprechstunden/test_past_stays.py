"""Whatever staff do to times in the admin, one thing after the other: dates that are past stay exactly as they were."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lokalwillkommen.accounts.models import User
from sprechstunden.decided import decisions
from sprechstunden.fields import WeekdaysField
from sprechstunden.models import ChangeKind, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from sprechstunden.timetable import dates, in_force
from tests.factories import make_change, make_closure, make_schedule, make_standort
from tests.offer_form import change_url, german, new_times, open_form, staff_client
from tests.pages import FormData

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 24, 15, 0, tzinfo=BERLIN)  # a Tuesday afternoon
LONG_AGO = date(2026, 9, 1)
HOURS = (("09:00", "11:00"), ("10:00", "12:00"), ("16:00", "18:00"))
Past = list[tuple[datetime, datetime, str, int | None]]
near = st.integers(-9, 40)


@dataclass
class Edit:
    """What somebody does in the form, after some days; what is asked is answered by these numbers."""

    kind: str
    first: int
    weekdays: list[str]
    hours: tuple[str, str]
    later: int
    answers: list[int] = field(default_factory=list)

    def typed(self, form: FormData, today: date) -> FormData:
        """Give what is typed into the form."""
        day, (opens, closes) = german(today + timedelta(self.first)), self.hours
        stored = int(str(form["schedules-2-INITIAL_FORMS"]))
        if self.kind == "end":
            return {"schedules-0-valid_until": day}
        if self.kind == "endless":
            return {"schedules-0-valid_until": ""}
        if self.kind == "delete" and stored:
            return new_times(DELETE="on")
        number = 0 if self.kind == "edit" and stored else stored
        return new_times(number, valid_from=day, weekdays=self.weekdays, opens=opens, closes=closes)


edits = st.builds(
    Edit,
    kind=st.sampled_from(["new", "new", "edit", "delete", "end", "endless"]),
    first=near,
    weekdays=st.lists(st.sampled_from(WeekdaysField.codes), min_size=1, max_size=3, unique=True),
    hours=st.sampled_from(HOURS),
    later=st.integers(0, 9),
    answers=st.lists(st.integers(0, 2), min_size=6, max_size=6),
)


@st.composite
def decided(draw: st.DrawFn) -> list[tuple[int, ChangeKind, int]]:
    """Draw changes of Tuesdays near the start, each of another one: which Tuesday, what, and for how many days."""
    tuesdays = draw(st.lists(st.integers(-3, 5), max_size=5, unique=True))
    return [(tuesday, draw(st.sampled_from(ChangeKind.values)), draw(st.integers(-20, 20))) for tuesday in tuesdays]  # type: ignore[misc]  # values of it


@given(decided(), st.lists(edits, min_size=1, max_size=3))
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_no_sequence_of_edits_changes_what_is_past(
    changes: list[tuple[int, ChangeKind, int]], sequence: list[Edit]
) -> None:
    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        staff, schedule = staff_client(), make_schedule(valid_from=LONG_AGO)
        user = User.objects.get()
        _decide(schedule, changes)
        for edit in sequence:
            clock.shift(timedelta(edit.later))
            staff.force_login(user)  # a session lasts two weeks
            now = datetime.now(BERLIN)
            before = _past(schedule.sprechstunde, now)

            _send(staff, schedule.sprechstunde, edit, now.date())

            assert _past(schedule.sprechstunde, now) == before
        transaction.set_rollback(True)


def _decide(schedule: Schedule, changes: list[tuple[int, ChangeKind, int]]) -> None:
    elsewhere = make_standort()
    for tuesday, kind, days in changes:
        day = START.date() + timedelta(7 * tuesday)
        if kind == ChangeKind.MOVED:
            make_change(schedule, day, kind, new_day=day + timedelta(days), standort=elsewhere if days % 2 else None)
        elif kind == ChangeKind.EXTRA:
            make_change(schedule, day + timedelta(1), kind, opens=time(14), closes=time(16))
        else:
            make_change(schedule, day, kind)
    closure = make_closure(START.date() - timedelta(8), START.date() + timedelta(15))
    closure.keep(schedule.uid, START.date() - timedelta(7))
    closure.keep(schedule.uid, START.date() + timedelta(7))
    closure.save()


def _send(staff: Client, offer: Sprechstunde, edit: Edit, today: date) -> None:
    """Send the form, answer what is asked, and send it again; the form may refuse."""
    path = change_url(offer)
    form = open_form(staff, path)
    data = form | edit.typed(form, today)
    response = staff.post(path, data)
    if response.status_code == 200 and (questions := response.context.get("misfits")):
        for (name, asked), answer in zip(questions.fields.items(), edit.answers, strict=False):
            data[name] = asked.choices[answer % len(asked.choices)][0]
        response = staff.post(path, data)
    assert response.status_code in {200, 302}


def _past(offer: Sprechstunde, now: datetime) -> Past:
    """Give all that has begun: when it was, what became of it, where."""
    rows = list(Schedule.objects.filter(sprechstunde=offer).for_pages())
    entries = dates(in_force(rows, decisions(rows, LONG_AGO)), LONG_AGO, now.date(), now)
    return [
        (entry.starts, entry.ends, "held" if entry.takes_place else "off", entry.place_id)
        for entry in entries
        if entry.starts <= now
    ]
