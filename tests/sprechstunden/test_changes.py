"""Staff cancel, move, add and hold single dates; nothing else changes, and undoing brings back what was."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure, fits
from sprechstunden.occurrences import BERLIN, Occurrence, occurrences
from sprechstunden.precedence import Because, Layer, OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Undated, Weekly
from sprechstunden.series import Series
from tests.sprechstunden.strategies import NOON, TEN

TUESDAYS = Series("tuesdays", Weekly((1,)), TEN, NOON)
TUESDAY = date(2026, 12, 1)
FRIDAY = date(2026, 12, 4)
TRAINING = Reason(ReasonKind.TRAINING)
MOVED = Change("move", "tuesdays", TUESDAY, ChangeKind.MOVED, FRIDAY, time(14), time(15, 30), "marten", TRAINING)
CANCELLED = Change("cancel", "tuesdays", TUESDAY, ChangeKind.CANCELLED, reason=TRAINING)
EXTRA = Change("extra", "tuesdays", FRIDAY, ChangeKind.EXTRA)
HELD = Change("hold", "tuesdays", TUESDAY, ChangeKind.HELD)


def _dates(*changes: Change, first: date = TUESDAY, last: date = FRIDAY, one: Series = TUESDAYS) -> list[Occurrence]:
    return list(occurrences(one, first, last, Circumstances(changes=changes)))


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def _instants(found: list[Occurrence]) -> list[tuple[OccurrenceState, datetime, datetime, str | None]]:
    return [(one.state, one.starts, one.ends, one.place) for one in found]


def test_the_codes_of_kinds_and_layers_stay_because_they_are_stored() -> None:
    assert [*ChangeKind, *Layer] == [
        *("cancelled", "moved", "extra", "held"),
        *("held", "closure", "change", "school_holidays", "closing_day", "rule"),
    ]


@pytest.mark.parametrize("value", [MOVED, Closure("closure", TUESDAY, FRIDAY, TRAINING), Circumstances()])
def test_a_value_stays_as_it_was_made(value: Change | Closure | Circumstances) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, value.__slots__[0], None)


def test_a_cancelled_date_stays_in_view_with_its_reason() -> None:
    (found,) = _dates(CANCELLED)

    assert (found.state, found.reason, found.because) == (
        OccurrenceState.CANCELLED,
        TRAINING,
        Because(Layer.CHANGE, "cancel"),
    )


def test_a_moved_date_says_where_it_went_and_keeps_its_identity() -> None:
    because = Because(Layer.CHANGE, "move")
    there = Occurrence(
        *("tuesdays", TUESDAY, _at(FRIDAY, 14), _at(FRIDAY, 15, 30), OccurrenceState.PLANNED, None),
        *(because, "marten"),
    )
    here = Occurrence(
        *("tuesdays", TUESDAY, _at(TUESDAY, 10), _at(TUESDAY, 12), OccurrenceState.MOVED, TRAINING),
        *(because, None, there),
    )

    assert _dates(MOVED) == [here, there]
    assert _dates(MOVED, last=TUESDAY) == [here]
    assert _dates(MOVED, first=FRIDAY) == [there]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (replace(MOVED, opens=None, closes=None, place=None), (_at(FRIDAY, 10), _at(FRIDAY, 12), None)),
        (replace(MOVED, new_day=None, place=None), (_at(TUESDAY, 14), _at(TUESDAY, 15, 30), None)),
        (replace(MOVED, new_day=None, opens=None, closes=None), (_at(TUESDAY, 10), _at(TUESDAY, 12), "marten")),
        (replace(MOVED, opens=None), (_at(FRIDAY, 10), _at(FRIDAY, 15, 30), "marten")),
        (replace(MOVED, opens=time(0), closes=None), (_at(FRIDAY, 0), _at(FRIDAY, 12), "marten")),
    ],
)
def test_what_a_move_does_not_name_is_as_it_was(change: Change, expected: tuple[datetime, datetime, str]) -> None:
    found = _instants(_dates(change))

    assert found == [
        (OccurrenceState.MOVED, _at(TUESDAY, 10), _at(TUESDAY, 12), None),
        (OccurrenceState.PLANNED, *expected),
    ]


def test_a_date_moved_onto_another_one_stands_beside_it() -> None:
    found = _dates(replace(MOVED, new_day=date(2026, 12, 8), opens=None, closes=time(11)), last=date(2026, 12, 8))

    assert [(one.original_day.day, one.starts.day, one.ends.hour, one.state) for one in found] == [
        (1, 1, 12, OccurrenceState.MOVED),
        (8, 8, 12, OccurrenceState.PLANNED),
        (1, 8, 11, OccurrenceState.PLANNED),
    ]


def test_a_move_and_the_date_before_it_on_one_day_are_in_the_order_of_the_clock() -> None:
    found = _dates(EXTRA, replace(MOVED, opens=time(9)), replace(EXTRA, key="early", opens=time(8)))

    assert [(one.key, one.starts.hour) for one in found] == [
        ("tuesdays", 10),
        ("early", 8),
        ("tuesdays", 9),
        ("extra", 10),
    ]


def test_the_order_in_which_changes_are_given_does_not_matter() -> None:
    changes = [
        replace(EXTRA, key="b"),
        replace(EXTRA, key="a"),
        replace(MOVED, opens=None, closes=None),
        replace(MOVED, day=date(2026, 12, 8), new_day=FRIDAY, opens=None, closes=None),
    ]

    found = _dates(*changes, first=FRIDAY)

    assert [(one.key, one.original_day.day) for one in found] == [("tuesdays", 1), ("a", 4), ("b", 4), ("tuesdays", 8)]
    assert _dates(*reversed(changes), first=FRIDAY) == found


def test_an_extra_date_has_its_own_identity() -> None:
    (found,) = _dates(replace(EXTRA, opens=time(16), closes=time(18), place="marten"), first=FRIDAY)

    assert found == Occurrence(
        *("extra", FRIDAY, _at(FRIDAY, 16), _at(FRIDAY, 18), OccurrenceState.PLANNED, None),
        *(Because(Layer.CHANGE, "extra"), "marten"),
    )


def test_an_extra_date_is_possible_where_there_are_no_fixed_times() -> None:
    by_agreement = Series("tuesdays", Undated(), None, None)

    found = _dates(replace(EXTRA, opens=TEN, closes=NOON), EXTRA, one=by_agreement)

    assert _instants(found) == [(OccurrenceState.PLANNED, _at(FRIDAY, 10), _at(FRIDAY, 12), None)]


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_date_moved_over_a_clock_change_keeps_its_wall_clock(year: int) -> None:
    for month, offset in ((3, 2), (10, 1)):
        sunday = max(day for day in (date(year, month, number) for number in range(25, 32)) if day.weekday() == 6)
        saturday = sunday - timedelta(1)
        one = replace(TUESDAYS, rule=Weekly((5,)), opens=time(0), closes=time(23, 59, 59))
        change = replace(MOVED, day=saturday, new_day=sunday, opens=None, closes=None)

        (found,) = _dates(change, first=sunday, last=sunday, one=one)

        assert (found.starts.replace(tzinfo=None), found.ends.time()) == (datetime.combine(sunday, time(0)), one.closes)
        assert found.ends.utcoffset() == timedelta(hours=offset)
        assert found.starts.astimezone(UTC).hour == 24 - (3 - offset)


@pytest.mark.parametrize("changes", [(CANCELLED, MOVED), (MOVED, CANCELLED)])
def test_of_two_changes_of_one_date_the_one_given_last_counts(changes: tuple[Change, Change]) -> None:
    assert _dates(*changes) == _dates(changes[1])


@pytest.mark.parametrize("other", [CANCELLED, MOVED])
def test_held_wins_over_every_other_change_of_its_date(other: Change) -> None:
    assert _dates(HELD, other) == _dates(other, HELD) == _dates(HELD)


@pytest.mark.parametrize(
    "change",
    [
        replace(MOVED, day=date(2026, 12, 2)),
        replace(CANCELLED, day=date(2026, 12, 2)),
        replace(HELD, day=date(2026, 12, 2)),
        replace(CANCELLED, day=date(2026, 11, 24)),
        replace(HELD, day=date(2026, 12, 15)),
        replace(MOVED, day=date(2026, 11, 24)),
        replace(MOVED, opens=NOON, closes=None),
        replace(MOVED, opens=None, closes=TEN),
        replace(EXTRA, opens=NOON),
        replace(EXTRA, day=date(2026, 11, 30)),
        replace(EXTRA, day=date(2026, 12, 9)),
    ],
)
def test_what_no_longer_fits_is_listed_and_has_no_effect(change: Change) -> None:
    one = replace(TUESDAYS, valid_from=TUESDAY, valid_until=date(2026, 12, 8))
    window = {"first": date(2026, 11, 1), "last": date(2026, 12, 31)}

    assert [fits(one, each) for each in (EXTRA, change, CANCELLED)] == [True, False, True]
    assert _dates(change, one=one, **window) == _dates(one=one, **window)


OFF_THERE = Change("off", "tuesdays", FRIDAY, ChangeKind.CANCELLED, reason=Reason(ReasonKind.EVENT), calls_off="move")


def test_a_moved_date_that_is_called_off_stays_in_view_on_both_days_with_the_reason_of_each() -> None:
    there = Occurrence(
        *("tuesdays", TUESDAY, _at(FRIDAY, 14), _at(FRIDAY, 15, 30), OccurrenceState.CANCELLED, OFF_THERE.reason),
        *(Because(Layer.CHANGE, "off"), "marten"),
    )
    here = Occurrence(
        *("tuesdays", TUESDAY, _at(TUESDAY, 10), _at(TUESDAY, 12), OccurrenceState.MOVED, TRAINING),
        *(Because(Layer.CHANGE, "move"), None, there),
    )

    assert _dates(MOVED, OFF_THERE) == _dates(OFF_THERE, MOVED) == [here, there]
    assert _dates(OFF_THERE, MOVED, first=FRIDAY) == [there]


def test_an_extra_date_that_is_called_off_stays_in_view() -> None:
    off = replace(OFF_THERE, calls_off="extra")

    (found,) = _dates(EXTRA, off, first=FRIDAY)

    assert (found.identity, found.state, found.reason) == (
        ("extra", FRIDAY),
        OccurrenceState.CANCELLED,
        OFF_THERE.reason,
    )
    assert _instants(_dates(EXTRA, replace(off, calls_off="other"), first=FRIDAY)) == _instants(
        _dates(EXTRA, first=FRIDAY)
    )


def test_a_closure_gives_its_reason_before_what_calls_a_date_off() -> None:
    closures = (Closure("closure", FRIDAY, FRIDAY, TRAINING),)

    (found,) = occurrences(TUESDAYS, FRIDAY, FRIDAY, Circumstances(changes=(MOVED, OFF_THERE), closures=closures))

    assert found.because == Because(Layer.CLOSURE, "closure")


def test_what_calls_a_date_off_says_nothing_about_the_date_of_the_rule_on_that_day() -> None:
    onto_the_next = replace(MOVED, new_day=date(2026, 12, 8))
    off = replace(OFF_THERE, day=date(2026, 12, 8))

    found = _dates(onto_the_next, off, first=date(2026, 12, 8), last=date(2026, 12, 8))

    assert [(one.original_day.day, one.state) for one in found] == [
        (8, OccurrenceState.PLANNED),
        (1, OccurrenceState.CANCELLED),
    ]
    assert fits(TUESDAYS, OFF_THERE)


def test_a_change_of_other_times_has_no_effect() -> None:
    others = [replace(change, series_key="other") for change in (MOVED, CANCELLED, EXTRA, HELD)]

    assert _dates(*others) == _dates()


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 8)])
def test_the_first_and_the_last_day_of_times_can_be_changed(day: date) -> None:
    one = replace(TUESDAYS, valid_from=TUESDAY, valid_until=date(2026, 12, 8))
    changes = [replace(change, day=day) for change in (MOVED, CANCELLED, EXTRA, HELD)]

    assert [fits(one, change) for change in changes] == [True] * 4


def test_changes_fit_no_times_that_are_not_known() -> None:
    changes = [MOVED, CANCELLED, HELD, EXTRA]

    assert [fits(replace(TUESDAYS, closes=None), change) for change in changes] == [False] * 4
