"""The dates of a Sprechstunde: the one engine that answers pages, feeds and print.

Pure: no Django, no rows, no clock. Days and times are the wall clock in Dortmund;
date, time and zone are combined at the very end, so "Tuesdays at ten" is at ten in
summer and in winter.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sprechstunden.changes import Change, ChangeKind, Circumstances, about_dates, extras, fits, hours
from sprechstunden.precedence import BY_RULE, Because, OccurrenceState, by_choice, by_rule
from sprechstunden.reasons import Reason
from sprechstunden.recurrence import days
from sprechstunden.series import Series

BERLIN = ZoneInfo("Europe/Berlin")
_SKIPPED = timedelta(hours=1)
_PLAIN = Circumstances()


class Occurrence(NamedTuple):
    """One date of a series; key and original_day are its identity (RECURRENCE-ID).

    The key is that of the series, for an extra date that of its change. A moved date is
    there twice with one identity: where it was, as MOVED with the date itself as its
    target, and where it is now. A reason says why it does not take place there and then.

    Starts and ends are aware, Europe/Berlin; it is on at starts, no longer at ends.
    Without a place it is where the series is. A tuple, because a frozen dataclass takes
    three times as long to make.
    """

    key: str
    original_day: date
    starts: datetime
    ends: datetime
    state: OccurrenceState
    reason: Reason | None
    because: Because = BY_RULE
    place: str | None = None
    target: "Occurrence | None" = None

    @property
    def identity(self) -> tuple[str, date]:
        """Give what names this date wherever it goes."""
        return self.key, self.original_day


def occurrences(series: Series, first: date, last: date, circumstances: Circumstances = _PLAIN) -> Iterator[Occurrence]:
    """Give the dates of a series from first to last, both days included, ascending.

    A date that does not take place is there with its reason: as cancelled, or as moved
    in the window of its original day; where it went it is in the window of its new day.
    A change that does not fit the series has no effect: see fits. A time that the
    clock skips or repeats is read as RFC 5545 3.3.5 says: with the offset from before
    the change. Where a date would so end before it begins, it ends an hour later.
    """
    if not circumstances.changes:
        return _regular(series, first, last, {}, circumstances)
    changed = about_dates(series, circumstances.changes)
    regular = _regular(series, first, last, changed, circumstances)
    chosen = [
        _landed(series, change, circumstances)
        for change in (*_moves(changed), *extras(series, circumstances.changes))
        if first <= change.lands_on <= last and fits(series, change)
    ]
    chosen.sort(key=attrgetter("starts", "original_day", "key"))
    return merge(regular, chosen, key=attrgetter("starts"))


def is_during(occurrence: Occurrence, now: datetime) -> bool:
    """Tell whether now, an aware datetime, is in the span of a date: starts ≤ now < ends.

    The spans of cancelled and moved dates count too: look at the state. A naive now raises TypeError.
    """
    # As instants: two times of one zone are compared by wall clock, wrong in the hour
    # that the clock repeats.
    starts, ends = occurrence.starts.astimezone(UTC), occurrence.ends.astimezone(UTC)
    return starts <= now < ends


def span(day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
    """Give the aware start and end of a date; the end is always the later instant."""
    starts, ends = datetime.combine(day, opens, BERLIN), datetime.combine(day, closes, BERLIN)
    # In spring the clock skips an hour: 02:15 is then the moment of 03:15, and 03:00 comes before it.
    is_turned = ends.astimezone(UTC) <= starts.astimezone(UTC)
    return starts, ends + _SKIPPED if is_turned else ends


def _regular(
    series: Series, first: date, last: date, changed: Mapping[date, Change], circumstances: Circumstances
) -> Iterator[Occurrence]:
    """Yield what stands on the days of the rule."""
    if series.opens is None or series.closes is None:
        return
    opens, closes = series.opens, series.closes
    first = max(first, series.valid_from or first)
    last = min(last, series.valid_until or last)
    for day in days(series.rule, first, last):
        state, reason, because = by_rule(series, day, changed, circumstances)
        starts, ends = span(day, opens, closes)
        one = Occurrence(series.key, day, starts, ends, state, reason, because)
        if state is OccurrenceState.MOVED:
            one = one._replace(target=_landed(series, changed[day], circumstances))
        yield one


def _moves(changed: Mapping[date, Change]) -> Iterable[Change]:
    return (change for change in changed.values() if change.kind is ChangeKind.MOVED)


def _landed(series: Series, change: Change, circumstances: Circumstances) -> Occurrence:
    """Make a moved or an extra date that stands where staff want it; the change has times."""
    state, reason, because = by_choice(series, change, circumstances)
    starts, ends = span(change.lands_on, *hours(series, change))
    return Occurrence(*change.identity, starts, ends, state, reason, because, change.place)
