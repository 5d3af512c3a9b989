"""Rules as RFC 5545 recurrence rules and back, one to one.

The value of an RRULE only: the first date is DTSTART, the last one a matter of the
version that holds the rule, so UNTIL and COUNT are not part of it.
"""

import re
from collections.abc import Iterable
from datetime import date

from sprechstunden.recurrence import (
    Monthly,
    Once,
    Rule,
    RuleError,
    RuleFault,
    Undated,
    Weekly,
    days,
    ordered_positions,
)

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_INTERVAL = re.compile(r"[0-9]{1,2}")
_POSITION = re.compile(r"([+-]?[0-9]{1,2})(MO|TU|WE|TH|FR|SA|SU)")


def rrule(rule: Rule) -> str:
    """Write a rule as the value of an RRULE (RFC 5545 3.3.10).

    One day needs none: the text is empty. Undated raises RuleError.
    """
    if isinstance(rule, Undated):
        code: RuleFault = "undated_has_no_rrule"
        raise RuleError(code)
    if isinstance(rule, Once):
        return ""
    return _weekly_text(rule) if isinstance(rule, Weekly) else _monthly_text(rule)


def parse_rrule(text: str, dtstart: date) -> Rule:
    """Read the value of an RRULE whose first date is dtstart; the order of parts is free.

    Only what rrule() writes is a rule here; everything else RFC 5545 knows raises
    RuleError. So does a dtstart that is not a date of the rule: readers
    of calendars disagree about what that means.
    """
    if not text:
        return Once(dtstart)
    rule = _parsed(text.upper(), dtstart)
    if dtstart not in days(rule, dtstart, dtstart):
        code: RuleFault = "anchor_is_not_its_own_first_date"
        raise RuleError(code)
    return rule


def _weekly_text(rule: Weekly) -> str:
    by_day = ",".join(_WEEKDAYS[weekday] for weekday in rule.weekdays)
    if rule.interval == 1:
        return f"FREQ=WEEKLY;BYDAY={by_day}"
    return f"FREQ=WEEKLY;INTERVAL={rule.interval};BYDAY={by_day};WKST=MO"


def _monthly_text(rule: Monthly) -> str:
    by_day = ",".join(f"{position}{_WEEKDAYS[rule.weekday]}" for position in rule.positions)
    return f"FREQ=MONTHLY;BYDAY={by_day}"


def _parsed(text: str, dtstart: date) -> Rule:
    parts = _parts(text)
    frequency, by_day = parts.pop("FREQ"), parts.pop("BYDAY").split(",")
    interval_text, first_of_week = parts.pop("INTERVAL", "1"), parts.pop("WKST", "MO")
    _support(not parts and first_of_week == "MO")
    _support(_INTERVAL.fullmatch(interval_text) is not None)
    interval = int(interval_text)
    if frequency == "WEEKLY":
        return _weekly(by_day, interval, dtstart)
    _support(frequency == "MONTHLY" and interval == 1)
    return _monthly(by_day)


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(";")]
    parts = {name: value for name, _equals, value in pairs}
    _support(len(parts) == len(pairs) and {"FREQ", "BYDAY"} <= parts.keys())
    return parts


def _weekly(by_day: Iterable[str], interval: int, dtstart: date) -> Weekly:
    _support(set(by_day) <= set(_WEEKDAYS))
    weekdays = tuple(sorted({_WEEKDAYS.index(weekday) for weekday in by_day}))
    return Weekly(weekdays, interval, None if interval == 1 else dtstart)


def _monthly(by_day: Iterable[str]) -> Monthly:
    found = [_POSITION.fullmatch(position) for position in by_day]
    positions = ordered_positions(int(match[1]) for match in found if match)
    weekdays = {match[2] for match in found if match}
    _support(all(found) and len(weekdays) == 1)
    return Monthly(_WEEKDAYS.index(weekdays.pop()), positions)


def _support(holds: bool) -> None:  # noqa: FBT001 - the condition itself, not a switch
    if not holds:
        code: RuleFault = "rrule_not_supported"
        raise RuleError(code)
