"""Rules as RFC 5545 recurrence rules, one to one.

The value of an RRULE only: the first date is DTSTART, the last one a matter of the
version that holds the rule, so UNTIL and COUNT are not part of it.
"""

from sprechstunden.recurrence import Monthly, Once, Rule, RuleError, RuleFault, Undated, Weekly

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


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


def _weekly_text(rule: Weekly) -> str:
    by_day = ",".join(_WEEKDAYS[weekday] for weekday in rule.weekdays)
    if rule.interval == 1:
        return f"FREQ=WEEKLY;BYDAY={by_day}"
    return f"FREQ=WEEKLY;INTERVAL={rule.interval};BYDAY={by_day};WKST=MO"


def _monthly_text(rule: Monthly) -> str:
    by_day = ",".join(f"{position}{_WEEKDAYS[rule.weekday]}" for position in rule.positions)
    return f"FREQ=MONTHLY;BYDAY={by_day}"
