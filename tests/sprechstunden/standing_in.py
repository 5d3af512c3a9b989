"""Dates that are off, and places and times that may stand in."""

from datetime import date, datetime

from sprechstunden import timetable
from sprechstunden.entries import Entry
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.nearby import instead
from sprechstunden.occurrences import BERLIN
from standorte.models import Kind, PostalCode, Standort
from tests.factories import (
    OFFICE,
    make_change,
    make_office,
    make_schedule,
    make_standort,
)

CONFIRMED_ON = date(2026, 11, 2)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
FIRST, LAST = date(2026, 11, 24), date(2026, 12, 8)
TUESDAY, WEDNESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1)


def off_dates(schedule: Schedule) -> list[Entry]:
    """Give the dates of some times that are off in the two weeks from the first Tuesday."""
    found = timetable.versions([schedule], FIRST)
    return [entry for entry in timetable.dates(found, FIRST, LAST, NOW) if not entry.takes_place]


def standing_in(schedule: Schedule) -> list[tuple[date, str]]:
    """Give day and place of what stands in for each date of some times that is off and has something."""
    off = off_dates(schedule)
    found = instead(off, NOW)
    return [(found[entry].day, str(found[entry].standort)) for entry in off if entry in found]


def make_cancelled(sprechstunde: Sprechstunde | None = None) -> Schedule:
    """Make times of which the first date is off, and no other date is confirmed."""
    schedule = make_schedule(sprechstunde)
    make_change(schedule, TUESDAY)
    return schedule


def make_near(name: str, *languages: str, code: str = "") -> Standort:
    """Make a place of the office whose dates are off."""
    return make_standort(name, Kind.OUTREACH, office=the_office(), languages=languages, postal_code=code)


def the_office() -> Standort:
    """Give the office whose dates are off."""
    return Standort.objects.filter(name=OFFICE).first() or make_office()


def make_confirmed(standort: Standort, *weekdays: str) -> Schedule:
    """Make times that staff have confirmed, with the languages of their place."""
    languages = tuple(standort.languages)
    return make_schedule(standort=standort, weekdays=weekdays, languages=languages, confirmed_on=CONFIRMED_ON)


def make_codes(**latitudes: str) -> None:
    """Make postal codes, one north of the other."""
    for code, latitude in latitudes.items():
        PostalCode.objects.create(code=code.removeprefix("c"), latitude=latitude, longitude="7.46")
