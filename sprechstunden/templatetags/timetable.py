"""Dates in the pages of every app: next dates of places, rules and reasons in words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from typing import TypedDict

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sprechstunden import around
from sprechstunden.entries import Entry, Outlook
from sprechstunden.models import Schedule
from sprechstunden.nearby import instead
from sprechstunden.place_dates import PlaceDates, place_dates
from sprechstunden.reasons import Reason, ReasonKind
from sprechstunden.school_holidays import school_holidays_known_until
from sprechstunden.timetable import outlooks
from sprechstunden.wording import reason_words, sentence_of
from standorte.languages import day_of_month
from standorte.models import Standort
from standorte.templatetags import words

DATES_PER_PLACE = 3
PLACES_AROUND = 4

register = template.Library()
register.filter("reason_words", reason_words)
register.filter("rule_sentence", sentence_of)


class PageContext(TypedDict):
    """What these tags need of the page."""

    now: datetime


@register.simple_tag(takes_context=True)
def dates_at(context: PageContext, standort: Standort) -> PlaceDates:
    """Give what the page of a place says about time; its times are fetched once."""
    return place_dates(standort, context["now"], DATES_PER_PLACE)


@register.simple_tag
def places_around(standort: Standort) -> list[Standort]:
    """Give other places near one; two queries."""
    return around.places_around(standort, PLACES_AROUND)


@register.simple_tag(takes_context=True)
def outlooks_of(context: PageContext, standorte: Iterable[Standort]) -> dict[int, Outlook]:
    """Give what comes next at each place of a list; one query for all."""
    return outlooks(standorte, context["now"], 1)


@register.simple_tag(takes_context=True)
def alternatives_of(context: PageContext, *lists: Iterable[Entry]) -> dict[Entry, Entry]:
    """Give the nearest confirmed date instead of each one that is off, for all lists of a page together."""
    return instead(chain.from_iterable(lists), context["now"])


@register.filter
def instead_of(found: Mapping[Entry, Entry], entry: Entry) -> Entry | None:
    """Pick what stands in for one date of the lists."""
    return found.get(entry)


@register.simple_tag
def school_holidays_known() -> date:
    """Give the last day of the school holidays that are known."""
    return school_holidays_known_until()


@register.filter
def of(found: Mapping[int, Outlook], standort: Standort) -> Outlook:
    """Pick the outlook of one place of the list."""
    return found[standort.pk]


@register.filter
def hours(schedule: Schedule) -> str:
    """Write from and to, or nothing where the times are not known."""
    if schedule.opens is None or schedule.closes is None:
        return ""
    return words.until(schedule.opens, schedule.closes)


@register.filter
def day_and_hours(entry: Entry, now: datetime) -> SafeString:
    """Write weekday, day, month, from and to of a date, for a sentence."""
    return format_html(
        # Translators: Tuesday, 1 December, 10:00 – 12:00
        _("{weekday}, {day} {month}, {hours}"),
        weekday=words.relative_day(entry.day, now) or words.weekday(entry.day),
        day=day_of_month(entry.day),
        month=words.month(entry.day),
        hours=format_html('<bdi dir="ltr">{}</bdi>', words.until(entry.starts, entry.ends)),
    )


@register.filter
def in_line(entry: Entry) -> str:
    """Write day, year, times and kind of a date in one line of plain text, for a message."""
    line = _("{weekday}, {day}, {hours}").format(
        weekday=words.weekday_short(entry.day),
        day=words.day_in_words(entry.day),
        # Where no markup can say it, these characters keep the times from left to right (Unicode TR 9, LRI and PDI).
        hours=f"\u2066{words.until(entry.starts, entry.ends)}\u2069",
    )
    return " · ".join(part for part in (line, entry.sprechstunde.kind_in_words) if part)


@register.filter
def on_paper(entry: Entry) -> SafeString:
    """Write day and times of a date as short as possible, for a sheet that says its year."""
    return format_html(
        _("{weekday}, {day} {month}, {hours}"),
        weekday=words.weekday_short(entry.day),
        day=day_of_month(entry.day),
        month=words.month_short(entry.day),
        hours=format_html('<bdi dir="ltr">{}</bdi>', words.until(entry.starts, entry.ends)),
    )


@register.filter
def says_more(reason: Reason) -> bool:
    """Tell whether a reason says more than that there is one."""
    return reason.kind is not ReasonKind.OTHER
