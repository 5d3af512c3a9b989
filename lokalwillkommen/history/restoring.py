"""An earlier state of a row comes back: what would become what, why it must not, and writing it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lokalwillkommen.history.acts import (
    DELETED,
    ONE_ACT,
    Difference,
    differences,
    names_of_referred,
    rows_as_they_stood,
)
from lokalwillkommen.history.evidence import bring_evidence_back, groups_that_differ, unconfirm_contact
from lokalwillkommen.history.kinds import CHILDREN
from lokalwillkommen.history.rules import faults_of
from lokalwillkommen.history.words import Names, Stood, name_of, named
from sprechstunden.closing import effect
from sprechstunden.deciding import Chosen, close, decide, lock_closures, lock_offers, lock_times
from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from sprechstunden.models.closure import Scope, places_of_partners
from standorte.burying import note_move
from standorte.history import Why, because, history_of, versions_of
from standorte.models import Partner, Phone, Standort
from standorte.text_history import versions_kept

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class RefusedError(Exception):
    """Nothing was written: what somebody agreed to is not what would happen now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become what; with faults nothing can be written."""

    version: int
    target: Stood
    is_gone: bool
    name: str
    differences: tuple[Difference, ...]
    faults: tuple[str, ...]
    left_out: tuple[str, ...]
    falls_away: int
    children: tuple[Stood, ...]
    names_of_children: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Name all that somebody sees before they agree."""
        seen = (self.version, self.differences, self.faults, self.left_out, self.names_of_children, self.falls_away)
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def plan(model: type[Model], number: int, now: datetime) -> Plan | None:
    """Say what it would do to let a row stand as after a version; of a deletion, as before it. None: there is none."""
    if not versions_of(model).filter(history_id=number).exists():
        return None
    target = _stood(model, number)
    stored = model._base_manager.filter(pk=target.row.pk).first()  # noqa: SLF001  # public as well
    present = Stood(stored, _relations(stored)) if stored else None
    children = () if stored else tuple(_children(model, number, target))
    names = names_of_referred([target, *children, *([present] if present else [])])
    missing = _missing(target, names)
    found = differences(present.described(names) if present else {}, target.described(names))
    faults = [_gone(label, name) for label, name in missing] or _faults(target.row, stored, now)
    if present and not found:
        faults = [_("It stands like this already.")]
    coming, left = _sorted_children(children, target, names, now)
    return Plan(
        version=number,
        target=target,
        is_gone=stored is None,
        name=named(target.row, names),
        differences=found,
        faults=tuple(faults),
        falls_away=_falls_away(target, now),
        left_out=(*_lost_relations(target, names), *left),
        children=tuple(coming),
        names_of_children=tuple(_full_name(child, names) for child in coming),
    )


def bring_back(seen: Plan, agreed: str, by: "AbstractBaseUser", now: datetime) -> Plan:
    """Write what somebody agreed to, all or nothing. Raises RefusedError where it would be something else by now."""
    try:
        with transaction.atomic():
            _lock(seen.target.row)
            found = plan(type(seen.target.row), seen.version, now)
            if found is None or found.faults or found.digest != agreed:
                raise RefusedError
            _write(found, by, now)
            for child in found.children:
                _save(child, by, now)
            return found
    except IntegrityError as error:
        raise RefusedError from error


def _lock(row: Model) -> None:
    """Lock in the one order of sprechstunden.deciding: offers, closures, times; of other rows just the one."""
    if isinstance(row, (Sprechstunde, Schedule, Change)):
        offers = _offers_of(row)
        lock_offers(offers)
        lock_closures()
        lock_times(Q(sprechstunde__in=offers))
    elif isinstance(row, Closure):
        lock_closures()
    else:
        list(type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk))  # noqa: SLF001


def _offers_of(row: Sprechstunde | Schedule | Change) -> list[int]:
    if isinstance(row, Sprechstunde):
        return [row.pk]
    if isinstance(row, Schedule):
        return [row.sprechstunde_id]
    return list(Schedule.objects.filter(pk=row.schedule_id).values_list("sprechstunde", flat=True))


def _write(found: Plan, by: "AbstractBaseUser", now: datetime) -> None:
    row = found.target.row
    if isinstance(row, Change):
        because(row, Why.RESTORED)
        decide(row, by, now)
    elif isinstance(row, Closure):
        because(row, Why.RESTORED)
        close(row, Chosen._make(_rows(row, name, found.target) for name in Chosen._fields), by, now)
    else:
        before = None if found.is_gone else type(row)._base_manager.get(pk=row.pk)  # noqa: SLF001
        present = Stood(before, _relations(before)) if before else None
        _save(found.target, by, now)
        if isinstance(row, Standort) and present:
            bring_evidence_back(row, found.version, groups_that_differ(present, found.target))
        if isinstance(row, (Standort, Partner)) and isinstance(before, (Standort, Partner)):
            note_move(before, row, now)
        if isinstance(row, Phone):
            unconfirm_contact(row)


def _save(stood: Stood, by: "AbstractBaseUser", now: datetime) -> None:
    row = stood.row
    because(row, Why.RESTORED)
    with versions_kept([row], by, now):
        row.save()
    for field in row._meta.many_to_many:  # noqa: SLF001
        if field.name in _kept_relations(type(row)):
            getattr(row, field.name).set(_rows(row, field.name, stood))


def _rows(row: Model, name: str, stood: Stood) -> list[Model]:
    related = cast("type[Model]", row._meta.get_field(name).related_model)  # noqa: SLF001
    return list(related._base_manager.filter(pk__in=stood.relations.get(name, ())))  # noqa: SLF001


def _stood(model: type[Model], number: int) -> Stood:
    """Give a row as after a version; relations of one that was deleted are those of the version before."""
    key = model._meta.pk.name  # noqa: SLF001
    version = versions_of(model).get(history_id=number)
    if version.history_type != DELETED:  # type: ignore[attr-defined]  # the package's
        return rows_as_they_stood(model, [number])[number]
    earlier = versions_of(model).filter(**{key: getattr(version, key)}, history_id__lt=number)
    last = earlier.order_by("-history_id").values_list("history_id", flat=True).first()
    relations = rows_as_they_stood(model, [last])[last].relations if last else {}
    return Stood(version.history_object, relations)  # type: ignore[attr-defined]


def _relations(row: Model) -> dict[str, list[object]]:
    return {name: list(getattr(row, name).values_list("pk", flat=True)) for name in _kept_relations(type(row))}


def _kept_relations(model: type[Model]) -> list[str]:
    return [field.name for field in history_of(model)._history_m2m_fields]  # type: ignore[attr-defined]  # noqa: SLF001


def _faults(row: Model, stored: Model | None, now: datetime) -> list[str]:
    if found := faults_of(row, stored, now):
        return found
    # A row that is there is compared with the others, not with itself.
    row._state.adding = stored is None  # noqa: SLF001
    try:
        row.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def _missing(stood: Stood, names: Names) -> list[tuple[str, str]]:
    """Name what the row needs and is gone; accounts that are gone just stand no longer beside it."""
    found = []
    for field in stood.row._meta.concrete_fields:  # noqa: SLF001
        key = getattr(stood.row, field.attname)
        if not isinstance(field, models.ForeignKey) or key is None:
            continue
        if field.related_model._base_manager.filter(pk=key).exists():  # noqa: SLF001
            continue
        if field.related_model._meta.label == settings.AUTH_USER_MODEL:  # noqa: SLF001
            setattr(stood.row, field.attname, None)
        else:
            found.append((str(capfirst(field.verbose_name)), name_of(field.related_model, key, names)))
    return found


def _gone(label: str, name: str) -> str:
    sentence = _("%(label)s: “%(name)s” is no longer there. Please bring that back first.")
    return sentence % {"label": label, "name": name}


def _falls_away(target: Stood, now: datetime) -> int:
    """Count the dates that a closure would take away."""
    closure, keys = target.row, target.relations
    if not isinstance(closure, Closure):
        return 0
    partners = Partner.objects.filter(pk__in=cast("list[int]", keys.get("partners", [])))
    places = places_of_partners(partners) | set(cast("list[int]", keys.get("standorte", [])))
    offers = frozenset(cast("list[int]", keys.get("sprechstunden", [])))
    return len(effect(closure, Scope(closure.whole_network, frozenset(places), offers), now).losses)


def _lost_relations(stood: Stood, names: Names) -> Iterator[str]:
    for name, keys in stood.relations.items():
        related = stood.row._meta.get_field(name).related_model  # noqa: SLF001
        there = set(related._base_manager.filter(pk__in=keys).values_list("pk", flat=True))  # type: ignore[union-attr]  # noqa: SLF001
        yield from (name_of(related, key, names) for key in keys if key not in there)  # type: ignore[arg-type]


def _children(model: type[Model], number: int, parent: Stood) -> Iterator[Stood]:
    """Give what went in the same act as a row, and what went with that."""
    at = versions_of(model).values_list("history_date", flat=True).get(history_id=number)
    for child, name in CHILDREN.get(model, ()):
        gone = versions_of(child).filter(**{name: parent.row.pk}, history_type=DELETED)
        gone = gone.filter(history_date__gte=at - ONE_ACT, history_date__lte=at + ONE_ACT)
        for version in gone.order_by("history_id").values_list("history_id", flat=True):
            stood = _stood(child, version)
            yield stood
            yield from _children(child, version, stood)


def _sorted_children(
    children: Sequence[Stood], parent: Stood, names: Names, now: datetime
) -> tuple[list[Stood], list[str]]:
    """Tell children that come back from those that do not, each with why."""
    coming, left = [], list[str]()
    there = {(type(parent.row), parent.row.pk)}
    for child in children:
        fault = _fault_of_child(child, there, names, now)
        if fault:
            left.append(f"{_full_name(child, names)}: {fault}")
        else:
            coming.append(child)
            there.add((type(child.row), child.row.pk))
    return coming, left


def _fault_of_child(child: Stood, there: set[tuple[type[Model], object]], names: Names, now: datetime) -> str:
    row = child.row
    for field in row._meta.concrete_fields:  # noqa: SLF001
        key = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey) and key is not None and (field.related_model, key) not in there:
            if field.related_model._base_manager.filter(pk=key).exists():  # noqa: SLF001
                continue
            if field.related_model._meta.label == settings.AUTH_USER_MODEL:  # noqa: SLF001
                setattr(row, field.attname, None)
            else:
                return _gone(str(capfirst(field.verbose_name)), name_of(field.related_model, key, names))
    if isinstance(row, Schedule):
        return next(iter(faults_of(row, None, now)), "")
    if isinstance(row, Change) and row.lands_on <= now.date():
        return _("This date is over: past dates never change.")
    return ""


def _full_name(stood: Stood, names: Names) -> str:
    return f"{capfirst(stood.row._meta.verbose_name or '')} {named(stood.row, names)}".strip()  # noqa: SLF001
