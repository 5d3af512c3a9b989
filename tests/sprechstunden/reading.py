"""Calendars as two independent libraries read them, and the dates of pages to compare them with."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Unpack

import recurring_ical_events
from icalendar import Calendar, Event

from sprechstunden import feeds, timetable
from sprechstunden.entries import Entry, EntryState
from sprechstunden.models import Frequency, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from sprechstunden.timetable import Version
from standorte.models import Standort
from tests.factories import ScheduleFields, make_schedule
from tests.node.packages import run

ORIGIN = "https://example.org"
DAYS_AHEAD = timedelta(days=400)
TODAY = date(2026, 11, 22)


class Shown(NamedTuple):
    """One date as a client shows it; without an address where none is given."""

    path: str
    starts: datetime
    ends: datetime
    takes_place: bool
    is_confirmed: bool
    where: str


def make_steady(sprechstunde: Sprechstunde | None = None, **fields: Unpack[ScheduleFields]) -> Schedule:
    """Make times that no closing day touches."""
    fields.setdefault("held_on_closing_days", True)
    return make_schedule(sprechstunde, **fields)


def make_once(day: date) -> Schedule:
    """Make times of one day only."""
    return make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=day)


def written(place: Standort | None = None, today: date = TODAY) -> Calendar:
    """Write the calendar of a place, or of all."""
    found = (
        timetable.versions_at(place, feeds.SINCE)
        if place
        else timetable.versions(timetable.all_schedules(), feeds.SINCE)
    )
    return feeds.calendar(found, feeds.newest_times(), "name", ORIGIN, today)


def events(place: Standort | None = None, today: date = TODAY) -> list[Event]:
    """Give the events of a calendar that was sent and read again."""
    return Calendar.from_ical(written(place, today).to_ical()).events


def raw(event: Event, *names: str) -> tuple[str, ...]:
    """Give properties as they are sent, with their parameters, nothing where there is none."""
    lines = [str(line) for line in event.content_lines() if line]
    return tuple("".join(line.removeprefix(name) for line in lines if line.startswith(name)) for name in names)


def words(event: Event) -> list[str]:
    """Give the lines of the description."""
    return str(event.get("description")).splitlines()


def by_python(calendar: bytes, today: date) -> list[Shown]:
    """Read the dates of 400 days with recurring-ical-events."""
    first, end = _span(today)
    parsed = Calendar.from_ical(calendar)
    found = recurring_ical_events.of(parsed).between(first, end)
    return sorted(shown for shown in map(_event, found) if first <= shown.starts < end)


def by_javascript(calendars: Iterable[tuple[bytes, date]]) -> list[list[Shown]]:
    """Read from each calendar the dates of 400 days, from its day on, with ical.js."""
    asked = [
        {"text": calendar.decode(), "first": _iso(_span(today)[0]), "end": _iso(_span(today)[1])}
        for calendar, today in calendars
    ]
    return [sorted(map(_line, lines)) for lines in json.loads(run("read_calendar.mjs", json.dumps(asked)))]


def on_pages(versions: Iterable[Version], today: date) -> list[Shown]:
    """Give what takes place in 400 days by the engine of the pages; what a place moved away is shown where it went."""
    first, end = _span(today)
    shown: dict[tuple[str, date], Entry] = {}
    for entry in timetable.dates(versions, feeds.SINCE, feeds.horizon(today), first):
        there = entry.target if entry.state is EntryState.MOVED else entry
        if there and there.takes_place and (there.standort is None or there.standort.is_published):
            shown[there.occurrence.key, there.occurrence.original_day] = there
    return sorted(_entry(entry) for entry in shown.values() if first <= entry.starts < end)


def off_on_pages(versions: Iterable[Version], today: date) -> list[Entry]:
    """Give what does not take place on its day in 400 days by the engine of the pages."""
    first, _end = _span(today)
    entries = timetable.dates(versions, today, today + DAYS_AHEAD, first)
    return [entry for entry in entries if not entry.takes_place]


def held(found: Sequence[Shown]) -> list[Shown]:
    """Keep what takes place."""
    return [shown for shown in found if shown.takes_place]


def _span(today: date) -> tuple[datetime, datetime]:
    first = datetime.combine(today, time.min, BERLIN)
    return first, datetime.combine(today + DAYS_AHEAD + timedelta(days=1), time.min, BERLIN)


def _entry(entry: Entry) -> Shown:
    return Shown(
        entry.sprechstunde.get_absolute_url(),
        entry.starts.astimezone(UTC),
        entry.ends.astimezone(UTC),
        takes_place=True,
        is_confirmed=entry.is_confirmed,
        where=entry.standort.name if entry.standort else "",
    )


def _event(event: Event) -> Shown:
    return Shown(
        str(event["url"]).removeprefix(ORIGIN),
        _instant(event.start),
        _instant(event.end),
        event["transp"] == "OPAQUE",
        event["status"] == "CONFIRMED",
        str(event.get("location", "")).split(", ")[0],
    )


def _instant(moment: date) -> datetime:
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


def _line(line: dict[str, str]) -> Shown:
    return Shown(
        line["url"].removeprefix(ORIGIN),
        datetime.fromisoformat(line["starts"]),
        datetime.fromisoformat(line["ends"]),
        line["transp"] == "OPAQUE",
        line["status"] == "CONFIRMED",
        line["location"].split(", ")[0],
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
