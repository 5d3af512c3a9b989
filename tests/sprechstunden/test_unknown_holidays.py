"""Where school holidays are not known yet, nothing that pauses in them is said to be sure."""

from datetime import date, datetime, time, timedelta

import pytest

from sprechstunden import feeds, timetable
from sprechstunden.entries import Entry, EntryState
from sprechstunden.models import ChangeKind
from sprechstunden.occurrences import BERLIN
from sprechstunden.school_holidays import school_holidays_known_until
from tests.factories import make_change, make_closure, make_office, make_schedule, make_sprechstunde
from tests.sprechstunden.reading import by_javascript, by_python, events, make_steady, raw, written

pytestmark = pytest.mark.django_db
KNOWN = school_holidays_known_until()
LATER = [KNOWN + timedelta((1 - KNOWN.weekday()) % 7 + 7 * weeks) for weeks in range(1, 6)]  # Tuesdays


def on(day: date, hour: int = 11) -> list[Entry]:
    now = datetime.combine(day, time(hour), BERLIN)
    return timetable.dates(timetable.versions(timetable.all_schedules(), day), day, day, now)


def test_times_that_pause_in_school_holidays_end_in_calendars_where_these_are_not_known_yet() -> None:
    make_steady()
    make_steady(follows_school_holidays=True)
    make_steady(follows_school_holidays=True, valid_until=KNOWN - timedelta(7))
    make_steady(follows_school_holidays=True, valid_from=KNOWN + timedelta(1))

    rules = [raw(event, "RRULE")[0] for event in events(today=KNOWN)]

    ends = [part for rule in rules for part in rule.split(";") if part.startswith("UNTIL")]
    assert ends == [
        f"UNTIL={feeds.horizon(KNOWN):%Y%m%d}T215959Z",
        f"UNTIL={KNOWN:%Y%m%d}T215959Z",
        f"UNTIL={KNOWN - timedelta(7):%Y%m%d}T215959Z",
    ]


def test_beyond_that_what_staff_have_decided_still_stands_in_calendars() -> None:
    for first in (None, KNOWN + timedelta(1)):
        schedule = make_steady(follows_school_holidays=True, valid_from=first)
        make_change(schedule, LATER[0])
        make_change(schedule, LATER[1], ChangeKind.HELD)
        make_change(schedule, LATER[2], ChangeKind.MOVED, new_day=LATER[2] + timedelta(1))
        make_change(schedule, LATER[2], ChangeKind.EXTRA, opens=time(14), closes=time(15))
    make_closure(LATER[3], LATER[3])

    ics = written(today=KNOWN).to_ical()
    found = by_python(ics, KNOWN)

    seen = [(shown.starts.astimezone(BERLIN).date(), shown.takes_place) for shown in found]
    decided = [(LATER[0], False), (LATER[1], True), (LATER[2], True), (LATER[2] + timedelta(1), True)]
    assert sorted(seen) == [one for one in decided for _twice in range(2)]
    assert by_javascript([(ics, KNOWN)]) == [found]


def test_a_date_that_may_be_in_holidays_opens_no_place() -> None:
    office = make_office()
    fields = {"confirmed_on": date(2029, 8, 1), "opens": time(10), "closes": time(12)}
    for follows in (True, False):
        make_schedule(make_sprechstunde(office=office), follows_school_holidays=follows, **fields)  # type: ignore[arg-type]
    put = make_schedule(make_sprechstunde(office=office), weekdays=("MO",), follows_school_holidays=True)
    make_change(put, LATER[0] - timedelta(1), ChangeKind.MOVED, new_day=LATER[0])

    found = [(entry.state, entry.may_be_in_holidays) for entry in on(LATER[0])]

    assert found == [(EntryState.CONFIRMED, True), (EntryState.OPEN, False), (EntryState.OPEN, False)]


def test_in_the_days_that_are_known_nothing_is_unsure() -> None:
    make_schedule(follows_school_holidays=True, confirmed_on=date(2026, 11, 2))

    assert [(entry.state, entry.may_be_in_holidays) for entry in on(date(2026, 11, 24))] == [(EntryState.OPEN, False)]
