"""How a decision about dates is written: in one transaction, with who and when, and feeds learn of it.

What is wrong with a decision is said before, by its form.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from sprechstunden.models import Change, ChangeKind, Closure, Schedule
from sprechstunden.models.closure import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

_TICK = timedelta(seconds=1)


def decide(change: Change, by: "AbstractBaseUser | None", now: datetime, in_spite_of: Iterable[Closure] = ()) -> None:
    """Write a change; closures it is decided in spite of keep its date.

    Raises IntegrityError where somebody else has changed this date meanwhile; then nothing is written.
    """
    with transaction.atomic():
        change.note_who(now, by)
        change.save()
        for closure in Closure.objects.select_for_update().filter(pk__in=[closure.pk for closure in in_spite_of]):
            uid = change.uid if change.kind == ChangeKind.EXTRA else change.schedule.uid
            closure.keep(uid, change.day, change.uid)
            closure.save(update_fields=["kept"])
        touch(Q(pk=change.schedule_id), now)


def take_back(change: Change, now: datetime) -> None:
    """Undo a change: afterwards the dates are exactly what they would be had it never been made."""
    with transaction.atomic():
        # Whichever days they have by now: a closure may have been shortened since.
        for closure in Closure.objects.select_for_update().exclude(kept=[]):
            if closure.forget(change.uid):
                closure.save(update_fields=["kept"])
        change.delete()
        touch(Q(pk=change.schedule_id), now)


def concerned_by(scope: Scope) -> Q:
    """Give the condition for times whose dates a closure can take away."""
    if scope.whole_network:
        return Q()
    at_office = Q(standort=None, sprechstunde__office__in=scope.places)
    moved_here = Q(changes__standort__in=scope.places)
    return Q(standort__in=scope.places) | at_office | moved_here | Q(sprechstunde__in=scope.offers)


def touch(concerned: Q, now: datetime) -> None:
    """Note that the dates of some times are others than before, so that feeds say so: each time a later second.

    A clock that was put back makes no event older.
    """
    rows = Schedule.objects.filter(pk__in=Schedule.objects.filter(concerned).values("pk"))
    rows.filter(modified_at__gt=now - _TICK).update(modified_at=F("modified_at") + _TICK)
    rows.filter(modified_at__lte=now - _TICK).update(modified_at=now)
