"""Who decides about one date: held, closure, change, school holidays, closing day, rule, in this order."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import combinations

import pytest

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure
from sprechstunden.occurrences import Occurrence, occurrences
from sprechstunden.precedence import Because, Layer, OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Weekly
from sprechstunden.series import Series
from tests.sprechstunden.strategies import NOON, TEN

DAY = date(2026, 12, 29)
BEFORE, AFTER = DAY - timedelta(7), DAY + timedelta(2)
TUESDAYS = Series("tuesdays", Weekly((1,)), TEN, NOON, valid_from=BEFORE, follows_school_holidays=True)
STAFF, EVENT, MOVING = Reason(ReasonKind.STAFF_SHORTAGE), Reason(ReasonKind.EVENT), Reason(ReasonKind.OTHER)
CHRISTMAS = Reason(ReasonKind.SCHOOL_HOLIDAYS, "Christmas Break")
CLOSED = Reason(ReasonKind.CLOSING_DAY)
PLANNED, CANCELLED, MOVED = OccurrenceState

CLOSURE = Closure("closure", DAY, DAY, EVENT)
AWAY = Change("away", "tuesdays", DAY, ChangeKind.MOVED, AFTER, reason=MOVING)
HERE = Change("here", "tuesdays", BEFORE, ChangeKind.MOVED, DAY, time(14), time(16), reason=MOVING)
EXTRA = Change("extra", "tuesdays", DAY, ChangeKind.EXTRA, opens=time(14), closes=time(16))
NOTHING = Circumstances()
LAYERS = {
    "held": Circumstances(changes=(Change("hold", "tuesdays", DAY, ChangeKind.HELD),)),
    "closure": Circumstances(closures=(CLOSURE,)),
    "cancelled": Circumstances(changes=(Change("cancel", "tuesdays", DAY, ChangeKind.CANCELLED, reason=STAFF),)),
    "moved": Circumstances(changes=(AWAY,)),
    "school_holidays": Circumstances(school_holidays={DAY: CHRISTMAS}),
    "closing_day": Circumstances(closing_days={DAY: CLOSED}),
    "rule": NOTHING,
}
WINNERS = {
    "held": (PLANNED, None, Because(Layer.HELD, "hold")),
    "closure": (CANCELLED, EVENT, Because(Layer.CLOSURE, "closure")),
    "cancelled": (CANCELLED, STAFF, Because(Layer.CHANGE, "cancel")),
    "moved": (MOVED, MOVING, Because(Layer.CHANGE, "away")),
    "school_holidays": (CANCELLED, CHRISTMAS, Because(Layer.SCHOOL_HOLIDAYS)),
    "closing_day": (CANCELLED, CLOSED, Because(Layer.CLOSING_DAY)),
    "rule": (PLANNED, None, Because(Layer.RULE)),
}
PAIRS = [
    ("held", "closure", "held"),
    ("held", "cancelled", "held"),
    ("held", "moved", "held"),
    ("held", "school_holidays", "held"),
    ("held", "closing_day", "held"),
    ("held", "rule", "held"),
    ("closure", "cancelled", "closure"),
    ("closure", "moved", "moved"),  # it does not take place on this day anyway
    ("closure", "school_holidays", "closure"),
    ("closure", "closing_day", "closure"),
    ("closure", "rule", "closure"),
    ("cancelled", "moved", "moved"),  # of two changes the one given last
    ("cancelled", "school_holidays", "cancelled"),
    ("cancelled", "closing_day", "cancelled"),
    ("cancelled", "rule", "cancelled"),
    ("moved", "school_holidays", "moved"),
    ("moved", "closing_day", "moved"),
    ("moved", "rule", "moved"),
    ("school_holidays", "closing_day", "school_holidays"),
    ("school_holidays", "rule", "school_holidays"),
    ("closing_day", "rule", "closing_day"),
]


@dataclass(frozen=True)
class Sides:
    """What is decided about a date that the rule gives, and about another one that staff put on its day."""

    by_rule: str
    by_choice: str


def _both(one: Circumstances, other: Circumstances) -> Circumstances:
    return Circumstances(
        closing_days={**one.closing_days, **other.closing_days},
        school_holidays={**one.school_holidays, **other.school_holidays},
        changes=one.changes + other.changes,
        closures=one.closures + other.closures,
    )


def _on(day: date, circumstances: Circumstances, one: Series = TUESDAYS) -> list[Occurrence]:
    return list(occurrences(one, day, day, circumstances))


def _said(one: Occurrence) -> tuple[OccurrenceState, Reason | None, Because]:
    return one.state, one.reason, one.because


def test_the_table_has_every_pair_of_layers() -> None:
    assert [(one, other) for one, other, _winner in PAIRS] == list(combinations(LAYERS, 2))


@pytest.mark.parametrize(("one", "other", "winner"), PAIRS)
def test_of_two_layers_one_decides(one: str, other: str, winner: str) -> None:
    (found,) = _on(DAY, _both(LAYERS[one], LAYERS[other]))

    assert _said(found) == WINNERS[winner]


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_decides_alone_and_about_its_own_date_only(name: str) -> None:
    found = list(occurrences(TUESDAYS, BEFORE, DAY + timedelta(7), LAYERS[name]))

    assert next(_said(one) for one in found if one.original_day == DAY) == WINNERS[name]
    assert {_said(one) for one in found if one.original_day != DAY} == {WINNERS["rule"]}


@pytest.mark.parametrize(
    ("one", "layers", "winner"),
    [
        (replace(TUESDAYS, follows_school_holidays=False), ("school_holidays", "rule"), "rule"),
        (replace(TUESDAYS, follows_school_holidays=False), ("school_holidays", "closing_day"), "closing_day"),
        (replace(TUESDAYS, held_on_closing_days=True), ("closing_day", "rule"), "rule"),
        (replace(TUESDAYS, held_on_closing_days=True), ("school_holidays", "closing_day"), "school_holidays"),
        (replace(TUESDAYS, held_on_closing_days=True), ("closure", "closing_day"), "closure"),
    ],
)
def test_a_series_may_ignore_holidays_and_closing_days(one: Series, layers: tuple[str, str], winner: str) -> None:
    (found,) = _on(DAY, _both(*(LAYERS[name] for name in layers)), one)

    assert _said(found) == WINNERS[winner]


@pytest.mark.parametrize("chosen", [HERE, EXTRA])
@pytest.mark.parametrize(
    ("name", "decided"),
    [
        ("held", Sides("held", "change")),
        ("closure", Sides("closure", "closure")),
        ("cancelled", Sides("cancelled", "change")),
        ("moved", Sides("moved", "change")),
        ("school_holidays", Sides("school_holidays", "change")),
        ("closing_day", Sides("closing_day", "change")),
        ("rule", Sides("rule", "change")),
    ],
)
def test_a_date_that_staff_put_on_a_day_yields_to_closures_only(chosen: Change, name: str, decided: Sides) -> None:
    by_rule, by_choice = _on(DAY, _both(Circumstances(changes=(chosen,)), LAYERS[name]))

    takes_place = (PLANNED, None, Because(Layer.CHANGE, chosen.key))
    assert _said(by_rule) == WINNERS[decided.by_rule]
    assert _said(by_choice) == (takes_place if decided.by_choice == "change" else WINNERS["closure"])


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (DAY, DAY, PLANNED),
        (DAY, AFTER - timedelta(1), PLANNED),
        (DAY, AFTER, CANCELLED),
        (AFTER, AFTER, CANCELLED),
        (AFTER + timedelta(1), AFTER + timedelta(9), PLANNED),
    ],
)
def test_a_closure_hits_a_moved_date_on_its_new_day_only(first: date, last: date, state: OccurrenceState) -> None:
    circumstances = Circumstances(changes=(AWAY,), closures=(Closure("closure", first, last, EVENT),))

    (here,), (there,) = _on(DAY, circumstances), _on(AFTER, circumstances)

    assert _said(here) == WINNERS["moved"]
    assert (there.state, there.original_day, here.target) == (state, DAY, there)


@pytest.mark.parametrize(
    ("kept", "held"),
    [
        (("tuesdays", DAY), ["tuesdays 29"]),
        (("tuesdays", BEFORE), ["tuesdays 22"]),
        (("extra", DAY), ["extra 29"]),
        (("here", BEFORE), []),
        (("tuesdays", AFTER), []),
    ],
)
def test_a_closure_spares_the_date_that_staff_kept(kept: tuple[str, date], held: list[str]) -> None:
    closure = replace(CLOSURE, kept=frozenset({kept}))

    found = _on(DAY, Circumstances(changes=(HERE, EXTRA), closures=(closure,)))

    planned = [one for one in found if one.state is PLANNED]
    assert len(found) == 3
    assert [f"{one.key} {one.original_day.day}" for one in planned] == held


@pytest.mark.parametrize("name", ["held", "cancelled", "moved", "school_holidays", "closing_day", "rule"])
def test_for_a_kept_date_the_next_layer_decides(name: str) -> None:
    kept = replace(CLOSURE, kept=frozenset({("tuesdays", DAY)}))

    (found,) = _on(DAY, _both(Circumstances(closures=(kept,)), LAYERS[name]))

    assert _said(found) == WINNERS[name]


def test_a_date_kept_in_one_closure_is_hit_by_another() -> None:
    kept = replace(CLOSURE, key="kept", kept=frozenset({("tuesdays", DAY)}))
    later = replace(CLOSURE, key="later", reason=STAFF)

    (found,) = _on(DAY, Circumstances(closures=(kept, CLOSURE, later)))

    assert _said(found) == WINNERS["closure"]


@pytest.mark.parametrize(
    ("first", "last", "hit"),
    [
        (DAY - timedelta(1), DAY - timedelta(1), False),
        (DAY - timedelta(1), DAY, True),
        (DAY, DAY + timedelta(1), True),
        (DAY + timedelta(1), DAY + timedelta(1), False),
        (DAY + timedelta(1), DAY - timedelta(1), False),
    ],
)
def test_a_closure_has_its_first_and_its_last_day(first: date, last: date, hit: bool) -> None:  # noqa: FBT001
    (found,) = _on(DAY, Circumstances(closures=(replace(CLOSURE, first=first, last=last),)))

    assert (found.state is CANCELLED) is hit
