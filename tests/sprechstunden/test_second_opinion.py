"""The second computation reads rows by itself and says the same as the engine about everything that can happen."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sprechstunden import changes as engine
from sprechstunden.occurrences import occurrences
from sprechstunden.recurrence import Monthly, Rule, Weekly
from sprechstunden.second_opinion import (
    Changed,
    Closed,
    Offer,
    Surroundings,
    Times,
    Told,
    second_opinion,
)
from sprechstunden.series import Series, chain
from tests.sprechstunden.cases import Case, cases

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLACES = {"office": 1, "marten": 2, "room": 3}
TUESDAYS = Times("tuesdays", "weekly", 1, ("TU",), (), None, time(10), time(12), None, None)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


def _days(*versions: Times, changes: tuple[Changed, ...] = (), **around: object) -> list[date]:
    """Give the days on which something takes place in December 2026."""
    offer = Offer(1, None, versions, {"tuesdays": changes})
    told = second_opinion(offer, Surroundings(**around), FIRST, LAST).dates  # type: ignore[arg-type]  # each as said
    return [date.fromisoformat(one.starts[:10]) for one in told if one.state == "planned"]


def _fault(times: Times) -> str:
    opinion = second_opinion(Offer(1, None, (times,)), Surroundings(), FIRST, LAST)
    assert opinion.dates == []
    return opinion.unreadable.get("tuesdays", "")


def _days_of_december(*numbers: int) -> list[date]:
    return [date(2026, 12, number) for number in numbers]


@settings(max_examples=150)
@given(case=cases(), split=st.data())
def test_it_says_the_same_as_the_engine(case: Case, split: st.DataObject) -> None:
    closures = tuple(
        replace(closure, places=split.draw(st.sampled_from([None, *(frozenset({place}) for place in PLACES)])))
        for closure in case.circumstances.closures
    )
    circumstances = replace(case.circumstances, changes=_one_for_each_date(case), closures=closures)
    first_version = replace(case.series, place="office", valid_until=split.draw(st.none() | st.just(case.last)))
    other = replace(first_version, key="other", valid_from=split.draw(st.dates(case.first, case.last)))
    assume(first_version.valid_from != other.valid_from)  # the database holds no two versions from the same day
    versions = chain([first_version, other])

    by_engine = [
        Told(
            one.key,
            one.original_day,
            one.starts.isoformat(),
            one.ends.isoformat(),
            one.state.value,
            PLACES[one.place or "office"],
        )
        for version in versions
        for one in occurrences(version, case.first, case.last, circumstances)
    ]
    second = second_opinion(_offer(first_version, other, circumstances), _around(circumstances), case.first, case.last)

    assert (sorted(second.dates), second.unreadable) == (sorted(by_engine), {})


def _one_for_each_date(case: Case) -> tuple[engine.Change, ...]:
    """Keep what the database can hold: beside extra dates, and what calls dates off, one change for each date."""
    extra = [one for one in case.circumstances.changes if one.kind is engine.ChangeKind.EXTRA or one.calls_off]
    others = {change.day: change for change in case.circumstances.changes if change not in extra}
    return (*extra, *others.values())


def _offer(first: Series, second: Series, circumstances: engine.Circumstances) -> Offer:
    changed = tuple(
        Changed(
            change.key,
            change.kind.value,
            change.day,
            change.new_day,
            change.opens,
            change.closes,
            PLACES[change.place] if change.place else None,
            change.calls_off,
        )
        for change in circumstances.changes
    )
    return Offer(7, PLACES["office"], (_times(second), _times(first)), {"series": changed})


def _times(series: Series) -> Times:
    frequency, interval, weekdays, positions, anchor = _row(series.rule)
    return Times(
        series.key,
        frequency,
        interval,
        weekdays,
        positions,
        anchor,
        series.opens,
        series.closes,
        series.valid_from,
        series.valid_until,
        None,
        series.held_on_closing_days,
        series.follows_school_holidays,
    )


def _row(rule: Rule) -> tuple[str, int, tuple[str, ...], tuple[str, ...], date | None]:
    if isinstance(rule, Weekly):
        return "weekly", rule.interval, tuple(CODES[day] for day in rule.weekdays), (), rule.anchor
    assert isinstance(rule, Monthly)
    return "monthly", 1, (CODES[rule.weekday],), tuple(map(str, rule.positions)), None


def _around(circumstances: engine.Circumstances) -> Surroundings:
    closures = tuple(
        Closed(
            closure.first,
            closure.last,
            frozenset((uid, day.isoformat()) for uid, day in closure.kept),
            everywhere=closure.places is None,
            places=frozenset(PLACES[place] for place in closure.places or ()),
        )
        for closure in circumstances.closures
    )
    return Surroundings(circumstances.closing_days.keys(), circumstances.school_holidays.keys(), closures)


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({}, (1, 8, 15, 22, 29)),
        ({"interval": 2, "anchor": date(2021, 11, 9)}, (1, 15, 29)),
        ({"interval": 52, "anchor": date(2025, 12, 2)}, (1,)),
        ({"interval": 3, "weekdays": ("TU", "FR"), "anchor": date(2026, 12, 11)}, (11, 29)),
        ({"frequency": "monthly", "positions": ("1", "-1")}, (1, 29)),
        ({"frequency": "monthly", "positions": ("5",)}, (29,)),
        ({"frequency": "once", "weekdays": (), "anchor": date(2026, 12, 1)}, (1,)),
        ({"frequency": "once", "weekdays": (), "anchor": date(2026, 12, 31)}, (31,)),
        ({"frequency": "once", "weekdays": (), "anchor": date(2026, 11, 30)}, ()),
        ({"frequency": "once", "weekdays": (), "anchor": date(2027, 1, 1)}, ()),
        ({"frequency": "none", "weekdays": (), "opens": None, "closes": None}, ()),
    ],
)
def test_it_reads_a_row_by_itself(fields: dict[str, object], numbers: tuple[int, ...]) -> None:
    times = replace(TUESDAYS, **fields)  # type: ignore[arg-type]  # each as said

    assert _days(times) == _days_of_december(*numbers)
    assert second_opinion(Offer(1, None, (times,)), Surroundings(), FIRST, LAST).unreadable == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"frequency": "daily"}, "“daily” lacks"),
        ({"frequency": "once", "weekdays": ()}, "“once” lacks"),
        ({"weekdays": ()}, "“weekly” lacks"),
        ({"interval": 0}, "“weekly” lacks"),
        ({"interval": 53, "anchor": FIRST}, "“weekly” lacks"),
        ({"interval": 2}, "“weekly” lacks"),
        ({"anchor": FIRST}, "“weekly” lacks"),
        ({"frequency": "monthly", "positions": ()}, "“monthly” lacks"),
        ({"frequency": "monthly", "positions": ("6",)}, "“monthly” lacks"),
        ({"frequency": "monthly", "positions": ("1",), "weekdays": ("MO", "TU")}, "“monthly” lacks"),
        ({"opens": None}, "from and to"),
        ({"closes": None}, "from and to"),
        ({"closes": time(10)}, "from and to"),
        ({"interval": 2, "anchor": date(2026, 12, 2)}, "the first date 2026-12-02 is on none of the weekdays TU"),
        (
            {"interval": 2, "weekdays": ("TU", "FR"), "anchor": date(2026, 12, 2)},
            "the first date 2026-12-02 is on none of the weekdays TU, FR",
        ),
    ],
)
def test_what_is_no_rule_gives_no_dates_and_says_why(fields: dict[str, object], words: str) -> None:
    assert _fault(replace(TUESDAYS, **fields)).startswith(words)  # type: ignore[arg-type]  # each as said


def test_what_is_no_rule_still_ends_the_times_before_and_hides_no_others() -> None:
    broken = replace(TUESDAYS, uid="broken", weekdays=(), valid_from=date(2026, 12, 9))
    after = replace(TUESDAYS, uid="after", valid_from=date(2026, 12, 29))

    assert _days(after, TUESDAYS, broken) == _days_of_december(1, 8, 29)


def test_times_hold_from_their_first_to_their_last_day() -> None:
    version = replace(TUESDAYS, valid_from=date(2026, 12, 8), valid_until=date(2026, 12, 15))

    assert _days(version) == _days_of_december(8, 15)
    assert _days(replace(version, valid_from=date(2026, 12, 9), valid_until=date(2026, 12, 14))) == []


@pytest.mark.parametrize(
    ("closure", "numbers"),
    [
        (Closed(FIRST, LAST, everywhere=True), ()),
        (Closed(FIRST, LAST, places=frozenset({3})), ()),
        (Closed(FIRST, LAST, offers=frozenset({1})), ()),
        (Closed(FIRST, LAST, places=frozenset({4}), offers=frozenset({2})), (1, 8, 15, 22, 29)),
        (Closed(date(2026, 12, 8), date(2026, 12, 15), everywhere=True), (1, 22, 29)),
        (Closed(FIRST, LAST, frozenset({("tuesdays", "2026-12-08"), ("other", "2026-12-15")}), everywhere=True), (8,)),
    ],
)
def test_a_closure_hits_what_it_is_for(closure: Closed, numbers: tuple[int, ...]) -> None:
    assert _days(replace(TUESDAYS, place=3), closures=(closure,)) == _days_of_december(*numbers)


def test_what_staff_put_on_the_first_and_the_last_day_is_in_the_window() -> None:
    wednesdays = replace(TUESDAYS, weekdays=("WE",))
    extra = Changed("extra", "extra", FIRST, opens=time(8), closes=time(9))
    moved = Changed("moved", "moved", date(2026, 12, 2), new_day=LAST)

    assert _days(wednesdays, changes=(extra, moved)) == _days_of_december(9, 16, 23, 30, 1, 31)


def test_an_extra_date_has_its_own_identity_and_may_be_closed_or_kept_by_it() -> None:
    extra = Changed("extra", "extra", date(2026, 12, 2), opens=time(8), closes=time(9), place=6)
    offer = Offer(1, 5, (replace(TUESDAYS, place=3),), {"tuesdays": (extra,)})
    closed = Closed(FIRST, LAST, places=frozenset({6}))
    kept = replace(closed, kept=frozenset({("extra", "2026-12-02")}))

    told = [
        second_opinion(offer, Surroundings(closures=(closure,)), FIRST, date(2026, 12, 2)).dates
        for closure in (closed, kept)
    ]

    tuesday = Told("tuesdays", FIRST, "2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00", "planned", 3)
    off = Told("extra", extra.day, "2026-12-02T08:00:00+01:00", "2026-12-02T09:00:00+01:00", "cancelled", 6)
    assert told == [[tuesday, off], [tuesday, off._replace(state="planned")]]


def test_an_offer_without_fixed_times_has_just_the_dates_that_staff_add() -> None:
    undated = replace(TUESDAYS, frequency="none", weekdays=(), opens=None, closes=None, valid_from=date(2026, 12, 2))
    added = tuple(Changed("added", "extra", day, opens=time(8), closes=time(9)) for day in _days_of_december(1, 2))
    moved = Changed("moved", "moved", date(2026, 12, 8), new_day=LAST, opens=time(8), closes=time(9))

    assert _days(undated, changes=(*added, moved)) == _days_of_december(2)


def test_times_without_a_place_are_closed_with_their_office() -> None:
    around = Surroundings(closures=(Closed(FIRST, LAST, places=frozenset({5})),))

    told = second_opinion(Offer(1, 5, (TUESDAYS,)), around, FIRST, FIRST).dates

    assert told == [Told("tuesdays", FIRST, "2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00", "cancelled", 5)]


def test_places_held_back_hide_their_own_dates_and_those_that_were_moved_there_but_none_elsewhere() -> None:
    moved = Changed("moved", "moved", date(2026, 12, 8), new_day=date(2026, 12, 9), place=9)
    extra = Changed("extra", "extra", date(2026, 12, 10), opens=time(8), closes=time(9))

    assert _days(TUESDAYS, changes=(moved, extra), held_back=frozenset({9})) == _days_of_december(1, 15, 22, 29, 10)
    away = Changed("away", "moved", date(2026, 12, 15), new_day=date(2026, 12, 16), place=6)
    at_nine = replace(TUESDAYS, place=9)
    assert _days(at_nine, changes=(moved, extra, away), held_back=frozenset({9})) == _days_of_december(16)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 3, 29), time(1, 59, 59), "2026-03-29T01:59:59+01:00"),
        (date(2026, 3, 29), time(2, 30), "2026-03-29T02:30:00+01:00"),
        (date(2026, 3, 29), time(3), "2026-03-29T03:00:00+02:00"),
        (date(2026, 10, 25), time(2, 59, 59), "2026-10-25T02:59:59+02:00"),
        (date(2026, 10, 25), time(3), "2026-10-25T03:00:00+01:00"),
    ],
)
def test_it_knows_by_itself_when_the_clock_changes(day: date, clock: time, moment: str) -> None:
    night = replace(TUESDAYS, frequency="once", weekdays=(), anchor=day, opens=clock, closes=time(23))

    (told,) = second_opinion(Offer(1, None, (night,)), Surroundings(), day, day).dates

    assert told.starts == moment


@pytest.mark.parametrize("year", range(2026, 2041))
@pytest.mark.parametrize("is_moved", [False, True])
def test_both_let_a_date_end_after_it_begins_when_the_clock_skips_its_hour(year: int, is_moved: bool) -> None:  # noqa: FBT001  # a case
    (sunday,) = (day for number in range(25, 32) if (day := date(year, 3, number)).weekday() == 6)
    opens, closes, saturday = time(2, 15), time(3), sunday - timedelta(1)
    first = saturday if is_moved else sunday
    nights = Series("nights", Weekly((first.weekday(),)), opens, closes)
    move = engine.Change("move", "nights", saturday, engine.ChangeKind.MOVED, new_day=sunday)
    row = replace(TUESDAYS, uid="nights", weekdays=(CODES[first.weekday()],), opens=opens, closes=closes)
    moved = {"nights": (Changed("move", "moved", saturday, new_day=sunday),)} if is_moved else {}

    found = occurrences(nights, sunday, sunday, engine.Circumstances(changes=(move,) if is_moved else ()))
    told = second_opinion(Offer(1, None, (row,), moved), Surroundings(), sunday, sunday).dates

    span = f"{sunday}T02:15:00+01:00", f"{sunday}T04:00:00+02:00"
    assert [(one.starts.isoformat(), one.ends.isoformat()) for one in found] == [span]
    assert [(one.starts, one.ends) for one in told] == [span]
