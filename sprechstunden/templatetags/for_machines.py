"""Titles in one line, and JSON-LD for search engines."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sprechstunden.entries import Outlook
from sprechstunden.models import Sprechstunde
from sprechstunden.structured_data import Data, offer_data, offer_name, place_data
from sprechstunden.templatetags.timetable import hours
from sprechstunden.timetable import Version
from sprechstunden.wording import rule_sentence
from standorte.models import Standort

# None of these may end the element or begin another; in JSON they stand for the same.
_HARMLESS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}

register = template.Library()


class PageContext(TypedDict):
    """What these tags need of the page."""

    request: HttpRequest
    now: datetime


@register.simple_tag(takes_context=True)
def offer_in_one_line(context: PageContext, sprechstunde: Sprechstunde, versions: Iterable[Version]) -> str:
    """Name an offer with its place and its times: many have no name of their own."""
    today = context["now"].date()
    to_come = [version for version in versions if (version.series.valid_until or today) >= today]
    parts = [offer_name(sprechstunde)]
    for version in to_come[:1]:
        schedule = version.schedule
        place = schedule.standort.name if schedule.standort else ""
        times = f"{rule_sentence(schedule.rule())} {hours(schedule)}".strip() if schedule.is_dated else ""
        parts += [place, times]
    return " · ".join(part for part in parts if part)


@register.simple_tag(takes_context=True)
def place_for_machines(context: PageContext, standort: Standort, outlook: Outlook) -> SafeString:
    """Write what search engines may know of a place."""
    return _element(place_data(standort, outlook, _origin(context)))


@register.simple_tag(takes_context=True)
def offer_for_machines(
    context: PageContext, sprechstunde: Sprechstunde, outlook: Outlook, versions: Iterable[Version]
) -> SafeString:
    """Write what search engines may know of an offer."""
    return _element(offer_data(sprechstunde, outlook, versions, _origin(context)))


def _origin(context: PageContext) -> str:
    return context["request"].build_absolute_uri("/").removesuffix("/")


def _element(data: Data) -> SafeString:
    """Write data as an element that browsers do not run, so the content security policy lets it stand."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
