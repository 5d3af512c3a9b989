"""How a decision about dates is written: in one transaction, with who and when, and feeds learn of it.

What is wrong with a decision is said before, by its form.

Whoever writes locks rows in one order: offers, then closures, then times, each by primary key. So two people may wait
for one another's end, but never both for each other. Changes belong to their offer and need no lock of their own. Keys
stay as they are, so that rows which only refer to these need not wait.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from sprechstunden.models.closure import ClosureQuerySet, Scope, places_of_partners
from standorte.history import without_versions
from standorte.models import Partner, Standort
from standorte.text_history import versions_kept

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

_TICK = timedelta(seconds=1)
ITS_OLD_DAY_IS_PAST = _(
    "Its old day is past, so it can be called off, but not go back there. If it takes place at another time instead, "
    "please call it off and add an extra date."
)


class Chosen(NamedTuple):
    """What a closure is for, as somebody chose it, where it is not the whole network.

    Places of partners, by primary key, are those that the partners had when they were chosen; None: those of now.
    """

    standorte: Iterable[Standort] = ()
    partners: Iterable[Partner] = ()
    sprechstunden: Iterable[Sprechstunde] = ()
    partner_places: Collection[int] | None = None


def lock_offers(numbers: Iterable[int]) -> None:
    """Let nobody else decide about some offers until the transaction ends; this comes first."""
    list(Sprechstunde.objects.select_for_update(no_key=True).filter(pk__in=list(numbers)).order_by("pk"))


def lock_closures() -> None:
    """Let nobody else write closures until the transaction ends; this comes after offers and before times."""
    list(_locked_closures().values_list("pk"))


def lock_times(concerned: Q) -> None:
    """Let nobody else write some times until the transaction ends; this comes last."""
    found = Schedule.objects.filter(pk__in=Schedule.objects.filter(concerned).values("pk"))
    list(found.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def decide(change: Change, by: "AbstractBaseUser | None", now: datetime, in_spite_of: Iterable[Closure] = ()) -> None:
    """Write a change; closures it is decided in spite of keep its date.

    Raises IntegrityError where somebody else has changed this date meanwhile; then nothing is written.
    """
    with transaction.atomic():
        closures = list(_locked_closures().filter(pk__in=[closure.pk for closure in in_spite_of]))
        change.note_who(now, by)
        with versions_kept([change], by, now):
            change.save()
        for closure in closures:
            closure.keep(*change.identity, change.uid)
            closure.save(update_fields=["kept"])
        touch(Q(pk=change.schedule_id), now)


def take_back(change: Change, now: datetime) -> None:
    """Undo a change, and what calls it off: afterwards the dates are exactly what they would be had it never been made.

    Whoever asks has seen that this brings a date back to no day that is past. See docs/decisions/0012.
    """
    with transaction.atomic():
        lock_offers(Schedule.objects.filter(pk=change.schedule_id).values_list("sprechstunde", flat=True))
        # Whichever days they have by now: a closure may have been shortened since.
        for closure in _locked_closures().exclude(kept=[]):
            if closure.forget(change.uid):
                closure.save(update_fields=["kept"])
        change.delete()
        touch(Q(pk=change.schedule_id), now)


def close(closure: Closure, chosen: Chosen | None, by: "AbstractBaseUser | None", now: datetime) -> None:
    """Write a closure, new or changed, with what it is for; without a choice that stays, with the places of partners.

    What changes of single dates have made it keep stays, also what somebody decided a moment ago.
    """
    with transaction.atomic():
        before = _locked_closures().filter(pk=closure.pk).first()
        concerned = concerned_by(before.scope()) if before else Q(pk__in=())
        by_changes = [kept for kept in before.kept_dates if kept["change"]] if before else []
        closure.kept = [*by_changes, *(kept for kept in closure.kept_dates if not kept["change"])]
        closure.note_who(now, by)
        with versions_kept([closure], by, now):
            closure.save()
        if chosen:
            if chosen.partner_places is None:
                chosen = chosen._replace(partner_places=places_of_partners(chosen.partners))
            with without_versions(closure):
                for name, rows in chosen._asdict().items():
                    getattr(closure, name).set(rows)
            closure.save(update_fields=["kept"])
        touch(concerned | concerned_by(closure.scope()), now)


def reopen(closures: Iterable[Closure], now: datetime) -> None:
    """Undo closures: afterwards the dates are exactly what they would be had they never been made."""
    with transaction.atomic():
        concerned = Q(pk__in=())
        for closure in list(_locked_closures().filter(pk__in=[closure.pk for closure in closures])):
            concerned |= concerned_by(closure.scope())
            closure.delete()
        touch(concerned, now)


def concerned_by(scope: Scope) -> Q:
    """Give the condition for times whose dates a closure can take away."""
    if scope.whole_network:
        return Q(pk__isnull=False)  # an empty condition would vanish beside another one
    at_office = Q(standort=None, sprechstunde__office__in=scope.places)
    moved_here = Q(changes__standort__in=scope.places)
    return Q(standort__in=scope.places) | at_office | moved_here | Q(sprechstunde__in=scope.offers)


def touch(concerned: Q, now: datetime) -> None:
    """Note that the dates of some times are others than before, so that feeds say so: each time a later second.

    A clock that was put back makes no event older.
    """
    lock_times(concerned)
    rows = Schedule.objects.filter(pk__in=Schedule.objects.filter(concerned).values("pk"))
    rows.filter(modified_at__gt=now - _TICK).update(modified_at=F("modified_at") + _TICK)
    rows.filter(modified_at__lte=now - _TICK).update(modified_at=now)


def _locked_closures() -> ClosureQuerySet:
    return Closure.objects.select_for_update(no_key=True).order_by("pk")
