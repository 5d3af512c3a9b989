"""What is wrong with times as somebody typed them: a sentence for each field."""

from datetime import date, time
from typing import Protocol

from django.utils.translation import gettext as _

from sprechstunden.fields import WeekdaysField
from sprechstunden.local_time import exists
from sprechstunden.recurrence import Once, Rule, RuleError, RuleFault, nearest_anchor
from standorte.languages import date_in_words

_FIELDS: dict[RuleFault, str] = {
    "anchor_is_not_its_own_first_date": "anchor",
    "anchor_missing": "anchor",
    "interval_out_of_range": "interval",
    "no_position": "positions",
    "no_weekday": "weekdays",
}


class TypedTimes(Protocol):
    """Times as somebody typed them, whether they are right or not."""

    weekdays: tuple[str, ...]
    anchor: date | None
    opens: time | None
    closes: time | None
    valid_from: date | None
    valid_until: date | None

    @property
    def is_dated(self) -> bool: ...

    @property
    def is_monthly(self) -> bool: ...

    def rule(self) -> Rule: ...


def schedule_errors(schedule: TypedTimes) -> dict[str, str]:
    """Give a sentence for each field that is wrong; nothing when all is well."""
    errors = _time_errors(schedule) | _day_errors(schedule)
    try:
        rule = schedule.rule()
    except RuleError as error:
        errors[_FIELDS.get(error.code, "frequency")] = _rule_message(schedule, error.code)
        return errors
    skipped = clock_errors(rule.day, schedule.opens, schedule.closes) if isinstance(rule, Once) else {}
    return skipped | errors


def clock_errors(day: date, opens: time | None, closes: time | None) -> dict[str, str]:
    """Give a sentence for each time of one date that the clock skips on its day."""
    sentence = _("This time does not exist on that day: the clocks go forward, from 2:00 to 3:00.")
    typed = {"opens": opens, "closes": closes}
    return {name: sentence for name, clock in typed.items() if clock and not exists(day, clock)}


def _time_errors(schedule: TypedTimes) -> dict[str, str]:
    opens, closes = schedule.opens, schedule.closes
    if opens and closes:
        sentence = _("It must open before it closes: this end is not after the beginning.")
        return {} if opens < closes else {"closes": sentence}
    if schedule.is_dated or opens or closes:
        return {"closes" if opens else "opens": _("Please give the times from and to.")}
    return {}


def _day_errors(schedule: TypedTimes) -> dict[str, str]:
    first, last = schedule.valid_from, schedule.valid_until
    if first and last and last < first:
        return {"valid_until": _("The last day comes before the first day.")}
    return {}


def _rule_message(schedule: TypedTimes, fault: RuleFault) -> str:
    messages: dict[RuleFault, str] = {
        "anchor_missing": _("Please give the first date: the weeks are counted from it."),
        "interval_out_of_range": _("Please write a number of weeks from 1 to 52."),
        "no_position": _("Please tick which one in the month: the first, the second, …"),
        "no_weekday": _("Please tick at least one weekday."),
    }
    if fault == "anchor_is_not_its_own_first_date" and schedule.anchor:
        return _anchor_message(schedule.anchor, schedule.weekdays)
    if fault == "no_weekday" and schedule.is_monthly:
        return _("Please tick the weekdays; for every month exactly one.")
    return messages.get(fault) or _("These times cannot be read as a rule.")


def _anchor_message(anchor: date, weekdays: tuple[str, ...]) -> str:
    nearest = nearest_anchor((WeekdaysField.codes.index(code) for code in weekdays), anchor)
    return _("%(typed)s is not one of the weekdays. The nearest date is %(nearest)s.") % {
        "typed": date_in_words(anchor, "full"),
        "nearest": date_in_words(nearest, "full"),
    }
