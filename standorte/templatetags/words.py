"""Facts as words: texts, languages, days and numbers in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django import template
from django.template.defaultfilters import linebreaks_filter, urlize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from standorte import address
from standorte.languages import babel_locale, date_in_words, day_of_month, direction, language_name, own_name
from standorte.models import Evidence
from standorte.texts import State, Text

register = template.Library()
EASY_GERMAN = "de-x-leicht"


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language by its own name."""

    code: str
    name: str
    direction: str


@register.simple_tag
def passage(text: Text) -> SafeString | str:
    """Give a text in the reader's language; German words are marked and announced where it has none, drafts as drafts.

    Easy German is a language of its own: whoever reads it is told that other German follows.
    """
    current = get_language() or "de"
    found = text.passage(current)
    if found.state is State.DRAFT:
        mark = _("(draft)")
        return f"{found.text} {mark}"
    if not found.text or found.language == current:
        return found.text
    marked = '<span lang="{}" dir="{}">{}</span> {}'
    return format_html(marked, found.language, direction(found.language), found.text, _("(in German)"))


@register.simple_tag
def paragraphs(text: Text) -> SafeString:
    """Give a longer text with its paragraphs and links, marked as `passage` marks a short one."""
    current = get_language() or "de"
    found = text.passage(current)
    mark = ""
    if found.state is State.DRAFT:
        mark = _("(draft)")
    elif found.text and found.language != current:
        mark = _("(in German)")
    block = '<div lang="{}" dir="{}">{}</div>{}'
    words = linebreaks_filter(urlize(found.text))
    return format_html(block, found.language, direction(found.language), words, mark and format_html("<p>{}</p>", mark))


@register.filter
def languages_spoken(codes: Iterable[str]) -> list[SpokenLanguage]:
    """Give spoken languages by their own names."""
    return [SpokenLanguage(code, own_name(code), direction(code)) for code in codes]


@register.filter
def listed(codes: Iterable[str]) -> str:
    """Name languages in the reader's language, joined as it joins words."""
    return format_list([language_name(code) for code in codes], locale=babel_locale())


@register.filter
def as_of(evidence: Evidence) -> str:
    """Give the age of a fact as its source words it, dates in the reader's form."""
    return partial_date(evidence.as_of) or _("undated")


@register.filter
def partial_date(text: str) -> str:
    """Write "2018-02" as month and year, "2018-02-09" as a day; other wordings stay as they are."""
    if text.startswith("ca. "):
        return _("about %(year)s") % {"year": partial_date(text.removeprefix("ca. "))}
    parts = address.partial_date(text)
    if parts is None:
        return text
    year, month, day = parts
    if month is None:
        return str(year)
    if day is None:
        return format_skeleton("yMMMM", datetime(year, month, 1), locale=babel_locale())  # noqa: DTZ001  # only year and month show
    return date_in_words(date(year, month, day), "long")


@register.filter
def long_date(day: date) -> str:
    """Write weekday, day, month and year."""
    return date_in_words(day, "full")


@register.filter
def day_in_words(day: date) -> str:
    """Write day, month and year."""
    return date_in_words(day, "long")


register.filter(day_of_month)


@register.filter
def weekday(day: date) -> str:
    """Name the weekday."""
    return format_date(day, "cccc", babel_locale())


@register.filter
def weekday_short(day: date) -> str:
    """Name the weekday in short; easy German knows no abbreviations."""
    return weekday(day) if _is_easy() else format_date(day, "ccc", babel_locale())


@register.filter
def month(day: date) -> str:
    """Name the month as it stands beside a day: in many languages in another case than alone."""
    return format_date(day, "MMMM", babel_locale())


@register.filter
def month_short(day: date) -> str:
    """Name the month in short, as it stands beside a day; easy German knows no abbreviations."""
    return month(day) if _is_easy() else format_date(day, "MMM", babel_locale())


@register.filter
def clock(moment: datetime | time) -> str:
    """Write the time of day with 24 hours, as everywhere in Dortmund; in easy German whole hours stand alone."""
    return f"{moment.hour}" if _is_easy() and not moment.minute else f"{moment:%H:%M}"


@register.filter
def until(starts: datetime | time, ends: datetime | time) -> str:
    """Write from and to, in easy German with words instead of a dash."""
    if _is_easy():
        return f"{clock(starts)} Uhr bis {clock(ends)} Uhr"
    return f"{clock(starts)} \N{EN DASH} {clock(ends)}"


@register.filter
def iso(moment: datetime) -> str:
    """Write a moment for the attribute "datetime", with its offset from UTC."""
    return moment.isoformat(timespec="minutes")


@register.filter
def relative_day(day: date, now: datetime) -> str:
    """Say today or tomorrow; nothing for other days."""
    return {0: _("today"), 1: _("tomorrow")}.get((day - now.date()).days, "")


@register.filter
def decimal(number: int) -> str:
    """Write a number with the separators of the language and Latin digits."""
    return format_decimal(number, locale=babel_locale(), numbering_system="latn")


def _is_easy() -> bool:
    return get_language() == EASY_GERMAN
