"""Rules and RFC 5545 recurrence rules say the same, one to one."""

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given

from sprechstunden.ical import rrule
from sprechstunden.recurrence import Monthly, Once, Rule, RuleError, Undated, Weekly, days
from tests.sprechstunden.strategies import days_of_our_time, repeating_rules

FAR = date(2062, 12, 31)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Weekly((1,)), "FREQ=WEEKLY;BYDAY=TU"),
        (Weekly((1,), 2, date(2021, 11, 9)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO"),
        (Weekly((0, 6), 52, date(2026, 11, 29)), "FREQ=WEEKLY;INTERVAL=52;BYDAY=MO,SU;WKST=MO"),
        (Monthly(3, (1, 3)), "FREQ=MONTHLY;BYDAY=1TH,3TH"),
        (Monthly(4, (5, -1)), "FREQ=MONTHLY;BYDAY=5FR,-1FR"),
        (Once(date(2026, 12, 1)), ""),
    ],
)
def test_a_rule_is_written(rule: Rule, text: str) -> None:
    assert rrule(rule) == text


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


def test_what_has_no_dates_has_no_text() -> None:
    with pytest.raises(RuleError) as refused:
        rrule(Undated())

    assert refused.value.code == "undated_has_no_rrule"


def _first_date(rule: Weekly | Monthly, day: date) -> date:
    begin = rule.anchor if isinstance(rule, Weekly) and rule.anchor else day
    return next(days(rule, begin, FAR))
