"""Calendars people subscribe to (RFC 5545), from what the timetable gives; no rule is expanded here.

Each version of times is one event that repeats; its UID is that of the version. What decides
about single dates is said in the ways of the standard:

- closed days (closures, school holidays, closing days) are EXDATEs;
- times that pause in school holidays end where these are not known yet;
- what staff decided about one date overrides it (RECURRENCE-ID), so that a cancelled date stays in view;
- an extra date is an event of its own, with the UID of its change; so is a date that was moved to a
  place from another, in the calendar of that place, which does not have its series.

Nothing depends on the moment of asking but the horizon, which moves once a month, and the day on which a
confirmation no longer counts: whoever asks twice gets the same bytes. See docs/decisions/0011.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Max
from icalendar import Calendar, Event, Timezone, vRecur

from sprechstunden.changes import ChangeKind, about_dates
from sprechstunden.entries import Entry, EntryState
from sprechstunden.feed_words import description, location, summary
from sprechstunden.ical import rrule
from sprechstunden.models import Schedule
from sprechstunden.occurrences import BERLIN, Occurrence
from sprechstunden.precedence import Layer, OccurrenceState
from sprechstunden.recurrence import Once
from sprechstunden.school_holidays import holidays_known_since, school_holidays_known_until
from sprechstunden.timetable import Version, dates
from standorte.freshness import lapses_on

# Feeds begin here. Never later, or each series would get another first date.
SINCE = date(2026, 1, 1)
# Whoever asks sees at least 400 days, on the last of a month with 31 days too.
AHEAD = timedelta(days=30 + 400)
NAME = "lokal willkommen Dortmund"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_ASK_AGAIN = timedelta(hours=1)
_BY_STAFF = frozenset({Layer.HELD, Layer.CHANGE})
# The clock of Germany since 1996 (Directive 2000/84/EC).
_BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class _Dates:
    """The dates of one version, by original day.

    Ruled is what stands on the days of the rule, shown what becomes of each date: where
    it went, if it was moved. In shown are also dates that come from elsewhere.
    """

    ruled: dict[date, Entry] = field(default_factory=dict)
    shown: dict[date, Entry] = field(default_factory=dict)
    extra: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Writer:
    """What all events of one version share: when they were last another, and where their links lead."""

    version: Version
    changed: datetime
    origin: str
    today: date

    def event(self, entry: Entry, uid: str) -> Event:
        """Write one date."""
        url = f"{self.origin}{entry.sprechstunde.get_absolute_url()}"
        there = f"{self.origin}{entry.standort.get_absolute_url()}" if entry.standort else ""
        event = Event()
        event.add("uid", uid)
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.ends)
        event.add("summary", summary(entry))
        event.add("description", description(entry, url, there))
        if where := location(entry):
            event.add("location", where)
        event.add("url", url)
        # Clients hide STATUS:CANCELLED, and people would stand before a closed door (docs/decisions/0011).
        event.add("status", "CONFIRMED" if entry.is_confirmed or not entry.takes_place else "TENTATIVE")
        event.add("transp", "OPAQUE" if entry.takes_place else "TRANSPARENT")
        event.add("dtstamp", self.changed)
        event.add("last-modified", self.changed)
        event.add("sequence", max(0, int((self.changed - _EPOCH).total_seconds())))
        return event

    def override(self, entry: Entry, day: date) -> Event:
        """Write what became of the date of a series that was on a day."""
        event = self.event(entry, self.version.series.key)
        event.add("recurrence-id", _original(self.version, day))
        return event

    def single(self, entry: Entry, day: date) -> Event:
        """Write a date that came from another place, whose series is not in this calendar: nothing to override."""
        return self.event(entry, about_dates(self.version.series, self.version.decided.changes)[day].key)


def horizon(today: date) -> date:
    """Give the last day in feeds; it is the same for a whole month."""
    return today.replace(day=1) + AHEAD


def newest_times() -> Mapping[int, datetime]:
    """Give for each offer when one of its versions was last changed: a new one ends the one before; one query.

    All versions count, also those that stand in another feed or in none: what a feed shows may come and go.
    """
    rows = Schedule.objects.order_by().values_list("sprechstunde").annotate(newest=Max("modified_at"))
    return dict(rows)


def calendar(found: Iterable[Version], newest: Mapping[int, datetime], name: str, origin: str, today: date) -> Calendar:
    """Write dates in the active language; their decisions since SINCE must be known. Links begin with origin.

    newest is what newest_times() gives, asked at the same moment; an offer that came in between is as new as its times.
    """
    versions, last = list(found), horizon(today)
    made = _frame(name)
    for version in versions:
        entries = dates([version], SINCE, last, datetime.combine(today, time.min, BERLIN))
        schedule = version.schedule
        changed = _changed(version, newest.get(schedule.sprechstunde_id, schedule.modified_at), today)
        writer = _Writer(version, changed, origin, today)
        for event in _events(writer, _sorted(version, entries), _until(version, last)):
            made.add_component(event)
    return made


def _frame(name: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//lokal willkommen//Dortmund//DE")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    made.add_component(Timezone.from_ical(_BERLIN))
    return made


def _until(version: Version, last: date) -> date:
    """Give the last day on which the rule of a version gives dates in feeds."""
    known = school_holidays_known_until() if version.series.follows_school_holidays else last
    return min(last, known, version.series.valid_until or last)


def _sorted(version: Version, entries: Iterable[Entry]) -> _Dates:
    changed = about_dates(version.series, version.decided.changes)
    found = _Dates()
    for entry in entries:
        key, day = entry.identity
        if entry.may_be_in_holidays:
            continue
        if key != version.series.key:
            found.extra.append(entry)
        elif entry.state is EntryState.MOVED:
            found.ruled[day], found.shown[day] = entry, _where_it_went(entry)
        elif day in changed and changed[day].kind is ChangeKind.MOVED:
            found.shown[day] = entry
        else:
            found.ruled[day] = found.shown[day] = entry
    return found


def _where_it_went(entry: Entry) -> Entry:
    """Give a moved date where it is now; where residents may not see that place, the date it was."""
    target = entry.target
    is_visible = target is not None and (target.standort is None or target.standort.is_published)
    return target if target is not None and is_visible else entry


def _events(writer: _Writer, found: _Dates, last: date) -> Iterator[Event]:
    if isinstance(writer.version.series.rule, Once):
        yield from (writer.event(entry, writer.version.series.key) for entry in found.shown.values())
    else:
        has_series = any(day <= last and not _is_closed(entry) for day, entry in found.ruled.items())
        if has_series:
            yield _repeating(writer, found, last)
        for day, entry in sorted(found.shown.items()):
            is_on_its_day = entry is found.ruled.get(day)
            if is_on_its_day and _is_closed(entry):
                continue  # taken out of the series
            # A date that ends later because the clock skips its hour is not as the series says.
            is_itself = is_on_its_day and entry.ends.time() == writer.version.series.closes
            if not is_itself or entry.occurrence.because.layer in _BY_STAFF:
                yield writer.override(entry, day) if has_series else writer.single(entry, day)
    yield from (writer.event(entry, entry.occurrence.key) for entry in found.extra)


def _repeating(writer: _Writer, found: _Dates, last: date) -> Event:
    series = writer.version.series
    event = writer.event(_usual(found.ruled[min(found.ruled)], writer.today), series.key)
    recur = vRecur.from_ical(rrule(series.rule))
    recur["UNTIL"] = _end_of(last)
    event.add("rrule", recur)
    closed = [entry.starts for day, entry in found.ruled.items() if _is_closed(entry) and day <= last]
    if closed:
        event.add("exdate", closed)
    # A date beyond the end of the rule about which staff have decided: what is overridden must be in the set.
    unruled = {day for day, entry in found.ruled.items() if day > last and not _is_closed(entry)}
    beyond = [_original(writer.version, day) for day in sorted(unruled | (found.shown.keys() - found.ruled.keys()))]
    if beyond:
        event.add("rdate", beyond)
    return event


def _usual(entry: Entry, today: date) -> Entry:
    """Give a date as its rule gives it, whatever becomes of it."""
    one = entry.occurrence
    usual = Occurrence(one.key, one.original_day, one.starts, one.ends, OccurrenceState.PLANNED, None)
    freshness = entry.schedule.freshness_on(today)
    return Entry(entry.schedule, usual, EntryState.PLANNED, freshness, entry.schedule.standort)


def _is_closed(entry: Entry) -> bool:
    return entry.state is EntryState.CANCELLED and entry.occurrence.because.layer is not Layer.CHANGE


def _original(version: Version, day: date) -> datetime:
    # Whose dates can be moved has times.
    return datetime.combine(day, version.series.opens or time.min, BERLIN)


def _end_of(day: date) -> datetime:
    # RFC 5545 3.3.10: where DTSTART has a zone, UNTIL is in UTC.
    return datetime.combine(day, time(23, 59, 59), BERLIN).astimezone(UTC)


def _changed(version: Version, newest: datetime, today: date) -> datetime:
    """Give the moment from which the events of a version are as they are; it never goes back."""
    offer, decided = version.schedule.sprechstunde, version.decided
    places = (version.schedule.standort, offer.office, *(row.standort for row in decided.rows.values()))
    closures = (decided.closed_by[closure.key] for closure in decided.closures)
    moments = [
        *(newest, offer.modified_at, datetime.combine(holidays_known_since(), time.min, BERLIN)),
        *(place.modified_at for place in places if place),
        *(decision.decided_at for decision in (*decided.rows.values(), *closures)),
    ]
    confirmed = version.schedule.confirmed_on
    if confirmed and today >= lapses_on(confirmed):
        moments.append(datetime.combine(lapses_on(confirmed), time.min, BERLIN))  # it is planned since then
    if not isinstance(version.series.rule, Once):
        moments.append(datetime.combine(today.replace(day=1), time.min, BERLIN))  # the horizon moved
    return max(moments).astimezone(UTC).replace(microsecond=0)
