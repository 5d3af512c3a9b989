"""What a calendar says about a date: plain text in the active language, German names isolated in text from right."""

from collections.abc import Iterator

from babel.lists import format_list
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sprechstunden.entries import Entry
from sprechstunden.explaining import what_was_changed
from sprechstunden.models import Change, ChangeKind, Schedule, Sprechstunde, SprechstundeKind, StaffReason
from sprechstunden.reasons import ReasonKind
from sprechstunden.school_holidays import school_holidays_known_until
from sprechstunden.wording import reason_words
from standorte.languages import babel_locale, language_name
from standorte.plain_text import in_plain_text, isolated
from standorte.templatetags.words import as_of, day_in_words


def summary(entry: Entry) -> str:
    """Name the offer and its place; what does not take place says so first."""
    title = _name(entry.sprechstunde)
    if entry.standort:
        title = f"{title} · {isolated(entry.standort.name)}"
    return title if entry.takes_place else _("Cancelled: %(title)s") % {"title": title}


def description(entry: Entry, url: str, there: str) -> str:
    """Say how sure the date is and why it is so, who is understood there, and where to read more.

    There is the page of its place, if it has one: instead of a date that is off people find others on it.
    """
    others = _("Other dates: %(address)s") % {"address": there} if there and not entry.takes_place else ""
    return "\n".join(line for line in (*_lines(entry), others, url) if line)


def location(entry: Entry) -> str:
    """Give the postal address, German as on the sign; nothing where one phones, or where the place is not known."""
    place = entry.standort
    if place is None or entry.sprechstunde.kind == SprechstundeKind.PHONE:
        return ""
    return ", ".join(part for part in (place.name, place.street, place.city_line) if part)


def _lines(entry: Entry) -> Iterator[str]:
    yield _kind(entry.sprechstunde)
    yield from _decided(entry)
    if entry.takes_place:
        yield from _how_sure(entry)
    yield from _who_is_understood(entry)
    yield in_plain_text(entry.schedule.words)
    office = entry.sprechstunde.office
    if office and office.is_published and entry.standort is None and entry.sprechstunde.kind != SprechstundeKind.PHONE:
        yield _("The place is not known. Please ask the office %(office)s.") % {"office": isolated(office.name)}


def _kind(sprechstunde: Sprechstunde) -> str:
    """Say that one calls or needs an appointment where the name in the summary does not."""
    return sprechstunde.kind_in_words if sprechstunde.title or sprechstunde.needs_appointment else ""


def _decided(entry: Entry) -> Iterator[str]:
    reason, decision = entry.occurrence.reason, entry.decision
    if not entry.takes_place:
        # The summary says that it is off; "other reason" would say no more, on pages neither.
        if reason and reason.kind is not ReasonKind.OTHER:
            yield _("Cancelled: %(reason)s") % {"reason": reason_words(reason)}
    elif isinstance(decision, Change):
        day, is_moved = day_in_words(decision.day), decision.kind == ChangeKind.MOVED
        says_why = not is_moved or decision.reason != StaffReason.OTHER
        yield what_was_changed(decision, day) if says_why else _("Moved from %(day)s.") % {"day": day}
    if decision:
        yield in_plain_text(decision.note)


def _how_sure(entry: Entry) -> Iterator[str]:
    if entry.is_confirmed and entry.confirmed_on:
        yield _("Confirmed on %(day)s") % {"day": day_in_words(entry.confirmed_on)}
    else:
        yield _how_old(entry.schedule)
        yield _("These dates come from older sources. Please ask before you go.")
    if entry.schedule.follows_school_holidays:
        yield _("The school holidays are known until %(day)s.") % {"day": day_in_words(school_holidays_known_until())}


def _how_old(schedule: Schedule) -> str:
    if schedule.confirmed_on:
        return _("Last confirmed on %(day)s, more than six months ago") % {"day": day_in_words(schedule.confirmed_on)}
    return _("Planned, not confirmed. As of: %(age)s") % {"age": as_of(schedule)}


def _who_is_understood(entry: Entry) -> Iterator[str]:
    if entry.languages:
        names = [language_name(code) for code in entry.languages]
        yield _("Languages spoken: %(languages)s") % {"languages": format_list(names, locale=babel_locale())}


def _name(sprechstunde: Sprechstunde) -> str:
    if not sprechstunde.title:
        return str(capfirst(sprechstunde.get_kind_display()))
    current = get_language() or "de"
    found = sprechstunde.title.passage(current)
    return found.text if found.language == current else isolated(found.text)
