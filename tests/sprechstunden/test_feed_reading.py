"""Two independent libraries read from the feeds exactly the dates that pages show."""

import itertools
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from sprechstunden import feeds, timetable
from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Frequency, Schedule, SprechstundeKind
from sprechstunden.occurrences import BERLIN
from sprechstunden.precedence import Layer
from sprechstunden.timetable import Version
from sprechstunden.wanted import Wanted, matching
from standorte.models import Partner, Standort
from tests.factories import (
    ChangeFields,
    ScheduleFields,
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
)
from tests.sprechstunden.reading import ORIGIN, by_javascript, by_python, held, off_on_pages, on_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]
# From before a clock change and a New Year, and from the last day of a month with 31 days.
DAYS = (date(2026, 10, 8), date(2027, 1, 31))


def test_both_libraries_read_the_dates_of_the_pages_for_all_places_and_for_each() -> None:
    _decide_much()
    written, asked = [], []

    for today in DAYS:
        for place in (None, *Standort.objects.published()):
            asked.append((today, list(_as_pages_ask(place, today))))
            written.append(feeds.calendar(_as_feeds_ask(place), feeds.newest_times(), "name", ORIGIN, today).to_ical())

    expected = [on_pages(versions, today) for today, versions in asked]
    in_python = [by_python(ics, today) for ics, (today, _versions) in zip(written, asked, strict=True)]
    in_javascript = by_javascript([(ics, today) for ics, (today, _versions) in zip(written, asked, strict=True)])
    assert [held(found) for found in in_python] == expected
    assert in_javascript == in_python
    assert min(len(found) for found in expected[:: len(expected) // len(DAYS)]) > 700


def test_what_staff_cancelled_stays_in_view_and_nothing_else_is_off() -> None:
    _decide_much()
    (today, *_later) = DAYS

    for place in (None, *Standort.objects.published()):
        ics = feeds.calendar(_as_feeds_ask(place), feeds.newest_times(), "name", ORIGIN, today).to_ical()
        shown = Counter((found.path, found.starts) for found in by_python(ics, today) if not found.takes_place)
        off = off_on_pages(_as_pages_ask(place, today), today)
        by_staff = (entry for entry in off if entry.occurrence.because.layer is Layer.CHANGE)
        cancelled = Counter(_identity(entry) for entry in by_staff if entry.target is None)
        assert cancelled <= shown
        targets = (entry.target for entry in off if entry.target)
        assert set(shown) <= {_identity(entry) for entry in (*off, *targets)}


def test_what_is_decided_here_is_of_every_kind_and_every_layer() -> None:
    _decide_much()

    entries = timetable.dates(_as_pages_ask(None, DAYS[0]), DAYS[0], feeds.horizon(DAYS[0]), _midnight(DAYS[0]))

    assert {entry.occurrence.because.layer for entry in entries} == set(Layer)
    assert set(Change.objects.values_list("kind", flat=True)) == set(ChangeKind.values)


def _as_pages_ask(place: Standort | None, today: date) -> list[Version]:
    return list(matching(timetable.all_schedules(), Wanted(standort=place), today))


def _as_feeds_ask(place: Standort | None) -> list[Version]:
    if place is None:
        return list(timetable.versions(timetable.all_schedules(), feeds.SINCE))
    return list(timetable.versions_at(place, feeds.SINCE))


def _identity(entry: Entry) -> tuple[str, datetime]:
    return entry.sprechstunde.get_absolute_url(), entry.starts.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BERLIN)


def _decide_much() -> None:
    """Let staff decide in every way about all times of the real network, and about more that are hard to get right."""
    _add_hard_times()
    marten, nord = (Standort.objects.get(slug=slug) for slug in ("marten", "innenstadt-nord"))
    for number, schedule in enumerate(Schedule.objects.exclude(frequency__in=(Frequency.NONE, Frequency.ONCE))):
        Schedule.objects.filter(pk=schedule.pk).update(
            confirmed_on=date(2026, 10, 1) if number % 3 else None,
            follows_school_holidays=number % 4 == 1,
            held_on_closing_days=number % 5 == 2,
        )
        _change_dates(schedule, marten if number % 2 else nord)
    _close(marten, nord)
    _bring_forward()


def _add_hard_times() -> None:
    nord, marten, brackel = (
        Standort.objects.get(slug=slug) for slug in ("innenstadt-nord", "marten", "brackel-aplerbeck")
    )
    offer = make_sprechstunde(office=nord)
    make_schedule(offer, interval=2, weekdays=("MO", "TH", "SU"), anchor=date(2026, 9, 24))
    make_schedule(
        offer, frequency=Frequency.MONTHLY, weekdays=("SU",), positions=("5", "-1"), valid_from=date(2027, 1, 4)
    )
    # To the day of each clock change, and late enough to be another day in UTC.
    nightly: ScheduleFields = {"weekdays": ("SA", "SU"), "opens": time(0, 30), "closes": time(23, 59)}
    nightly |= {"standort": marten, "valid_from": date(2026, 10, 24), "valid_until": date(2027, 3, 28)}
    make_schedule(make_sprechstunde(SprechstundeKind.EVENT, office=brackel), **nightly)
    make_schedule(make_sprechstunde(office=brackel), standort=None, interval=3, anchor=date(2027, 2, 16))
    for day in (date(2026, 12, 30), date(2027, 2, 14), date(2027, 3, 9), date(2027, 5, 1)):
        once = make_sprechstunde(SprechstundeKind.EVENT, office=brackel)
        make_schedule(once, frequency=Frequency.ONCE, weekdays=(), anchor=day)


def _change_dates(schedule: Schedule, elsewhere: Standort) -> None:
    """Change dates from before the first day that is asked to after the last one."""
    versions = timetable.versions([schedule], feeds.SINCE)
    found = timetable.dates(versions, feeds.SINCE, date(2028, 9, 1), _midnight(DAYS[0]))
    ways = itertools.cycle(_ways(elsewhere))
    for number, day in enumerate([entry.day for entry in found][::3]):
        kind, fields, days_later = next(ways)
        later = day + timedelta(days=days_later * (number % 17))
        if kind is ChangeKind.MOVED:
            fields |= {"new_day": later}
        make_change(schedule, day if kind is ChangeKind.MOVED else later, kind, **fields)


def _ways(elsewhere: Standort) -> tuple[tuple[ChangeKind, ChangeFields, int], ...]:
    """Give the ways to change a date: kind, fields, and how much later with each turn."""
    return (
        (ChangeKind.CANCELLED, {}, 0),
        (ChangeKind.MOVED, {"opens": time(8), "closes": time(9, 30)}, 1),
        (ChangeKind.MOVED, {"standort": elsewhere}, 0),
        (ChangeKind.EXTRA, {"opens": time(7), "closes": time(8)}, 1),
        (ChangeKind.HELD, {}, 0),
        (ChangeKind.MOVED, {"standort": elsewhere}, -1),
        (ChangeKind.EXTRA, {"opens": time(19), "closes": time(21), "standort": elsewhere}, 1),
    )


def _close(marten: Standort, nord: Standort) -> None:
    hidden = make_office("Verborgen", is_published=False)
    some = Schedule.objects.exclude(frequency=Frequency.NONE)
    kept = make_closure(date(2026, 12, 21), date(2027, 1, 5))
    for schedule in some[:6]:
        for days in range(16):
            kept.keep(schedule.uid, kept.first + timedelta(days=days))
    kept.save()
    make_closure(date(2027, 2, 8), date(2027, 2, 21), standorte=[marten, nord])
    make_closure(date(2027, 3, 1), date(2027, 4, 4), sprechstunden=[schedule.sprechstunde for schedule in some[3:9]])
    make_closure(date(2027, 6, 7), date(2027, 6, 30), partners=[Partner.objects.get(slug="sozialamt-dortmund")])
    for schedule in some[:4]:
        day = (
            Change.objects.filter(schedule=schedule, kind=ChangeKind.CANCELLED, day__lt=date(2027, 11, 1))
            .latest("day")
            .day
        )
        Change.objects.filter(schedule=schedule, day=day, kind=ChangeKind.CANCELLED).delete()
        make_change(schedule, day, ChangeKind.MOVED, standort=hidden)


def _bring_forward() -> None:
    """Move dates from beyond the end of feeds to days just before it."""
    end = feeds.horizon(DAYS[-1])
    for schedule in Schedule.objects.filter(frequency=Frequency.WEEKLY, valid_until=None)[:8]:
        found = timetable.dates(timetable.versions([schedule], end), end, end + timedelta(days=60), _midnight(end))
        beyond = next(entry.day for entry in found if entry.day > end)
        Change.objects.filter(schedule=schedule, day=beyond).delete()
        make_change(schedule, beyond, ChangeKind.MOVED, new_day=end - timedelta(days=3), opens=time(6))
