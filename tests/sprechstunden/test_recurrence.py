"""Rules give the days people expect, for tables of dates and for random rules."""

from dataclasses import FrozenInstanceError
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from dateutil import rrule as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from sprechstunden.recurrence import (
    Monthly,
    Once,
    Rule,
    RuleError,
    RuleFault,
    Undated,
    Weekly,
    days,
    nearest_anchor,
    ordered_positions,
)
from tests.sprechstunden.strategies import days_of_our_time, repeating_rules, rules, week_days, weekly_rules, windows

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
MARTEN = Weekly((TUESDAY,), 2, date(2021, 11, 9))


def test_fortnights_cross_a_year_of_53_weeks_without_a_shift() -> None:
    found = list(days(MARTEN, date(2026, 11, 22), date(2027, 1, 20)))

    assert found == [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29), date(2027, 1, 12)]


@pytest.mark.parametrize(
    ("rule", "first", "last", "expected"),
    [
        pytest.param(
            Weekly((SUNDAY,)),
            date(2026, 3, 22),
            date(2026, 4, 5),
            [date(2026, 3, 22), date(2026, 3, 29), date(2026, 4, 5)],
            id="summer_time_begins",
        ),
        pytest.param(
            Weekly((SUNDAY,)),
            date(2026, 10, 18),
            date(2026, 11, 1),
            [date(2026, 10, 18), date(2026, 10, 25), date(2026, 11, 1)],
            id="summer_time_ends",
        ),
        pytest.param(
            Weekly((TUESDAY,), 2, date(2028, 2, 15)),
            date(2028, 2, 15),
            date(2028, 3, 14),
            [date(2028, 2, 15), date(2028, 2, 29), date(2028, 3, 14)],
            id="leap_day",
        ),
        pytest.param(
            Weekly((TUESDAY, FRIDAY), 3, date(2026, 12, 11)),
            date(2026, 12, 1),
            date(2027, 1, 22),
            [date(2026, 12, 11), date(2026, 12, 29), date(2027, 1, 1), date(2027, 1, 19), date(2027, 1, 22)],
            id="weeks_count_from_the_monday_of_the_anchor_and_nothing_is_before_it",
        ),
        pytest.param(
            Weekly((MONDAY, SUNDAY), 2, date(2026, 11, 29)),
            date(2026, 11, 1),
            date(2026, 12, 21),
            [date(2026, 11, 29), date(2026, 12, 7), date(2026, 12, 13), date(2026, 12, 21)],
            id="a_week_begins_on_monday",
        ),
        pytest.param(
            Monthly(TUESDAY, (5,)),
            date(2026, 1, 1),
            date(2026, 12, 31),
            [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 29), date(2026, 12, 29)],
            id="months_without_a_fifth_tuesday_are_skipped",
        ),
        pytest.param(
            Monthly(TUESDAY, (4, -1)),
            date(2026, 2, 1),
            date(2026, 3, 31),
            [date(2026, 2, 24), date(2026, 3, 24), date(2026, 3, 31)],
            id="the_last_one_is_also_the_fourth_or_the_fifth",
        ),
        pytest.param(
            Monthly(THURSDAY, (1, 3)),
            date(2026, 12, 3),
            date(2027, 1, 7),
            [date(2026, 12, 3), date(2026, 12, 17), date(2027, 1, 7)],
            id="months_cross_the_turn_of_the_year",
        ),
        pytest.param(
            Monthly(THURSDAY, (1, 3)),
            date(2026, 12, 4),
            date(2027, 1, 6),
            [date(2026, 12, 17)],
            id="months_are_cut_at_both_ends",
        ),
        pytest.param(Once(date(2028, 2, 29)), date(2028, 2, 29), date(2028, 2, 29), [date(2028, 2, 29)], id="once"),
        pytest.param(Once(date(2028, 2, 29)), date(2028, 3, 1), date(2028, 12, 31), [], id="once_is_over"),
        pytest.param(Once(date(2028, 2, 29)), date(2028, 1, 1), date(2028, 2, 28), [], id="once_is_still_to_come"),
        pytest.param(Undated(), date.min, date.max, [], id="undated"),
        pytest.param(
            Weekly((MONDAY,)), date(2026, 12, 31), date(2026, 1, 1), [], id="a_window_that_ends_before_it_begins"
        ),
    ],
)
def test_a_rule_gives_its_days(rule: Rule, first: date, last: date, expected: list[date]) -> None:
    assert list(days(rule, first, last)) == expected


@pytest.mark.parametrize(
    ("rule", "earliest", "latest"),
    [
        (Weekly((MONDAY, FRIDAY)), date(1, 1, 1), date(9999, 12, 31)),
        (Weekly((MONDAY,), 52, date(1, 1, 1)), date(1, 1, 1), date(9999, 11, 15)),
        (Weekly((FRIDAY,), 2, date(9999, 12, 31)), date(9999, 12, 31), date(9999, 12, 31)),
        (Monthly(FRIDAY, (-1,)), date(1, 1, 26), date(9999, 12, 31)),
        (Monthly(MONDAY, (1,)), date(1, 1, 1), date(9999, 12, 6)),
        (Once(date.max), date.max, date.max),
    ],
)
def test_the_calendar_has_a_first_and_a_last_day(rule: Rule, earliest: date, latest: date) -> None:
    first_found = next(days(rule, date.min, date.max))
    *_others, last_found = days(rule, date.max - timedelta(400), date.max)

    assert (first_found, last_found) == (earliest, latest)


@settings(max_examples=1000)
@given(rule=repeating_rules, window=windows())
def test_random_rules_give_the_same_days_as_dateutil(rule: Weekly | Monthly, window: tuple[date, date]) -> None:
    first, last = window

    found = list(days(rule, first, last))

    assert found == _days_by_dateutil(rule, first, last)


@given(rule=rules, window=windows(), cut=st.integers(0, 800))
def test_days_do_not_depend_on_the_window(rule: Rule, window: tuple[date, date], cut: int) -> None:
    first, last = window
    middle = min(last, first + timedelta(cut))

    in_two_parts = [*days(rule, first, middle), *days(rule, middle + timedelta(1), last)]

    assert in_two_parts == list(days(rule, first, last))


@given(rule=rules, wide=windows(), narrow=windows(60))
def test_windows_that_overlap_agree(rule: Rule, wide: tuple[date, date], narrow: tuple[date, date]) -> None:
    both = set(days(rule, *wide)) | set(days(rule, *narrow))
    around = days(rule, min(wide[0], narrow[0]), max(wide[1], narrow[1]))

    assert both == {day for day in around if wide[0] <= day <= wide[1] or narrow[0] <= day <= narrow[1]}


@given(rule=weekly_rules(), first=days_of_our_time)
def test_each_weekday_comes_every_n_weeks(rule: Weekly, first: date) -> None:
    found = list(days(rule, first, date(2064, 12, 31)))

    for weekday in rule.weekdays:
        own = [day for day in found if day.weekday() == weekday]
        assert {later - earlier for earlier, later in pairwise(own)} <= {timedelta(weeks=rule.interval)}
        assert own


@pytest.mark.parametrize("interval", range(1, 53))
def test_every_weekday_keeps_its_gap_in_all_years_to_2060(interval: int) -> None:
    whole_week = tuple(range(7))
    rule = Weekly(whole_week, interval, None if interval == 1 else date(2000, 1, 3))

    found = list(days(rule, date(2000, 1, 3), date(2060, 12, 31)))

    every = range(date(2000, 1, 3).toordinal(), date(2061, 1, 1).toordinal())
    assert found == [date.fromordinal(day) for day in every if (day - every[0]) // 7 % interval == 0]


@given(rule=weekly_rules())
def test_the_anchor_is_the_first_date(rule: Weekly) -> None:
    begin = rule.anchor or date.min

    assert next(days(rule, date.min, date.max)) == nearest_anchor(rule.weekdays, begin)


@pytest.mark.parametrize(
    ("code", "weekdays", "interval", "anchor"),
    [
        ("no_weekday", (), 1, None),
        ("weekday_unknown", (7,), 1, None),
        ("weekday_unknown", (-1,), 1, None),
        ("weekday_unknown", (1, 7), 1, None),
        ("not_sorted", (1, 0), 1, None),
        ("not_sorted", (1, 1), 1, None),
        ("interval_out_of_range", (1,), 0, None),
        ("interval_out_of_range", (1,), 53, date(2021, 11, 9)),
        ("anchor_not_wanted", (1,), 1, date(2021, 11, 9)),
        ("anchor_missing", (1,), 2, None),
        ("anchor_is_not_its_own_first_date", (1,), 2, date(2021, 11, 10)),
    ],
)
def test_what_is_no_weekly_rule_is_refused(
    code: RuleFault, weekdays: tuple[int, ...], interval: int, anchor: date | None
) -> None:
    with pytest.raises(RuleError) as refused:
        Weekly(weekdays, interval, anchor)

    assert (refused.value.code, str(refused.value)) == (code, code)


@pytest.mark.parametrize(
    ("code", "weekday", "positions"),
    [
        ("weekday_unknown", 7, (1,)),
        ("no_position", 1, ()),
        ("position_unknown", 1, (0,)),
        ("position_unknown", 1, (6,)),
        ("position_unknown", 1, (-2,)),
        ("position_unknown", 1, (1, 6)),
        ("not_sorted", 1, (3, 1)),
        ("not_sorted", 1, (-1, 1)),
        ("not_sorted", 1, (1, 1)),
    ],
)
def test_what_is_no_monthly_rule_is_refused(code: RuleFault, weekday: int, positions: tuple[int, ...]) -> None:
    with pytest.raises(RuleError) as refused:
        Monthly(weekday, positions)

    assert refused.value.code == code


@pytest.mark.parametrize("rule", [MARTEN, Monthly(THURSDAY, (1,)), Once(date(2026, 12, 1))])
def test_a_rule_stays_as_it_was_made(rule: Rule) -> None:
    for name in rule.__slots__:
        with pytest.raises(FrozenInstanceError):
            setattr(rule, name, None)


def test_positions_are_put_in_order_with_the_last_at_the_end() -> None:
    assert ordered_positions([-1, 3, 1, 3]) == (1, 3, -1)


@pytest.mark.parametrize(
    ("weekdays", "day", "nearest"),
    [
        ((TUESDAY,), date(2026, 12, 1), date(2026, 12, 1)),
        ((TUESDAY,), date(2026, 12, 2), date(2026, 12, 1)),
        ((TUESDAY,), date(2026, 12, 4), date(2026, 12, 1)),
        ((TUESDAY,), date(2026, 12, 5), date(2026, 12, 8)),
        ((MONDAY, WEDNESDAY), date(2026, 12, 1), date(2026, 12, 2)),
        ((MONDAY, SATURDAY), date(2026, 12, 3), date(2026, 12, 5)),
        ((SUNDAY,), date.min, date(1, 1, 7)),
        ((FRIDAY,), date.max, date.max),
        ((SATURDAY,), date.max, date(9999, 12, 25)),
    ],
)
def test_the_nearest_anchor_is_offered_of_two_the_later(weekdays: tuple[int, ...], day: date, nearest: date) -> None:
    assert nearest_anchor(weekdays, day) == nearest


@given(weekdays=week_days, day=days_of_our_time)
def test_no_possible_anchor_is_nearer(weekdays: tuple[int, ...], day: date) -> None:
    distance = abs(nearest_anchor(weekdays, day) - day)

    closer = (day + timedelta(offset) for offset in range(1 - distance.days, distance.days))
    assert [other for other in closer if other.weekday() in weekdays] == []


def test_without_a_weekday_there_is_no_nearest_anchor() -> None:
    with pytest.raises(RuleError) as refused:
        nearest_anchor((), date(2026, 12, 1))

    assert refused.value.code == "no_weekday"


def _days_by_dateutil(rule: Weekly | Monthly, first: date, last: date) -> list[date]:
    """Ask the other engine; it has to walk from the anchor, else it begins with the window."""
    window = datetime.combine(first, time()), datetime.combine(last, time())
    if isinstance(rule, Monthly):
        by_weekday = [oracle.weekday(rule.weekday, position) for position in rule.positions]
        other = oracle.rrule(oracle.MONTHLY, dtstart=window[0], byweekday=by_weekday)
    else:
        dtstart = datetime.combine(rule.anchor or first, time())
        other = oracle.rrule(oracle.WEEKLY, dtstart, rule.interval, oracle.MO, byweekday=rule.weekdays)
    return [moment.date() for moment in other.between(*window, inc=True)]
