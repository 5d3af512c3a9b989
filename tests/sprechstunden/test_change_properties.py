"""What holds for all series, changes, closures and holidays."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.changes import ChangeKind, Closure, fits
from sprechstunden.occurrences import Occurrence
from sprechstunden.precedence import Because, Layer, OccurrenceState
from sprechstunden.recurrence import days
from sprechstunden.series import chain
from tests.sprechstunden.cases import NEAR, PLACES, REASONS, Case, call_off, cases, some_changes, with_some_called_off


@given(case=cases(), data=st.data())
def test_dates_do_not_depend_on_the_window(case: Case, data: st.DataObject) -> None:
    middle = data.draw(st.dates(case.first, case.last))

    before, after = replace(case, last=middle), replace(case, first=middle + timedelta(1))

    assert before.dates() + after.dates() == case.dates()


@given(case=cases(), data=st.data())
def test_a_change_touches_its_own_date_only_and_undoing_it_restores_all(case: Case, data: st.DataObject) -> None:
    added = data.draw(some_changes(case.series, case.first, case.last, "added").flatmap(with_some_called_off))
    changed = replace(case.circumstances, changes=(*case.circumstances.changes, *added))
    first = [change for change in added if change.calls_off is None]
    touched = {(case.series.key, change.day) for change in first} | {(change.key, change.day) for change in first}

    before, after = case.dates(), case.dates(changed)

    undone = replace(changed, changes=tuple(change for change in changed.changes if change not in added))
    assert case.dates(undone) == before
    assert [one for one in after if one[:2] not in touched] == [one for one in before if one[:2] not in touched]


@given(case=cases(), data=st.data())
def test_what_is_called_off_stays_just_where_it_was_and_undoing_it_restores_all(
    case: Case, data: st.DataObject
) -> None:
    calm = tuple(change for change in case.circumstances.changes if change.calls_off is None)
    before = case.dates(replace(case.circumstances, changes=calm))
    landed = {one.because.key for one in before if one.because.layer is Layer.CHANGE}
    placed = [change for change in calm if change.kind in {ChangeKind.MOVED, ChangeKind.EXTRA} and change.key in landed]
    off = [call_off(change, REASONS[0]) for change in placed if data.draw(st.booleans())]

    after = case.dates(replace(case.circumstances, changes=(*off, *calm)))

    called_off = {
        change.calls_off: (OccurrenceState.CANCELLED, REASONS[0], Because(Layer.CHANGE, change.key)) for change in off
    }
    expected = [
        one._replace(state=state, reason=reason, because=because)
        for one in map(_plainly, before)
        for state, reason, because in [
            called_off.get(one.because.key, one[4:7]) if one.state is OccurrenceState.PLANNED else one[4:7]
        ]
    ]
    assert [_plainly(one) for one in after] == expected


@given(case=cases(), data=st.data())
def test_versions_split_at_any_day_give_the_union_of_their_parts(case: Case, data: st.DataObject) -> None:
    whole = replace(case.series, valid_from=None)
    after = replace(whole, valid_from=data.draw(st.dates(case.first, case.last)))

    parts = [found for version in chain([whole, after]) for found in replace(case, series=version).dates()]

    assert Counter(parts) == Counter(replace(case, series=whole).dates())


@given(case=cases())
def test_the_identity_of_a_date_is_unique_in_each_state(case: Case) -> None:
    found = [(one.key, one.original_day, one.state) for one in case.dates()]

    assert len(set(found)) == len(found)


@given(case=cases())
def test_every_date_of_the_rule_stays_in_view_on_its_day(case: Case) -> None:
    one = case.series
    first, last = max(case.first, one.valid_from or date.min), min(case.last, one.valid_until or date.max)

    shown = {found.original_day for found in case.dates() if found.starts.date() == found.original_day}

    assert shown.issuperset(days(one.rule, first, last))


@given(case=cases())
def test_what_moved_is_found_where_it_went(case: Case) -> None:
    found = replace(case, first=case.first - 3 * NEAR, last=case.last + 3 * NEAR).dates()

    targets = {one[:2]: one.target for one in found if one.state is OccurrenceState.MOVED}

    elsewhere = {one[:2] for one in found if one.starts.date() != one.original_day}
    assert {one[:2]: one for one in found if one[:2] in targets and one.state is not OccurrenceState.MOVED} == targets
    assert elsewhere <= targets.keys()


@given(case=cases())
def test_only_who_may_decide_against_a_closed_day_does(case: Case) -> None:
    """Held, moved, extra and kept dates take place on closed days, no others."""
    for one in case.dates():
        if one.state is not OccurrenceState.PLANNED or one.because.layer is Layer.HELD:
            continue
        assert _closures(case, one) == []
        if one.because.layer is Layer.RULE:
            assert one.starts.date() == one.original_day
            assert _is_closed(case, one.original_day) is False


@given(case=cases())
def test_no_date_takes_place_where_and_when_it_closes_unless_it_is_kept_or_held(case: Case) -> None:
    taking_place = [one for one in case.dates() if one.state is OccurrenceState.PLANNED]

    assert [one for one in taking_place if _closures(case, one) and one.because.layer is not Layer.HELD] == []


@given(case=cases(), place=st.sampled_from(PLACES))
def test_a_closure_of_one_place_changes_nothing_elsewhere_and_undoing_it_restores_all(case: Case, place: str) -> None:
    added = Closure("added", case.first, case.last, REASONS[0], places=frozenset({place}))
    closed = replace(case.circumstances, closures=(*case.circumstances.closures, added))

    before, after = case.dates(), case.dates(closed)

    assert case.dates(replace(closed, closures=closed.closures[:-1])) == before
    assert [_plainly(one) for one in after if (one.place or case.series.place) != place] == [
        _plainly(one) for one in before if (one.place or case.series.place) != place
    ]


@given(case=cases())
def test_what_decided_has_a_say_about_that_date(case: Case) -> None:
    changes = {change.key: change for change in case.circumstances.changes}
    closures = {closure.key: closure for closure in case.circumstances.closures}

    for one in case.dates():
        layer, key = one.because
        if layer in (Layer.HELD, Layer.CHANGE):
            assert changes[changes[key or ""].calls_off or key or ""].day == one.original_day
        elif layer is Layer.CLOSURE:
            assert closures[key or ""] in _closures(case, one)
        else:
            assert key is None


@given(case=cases())
def test_what_no_longer_fits_changes_no_date(case: Case) -> None:
    fitting = tuple(change for change in case.circumstances.changes if fits(case.series, change))

    assert case.dates(replace(case.circumstances, changes=fitting)) == case.dates()


def _closures(case: Case, one: Occurrence) -> list[Closure]:
    """Give the closures of the day and the place at which a date is, but for those that keep it."""
    day, place = one.starts.date(), one.place or case.series.place
    here = [each for each in case.circumstances.closures if each.places is None or place in each.places]
    return [each for each in here if each.first <= day <= each.last and one[:2] not in each.kept]


def _plainly(one: Occurrence) -> Occurrence:
    """Leave out where a date went: that may be a place that closes."""
    return one._replace(target=None)


def _is_closed(case: Case, day: date) -> bool:
    in_holidays = case.series.follows_school_holidays and day in case.circumstances.school_holidays
    return in_holidays or (not case.series.held_on_closing_days and day in case.circumstances.closing_days)
