"""What must not be brought back as it was, and the sentence that says why."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import cast

from django.db.models import Model
from django.utils.translation import gettext as _

from lokalwillkommen.accounts.models import User
from sprechstunden.closing import has_begun
from sprechstunden.models import Change, ChangeKind, Closure, Frequency, Schedule, Sprechstunde
from sprechstunden.offer_dates import OfferDates
from sprechstunden.recurrence import ONE_DAY
from sprechstunden.refits import before_edit, refits
from sprechstunden.schedule_forms import begun, first_free_day
from standorte.models import StandortEvidence

# What places a date: of times that have begun none of it ever changes.
_PLACES_A_DATE = (
    *("frequency", "interval", "weekdays", "positions", "anchor", "opens", "closes", "valid_from"),
    *("standort_id", "held_on_closing_days", "follows_school_holidays", "sprechstunde_id"),
)


def faults_of(row: Model, stored: Model | None, now: datetime) -> list[str]:
    """Say why a row must not be written as it once stood; stored is how it stands, nothing where it is gone."""
    rule = _RULES.get(type(row))
    return rule(row, stored, now) if rule else []


def _of_account(_row: Model, _stored: Model | None, _now: datetime) -> list[str]:
    return [_("Accounts are not brought back from here: please change the rights at the account itself.")]


def _of_evidence(_row: Model, _stored: Model | None, _now: datetime) -> list[str]:
    return [_("What somebody confirmed comes back with the facts of its place, not alone.")]


def _of_offer(row: Model, stored: Model | None, now: datetime) -> list[str]:
    offer = cast("Sprechstunde", row)
    if stored is None or offer.office_id == cast("Sprechstunde", stored).office_id:
        return []
    there = Schedule.objects.filter(begun(now), sprechstunde=offer.pk, standort=None).exclude(frequency=Frequency.NONE)
    if not there.exists():
        return []
    return [_("Times of this offer are at its office, on past days too: past dates never change.")]


def _of_times(row: Model, stored: Model | None, now: datetime) -> list[str]:
    after = cast("Schedule", row)
    offer = Sprechstunde.objects.filter(pk=after.sprechstunde_id).first()
    # Of an offer that is gone nothing has taken place today.
    before, first = cast("Schedule | None", stored), first_free_day(offer, now) if offer else now.date() + ONE_DAY
    is_past = after.valid_from is None or after.valid_from < first
    if before is not None and Schedule.objects.filter(begun(now), pk=before.pk).exists():
        if any(getattr(before, name) != getattr(after, name) for name in _PLACES_A_DATE):
            return [_("These times have begun: past dates never change. Please enter new times from a day on.")]
        if _ends_in_the_past(before.valid_until, after.valid_until, first - ONE_DAY):
            return [_("This would change dates that are past. Please choose today or a later day.")]
    elif is_past:
        return [
            _("These times would have begun by now: past dates never change. Please enter new times from a day on.")
        ]
    return _of_misfits(offer, after, now) if offer else []


def _ends_in_the_past(before: date | None, after: date | None, earliest: date) -> bool:
    return before != after and min(before or date.max, after or date.max) < earliest


def _of_misfits(offer: Sprechstunde, after: Schedule, now: datetime) -> list[str]:
    before = before_edit([offer], now.date())[offer.pk]
    rows = [row for row in before.schedules.values() if row.pk != after.pk]
    after.sprechstunde = offer
    found = refits(before, [*rows, after], first_free_day(offer, now))
    days = ", ".join(f"{one.misfit.change.day:%d.%m.%Y}" for one in found)
    if not days:
        return []
    sentence = _(
        "What is decided about single dates would fit no longer: %(days)s. Please change the times of the offer."
    )
    return [sentence % {"days": days}]


def _of_change(row: Model, stored: Model | None, now: datetime) -> list[str]:
    change = cast("Change", row)
    if stored is not None:
        return [_("A decision about a date is never edited: please take it back and decide anew.")]
    schedule = Schedule.objects.select_related("sprechstunde__office", "standort").get(pk=change.schedule_id)
    change.schedule = schedule
    fault = _of_decision(change, schedule, now)
    return [fault] if fault else []


def _of_decision(change: Change, schedule: Schedule, now: datetime) -> str:
    if change.is_over(now):
        return _("This date is over: past dates never change.")
    dates = OfferDates.fetch(schedule.sprechstunde, min(change.day, now.date()), now)
    if change.kind != ChangeKind.EXTRA and dates.date_of(schedule, change.day) is None:
        return _("By the times of the offer there is no date on this day any more.")
    if change.kind not in {ChangeKind.MOVED, ChangeKind.EXTRA}:
        return ""
    if dates.closures_against(change) or dates.at_the_same_time(change):
        return _("By now something else is decided about that day. Please decide anew on the page of today.")
    return ""


def _of_closure(row: Model, stored: Model | None, now: datetime) -> list[str]:
    closure, before = cast("Closure", row), cast("Closure | None", stored)
    # On its first day somebody would have to look which of its dates are over.
    if (before is not None and has_begun(before, now)) or closure.first <= now.date():
        return [_("This closure has begun, or would have: past dates never change. Please use its form.")]
    return []


_RULES: Mapping[type[Model], Callable[[Model, Model | None, datetime], list[str]]] = {
    Change: _of_change,
    Closure: _of_closure,
    Schedule: _of_times,
    Sprechstunde: _of_offer,
    StandortEvidence: _of_evidence,
    User: _of_account,
}
