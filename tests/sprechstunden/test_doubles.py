"""Which dates of one offer are at the same time, by what was moved or added."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from sprechstunden.changes import Change, ChangeKind, Circumstances, Closure
from sprechstunden.doubles import meets_another
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Weekly
from sprechstunden.refitting import Choice, Misfit, misfits
from sprechstunden.series import Series, chain
from tests.sprechstunden.strategies import NOON, TEN

TUESDAY, THURSDAY, NEXT_TUESDAY = date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 8)
TRAINING = Reason(ReasonKind.TRAINING)
OLD = Series("old", Weekly((1,)), TEN, NOON, place="marten")
NEW = Series("new", Weekly((3,)), TEN, NOON, date(2026, 12, 2), place="office")
VERSIONS = chain([OLD, NEW])
EXTRA = Change("extra", "new", THURSDAY, ChangeKind.EXTRA, None, TEN, NOON)


def moved(day: date, to: date | None, key: str = "moved", **fields: time) -> Change:
    return replace(Change(key, "old", day, ChangeKind.MOVED, to, reason=TRAINING), **fields)  # type: ignore[arg-type]


def meets(change: Change, *changes: Change, closures: tuple[Closure, ...] = ()) -> bool:
    return meets_another(change, VERSIONS, Circumstances(changes=changes, closures=closures))


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        (TEN, NOON, True),
        (time(9), time(10, 1), True),
        (time(11, 59), time(13), True),
        (time(8), TEN, False),
        (NOON, time(13), False),
    ],
)
def test_a_date_meets_another_where_they_have_a_moment_in_common(opens: time, closes: time, *, expected: bool) -> None:
    assert meets(replace(EXTRA, opens=opens, closes=closes)) is expected
    assert meets(moved(TUESDAY, THURSDAY, opens=opens, closes=closes)) is expected


def test_the_versions_of_an_offer_are_asked_together() -> None:
    assert meets(moved(TUESDAY, THURSDAY))
    assert not meets(moved(TUESDAY, THURSDAY + timedelta(1)))


def test_two_changes_meet_each_other_but_none_itself() -> None:
    friday = replace(EXTRA, day=THURSDAY + timedelta(1))
    other = moved(TUESDAY, friday.day)

    assert not meets(friday, friday)
    assert meets(friday, friday, other)
    assert meets(other, friday, other)


def test_a_date_that_moves_in_its_own_day_does_not_meet_what_it_was() -> None:
    assert not meets(moved(TUESDAY, None, opens=time(11), closes=time(13)))


@pytest.mark.parametrize("kind", [ChangeKind.CANCELLED, ChangeKind.HELD])
def test_what_puts_no_date_anywhere_meets_nothing(kind: ChangeKind) -> None:
    here = Change("here", "old", TUESDAY, kind, reason=TRAINING)

    assert not meets(here, here, replace(EXTRA, series_key="old", day=TUESDAY))


def test_what_is_off_is_in_nobodys_way_but_the_date_itself_counts_in_a_closure_too() -> None:
    off = Change("off", "new", THURSDAY, ChangeKind.CANCELLED, reason=TRAINING)
    closed = Closure("closed", THURSDAY, THURSDAY, TRAINING, frozenset({("new", THURSDAY)}))

    assert not meets(EXTRA, off)
    assert not meets(EXTRA, closures=(replace(closed, kept=frozenset()),))
    assert meets(EXTRA, closures=(closed,))


def test_what_is_called_off_where_it_had_been_put_meets_nothing_and_is_met_by_nothing() -> None:
    off = replace(moved(TUESDAY, None, "off"), kind=ChangeKind.CANCELLED, calls_off="moved")
    put, beside = moved(TUESDAY, THURSDAY + timedelta(1)), replace(EXTRA, day=THURSDAY + timedelta(1))

    assert (meets(beside, put), meets(put, beside)) == (True, True)
    assert (meets(beside, put, off), meets(put, beside, off)) == (False, False)


def test_a_change_that_does_not_fit_meets_nothing() -> None:
    assert not meets(moved(TUESDAY + timedelta(1), THURSDAY))


def test_as_it_is_given_a_change_counts_not_as_it_stands_among_the_others() -> None:
    earlier = moved(TUESDAY, THURSDAY)

    assert not meets(replace(earlier, opens=time(13), closes=time(15)), earlier)
    assert meets(moved(NEXT_TUESDAY - timedelta(7), THURSDAY), replace(earlier, new_day=NEXT_TUESDAY))


def only(after: list[Series], change: Change, first: date = TUESDAY) -> dict[Choice, Change | None]:
    (misfit,) = misfits([OLD], after, [change], first)
    return dict(misfit.choices)


def test_a_move_onto_a_date_of_new_times_is_asked_about_though_it_fits() -> None:
    change = replace(moved(TUESDAY, THURSDAY, opens=time(11), closes=time(13)), place="marten")

    found = misfits([OLD], VERSIONS, [change], TUESDAY)

    # All that was moved stays off on its old day, or goes back there.
    off = Change("moved", "old", TUESDAY, ChangeKind.CANCELLED, reason=TRAINING)
    assert found == [Misfit(change, {Choice.CANCEL: off, Choice.DROP: None}, is_doubled=True)]


def test_one_whose_old_day_is_past_does_not_come_back() -> None:
    found = [set(only(VERSIONS, moved(TUESDAY, THURSDAY), TUESDAY + timedelta(days))) for days in (0, 1)]

    assert found == [{Choice.CANCEL, Choice.DROP}, {Choice.CANCEL}]


def test_what_landed_before_the_first_free_day_stays_even_where_it_doubles_a_date() -> None:
    found = [misfits([OLD], VERSIONS, [moved(TUESDAY, THURSDAY)], THURSDAY + timedelta(days)) for days in (0, 1)]

    assert [len(some) for some in found] == [1, 0]


def test_an_extra_date_that_doubles_one_of_the_new_times_can_only_be_dropped() -> None:
    found = misfits([OLD, NEW], VERSIONS, [EXTRA, replace(EXTRA, series_key="old", key="other")], TUESDAY)

    assert found == [
        Misfit(replace(EXTRA, series_key="old", key="other"), {Choice.DROP: None}),
        Misfit(EXTRA, {Choice.DROP: None}, is_doubled=True),
    ]


def test_nothing_is_carried_over_or_kept_onto_a_date_of_the_new_times() -> None:
    extra = replace(EXTRA, series_key="old", opens=time(11), closes=time(13))
    late = moved(NEXT_TUESDAY, THURSDAY)

    assert (only(VERSIONS, extra), only(VERSIONS, late)) == ({Choice.DROP: None}, {Choice.DROP: None})


def test_where_the_other_date_is_off_nothing_is_asked() -> None:
    off = Change("off", "new", THURSDAY, ChangeKind.CANCELLED, reason=TRAINING)

    assert misfits([OLD], VERSIONS, [moved(TUESDAY, THURSDAY)], TUESDAY, Circumstances(changes=(off,))) == []
