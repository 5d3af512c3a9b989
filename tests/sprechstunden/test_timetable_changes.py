"""What staff decide reaches the pages: where a date is, where it went, and that it counts as their word."""

from datetime import date, datetime, time, timedelta

import pytest

from sprechstunden import timetable
from sprechstunden.decided import Decided, decisions
from sprechstunden.entries import Entry, EntryState, first_of
from sprechstunden.models import ChangeKind, Schedule, StaffReason
from sprechstunden.occurrences import BERLIN
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.timetable import outlooks
from sprechstunden.wanted import Wanted, matching
from standorte.models import Standort
from tests.factories import (
    OFFICE,
    make_change,
    make_closure,
    make_schedule,
    make_sprechstunde,
    make_standort,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 29, 15, tzinfo=BERLIN)
CONFIRMED_ON, DECIDED_ON = date(2026, 11, 2), date(2026, 11, 27)
DECIDED_AT = datetime(2026, 11, 27, 9, tzinfo=BERLIN)
TUESDAY, WEDNESDAY, NEXT_TUESDAY = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 8)
LAST = date(2026, 12, 8)
PLANNED, CONFIRMED, CANCELLED, MOVED = (
    EntryState.PLANNED,
    EntryState.CONFIRMED,
    EntryState.CANCELLED,
    EntryState.MOVED,
)


def _all(first: date = TUESDAY, last: date = LAST) -> list[Entry]:
    return timetable.dates(timetable.versions(timetable.all_schedules(), first), first, last, NOW)


def _short(entries: list[Entry]) -> list[tuple[date, EntryState]]:
    return [(entry.day, entry.state) for entry in entries]


def _at(standort: Standort) -> tuple[list[tuple[date, EntryState]], list[tuple[date, EntryState]]]:
    """Give confirmed and other dates at a place in the first week."""
    found = outlooks([standort], NOW, 9)[standort.pk]
    halves = ([entry for entry in half if entry.day <= LAST] for half in (found.confirmed, found.unconfirmed))
    confirmed, others = (_short(half) for half in halves)
    return confirmed, others


def _office() -> Standort:
    return Standort.objects.get(name=OFFICE)


def test_a_date_moved_to_another_place_is_there_and_no_longer_at_the_old_one() -> None:
    marten = make_standort("Marten")
    schedule = make_schedule(confirmed_on=CONFIRMED_ON)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, standort=marten, new_day=WEDNESDAY)

    assert _at(marten) == ([(WEDNESDAY, CONFIRMED)], [])
    assert _at(_office()) == ([(TUESDAY, MOVED), (NEXT_TUESDAY, CONFIRMED)], [])
    moved, there, _next = _all()
    assert (moved.target, moved.place_id, there.place_id) == (there, _office().pk, marten.pk)
    assert (there.standort, there.takes_place, moved.takes_place) == (marten, True, False)


def test_a_place_to_which_one_date_comes_does_not_list_the_rule() -> None:
    marten = make_standort("Marten")
    make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, standort=marten)

    found = outlooks([marten], NOW, 9)[marten.pk]

    assert (found.dated, found.undated, found.has_ended) == ((), (), False)


def test_somebody_who_looks_for_a_place_finds_what_was_moved_there_only() -> None:
    marten = make_standort("Marten")
    make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, standort=marten, opens=time(14), closes=time(15))
    make_schedule(weekdays=("WE",))

    found = matching(timetable.all_schedules(), Wanted(standort=marten), TUESDAY)
    entries = timetable.dates(found, TUESDAY, LAST, NOW)

    assert [(entry.starts.isoformat(), entry.standort) for entry in entries] == [("2026-12-01T14:00:00+01:00", marten)]


def test_a_place_held_back_hides_the_date_that_was_moved_there() -> None:
    hidden = make_standort("Verborgen", is_published=False)
    make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, standort=hidden, new_day=WEDNESDAY)

    assert _short(_all()) == [(TUESDAY, MOVED), (NEXT_TUESDAY, PLANNED)]
    assert _at(hidden) == ([], [])


def test_a_date_moved_away_from_a_place_held_back_is_at_its_new_place_and_the_rule_stays_hidden() -> None:
    marten, hidden = make_standort("Marten"), make_standort("Verborgen", is_published=False)
    schedule = make_schedule(standort=hidden)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY, standort=marten)
    make_schedule(standort=hidden)  # of which no date is elsewhere

    assert [(entry.day, entry.standort) for entry in _all()] == [(WEDNESDAY, marten)]
    assert _at(marten) == ([(WEDNESDAY, CONFIRMED)], [])
    everywhere = timetable.outlook(timetable.versions(timetable.all_schedules(), TUESDAY), NOW, 9)
    assert (everywhere.dated, everywhere.undated, everywhere.has_ended) == ((), (), False)
    assert timetable.in_use(schedule.sprechstunde, TUESDAY) == []


def test_an_extra_date_is_there_at_its_own_place_and_time() -> None:
    marten = make_standort("Marten")
    extra = {"opens": time(17), "closes": time(18), "decided_at": DECIDED_AT}
    make_change(make_schedule(), WEDNESDAY, ChangeKind.EXTRA, standort=marten, **extra)  # type: ignore[arg-type]  # as said

    assert _at(marten) == ([(WEDNESDAY, CONFIRMED)], [])
    (entry,) = _all(WEDNESDAY, WEDNESDAY)
    assert (entry.starts.time(), entry.ends.time()) == (time(17), time(18))


def test_an_extra_date_without_a_place_is_where_its_times_are() -> None:
    schedule = make_schedule(standort=make_standort("Marten"))
    make_change(schedule, WEDNESDAY, ChangeKind.EXTRA, opens=time(17), closes=time(18))

    (entry,) = _all(WEDNESDAY, WEDNESDAY)

    assert entry.standort == schedule.standort


def test_what_is_held_takes_place_on_a_holiday_and_in_a_closure() -> None:
    schedule = make_schedule(weekdays=("FR",), confirmed_on=CONFIRMED_ON)
    make_closure(date(2026, 12, 14), date(2026, 12, 31))
    for day in (date(2026, 12, 18), date(2026, 12, 25)):
        make_change(schedule, day, ChangeKind.HELD)

    assert _short(_all(date(2026, 12, 11), date(2027, 1, 1))) == [
        (date(2026, 12, 11), CONFIRMED),
        (date(2026, 12, 18), CONFIRMED),
        (date(2026, 12, 25), CONFIRMED),
        (date(2027, 1, 1), CANCELLED),
    ]


def test_times_that_follow_the_school_holidays_pause_in_them_and_others_do_not() -> None:
    autumn = date(2026, 10, 13), date(2026, 11, 3)
    course = make_schedule(follows_school_holidays=True)
    make_schedule()

    found = [
        (entry.day.day, entry.state, entry.occurrence.reason) for entry in _all(*autumn) if entry.schedule == course
    ]
    others = [entry.state for entry in _all(*autumn) if entry.schedule != course]

    break_ = Reason(ReasonKind.SCHOOL_HOLIDAYS, "Autumn Break")
    assert found == [
        (13, PLANNED, None),
        (20, CANCELLED, break_),
        (27, CANCELLED, break_),
        (3, PLANNED, None),
    ]
    assert others == [PLANNED] * 4


@pytest.mark.parametrize(
    ("kind", "fields", "confirmed", "others"),
    [
        (ChangeKind.HELD, {}, [(TUESDAY, CONFIRMED)], [(NEXT_TUESDAY, PLANNED)]),
        # What was moved away and what is cancelled is no word about these times: it stays with them.
        (
            ChangeKind.MOVED,
            {"new_day": WEDNESDAY},
            [(WEDNESDAY, CONFIRMED)],
            [(TUESDAY, MOVED), (NEXT_TUESDAY, PLANNED)],
        ),
        (ChangeKind.CANCELLED, {}, [], [(TUESDAY, CANCELLED), (NEXT_TUESDAY, PLANNED)]),
        (
            ChangeKind.EXTRA,
            {"opens": time(8), "closes": time(9)},
            [(TUESDAY, CONFIRMED)],
            [(TUESDAY, PLANNED), (NEXT_TUESDAY, PLANNED)],
        ),
    ],
)
def test_a_date_staff_decided_about_is_confirmed_although_its_times_are_not(
    kind: ChangeKind,
    fields: dict[str, object],
    confirmed: list[tuple[date, EntryState]],
    others: list[tuple[date, EntryState]],
) -> None:
    make_change(make_schedule(), TUESDAY, kind, decided_at=DECIDED_AT, **fields)  # type: ignore[arg-type]  # as said

    assert _at(_office()) == (confirmed, others)
    shown = outlooks([_office()], NOW, 9)[_office().pk]
    assert {entry.confirmed_on for entry in shown.confirmed} == ({DECIDED_ON} if confirmed else set())
    assert {entry.confirmed_on for entry in shown.unconfirmed} == {None}


def test_a_moved_date_that_a_closure_hits_is_cancelled_where_it_went_and_confirms_nothing() -> None:
    schedule = make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=WEDNESDAY, decided_at=DECIDED_AT)
    closure = make_closure(WEDNESDAY, WEDNESDAY)

    assert _at(_office()) == ([], [(TUESDAY, MOVED), (WEDNESDAY, CANCELLED), (NEXT_TUESDAY, PLANNED)])
    moved, there, _next = _all()
    assert (there.decision, there.occurrence.reason, moved.target) == (closure, Reason(ReasonKind.EVENT), there)


def test_a_cancelled_date_keeps_its_row_and_its_reason() -> None:
    schedule = make_schedule(confirmed_on=CONFIRMED_ON)
    change = make_change(schedule, TUESDAY, reason=StaffReason.STAFF_SHORTAGE)

    cancelled, following = _all()

    assert (cancelled.decision, cancelled.occurrence.reason) == (change, Reason(ReasonKind.STAFF_SHORTAGE))
    assert (following.decision, following.occurrence.reason) == (None, None)


def test_a_change_of_one_offer_touches_no_other_offer_at_the_same_time() -> None:
    make_change(make_schedule(), TUESDAY)
    other = make_schedule()

    assert [(entry.day, entry.state) for entry in _all() if entry.schedule == other] == [
        (TUESDAY, PLANNED),
        (NEXT_TUESDAY, PLANNED),
    ]


def test_the_place_of_a_change_is_found_by_its_key_and_no_other() -> None:
    marten = make_standort("Marten")
    row = make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, standort=marten)

    decided = Decided(rows={row.key: row})

    assert (decided.place(str(marten.pk)), decided.place("0")) == (marten, None)


def test_next_dates_reach_a_date_that_was_moved_far_away() -> None:
    far = date(2031, 5, 6)
    schedule = make_schedule(valid_until=TUESDAY)
    make_change(schedule, TUESDAY, ChangeKind.MOVED, new_day=far)

    found = timetable.next_dates(schedule, NOW, 3, decisions(None, NOW.date()))

    assert _short(found) == [(TUESDAY, MOVED), (far, CONFIRMED)]


def test_many_times_are_fetched_without_naming_each() -> None:
    offer = make_sprechstunde()
    for number in range(501):
        make_schedule(offer, valid_from=date(2020, 1, 1) + timedelta(number))
    make_change(Schedule.objects.get(valid_from=date(2021, 5, 15)), TUESDAY)

    assert _short(_all()) == [(TUESDAY, CANCELLED), (NEXT_TUESDAY, PLANNED)]


def test_of_dates_in_a_row_the_first_that_take_place_are_kept_and_half_as_many_that_do_not() -> None:
    schedule = make_schedule(weekdays=("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
    for number in (1, 2, 3, 5):
        make_change(schedule, date(2026, 12, number))
    entries = _all(date(2026, 12, 1), date(2026, 12, 8))

    assert [entry.day.day for entry in first_of(entries, 3)] == [1, 4, 6, 7]
    assert [entry.day.day for entry in first_of(entries, 4)] == [1, 2, 4, 6, 7, 8]
    assert (first_of(entries, 0), first_of(entries, -1), first_of([], 3)) == ([], [], [])
