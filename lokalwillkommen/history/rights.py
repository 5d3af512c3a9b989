"""Whose history somebody may read, and what they may bring back: what the admin of a row lets them see and change."""

from collections.abc import Iterator, Mapping

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.history.kinds import parents_of, recorded_by_label
from lokalwillkommen.notices.models import Notice
from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from standorte.models import Standort
from standorte.text_places import text_fields

# What forms show to those who look after some rows only as it is.
_FIXED: Mapping[type[Model], tuple[str, ...]] = {
    Sprechstunde: ("partner_id",),
    Standort: ("kind", "office_id", "slug", "is_published"),
}
# Who has it reads everything that happened, also to rows that are gone.
EVERYTHING = "admin.view_logentry"


def visible_row(request: HttpRequest, model: type[Model], key: object) -> Model | None:
    """Give a row that somebody may see, as its page in the admin would."""
    try:
        page = admin.site.get_model_admin(model)
        row: Model | None = page.get_queryset(request).filter(pk=key).first()
    except (NotRegistered, ValidationError, ValueError):
        return None
    return row if row is not None and page.has_view_permission(request, row) else None


def may_bring_back(request: HttpRequest, row: Model) -> bool:
    """Tell whether somebody may write a row as it once stood.

    What has no page of its own is written by who may change what it belongs to. A row that is gone needs a person who
    may add such rows and reads everything: whose it was cannot be asked any more. And nothing comes back that this
    person could not type.
    """
    if not _could_type(request, row):
        return False
    if isinstance(row, Change):
        return _may_decide_again(request, row)
    if parents_of(type(row)):
        return any(_may_change(request, model, key) for model, key in _parents(row))
    if type(row)._default_manager.filter(pk=row.pk).exists():  # noqa: SLF001  # public as well
        return _may_change(request, type(row), row.pk)
    page = admin.site.get_model_admin(type(row))
    return page.has_add_permission(request) and request.user.has_perm(EVERYTHING)


def _could_type(request: HttpRequest, row: Model) -> bool:
    mine = Responsibility.of(request.user)
    if mine.everything:
        return True
    # For whom a closure or a notice stood then is more than one row; and texts of partners are suggested.
    if isinstance(row, (Closure, Notice)) or (text_fields(type(row)) and not mine.writes_texts):
        return False
    if isinstance(row, Sprechstunde) and not mine.covers_offer(row):
        return False
    stored = type(row)._base_manager.filter(pk=row.pk).first()  # noqa: SLF001  # public as well
    names = (*_FIXED.get(type(row), ()), *(f"{name}_id" for name in parents_of(type(row))))
    return stored is None or all(getattr(row, name) == getattr(stored, name) for name in names)


def kinds_to_bring_back(request: HttpRequest) -> frozenset[str]:
    """Give the labels of the models of which somebody may bring rows back, if these are theirs."""
    return frozenset(label for label, model in recorded_by_label().items() if _may_write(request, model))


def _may_write(request: HttpRequest, model: type[Model]) -> bool:
    if model is Change:
        return request.user.has_perm("sprechstunden.add_change")
    owners = [model._meta.get_field(name).related_model for name in parents_of(model)] or [model]  # noqa: SLF001  # public as well
    return any(
        request.user.has_perm(f"{owner._meta.app_label}.change_{owner._meta.model_name}")  # type: ignore[union-attr]  # noqa: SLF001
        for owner in owners
    )


def _may_change(request: HttpRequest, model: type[Model], key: object) -> bool:
    row = visible_row(request, model, key)
    return row is not None and admin.site.get_model_admin(model).has_change_permission(request, row)


def _may_decide_again(request: HttpRequest, change: Change) -> bool:
    schedule = Schedule.objects.filter(pk=change.schedule_id).select_related("sprechstunde").first()
    if schedule is None or not request.user.has_perm("sprechstunden.add_change"):
        return False
    return Responsibility.of(request.user).covers_date(schedule, change)


def _parents(row: Model) -> Iterator[tuple[type[Model], object]]:
    for name in parents_of(type(row)):
        field = row._meta.get_field(name)  # noqa: SLF001  # public as well
        yield field.related_model, getattr(row, f"{name}_id")  # type: ignore[misc]  # a foreign key
