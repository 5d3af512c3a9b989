"""What search engines read of places, offers and their dates, in the words of schema.org (JSON-LD 1.1).

They know no "not confirmed": so only what staff have confirmed is said, and of it what the page says. No rule
is expanded here; all dates come from the timetable, and a schedule ends with the last date the page shows.
See docs/decisions/0020.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from django.utils.text import capfirst
from django.utils.translation import get_language

from sprechstunden.changes import ChangeKind, about_dates
from sprechstunden.entries import Entry, EntryState, Outlook
from sprechstunden.ical import rrule
from sprechstunden.models import Sprechstunde, SprechstundeKind
from sprechstunden.recurrence import Monthly, Weekly
from sprechstunden.timetable import Version
from standorte.models import FactGroup, Kind, Standort
from standorte.templatetags.words import iso

Value: TypeAlias = "str | list[str] | list[Data] | Data"
Data: TypeAlias = dict[str, "Value"]
_CONTEXT: Data = {"@context": "https://schema.org"}


def place_data(standort: Standort, outlook: Outlook, origin: str) -> Data:
    """Describe a place with the dates its page shows; addresses begin with origin."""
    data = _CONTEXT | _place(standort, origin) | _facts(standort)
    opens = [_hours(entry) for entry in outlook.confirmed if _opens_the_place(entry)]
    return _filled(data | {"openingHoursSpecification": opens, "event": _events(outlook, origin)})


def offer_data(sprechstunde: Sprechstunde, outlook: Outlook, versions: Iterable[Version], origin: str) -> Data:
    """Describe an offer with the dates its page shows, and the rule behind them as far as they go."""
    data: Data = {"@type": "EventSeries", "name": offer_name(sprechstunde), "url": _url(sprechstunde, origin)}
    schedules = [found for version in versions for found in _schedules(version, outlook.confirmed)]
    return _filled(_CONTEXT | data | {"eventSchedule": schedules, "subEvent": _events(outlook, origin)})


def offer_name(sprechstunde: Sprechstunde) -> str:
    """Name an offer in plain text, in the active language or else in German."""
    if sprechstunde.title:
        return str(sprechstunde.title.passage(get_language() or "de").text)
    return str(capfirst(sprechstunde.get_kind_display()))


def _place(standort: Standort, origin: str) -> Data:
    """Name a place; a room the team only comes to is no office of the city."""
    kind = "GovernmentOffice" if standort.kind == Kind.OFFICE else "Place"
    return {"@type": kind, "name": standort.name, "url": _url(standort, origin)}


def _facts(standort: Standort) -> Data:
    """Give address, phones and e-mail where they are confirmed."""
    confirmed = {group for group, evidence in standort.evidence_by_group.items() if evidence.is_confirmed}
    data: Data = {}
    if FactGroup.ADDRESS in confirmed and standort.street:
        data["address"] = _filled(
            {
                "@type": "PostalAddress",
                "streetAddress": standort.street,
                "postalCode": standort.postal_code,
                "addressLocality": standort.city,
                "addressCountry": "DE",
            }
        )
    if FactGroup.CONTACT in confirmed:
        data["telephone"] = [phone.uri.removeprefix("tel:") for phone in standort.phones.all()]
        data["email"] = standort.email
    return data


def _opens_the_place(entry: Entry) -> bool:
    return entry.takes_place and entry.sprechstunde.opens_its_place


def _hours(entry: Entry) -> Data:
    """Give the hours of one day; hours of every week would also hold on days that are off."""
    day = entry.day.isoformat()
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": day,
        "validThrough": day,
        "opens": f"{entry.starts:%H:%M}",
        "closes": f"{entry.ends:%H:%M}",
    }


def _events(outlook: Outlook, origin: str) -> list[Data]:
    """Give each confirmed date once: one that was moved stands on a page where it was and where it is."""
    found: list[Data] = []
    for entry in outlook.confirmed:
        event = _event(entry.goes_to or entry, origin)
        if event not in found:
            found.append(event)
    return found


def _event(entry: Entry, origin: str) -> Data:
    data: Data = {
        "@type": "Event",
        "name": offer_name(entry.sprechstunde),
        "url": _url(entry.sprechstunde, origin),
        "startDate": iso(entry.starts),
        "endDate": iso(entry.ends),
        "eventStatus": "https://schema.org/EventScheduled",
    }
    if entry.standort and entry.sprechstunde.kind != SprechstundeKind.PHONE:
        data["location"] = _place(entry.standort, origin)
    if not entry.takes_place:
        data["eventStatus"] = "https://schema.org/EventCancelled"
    elif entry.moved_from and entry.moved_from != entry.starts:
        data["eventStatus"] = "https://schema.org/EventRescheduled"
        data["previousStartDate"] = iso(entry.moved_from)
    return data


def _schedules(version: Version, shown: Iterable[Entry]) -> Iterator[Data]:
    """Give the rule of confirmed times from the first to the last date that is shown, without those that are off."""
    rule = version.series.rule
    ruled = [entry for entry in shown if _is_by_rule(entry, version)]
    if not ruled or not isinstance(rule, Weekly | Monthly):
        return
    yield _filled(
        {
            "@type": "Schedule",
            "repeatFrequency": f"P{rule.interval}W" if isinstance(rule, Weekly) else "P1M",
            "byDay": _by_day(rule),
            "startDate": ruled[0].day.isoformat(),
            "endDate": ruled[-1].day.isoformat(),
            "startTime": f"{ruled[0].starts:%H:%M}",
            "endTime": f"{ruled[0].ends:%H:%M}",
            "scheduleTimezone": "Europe/Berlin",
            "exceptDate": [entry.day.isoformat() for entry in ruled if not entry.takes_place],
        }
    )


def _is_by_rule(entry: Entry, version: Version) -> bool:
    """Tell whether a date stands on a day of the rule of confirmed times, whatever has become of it."""
    one = entry.occurrence
    if one.key != version.series.key or not version.schedule.is_confirmed:
        return False
    change = about_dates(version.series, version.decided.changes).get(one.original_day)
    return entry.state is EntryState.MOVED or change is None or change.kind is not ChangeKind.MOVED


def _by_day(rule: Weekly | Monthly) -> list[str]:
    """Give weekdays as iCalendar writes them, which schema.org takes too: TU, or 1TU for the first of a month."""
    parts = dict(part.split("=") for part in rrule(rule).split(";"))
    return parts["BYDAY"].split(",")


def _url(row: Standort | Sprechstunde, origin: str) -> str:
    return f"{origin}{row.get_absolute_url()}"


def _filled(data: Data) -> Data:
    """Leave out what is not known."""
    return {name: value for name, value in data.items() if value}
