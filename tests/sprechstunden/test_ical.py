"""Rules and RFC 5545 recurrence rules say the same, one to one."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.ical import parse_rrule, rrule
from sprechstunden.recurrence import Monthly, Once, Rule, RuleError, RuleFault, Undated, Weekly, days
from tests.sprechstunden.strategies import days_of_our_time, repeating_rules

FAR = date(2062, 12, 31)


@pytest.mark.parametrize(
    ("rule", "text", "dtstart"),
    [
        (Weekly((1,)), "FREQ=WEEKLY;BYDAY=TU", date(2026, 12, 1)),
        (Weekly((1,), 2, date(2021, 11, 9)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO", date(2021, 11, 9)),
        (Weekly((0, 6), 52, date(2026, 11, 29)), "FREQ=WEEKLY;INTERVAL=52;BYDAY=MO,SU;WKST=MO", date(2026, 11, 29)),
        (Monthly(3, (1, 3)), "FREQ=MONTHLY;BYDAY=1TH,3TH", date(2026, 12, 3)),
        (Monthly(4, (5, -1)), "FREQ=MONTHLY;BYDAY=5FR,-1FR", date(2026, 11, 27)),
        (Once(date(2026, 12, 1)), "", date(2026, 12, 1)),
    ],
)
def test_a_rule_is_written_and_read(rule: Rule, text: str, dtstart: date) -> None:
    assert rrule(rule) == text
    assert parse_rrule(text, dtstart) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("BYDAY=TH;FREQ=WEEKLY", Weekly((3,))),
        ("freq=weekly;byday=th", Weekly((3,))),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TH;WKST=MO", Weekly((3,))),
        ("FREQ=WEEKLY;INTERVAL=02;BYDAY=FR,TH,TH", Weekly((3, 4), 2, date(2026, 12, 3))),
        ("FREQ=MONTHLY;INTERVAL=1;BYDAY=-1TH,+3TH,01TH,1TH;WKST=MO", Monthly(3, (1, 3, -1))),
    ],
)
def test_other_spellings_of_a_rule_are_read(text: str, rule: Rule) -> None:
    assert parse_rrule(text, date(2026, 12, 3)) == rule


@given(rule=repeating_rules, day=days_of_our_time)
def test_every_rule_comes_back_from_its_text(rule: Weekly | Monthly, day: date) -> None:
    dtstart = _first_date(rule, day)

    assert parse_rrule(rrule(rule), dtstart) == rule


@given(day=days_of_our_time)
def test_one_day_comes_back_from_no_text(day: date) -> None:
    assert parse_rrule(rrule(Once(day)), day) == Once(day)


@given(one=repeating_rules, other=repeating_rules)
def test_different_rules_have_different_texts(one: Weekly | Monthly, other: Weekly | Monthly) -> None:
    texts = {(rrule(rule), rule.anchor if isinstance(rule, Weekly) else None) for rule in (one, other)}

    assert len(texts) == len({one, other})


@given(rule=repeating_rules, day=days_of_our_time)
def test_other_readers_find_the_same_days_in_the_text(rule: Weekly | Monthly, day: date) -> None:
    dtstart = _first_date(rule, day)
    last = date(dtstart.year + 2, 12, 31)

    found = rrulestr(rrule(rule), dtstart=datetime.combine(dtstart, time())).between(
        datetime.combine(dtstart, time()), datetime.combine(last, time()), inc=True
    )

    assert [moment.date() for moment in found] == list(days(rule, dtstart, last))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("rrule_not_supported", "RRULE"),
        ("rrule_not_supported", "FREQ=WEEKLY"),
        ("rrule_not_supported", "BYDAY=TH"),
        ("rrule_not_supported", "FREQ=DAILY;BYDAY=TH"),
        ("rrule_not_supported", "FREQ=YEARLY;BYDAY=1TH"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY="),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=XX"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=1TH"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=TH;"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=TH;BYDAY=FR"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=TH;WKST=SU"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=TH;COUNT=3"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231"),
        ("rrule_not_supported", "FREQ=WEEKLY;BYDAY=TH;BYSETPOS=1"),
        ("rrule_not_supported", "FREQ=WEEKLY;INTERVAL=;BYDAY=TH"),
        ("rrule_not_supported", "FREQ=WEEKLY;INTERVAL=-1;BYDAY=TH"),
        ("rrule_not_supported", "FREQ=WEEKLY;INTERVAL=100;BYDAY=TH"),
        ("rrule_not_supported", "FREQ=WEEKLY;INTERVAL=٢;BYDAY=TH"),
        ("rrule_not_supported", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH"),
        ("rrule_not_supported", "FREQ=MONTHLY;BYMONTHDAY=3"),
        ("rrule_not_supported", "FREQ=MONTHLY;BYDAY=TH"),
        ("rrule_not_supported", "FREQ=MONTHLY;BYDAY=1TH,TH"),
        ("rrule_not_supported", "FREQ=MONTHLY;BYDAY=1TH,1FR"),
        ("interval_out_of_range", "FREQ=WEEKLY;INTERVAL=0;BYDAY=TH"),
        ("interval_out_of_range", "FREQ=WEEKLY;INTERVAL=53;BYDAY=TH"),
        ("position_unknown", "FREQ=MONTHLY;BYDAY=0TH"),
        ("position_unknown", "FREQ=MONTHLY;BYDAY=6TH"),
        ("position_unknown", "FREQ=MONTHLY;BYDAY=-2TH"),
        ("anchor_is_not_its_own_first_date", "FREQ=WEEKLY;BYDAY=FR"),
        ("anchor_is_not_its_own_first_date", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("anchor_is_not_its_own_first_date", "FREQ=MONTHLY;BYDAY=2TH"),
    ],
)
def test_what_is_not_in_the_closed_set_is_refused(code: RuleFault, text: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_rrule(text, date(2026, 12, 3))

    assert refused.value.code == code


@given(text=st.text("FREQWEEKLYMONTHINTERVALBYDAY=;,0123456789-+"), day=days_of_our_time)
def test_no_text_breaks_the_reader(text: str, day: date) -> None:
    try:
        rule = parse_rrule(text, day)
    except RuleError:
        return
    assert rule == Once(day)


def test_what_has_no_dates_has_no_text() -> None:
    with pytest.raises(RuleError) as refused:
        rrule(Undated())

    assert refused.value.code == "undated_has_no_rrule"


def _first_date(rule: Weekly | Monthly, day: date) -> date:
    begin = rule.anchor if isinstance(rule, Weekly) and rule.anchor else day
    return next(days(rule, begin, FAR))
