"""Changes of single dates when times become others: which fit no longer, and writing what staff chose for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from sprechstunden import changes as values
from sprechstunden.closing_days import closing_days
from sprechstunden.decided import collect
from sprechstunden.deciding import touch
from sprechstunden.doubles import meets_another
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde
from sprechstunden.models.closure import KeptDate
from sprechstunden.refitting import Choice, Misfit, going_along, misfits
from sprechstunden.school_holidays import school_holidays
from sprechstunden.series import Series, chain, gives
from sprechstunden.timetable import series_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

Identity = tuple[str, date]
# What frees a date comes before what takes it; what is dropped goes before both.
_ORDER = (Choice.DROP, Choice.CANCEL, Choice.EXTRA, Choice.CARRY, Choice.STAY)


@dataclass(frozen=True, slots=True)
class Before:
    """The times of an offer before an edit, and what is decided about their dates, by key; closures since a day.

    Closed is what all these closures are to the dates of this offer.
    What calls off a moved or an extra date goes wherever that goes: it stands apart, by the key of that change.
    """

    schedules: Mapping[str, Schedule]
    changes: Mapping[str, Change]
    closures: tuple[Closure, ...]
    closed: tuple[values.Closure, ...]
    since: date
    calling_off: Mapping[str, Change] = field(default_factory=dict)

    def around(self, changes: Iterable[values.Change]) -> values.Circumstances:
        """Give all that decides about the dates of the offer on the days to which changes take one."""
        found = (*changes, *(change.value() for change in self.calling_off.values()))
        landing = [change.lands_on for change in found] or [self.since]
        span = min(landing), max(landing)
        off = (row.value() for row in self.calling_off.values())
        return values.Circumstances(closing_days(*span), school_holidays(*span), (*found, *off), self.closed)


@dataclass(frozen=True, slots=True)
class Refit:
    """A decision that fits no longer: a change, or a date that closures keep; the times it belongs to."""

    misfit: Misfit
    schedule: Schedule
    change: Change | None
    closures: tuple[Closure, ...] = ()
    called_off_by: Change | None = None


def before_edit(offers: Sequence[Sprechstunde], since: date) -> dict[int, Before]:
    """Fetch how the times of offers stand and all that is decided about their dates, by primary key of the offer.

    Three queries, and three more while there is a closure. Closures that end before the day are left out.
    """
    rows = list(Schedule.objects.filter(sprechstunde__in=[offer.pk for offer in offers]).for_pages())
    changes = list(Change.objects.filter(schedule__in=[row.pk for row in rows]).select_related("standort"))
    by_pk = {row.pk: row for row in rows}
    for change in changes:
        change.schedule = by_pk[change.schedule_id]
    closures = tuple(Closure.objects.since(since).with_scope().order_by("pk"))
    closing = collect((), [(closure, closure.scope()) for closure in closures])
    first = [one for one in changes if one.calls_off_id is None]
    return {
        offer.pk: Before(
            schedules={str(row.uid): row for row in rows if row.sprechstunde_id == offer.pk},
            changes={one.key: one for one in first if one.schedule.sprechstunde_id == offer.pk},
            closures=closures,
            closed=(*closing.everywhere, *closing.of_offers.get(offer.pk, ()), *closing.at_places),
            since=since,
            calling_off={str(one.calls_off_id): one for one in changes if one.calls_off_id},
        )
        for offer in offers
    }


def refits(before: Before, after: Iterable[Schedule], first: date) -> list[Refit]:
    """Give what is decided about dates to come and fits no longer, or doubles a date, by day.

    After are the times of the same offer once edited; they need not be saved. First is the first day on which no date
    has begun.
    """
    old, new = chain(map(series_of, before.schedules.values())), chain(map(series_of, after))
    kept = _kept(before, old)
    changes = [change.value() for change in before.changes.values()]
    every = misfits(old, new, [*changes, *kept], first, before.around(changes))
    asked = {one.change.key for one in every}
    every += going_along(old, new, [change for change in changes if change.key not in asked], first)
    found = [one for one in every if _is_to_come(one.change, before.since)]
    return [
        Refit(
            one,
            before.schedules[one.change.series_key],
            before.changes.get(one.change.key),
            tuple(kept.get(one.change, ())),
            before.calling_off.get(one.change.key),
        )
        for one in sorted(found, key=lambda one: (one.change.day, one.change.key))
    ]


def doubled(
    before: Before, after: Iterable[Schedule], first: date, chosen: Iterable[tuple[Refit, Choice]]
) -> list[date]:
    """Give the days from first on, included, on which an offer would have two dates at once with what staff chose."""
    becomes = {one.misfit.change.key: one.misfit.choices[choice] for one, choice in chosen}
    stored = [change.value() for change in before.changes.values()]
    changes = [one for change in stored if (one := becomes.get(change.key, change)) is not None]
    around, new = before.around(changes), chain(map(series_of, after))
    return sorted({one.lands_on for one in changes if one.lands_on >= first and meets_another(one, new, around)})


def refit(
    chosen: Sequence[tuple[Refit, Choice]],
    after: Iterable[Schedule],
    by: "AbstractBaseUser | None",
    now: datetime,
) -> None:
    """Write what staff chose; closures are locked and times saved already. Deleted ones have taken their changes along.

    What is kept keeps its identity in feeds where it can. Who and when are noted anew.
    """
    rows = {str(row.uid): row for row in after}
    if not chosen:
        return
    with transaction.atomic():
        gone = [one.change.pk for one, choice in chosen if one.change and one.misfit.choices[choice] is None]
        Change.objects.filter(pk__in=gone).delete()
        for one, choice in sorted(chosen, key=lambda pair: _ORDER.index(pair[1])):
            if one.change and (becomes := one.misfit.choices[choice]):
                _write(one.change, becomes, rows, by, now)
                if one.called_off_by:
                    _write_along(one.called_off_by, one.change)
        _write_kept({one.misfit.change.identity: one.misfit.choices[choice] for one, choice in chosen})
        concerned = {new.series_key for one, choice in chosen if (new := one.misfit.choices[choice])}
        concerned |= {one.misfit.change.series_key for one, _choice in chosen}
        touch(Q(uid__in=concerned), now)


def _write(
    change: Change,
    becomes: values.Change,
    rows: Mapping[str, Schedule],
    by: "AbstractBaseUser | None",
    now: datetime,
) -> None:
    if becomes.kind is values.ChangeKind.EXTRA:
        change.reason = ""  # why it was moved is no reason for an extra date
    change.schedule = rows[becomes.series_key]
    change.kind, change.day, change.new_day = ChangeKind(becomes.kind), becomes.day, becomes.new_day
    change.opens, change.closes = becomes.opens, becomes.closes
    change.standort_id = int(becomes.place) if becomes.place else None
    change.note_who(now, by)
    change.save()


def _write_along(called_off_by: Change, change: Change) -> None:
    """Let what calls off a date be about where that date is now; who called it off and when stays."""
    called_off_by.calls_off, called_off_by.schedule = change, change.schedule
    called_off_by.day, called_off_by.standort = change.lands_on, change.standort
    called_off_by.opens, called_off_by.closes = change.opens, change.closes
    called_off_by.save()


def _write_kept(becomes: Mapping[Identity, values.Change | None]) -> None:
    """Let closures keep under their new identity the dates that they kept under the old one.

    Also closures that are past: a date to come may have been moved into them, and has been. All are locked already.
    """
    for closure in Closure.objects.exclude(kept=[]).order_by("pk"):
        kept = closure.kept_dates
        found = [one for date_ in kept if (one := _renamed(date_, becomes)) is not None]
        if found != kept:
            closure.kept = found
            closure.save(update_fields=["kept"])


def _renamed(kept: KeptDate, becomes: Mapping[Identity, values.Change | None]) -> KeptDate | None:
    identity = kept["uid"], date.fromisoformat(kept["day"])
    if identity not in becomes:
        return kept
    change = becomes[identity]
    if change is None:
        return None
    uid, day = change.identity
    return {"uid": uid, "day": day.isoformat(), "change": kept["change"]}


def _kept(before: Before, old: Iterable[Series]) -> dict[values.Change, list[Closure]]:
    """Give the dates that closures keep and that are not changed, as if staff held them one by one."""
    by_key = {series.key: series for series in old}
    changed = {change.value().identity for change in before.changes.values()}
    found: dict[values.Change, list[Closure]] = {}
    for closure in before.closures:
        for uid, day in sorted(closure.keeps()):
            if uid in by_key and (uid, day) not in changed and gives(by_key[uid], day):
                held = values.Change(f"{uid}-{day}", uid, day, values.ChangeKind.HELD)
                found.setdefault(held, []).append(closure)
    return found


def _is_to_come(change: values.Change, since: date) -> bool:
    return max(change.day, change.lands_on) >= since
