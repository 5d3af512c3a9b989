"""Dates are at the time on the door, say why they do not take place, and never depend on who asks."""

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.changes import Circumstances
from sprechstunden.occurrences import BERLIN, Occurrence, is_during, occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Once, Undated, Weekly, days
from sprechstunden.series import Series, chain
from tests.sprechstunden.strategies import (
    BEGIN,
    END,
    NOON,
    TEN,
    days_of_our_time,
    series,
    some_closing_days,
    windows,
)

TUESDAYS = Series("tuesdays", Weekly((1,)), TEN, NOON)
CLOSED = Reason(ReasonKind.CLOSING_DAY, "Christmas Eve")


def test_an_occurrence_carries_its_identity_and_its_times_in_berlin() -> None:
    found = list(occurrences(TUESDAYS, date(2026, 12, 1), date(2026, 12, 7)))

    starts = datetime(2026, 12, 1, 10, tzinfo=BERLIN)
    ends = datetime(2026, 12, 1, 12, tzinfo=BERLIN)
    assert found == [Occurrence("tuesdays", date(2026, 12, 1), starts, ends, OccurrenceState.PLANNED, None)]
    assert found[0].starts.isoformat() == "2026-12-01T10:00:00+01:00"


def test_a_closing_day_cancels_its_own_date_only_and_says_why() -> None:
    thursdays = replace(TUESDAYS, rule=Weekly((3,)))

    found = occurrences(thursdays, date(2026, 12, 17), date(2026, 12, 31), Circumstances({date(2026, 12, 24): CLOSED}))

    assert [(one.original_day, one.state, one.reason) for one in found] == [
        (date(2026, 12, 17), OccurrenceState.PLANNED, None),
        (date(2026, 12, 24), OccurrenceState.CANCELLED, CLOSED),
        (date(2026, 12, 31), OccurrenceState.PLANNED, None),
    ]


def test_the_codes_of_reasons_and_states_stay_because_they_are_stored() -> None:
    assert [*ReasonKind, *OccurrenceState] == [
        "staff_shortage",
        "training",
        "public_holiday",
        "school_holidays",
        "closing_day",
        "room_not_available",
        "event",
        "other",
        "planned",
        "cancelled",
        "moved",
    ]


@pytest.mark.parametrize(("value", "name"), [(TUESDAYS, "rule"), (CLOSED, "kind")])
def test_a_value_stays_as_it_was_made(value: Series | Reason, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_a_closing_day_adds_no_date() -> None:
    found = occurrences(TUESDAYS, date(2026, 12, 23), date(2026, 12, 28), Circumstances({date(2026, 12, 24): CLOSED}))

    assert list(found) == []


def test_what_is_held_on_closing_days_takes_place() -> None:
    held = replace(TUESDAYS, rule=Weekly((3,)), held_on_closing_days=True)

    found = occurrences(held, date(2026, 12, 24), date(2026, 12, 24), Circumstances({date(2026, 12, 24): CLOSED}))

    assert [(one.state, one.reason) for one in found] == [(OccurrenceState.PLANNED, None)]


@pytest.mark.parametrize(
    "without_dates",
    [
        replace(TUESDAYS, rule=Undated()),
        replace(TUESDAYS, opens=None),
        replace(TUESDAYS, closes=None),
        replace(TUESDAYS, opens=None, closes=None),
    ],
)
def test_what_is_not_known_is_never_dated(without_dates: Series) -> None:
    assert list(occurrences(without_dates, date(2026, 1, 1), date(2026, 12, 31))) == []


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "expected"),
    [
        (None, None, [1, 8, 15, 22, 29]),
        (date(2026, 12, 8), None, [8, 15, 22, 29]),
        (date(2026, 12, 9), None, [15, 22, 29]),
        (None, date(2026, 12, 22), [1, 8, 15, 22]),
        (None, date(2026, 12, 21), [1, 8, 15]),
        (date(2026, 12, 15), date(2026, 12, 15), [15]),
        (date(2026, 12, 16), date(2026, 12, 15), []),
        (date(2020, 1, 1), date(2030, 1, 1), [1, 8, 15, 22, 29]),
    ],
)
def test_a_version_is_valid_on_its_first_and_on_its_last_day(
    valid_from: date | None, valid_until: date | None, expected: list[int]
) -> None:
    version = replace(TUESDAYS, valid_from=valid_from, valid_until=valid_until)

    found = occurrences(version, date(2026, 12, 1), date(2026, 12, 31))

    assert [one.original_day.day for one in found] == expected


@pytest.mark.parametrize("year", range(2020, 2041))
def test_ten_is_ten_across_every_clock_change(year: int) -> None:
    daily = replace(TUESDAYS, rule=Weekly(tuple(range(7))))
    summer = range(_last_sunday(year, 3).toordinal(), _last_sunday(year, 10).toordinal())

    found = list(occurrences(daily, date(year, 1, 1), date(year, 12, 31)))

    days_of_year = range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    assert [one.starts.replace(tzinfo=None) for one in found] == [
        datetime.combine(date.fromordinal(day), TEN) for day in days_of_year
    ]
    assert [one.starts.astimezone(UTC).hour for one in found] == [8 if day in summer else 9 for day in days_of_year]
    assert {one.ends - one.starts for one in found} == {timedelta(hours=2)}


@pytest.mark.parametrize(
    ("day", "wall_clock", "instant"),
    [
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30:00+00:00"),
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),
    ],
)
def test_a_time_the_clock_skips_or_repeats_has_the_offset_from_before(
    day: date, wall_clock: time, instant: str
) -> None:
    (found,) = occurrences(Series("night", Once(day), wall_clock, time(4)), day, day)

    assert found.starts.astimezone(UTC).isoformat() == instant


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 12, 1, 9, 59, 59, 999999, tzinfo=BERLIN), False),
        (datetime(2026, 12, 1, 10, tzinfo=BERLIN), True),
        (datetime(2026, 12, 1, 11, 59, 59, 999999, tzinfo=BERLIN), True),
        (datetime(2026, 12, 1, 12, tzinfo=BERLIN), False),
        (datetime(2026, 12, 1, 8, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 9, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 10, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 11, tzinfo=UTC), False),
    ],
)
def test_a_date_is_on_at_its_start_and_over_at_its_end(now: datetime, expected: bool) -> None:  # noqa: FBT001
    (one,) = occurrences(TUESDAYS, date(2026, 12, 1), date(2026, 12, 1))

    assert is_during(one, now) is expected


@pytest.mark.parametrize(("fold", "expected"), [(0, True), (1, False)])
def test_the_hour_that_the_clock_repeats_counts_once(fold: int, expected: bool) -> None:  # noqa: FBT001
    night = date(2026, 10, 25)
    (one,) = occurrences(Series("night", Once(night), time(1, 30), time(2, 30)), night, night)

    assert is_during(one, datetime(2026, 10, 25, 2, 15, fold=fold, tzinfo=BERLIN)) is expected


def test_a_moment_without_a_zone_is_refused() -> None:
    (one,) = occurrences(TUESDAYS, date(2026, 12, 1), date(2026, 12, 1))

    with pytest.raises(TypeError):
        is_during(one, datetime(2026, 12, 1, 10))  # noqa: DTZ001


def test_each_version_is_in_force_until_the_next_one_begins() -> None:
    spring = replace(TUESDAYS, key="spring", valid_from=date(2026, 3, 1))
    autumn = replace(TUESDAYS, key="autumn", valid_from=date(2026, 9, 1), valid_until=date(2026, 12, 31))

    assert chain([autumn, TUESDAYS, spring]) == [
        replace(TUESDAYS, valid_until=date(2026, 2, 28)),
        replace(spring, valid_until=date(2026, 8, 31)),
        autumn,
    ]


def test_a_version_that_ends_by_itself_leaves_a_gap() -> None:
    until_summer = replace(TUESDAYS, valid_until=date(2026, 6, 30))
    autumn = replace(TUESDAYS, key="autumn", valid_from=date(2026, 9, 1))

    assert chain([until_summer, autumn]) == [until_summer, autumn]


@pytest.mark.parametrize("day", [None, date.min, date(2026, 3, 1)])
def test_of_versions_from_the_same_day_the_one_given_last_counts(day: date | None) -> None:
    one, other = (replace(TUESDAYS, key=key, valid_from=day) for key in ("one", "other"))

    assert chain([one, other]) == [other]


def test_a_chain_of_nothing_is_empty() -> None:
    assert chain([]) == []


@given(versions=st.lists(series(), max_size=5))
def test_versions_never_overlap(versions: list[Series]) -> None:
    ordered = chain(versions)

    for earlier, later in pairwise(ordered):
        assert later.valid_from is not None
        assert (earlier.valid_from or date.min) < later.valid_from
        assert earlier.valid_until is not None
        assert earlier.valid_until < later.valid_from


@given(one=series(), window=windows(), split=days_of_our_time | st.none(), data=st.data())
def test_a_chain_split_at_any_day_gives_the_union_of_its_parts(
    one: Series, window: tuple[date, date], split: date | None, data: st.DataObject
) -> None:
    whole = replace(one, valid_from=None)
    after = replace(whole, valid_from=split or data.draw(st.dates(*window)))

    parts = [found for version in chain([whole, after]) for found in occurrences(version, *window)]

    assert parts == list(occurrences(whole, *window))


@given(one=series(), window=windows(), data=st.data())
def test_dates_do_not_depend_on_the_window(one: Series, window: tuple[date, date], data: st.DataObject) -> None:
    first, last = window
    closed = Circumstances(data.draw(some_closing_days(first, last)))
    middle = data.draw(st.dates(first, last))

    parts = [
        *occurrences(one, first, middle, closed),
        *occurrences(one, middle + timedelta(1), last, closed),
    ]

    assert parts == list(occurrences(one, first, last, closed))


@given(one=series(), window=windows(), data=st.data())
def test_every_day_of_the_rule_is_there_and_planned_unless_it_closes(
    one: Series, window: tuple[date, date], data: st.DataObject
) -> None:
    closed = data.draw(some_closing_days(*window))
    first, last = max(window[0], one.valid_from or BEGIN), min(window[1], one.valid_until or date.max)

    found = list(occurrences(one, *window, Circumstances(closed)))

    reasons = {} if one.held_on_closing_days else closed
    assert [one.original_day for one in found] == list(days(one.rule, first, last))
    assert [one.reason for one in found] == [reasons.get(one.original_day) for one in found]
    assert _days_in(found, OccurrenceState.PLANNED) & reasons.keys() == set()
    assert _days_in(found, OccurrenceState.CANCELLED) <= reasons.keys()


@given(one=series(), day=st.dates(BEGIN, END))
def test_the_wall_clock_of_a_series_never_changes(one: Series, day: date) -> None:
    found = list(occurrences(one, day, day + timedelta(400)))

    assert [(one.starts.time(), one.ends.time()) for one in found] == [(one.opens, one.closes)] * len(found)
    assert [one.starts.date() for one in found] == [one.original_day for one in found]


def _days_in(found: Iterable[Occurrence], state: OccurrenceState) -> set[date]:
    return {one.original_day for one in found if one.state is state}


def _last_sunday(year: int, month: int) -> date:
    return max(day for day in (date(year, month, number) for number in range(25, 32)) if day.isoweekday() % 7 == 0)
