"""Rules as sentences in the active language.

Only whole phrases are translated, one for each weekday: case, gender, article and preposition of
"every Monday" differ from weekday to weekday in many languages, and so does the plural.
What is joined is joined as CLDR says for the language.
"""

from collections.abc import Iterable
from typing import Protocol

from babel.lists import format_list
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy, pgettext_lazy

from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.recurrence import LAST, Monthly, Once, Rule, RuleError, Undated, Weekly
from standorte.languages import babel_locale, date_in_words

_EVERY_SECOND_WEEK = 2

# Monday is 0 in all tables, as in date.weekday().
_EVERY_WEEK = (
    gettext_lazy("every Monday"),
    gettext_lazy("every Tuesday"),
    gettext_lazy("every Wednesday"),
    gettext_lazy("every Thursday"),
    gettext_lazy("every Friday"),
    gettext_lazy("every Saturday"),
    gettext_lazy("every Sunday"),
)
_EVERY_OTHER_WEEK = (
    gettext_lazy("every second Monday"),
    gettext_lazy("every second Tuesday"),
    gettext_lazy("every second Wednesday"),
    gettext_lazy("every second Thursday"),
    gettext_lazy("every second Friday"),
    gettext_lazy("every second Saturday"),
    gettext_lazy("every second Sunday"),
)
_EVERY_N_WEEKS = (
    ngettext_lazy("every %(weeks)d week on Monday", "every %(weeks)d weeks on Monday", "weeks"),
    ngettext_lazy("every %(weeks)d week on Tuesday", "every %(weeks)d weeks on Tuesday", "weeks"),
    ngettext_lazy("every %(weeks)d week on Wednesday", "every %(weeks)d weeks on Wednesday", "weeks"),
    ngettext_lazy("every %(weeks)d week on Thursday", "every %(weeks)d weeks on Thursday", "weeks"),
    ngettext_lazy("every %(weeks)d week on Friday", "every %(weeks)d weeks on Friday", "weeks"),
    ngettext_lazy("every %(weeks)d week on Saturday", "every %(weeks)d weeks on Saturday", "weeks"),
    ngettext_lazy("every %(weeks)d week on Sunday", "every %(weeks)d weeks on Sunday", "weeks"),
)
_EVERY_MONTH = (
    gettext_lazy("on the %(positions)s Monday of the month"),
    gettext_lazy("on the %(positions)s Tuesday of the month"),
    gettext_lazy("on the %(positions)s Wednesday of the month"),
    gettext_lazy("on the %(positions)s Thursday of the month"),
    gettext_lazy("on the %(positions)s Friday of the month"),
    gettext_lazy("on the %(positions)s Saturday of the month"),
    gettext_lazy("on the %(positions)s Sunday of the month"),
)
# The position agrees with its weekday, which is the context.
_POSITIONS = (
    {
        1: pgettext_lazy("Monday", "first"),
        2: pgettext_lazy("Monday", "second"),
        3: pgettext_lazy("Monday", "third"),
        4: pgettext_lazy("Monday", "fourth"),
        5: pgettext_lazy("Monday", "fifth"),
        LAST: pgettext_lazy("Monday", "last"),
    },
    {
        1: pgettext_lazy("Tuesday", "first"),
        2: pgettext_lazy("Tuesday", "second"),
        3: pgettext_lazy("Tuesday", "third"),
        4: pgettext_lazy("Tuesday", "fourth"),
        5: pgettext_lazy("Tuesday", "fifth"),
        LAST: pgettext_lazy("Tuesday", "last"),
    },
    {
        1: pgettext_lazy("Wednesday", "first"),
        2: pgettext_lazy("Wednesday", "second"),
        3: pgettext_lazy("Wednesday", "third"),
        4: pgettext_lazy("Wednesday", "fourth"),
        5: pgettext_lazy("Wednesday", "fifth"),
        LAST: pgettext_lazy("Wednesday", "last"),
    },
    {
        1: pgettext_lazy("Thursday", "first"),
        2: pgettext_lazy("Thursday", "second"),
        3: pgettext_lazy("Thursday", "third"),
        4: pgettext_lazy("Thursday", "fourth"),
        5: pgettext_lazy("Thursday", "fifth"),
        LAST: pgettext_lazy("Thursday", "last"),
    },
    {
        1: pgettext_lazy("Friday", "first"),
        2: pgettext_lazy("Friday", "second"),
        3: pgettext_lazy("Friday", "third"),
        4: pgettext_lazy("Friday", "fourth"),
        5: pgettext_lazy("Friday", "fifth"),
        LAST: pgettext_lazy("Friday", "last"),
    },
    {
        1: pgettext_lazy("Saturday", "first"),
        2: pgettext_lazy("Saturday", "second"),
        3: pgettext_lazy("Saturday", "third"),
        4: pgettext_lazy("Saturday", "fourth"),
        5: pgettext_lazy("Saturday", "fifth"),
        LAST: pgettext_lazy("Saturday", "last"),
    },
    {
        1: pgettext_lazy("Sunday", "first"),
        2: pgettext_lazy("Sunday", "second"),
        3: pgettext_lazy("Sunday", "third"),
        4: pgettext_lazy("Sunday", "fourth"),
        5: pgettext_lazy("Sunday", "fifth"),
        LAST: pgettext_lazy("Sunday", "last"),
    },
)


class Times(Protocol):
    """Times as they are stored."""

    def rule(self) -> Rule: ...


def sentence_of(times: Times) -> str:
    """Say how often times are, in the active language, and of those that are no rule that they are none.

    No form stores such times; whoever writes past the forms can, and staff must see them to mend them.
    """
    try:
        return rule_sentence(times.rule())
    except RuleError:
        return gettext("times that cannot be read")


def reason_words(reason: Reason) -> str:
    """Say why a date does not take place, in the active language."""
    said = {
        ReasonKind.STAFF_SHORTAGE: gettext("not enough staff"),
        ReasonKind.TRAINING: gettext("training"),
        ReasonKind.PUBLIC_HOLIDAY: gettext("public holiday"),
        ReasonKind.SCHOOL_HOLIDAYS: gettext("school holidays"),
        ReasonKind.CLOSING_DAY: gettext("closing day"),
        ReasonKind.ROOM_NOT_AVAILABLE: gettext("room not available"),
        ReasonKind.EVENT: gettext("event"),
        ReasonKind.OTHER: gettext("other reason"),
    }
    if not reason.detail:
        return said[reason.kind]
    return gettext("%(reason)s: %(detail)s") % {"reason": said[reason.kind], "detail": gettext(reason.detail)}


def rule_sentence(rule: Rule) -> str:
    """Say a rule in the active language, such as "every Monday and every Friday".

    Times and validity are not part of it.
    """
    if isinstance(rule, Undated):
        return gettext("No fixed times are known")
    if isinstance(rule, Once):
        day = date_in_words(rule.day, "long")
        return gettext("on %(day)s") % {"day": day}
    if isinstance(rule, Weekly):
        return _listed(_weekly_phrase(rule.interval, weekday) for weekday in rule.weekdays)
    return _monthly_phrase(rule)


def _weekly_phrase(interval: int, weekday: int) -> str:
    if interval == 1:
        return str(_EVERY_WEEK[weekday])
    if interval == _EVERY_SECOND_WEEK:
        return str(_EVERY_OTHER_WEEK[weekday])
    return _EVERY_N_WEEKS[weekday] % {"weeks": interval}


def _monthly_phrase(rule: Monthly) -> str:
    ordinals = _POSITIONS[rule.weekday]
    positions = _listed(str(ordinals[position]) for position in rule.positions)
    return _EVERY_MONTH[rule.weekday] % {"positions": positions}


def _listed(phrases: Iterable[str]) -> str:
    return format_list(list(phrases), locale=babel_locale())
