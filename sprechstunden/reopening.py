"""What stands there twice once closures are undone: staff may have put a date where one was closed."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import combinations

from sprechstunden.clashes import overlap
from sprechstunden.decided import collect
from sprechstunden.deciding import concerned_by
from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Closure, Schedule
from sprechstunden.models.closure import Scope
from sprechstunden.timetable import dates, in_force


def doubled_dates(
    scope: Scope, first: date, last: date, now: datetime, gone: Iterable[Closure] = ()
) -> list[tuple[Entry, Entry]]:
    """Give the dates of one offer that take place at the same time, from today on, were some closures gone.

    Of the offers that a closure is for, from its first to its last day, both included. A fixed number of queries.
    """
    first = max(first, now.date())
    offers = Schedule.objects.filter(concerned_by(scope)).values("sprechstunde")
    placed = Change.objects.since(first).filter(
        schedule__sprechstunde__in=offers, kind__in=(ChangeKind.MOVED, ChangeKind.EXTRA)
    )
    # Of two dates of an offer at the same time one is a moved or an extra one.
    days = sorted({day for change in placed if first <= (day := change.lands_on) <= last})
    if not days:
        return []
    rows = list(Schedule.objects.of_published_offers().filter(sprechstunde__in=offers).for_pages())
    changes = Change.objects.since(first).filter(schedule__sprechstunde__in=offers).select_related("standort")
    pks = [closure.pk for closure in gone]
    closures = Closure.objects.since(first).exclude(pk__in=pks).with_scope().order_by("pk")
    versions = list(in_force(rows, collect(changes, [(closure, closure.scope()) for closure in closures])))
    held = [[one for one in dates(versions, day, day, now) if one.takes_place] for day in days]
    pairs = (pair for of_day in held for pair in combinations(of_day, 2))
    return [(one, other) for one, other in pairs if one.sprechstunde == other.sprechstunde and overlap(one, other)]
