"""One last day for several offers at once: what it takes away, and setting it."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from sprechstunden.decided import Decisions, decisions
from sprechstunden.deciding import lock_closures, lock_times, touch
from sprechstunden.models import Change, ChangeKind, Schedule, Sprechstunde
from sprechstunden.recurrence import ONE_DAY
from sprechstunden.refits import Before, Refit, before_edit, refit, refits
from sprechstunden.refitting import Choice
from sprechstunden.series import chain, in_force_on
from sprechstunden.timetable import dates, in_force, series_of
from standorte.history import update_with_history

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

COUNTED = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a last day does to the times of one offer that hold on it; the number of dates is that of one year.

    Dates stay that staff have moved from before it to a later day.
    """

    offer: Sprechstunde
    schedule: Schedule
    falls_away: int
    refits: tuple[Refit, ...]
    versions: tuple[Schedule, ...]
    stay: tuple[Change, ...] = ()

    @property
    def chosen(self) -> list[tuple[Refit, Choice]]:
        """Give what becomes of each decision about a later date: it goes, unless its date has been already."""
        return [(one, _gone(one)) for one in self.refits]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a last day does to several offers; with a problem it can be set for none."""

    last: date
    effects: tuple[Effect, ...]
    no_times: tuple[Sprechstunde, ...]
    later: tuple[Schedule, ...]
    stuck: tuple[Sprechstunde, ...]

    @property
    def is_possible(self) -> bool:
        """Tell whether it can be set for all."""
        return not (self.no_times or self.later or self.stuck)

    @property
    def leaves_out(self) -> tuple[Refit, ...]:
        """Give the decisions about later dates that go with them."""
        return tuple(one for effect in self.effects for one in effect.refits)

    @property
    def fingerprint(self) -> str:
        """Give what somebody has seen when they agree: the day, the times and the changes that go."""
        keys = [one.misfit.change.key for one in self.leaves_out]
        return " ".join([self.last.isoformat(), *(str(effect.schedule.uid) for effect in self.effects), *keys])


def plan(offers: Sequence[Sprechstunde], last: date, now: datetime) -> Plan:
    """Say what happens to offers whose last day this would be; it must not be past. A fixed number of queries."""
    before = before_edit(offers, now.date())
    decided = decisions([row for one in before.values() for row in one.schedules.values()], now.date())
    effects, no_times, later = [], [], []
    for offer in offers:
        rows = list(before[offer.pk].schedules.values())
        later += [row for row in rows if row.valid_from and row.valid_from > last]
        on_that_day = _in_force(rows, last)
        if on_that_day is None:
            no_times.append(offer)
        else:
            effects.append(_effect(offer, before[offer.pk], on_that_day, last, decided, now))
    stuck = [one.offer for one in effects if not all(refit.misfit.choices for refit in one.refits)]
    return Plan(last, tuple(effects), tuple(no_times), tuple(later), tuple(stuck))


def set_last_day(found: Plan, by: "AbstractBaseUser | None", now: datetime) -> None:
    """Set the last day for all offers of a plan that is possible, or for none; a fixed number of queries.

    But for what becomes an extra date or goes: each is written by itself, or leaves a version by itself.
    """
    with transaction.atomic():
        lock_closures()
        ending = Q(pk__in=[effect.schedule.pk for effect in found.effects])
        lock_times(ending)
        ended = list(Schedule.objects.filter(ending))
        for row in ended:
            row.valid_until = found.last
        update_with_history(Schedule, ended, ("valid_until",), by)
        chosen = [pair for effect in found.effects for pair in effect.chosen]
        refit(chosen, [row for effect in found.effects for row in effect.versions], by, now)
        touch(ending, now)


def _effect(  # noqa: PLR0913, PLR0917  # all that is known about one offer
    offer: Sprechstunde, before: Before, schedule: Schedule, last: date, decided: Decisions, now: datetime
) -> Effect:
    rows = list(before.schedules.values())
    ended = copy.copy(schedule)
    ended.valid_until = last
    after = [ended if row == schedule else row for row in rows]
    fewer = _held(rows, last, decided, now) - _held(after, last, decided, now)
    # Where there are fewer dates none becomes one too many.
    found = (one for one in refits(before, after, now.date() + ONE_DAY) if not one.misfit.is_doubled)
    moved = (one for one in before.changes.values() if one.kind == ChangeKind.MOVED)
    stay = (one for one in moved if one.schedule_id == schedule.pk and one.day <= last < one.lands_on)
    return Effect(offer, schedule, fewer, tuple(found), tuple(rows), tuple(stay))


def _held(rows: Iterable[Schedule], last: date, decided: Decisions, now: datetime) -> int:
    """Count the dates that take place within a year and after a day."""
    found = dates(in_force(rows, decided), last + ONE_DAY, now.date() + COUNTED, now)
    return sum(entry.takes_place for entry in found)


def _in_force(rows: Iterable[Schedule], day: date) -> Schedule | None:
    by_key = {str(row.uid): row for row in rows}
    found = in_force_on(chain(map(series_of, by_key.values())), day)
    return by_key[found.key] if found else None


def _gone(one: Refit) -> Choice:
    return Choice.DROP if Choice.DROP in one.misfit.choices else Choice.EXTRA
