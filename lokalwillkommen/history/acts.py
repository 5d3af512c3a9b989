"""Versions of rows become acts: what somebody did to one row, before and after, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import CharField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lokalwillkommen.history.kinds import recorded_by_label
from lokalwillkommen.history.words import (
    FETCHED_WITH,
    Described,
    Names,
    Reference,
    Stood,
    name_in_full,
    named,
    named_by,
    times_sentence,
)
from sprechstunden.models import Schedule
from standorte.history import Why, history_of, versions_of

# A save writes a row, then its relations: versions of one row by one person this close together are one act.
ONE_ACT = timedelta(seconds=5)
CREATED, CHANGED, DELETED = "+", "~", "-"

VersionKey = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field said before and after; nothing stands for empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to one row; the version after it has the number `version`."""

    model: type[Model]
    pk: object
    version: int
    at: datetime
    by: str
    why: str
    kind: str
    name: str
    deed: str
    differences: tuple[Difference, ...]

    @property
    def label(self) -> str:
        """Name the model as addresses do."""
        return self.model._meta.label_lower  # noqa: SLF001  # public as well


@dataclass(slots=True)
class _Group:
    """Versions of one row that are one act, newest first."""

    model: type[Model]
    versions: list["_Version"]


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    previous: int | None
    pk: object
    at: datetime
    user: int | None
    by: str
    why: str
    deed: str


def version_keys(about: Mapping[type[Model], Q], condition: Q | None = None) -> QuerySet[Model, VersionKey]:
    """Give label, number and moment of the versions that are about some rows, newest first: for a pager."""
    parts = [
        versions_of(model)
        .filter(which & (condition or Q()))
        .order_by()
        .annotate(label=Value(model._meta.label_lower, CharField()))  # noqa: SLF001
        .values_list("label", "history_id", "history_date")
        for model, which in about.items()
    ]
    found: QuerySet[Model, VersionKey] = (
        parts[0].union(*parts[1:], all=True).order_by("-history_date", "-history_id", "label")
    )
    return found


def acts(keys: Iterable[VersionKey]) -> list[Act]:
    """Tell the acts behind some versions, newest first; a fixed number of queries for each model among them.

    What changed nothing that people know is left out.
    """
    order = [(recorded_by_label()[label], number) for label, number, _at in keys]
    numbers: dict[type[Model], list[int]] = {}
    for model, number in order:
        numbers.setdefault(model, []).append(number)
    versions = {model: _versions(model, found) for model, found in numbers.items()}
    groups = _grouped(order, versions)
    stood = {
        model: rows_as_they_stood(model, {*found, *(each.previous for each in found.values() if each.previous)})
        for model, found in versions.items()
    }
    names = names_of_referred(chain.from_iterable(found.values() for found in stood.values()))
    earlier = _earlier_times(groups, stood)
    told = (_told(group, stood[group.model], names, earlier) for group in groups)
    return [act for act in told if act.differences or act.deed != CHANGED]


def rows_as_they_stood(model: type[Model], numbers: Iterable[int]) -> dict[int, Stood]:
    """Give rows as versions hold them, by the number of the version; one query, and one for each relation."""
    history = history_of(model)
    versions = versions_of(model).in_bulk(list(numbers))
    relations: dict[int, dict[str, list[object]]] = {number: {} for number in versions}
    for field in getattr(history, "_history_m2m_fields", ()):
        found = getattr(history, field.name).filter(history__in=versions)
        for number, key in found.values_list("history", field.m2m_reverse_name()):
            relations[number].setdefault(field.name, []).append(key)
    return {
        number: Stood(version.history_object, relations[number])  # type: ignore[attr-defined]  # the package's
        for number, version in versions.items()
    }


def names_of_referred(rows: Iterable[Stood]) -> Names:
    """Name all rows that some rows lead to, those that are gone by what they were last."""
    return _names(chain.from_iterable(row.referred() for row in rows))


def _names(referred: Iterable[Reference]) -> Names:
    wanted: dict[type[Model], set[object]] = {}
    for model, key in referred:
        wanted.setdefault(model, set()).add(key)
    names: dict[Reference, str] = {}
    for model, keys in wanted.items():
        found = model._base_manager.select_related(*FETCHED_WITH.get(model, ())).in_bulk(list(keys))  # noqa: SLF001
        names.update({(model, key): name_in_full(row) for key, row in found.items()})
        gone = keys - found.keys()
        if gone and model in recorded_by_label().values():
            names.update(_names_of_gone(model, gone))
    return names


def _names_of_gone(model: type[Model], keys: set[object]) -> Names:
    key = model._meta.pk.name  # noqa: SLF001
    last = versions_of(model).filter(**{f"{key}__in": keys}, history_type=DELETED)
    rows = {getattr(version, key): version.history_object for version in last}  # type: ignore[attr-defined]  # the package's
    names = _names(chain.from_iterable(named_by(row) for row in rows.values()))
    return {(model, number): named(row, names) for number, row in rows.items()}


def _versions(model: type[Model], numbers: Sequence[int]) -> dict[int, _Version]:
    key = model._meta.pk.name  # noqa: SLF001
    earlier = versions_of(model).filter(**{key: OuterRef(key)}, history_id__lt=OuterRef("history_id"))
    previous = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    found = versions_of(model).filter(history_id__in=numbers).annotate(previous=previous)
    values = found.values_list(
        *("history_id", "previous", key, "history_date", "history_user", "history_user__email"),
        *("history_change_reason", "history_type"),
    )
    return {row[0]: _version(*row) for row in values}


def _version(  # noqa: PLR0913, PLR0917  # the columns of a row
    number: int,
    previous: int | None,
    pk: object,
    at: datetime,
    user: int | None,
    by: str | None,
    why: str | None,
    deed: str,
) -> _Version:
    return _Version(number, previous, pk, at, user, by or "", why or "", deed)


def _grouped(
    order: Iterable[tuple[type[Model], int]], versions: Mapping[type[Model], Mapping[int, _Version]]
) -> list[_Group]:
    groups: list[_Group] = []
    open_groups: dict[tuple[type[Model], object], _Group] = {}
    for model, number in order:
        version = versions[model][number]
        group = open_groups.get((model, version.pk))
        if group and _is_same_act(group.versions[-1], version):
            group.versions.append(version)
            continue
        open_groups[model, version.pk] = group = _Group(model, [version])
        groups.append(group)
    return groups


def _is_same_act(later: _Version, earlier: _Version) -> bool:
    return (
        later.deed == CHANGED
        and earlier.deed != DELETED
        and (later.user, later.why) == (earlier.user, earlier.why)
        and later.previous == earlier.number
        and later.at - earlier.at <= ONE_ACT
    )


def _told(group: _Group, stood: Mapping[int, Stood], names: Names, earlier: Mapping[int, Described]) -> Act:
    newest, oldest = group.versions[0], group.versions[-1]
    before = stood[oldest.previous].described(names) if oldest.previous and oldest.deed == CHANGED else {}
    after = stood[newest.number].described(names)
    if newest.deed == DELETED:
        # Its relations were gone before it was.
        before, after = (stood[newest.previous] if newest.previous else stood[newest.number]).described(names), {}
    if oldest.deed == CREATED:
        before = earlier.get(newest.number, {})
    row = stood[newest.number].row
    return Act(
        model=group.model,
        pk=newest.pk,
        version=newest.number,
        at=newest.at,
        by=newest.by,
        why=_why_in_words(newest.why),
        kind=str(capfirst(group.model._meta.verbose_name or "")),  # noqa: SLF001
        name=named(row, names),
        deed=DELETED if newest.deed == DELETED else oldest.deed,
        differences=differences(before, after),
    )


def differences(before: Described, after: Described) -> tuple[Difference, ...]:
    """Give what is not the same, in the order of the fields."""
    labels = [*after, *(label for label in before if label not in after)]
    return tuple(
        Difference(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def _earlier_times(groups: Iterable[_Group], stood: Mapping[type[Model], Mapping[int, Stood]]) -> dict[int, Described]:
    """Give for versions of new times the times of the same offer that held until then; one query."""
    created = {
        group.versions[0].number: row
        for group in groups
        if group.model is Schedule and group.versions[-1].deed == CREATED
        if isinstance(row := stood[Schedule][group.versions[0].number].row, Schedule) and row.valid_from
    }
    offers = {row.sprechstunde_id for row in created.values()}
    rows = list(Schedule.objects.filter(sprechstunde__in=offers)) if offers else []
    found = {}
    for number, row in created.items():
        before = [one for one in rows if one.sprechstunde_id == row.sprechstunde_id and _begins_before(one, row)]
        if before:
            last = max(before, key=lambda one: (one.valid_from is not None, one.valid_from))
            found[number] = {_("Times"): times_sentence(last)}
    return found


def _begins_before(one: Schedule, other: Schedule) -> bool:
    return one.valid_from is None or (other.valid_from is not None and one.valid_from < other.valid_from)


def _why_in_words(why: str) -> str:
    return str(Why(why).label) if why in Why.values else why
