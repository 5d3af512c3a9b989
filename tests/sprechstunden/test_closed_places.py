"""A closure of places hits the dates that would take place there, wherever their series is."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure
from sprechstunden.occurrences import occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Weekly
from sprechstunden.series import Series
from tests.sprechstunden.strategies import NOON, TEN

DAY = date(2026, 12, 8)
WEEK = timedelta(7)
AT_MARTEN = Series("tuesdays", Weekly((1,)), TEN, NOON, place="marten")
EVENT = Reason(ReasonKind.EVENT)
MARTEN_CLOSES = Closure("closure", DAY, DAY + timedelta(2), EVENT, places=frozenset({"marten", "lanstrop"}))
ALL_CLOSES = replace(MARTEN_CLOSES, places=None)
PLANNED, CANCELLED, MOVED = OccurrenceState


def _states(closure: Closure, *changes: Change, series: Series = AT_MARTEN) -> list[tuple[int, OccurrenceState]]:
    """Give hour and state of all dates in the days of the closure."""
    found = occurrences(series, closure.first, closure.last, Circumstances(changes=changes, closures=(closure,)))
    return [(one.starts.hour, one.state) for one in found]


def _moved(day: date, new_day: date | None, place: str | None) -> Change:
    return Change("move", "tuesdays", day, ChangeKind.MOVED, new_day, time(14), time(16), place, EVENT)


def _extra(place: str | None) -> Change:
    return Change("extra", "tuesdays", DAY, ChangeKind.EXTRA, None, time(14), time(16), place)


@pytest.mark.parametrize(
    ("place", "closure", "state"),
    [
        ("marten", MARTEN_CLOSES, CANCELLED),
        ("lanstrop", MARTEN_CLOSES, CANCELLED),
        ("office", MARTEN_CLOSES, PLANNED),
        (None, MARTEN_CLOSES, PLANNED),
        ("marten", replace(MARTEN_CLOSES, places=frozenset()), PLANNED),
        ("marten", ALL_CLOSES, CANCELLED),
        ("office", ALL_CLOSES, CANCELLED),
        (None, ALL_CLOSES, CANCELLED),
    ],
)
def test_a_closure_hits_what_is_at_its_places(place: str | None, closure: Closure, state: OccurrenceState) -> None:
    assert _states(closure, series=replace(AT_MARTEN, place=place)) == [(10, state)]


@pytest.mark.parametrize(
    ("at", "to", "state"),
    [
        ("office", "marten", CANCELLED),
        ("marten", "office", PLANNED),
        ("marten", "lanstrop", CANCELLED),
        ("marten", None, CANCELLED),
        (None, "marten", CANCELLED),
        ("office", None, PLANNED),
    ],
)
def test_for_a_date_that_moves_to_another_place_that_place_counts(
    at: str | None, to: str | None, state: OccurrenceState
) -> None:
    found = _states(MARTEN_CLOSES, _moved(DAY, None, to), series=replace(AT_MARTEN, place=at))

    assert found == [(10, MOVED), (14, state)]


@pytest.mark.parametrize(("to", "state"), [("marten", CANCELLED), ("office", PLANNED), (None, CANCELLED)])
def test_a_date_that_moves_into_the_days_of_a_closure_is_hit_if_it_goes_to_a_closed_place(
    to: str | None, state: OccurrenceState
) -> None:
    move = _moved(DAY - WEEK, DAY + timedelta(1), to)

    assert _states(MARTEN_CLOSES, move) == [(10, CANCELLED), (14, state)]


@pytest.mark.parametrize(
    ("at", "to", "state"),
    [
        ("marten", "office", PLANNED),
        ("marten", None, CANCELLED),
        ("office", None, PLANNED),
        ("office", "marten", CANCELLED),
    ],
)
def test_an_extra_date_is_hit_where_it_takes_place(at: str, to: str | None, state: OccurrenceState) -> None:
    by_rule = CANCELLED if at == "marten" else PLANNED

    assert _states(MARTEN_CLOSES, _extra(to), series=replace(AT_MARTEN, place=at)) == [(10, by_rule), (14, state)]


def test_the_whole_network_closes_wherever_a_date_moves() -> None:
    found = _states(ALL_CLOSES, _moved(DAY, None, "office"), _extra("elsewhere"))

    assert found == [(10, MOVED), (14, CANCELLED), (14, CANCELLED)]


def test_a_kept_date_takes_place_at_a_closed_place() -> None:
    kept = replace(MARTEN_CLOSES, kept=frozenset({("tuesdays", DAY)}))

    assert _states(kept, _extra("marten")) == [(10, PLANNED), (14, CANCELLED)]


def test_a_held_date_takes_place_at_a_closed_place() -> None:
    assert _states(MARTEN_CLOSES, Change("hold", "tuesdays", DAY, ChangeKind.HELD)) == [(10, PLANNED)]
