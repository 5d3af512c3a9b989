"""How a confirmation is written: only of what somebody has seen, whatever else happens meanwhile."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.confirming.items import Item, due
from sprechstunden.deciding import lock_offers, lock_times
from sprechstunden.models import Schedule
from standorte.models import Standort

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def locked(responsibility: Responsibility, day: date) -> list[Item]:
    """Give what is due, and let nobody change it until the transaction ends; in the order that `deciding` names."""
    found = due(responsibility, day)
    times = [item.row for item in found if isinstance(item.row, Schedule)]
    places = {item.row.standort_id for item in found if not isinstance(item.row, Schedule)}
    lock_offers(row.sprechstunde_id for row in times)
    lock_times(Q(pk__in=[row.pk for row in times]))
    list(Standort.objects.select_for_update(no_key=True).filter(pk__in=places).order_by("pk"))
    return due(responsibility, day)


def confirm(items: Sequence[Item], keys: Collection[str], day: date, by: "AbstractBaseUser | None") -> list[str]:
    """Confirm those of the facts that were chosen, and give their titles; they must be locked."""
    chosen = [item for item in items if item.key in keys]
    for item in chosen:
        item.row.confirm(day, by)
        item.row.save()
    return [item.title for item in chosen]
