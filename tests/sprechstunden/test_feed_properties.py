"""What holds for the feeds of all series, changes and closures."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sprechstunden import changes as values
from sprechstunden import feeds
from sprechstunden.decided import Decided
from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from sprechstunden.timetable import Version
from standorte.models import Standort
from tests.sprechstunden.cases import NEAR, cases, some_changes, with_some_called_off
from tests.sprechstunden.reading import ORIGIN, by_python, held, on_pages

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NEWEST = {1: LONG_AGO}
OFFICE, MARTEN = (
    Standort(pk=pk, name=name, slug=name.lower(), modified_at=LONG_AGO) for pk, name in ((1, "Mengede"), (2, "Marten"))
)
# Feeds asked later end where school holidays are not known any more: tests/sprechstunden/test_feed_dates.py.
LAST_WITH_KNOWN_HOLIDAYS = date(2028, 3, 1)
PLACES = st.sampled_from([None, frozenset({OFFICE.pk}), frozenset({MARTEN.pk})])


@st.composite
def versions(draw: st.DrawFn) -> tuple[Version, date]:
    """Draw a version with much that is decided about it, near some day and near the end of its feed, and that day."""
    case = draw(cases(st.dates(feeds.SINCE, LAST_WITH_KNOWN_HOLIDAYS)))
    end = feeds.horizon(case.first)
    late = draw(some_changes(case.series, end - NEAR, end + NEAR, "late").flatmap(with_some_called_off))
    series = replace(case.series, key=str(UUID(int=1)), place=str(OFFICE.pk))
    changes = tuple(_elsewhere(series.key, change) for change in (*case.circumstances.changes, *late))
    closures = tuple(_of_this_series(series.key, closure) for closure in case.circumstances.closures)
    decided = Decided(
        changes, closures, {one.key: _row(one) for one in changes}, {one.key: _closure(one) for one in closures}
    )
    confirmed_on = draw(st.none() | st.just(feeds.SINCE))
    return Version(_schedule(confirmed_on), series, decided, draw(PLACES)), case.first


@given(drawn=versions())
def test_a_feed_read_back_gives_the_dates_of_the_pages(drawn: tuple[Version, date]) -> None:
    version, today = drawn

    read = by_python(feeds.calendar([version], NEWEST, "name", ORIGIN, today).to_ical(), today)

    assert held(read) == on_pages([version], today)


@given(drawn=versions(), day=st.integers(1, 28))
def test_a_feed_is_the_same_for_a_whole_month(drawn: tuple[Version, date], day: int) -> None:
    version, today = drawn

    first, other = (
        feeds.calendar([version], NEWEST, "name", ORIGIN, asked) for asked in (today, today.replace(day=day))
    )

    assert first.to_ical() == other.to_ical()


@given(today=st.dates(feeds.SINCE, date(2060, 12, 31)))
def test_the_end_of_feeds_is_about_thirteen_months_ahead_and_never_less_than_400_days(today: date) -> None:
    assert timedelta(days=400) <= feeds.horizon(today) - today <= timedelta(days=430)


@given(today=st.dates(feeds.SINCE, date(2060, 12, 31)))
def test_the_end_of_feeds_moves_on_with_the_month_only(today: date) -> None:
    tomorrow = today + timedelta(days=1)

    assert (feeds.horizon(today) == feeds.horizon(tomorrow)) is (today.month == tomorrow.month)


def _schedule(confirmed_on: date | None) -> Schedule:
    offer = Sprechstunde(pk=1, office=OFFICE, modified_at=LONG_AGO)
    return Schedule(pk=1, sprechstunde=offer, standort=OFFICE, modified_at=LONG_AGO, confirmed_on=confirmed_on)


def _elsewhere(key: str, change: values.Change) -> values.Change:
    return replace(change, series_key=key, place=str(MARTEN.pk) if change.place else None)


def _of_this_series(key: str, closure: values.Closure) -> values.Closure:
    kept = frozenset((key if kept == "series" else kept, day) for kept, day in closure.kept)
    return replace(closure, kept=kept)


def _row(change: values.Change) -> Change:
    standort = MARTEN if change.place else None
    reason = change.reason.kind if change.reason else ""
    calls_off = Change() if change.calls_off else None
    return Change(
        kind=change.kind, day=change.day, reason=reason, standort=standort, decided_at=LONG_AGO, calls_off=calls_off
    )


def _closure(closure: values.Closure) -> Closure:
    return Closure(first=closure.first, last=closure.last, reason=closure.reason.kind, decided_at=LONG_AGO)
