"""When times become others, each change of a date that fits no longer is named, with what can become of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.changes import Change, ChangeKind, Circumstances, fits
from sprechstunden.doubles import meets_another
from sprechstunden.occurrences import Occurrence, occurrences
from sprechstunden.precedence import OccurrenceState
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import Undated, Weekly
from sprechstunden.refitting import Choice, Misfit, misfits, slot
from sprechstunden.series import Series, chain
from tests.sprechstunden.cases import some_changes
from tests.sprechstunden.strategies import NOON, TEN, week_days

TODAY = date(2026, 11, 22)
TUESDAY, WEDNESDAY = date(2026, 12, 22), date(2026, 12, 23)
FIRST = date(2026, 12, 15)
OLD = Series("old", Weekly((1,)), TEN, NOON, place="marten")
TRAINING = Reason(ReasonKind.TRAINING)


def after(new: Series, old: Series = OLD) -> list[Series]:
    return chain([old, new])


def tuesdays(opens: time = time(9), closes: time = NOON) -> list[Series]:
    """Give times that go on on Tuesdays from 15 December on."""
    return after(Series("new", Weekly((1,)), opens, closes, FIRST, place="holtestrasse"))


def wednesdays(opens: time = time(17), closes: time = time(19)) -> list[Series]:
    return after(Series("new", Weekly((2,)), opens, closes, FIRST, place="holtestrasse"))


def cancelled(day: date = TUESDAY) -> Change:
    return Change("change", "old", day, ChangeKind.CANCELLED, reason=TRAINING)


def moved(to: date | None = WEDNESDAY, day: date = TUESDAY) -> Change:
    return Change("change", "old", day, ChangeKind.MOVED, to, reason=TRAINING)


def extra(day: date = WEDNESDAY, opens: time = time(14), key: str = "change") -> Change:
    return Change(key, "old", day, ChangeKind.EXTRA, None, opens, time(16))


def only(found: list[Misfit]) -> dict[Choice, Change | None]:
    (misfit,) = found
    return dict(misfit.choices)


def test_what_still_fits_is_not_asked_about() -> None:
    assert (
        misfits([OLD], wednesdays(), [cancelled(date(2026, 12, 8)), moved(WEDNESDAY, date(2026, 12, 8))], TODAY) == []
    )


def test_where_the_new_times_give_the_day_the_change_can_be_carried_over() -> None:
    found = only(misfits([OLD], tuesdays(), [cancelled()], TODAY))

    assert found == {Choice.CARRY: replace(cancelled(), series_key="new"), Choice.DROP: None}


def test_where_they_do_not_a_cancelled_date_can_only_be_dropped() -> None:
    assert only(misfits([OLD], wednesdays(), [cancelled()], TODAY)) == {Choice.DROP: None}


def test_a_moved_date_can_stay_as_an_extra_one_at_its_old_times_and_place() -> None:
    found = only(misfits([OLD], wednesdays(), [moved()], TODAY))

    kept = Change("change", "new", WEDNESDAY, ChangeKind.EXTRA, None, TEN, NOON, "marten")
    assert found == {Choice.EXTRA: kept, Choice.DROP: None}


def test_a_moved_date_whose_times_make_no_span_in_the_new_ones_is_not_carried_over() -> None:
    late = replace(moved(None), opens=time(11))
    assert set(only(misfits([OLD], tuesdays(time(9), time(10, 30)), [late], TODAY))) == {Choice.EXTRA, Choice.DROP}


def test_a_moved_date_that_never_had_a_span_can_only_be_dropped() -> None:
    backwards = replace(moved(), opens=NOON)

    assert only(misfits([OLD], wednesdays(), [backwards], TODAY)) == {Choice.DROP: None}


def test_an_extra_date_goes_on_with_the_new_times_but_stays_where_it_was() -> None:
    found = only(misfits([OLD], wednesdays(), [extra()], TODAY))

    assert found == {Choice.CARRY: replace(extra(), series_key="new", place="marten"), Choice.DROP: None}


def test_after_the_last_day_of_all_times_everything_can_only_be_dropped() -> None:
    ended = [replace(OLD, valid_until=FIRST)]

    found = misfits([OLD], ended, [cancelled(), moved(), extra()], TODAY)

    assert [set(misfit.choices) for misfit in found] == [{Choice.DROP}] * 3


def test_words_instead_of_dates_take_over_extra_dates_only() -> None:
    words = after(Series("new", Undated(), None, None, FIRST))

    found = misfits([OLD], words, [cancelled(), extra()], TODAY)

    assert [set(misfit.choices) for misfit in found] == [{Choice.DROP}, {Choice.CARRY, Choice.DROP}]


def test_what_belongs_to_times_that_are_deleted_is_asked_about() -> None:
    future = Series("future", Weekly((1,)), time(9), NOON, FIRST)
    change = replace(cancelled(), series_key="future")

    found = only(misfits([OLD, future], [OLD], [change], TODAY))

    assert found == {Choice.CARRY: replace(change, series_key="old"), Choice.DROP: None}


def test_a_date_that_is_already_changed_takes_no_second_change() -> None:
    (new,) = tuesdays()[1:]
    there = replace(cancelled(), key="there", series_key="new")

    assert only(misfits([OLD, new], tuesdays(), [cancelled(), there], TODAY)) == {Choice.DROP: None}


def test_a_moved_date_does_not_become_a_second_extra_date_at_one_time() -> None:
    (new,) = wednesdays()[1:]
    there = replace(extra(opens=TEN, key="there"), series_key="new")

    assert only(misfits([OLD, new], wednesdays(), [moved(), there], TODAY)) == {Choice.DROP: None}


def test_a_moved_date_that_has_been_stays_in_the_past_whatever_becomes_of_its_times() -> None:
    been = moved(date(2026, 11, 18))

    found = only(misfits([OLD], wednesdays(), [been], TODAY))

    kept = Change("change", "old", date(2026, 11, 18), ChangeKind.EXTRA, None, TEN, NOON, "marten")
    assert found == {Choice.EXTRA: kept}


def test_where_that_is_impossible_there_is_no_choice_and_so_no_edit() -> None:
    future = Series("future", Weekly((1,)), time(9), NOON, FIRST)
    been = replace(moved(date(2026, 11, 18)), series_key="future")

    assert only(misfits([future], [], [been], TODAY)) == {}


@dataclass(frozen=True)
class Edit:
    """Versions before and after an edit that leaves the days before today alone, and changes of the former."""

    before: list[Series]
    after: list[Series]
    changes: tuple[Change, ...]


def _series(key: str, valid_from: st.SearchStrategy[date | None]) -> st.SearchStrategy[Series]:
    clocks = st.sampled_from([(TEN, NOON), (time(9), time(11, 30)), (time(14), time(16))])
    return st.builds(
        lambda days, clock, first, last: Series(
            key, Weekly(days), clock[0], clock[1], first, last and max(last, first or TODAY, TODAY), place=key
        ),
        week_days,
        clocks,
        valid_from,
        st.none() | st.dates(TODAY, TODAY + timedelta(60)),
    )


to_come = st.dates(TODAY, TODAY + timedelta(60))


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw one version that has begun and perhaps one that has not; end it, take it away, edit it, add another."""
    running, future = draw(_series("running", st.none())), draw(_series("future", to_come))
    before = chain([running, future] if draw(st.booleans()) else [running])
    ended = replace(running, valid_until=draw(st.none() | to_come))
    rows = [ended, *draw(st.sampled_from([[], [future], [draw(_series("future", to_come))]]))]
    rows += draw(st.sampled_from([[], [draw(_series("new", to_come))]]))
    first, last = TODAY - timedelta(20), TODAY + timedelta(60)
    changes = [c for one in before for c in draw(some_changes(one, first, last, one.key))]
    # Of one date there is one change; what does not fit before the edit is no concern here.
    unique = {
        slot(change): change
        for change in changes
        if any(fits(one, change) for one in before if one.key == change.series_key)
    }
    future_ones = [change for change in unique.values() if max(change.day, change.lands_on) >= TODAY]
    return Edit(before, chain(rows), tuple(future_ones))


@given(edits(), st.data())
def test_whatever_staff_choose_every_change_fits_afterwards_and_doubles_nothing_or_is_gone(
    edit: Edit, data: st.DataObject
) -> None:
    around = Circumstances(changes=edit.changes)
    found = misfits(edit.before, edit.after, edit.changes, TODAY, around)
    by_key = {one.key: one for one in edit.after}
    asked = {misfit.change.key for misfit in found}

    for misfit in found:
        assert misfit.choices.get(Choice.DROP) is None
        for choice in set(misfit.choices) - {Choice.DROP}:
            becomes = misfit.choices[choice]
            assert becomes is not None
            assert becomes.key == misfit.change.key
            assert fits(by_key[becomes.series_key], becomes)
            assert becomes.lands_on < TODAY or not meets_another(becomes, edit.after, around)
    for change in edit.changes:
        fine = change.series_key in by_key and fits(by_key[change.series_key], change)
        doubles = change.lands_on >= TODAY and meets_another(change, edit.after, around)
        assert (fine and not doubles) == (change.key not in asked)
    chosen = _chosen(edit, found, data)
    assert misfits(edit.after, edit.after, chosen, TODAY, around) == []


@given(edits(), st.data())
def test_dates_before_today_stay_whatever_staff_choose(edit: Edit, data: st.DataObject) -> None:
    found = misfits(edit.before, edit.after, edit.changes, TODAY)
    if not all(misfit.choices for misfit in found):
        return  # such an edit is refused

    chosen = _chosen(edit, found, data)

    assert _past(edit.after, chosen) == _past(edit.before, edit.changes)


def _chosen(edit: Edit, found: list[Misfit], data: st.DataObject) -> list[Change]:
    """Apply what is drawn from the choices; the changes that fit stay."""
    asked = {misfit.change.key for misfit in found}
    becomes = [misfit.choices[data.draw(st.sampled_from(sorted(misfit.choices)))] for misfit in found if misfit.choices]
    return [*(change for change in edit.changes if change.key not in asked), *(one for one in becomes if one)]


def _past(versions: Sequence[Series], changes: Sequence[Change]) -> list[tuple[object, ...]]:
    """Give what took place before today: when and where."""
    first, last = TODAY - timedelta(40), TODAY - timedelta(1)
    circumstances = Circumstances(changes=tuple(changes))
    found: list[tuple[Series, Occurrence]] = [
        (one, date_) for one in versions for date_ in occurrences(one, first, last, circumstances)
    ]
    return sorted(
        (date_.starts, date_.ends, date_.place or one.place)
        for one, date_ in found
        if date_.state is OccurrenceState.PLANNED
    )
