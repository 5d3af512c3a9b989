"""The first version of rows that are older than their history; for migrations only."""

from typing import TYPE_CHECKING

from django.utils import timezone

from standorte.history import Why

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db import models

_BATCH = 500
_PREFIX = "Historical"


def begin_history(apps: "Apps", label: str) -> None:
    """Keep how each row of an app stands now, so that the first change has a before; nobody stands for it."""
    known = {model.__name__: model for model in apps.get_models() if model._meta.app_label == label}  # noqa: SLF001  # public as well
    for name, model in known.items():
        if versions := known.get(_PREFIX + name):
            _begin(model, versions)
            for field in model._meta.many_to_many:  # noqa: SLF001
                through: type[models.Model] = field.remote_field.through  # type: ignore[assignment]  # there by now
                relations = known.get(_PREFIX + through.__name__)
                # A model that connects two others has versions of its own.
                if relations and "m2m_history_id" in _columns(relations):
                    _relate(through, relations, versions, field.m2m_column_name())


def _begin(model: "type[models.Model]", versions: "type[models.Model]") -> None:
    now, names = timezone.now(), _columns(versions)
    about = {"history_date": now, "history_type": "+", "history_change_reason": Why.BEGINNING.value}
    kept = [versions(**about, **_values(row, names)) for row in model._base_manager.order_by("pk")]  # noqa: SLF001
    versions._base_manager.bulk_create(kept, _BATCH)  # noqa: SLF001


def _relate(
    through: "type[models.Model]", relations: "type[models.Model]", versions: "type[models.Model]", column: str
) -> None:
    names = _columns(relations)
    own_key = through._meta.get_field(column.removesuffix("_id")).related_model._meta.pk.name  # type: ignore[union-attr]  # noqa: SLF001  # a foreign key
    version_of = dict(versions._base_manager.values_list(own_key, "history_id"))  # noqa: SLF001
    kept = [
        relations(history_id=version_of[getattr(row, column)], **_values(row, names))
        for row in through._base_manager.order_by("pk")  # noqa: SLF001
    ]
    relations._base_manager.bulk_create(kept, _BATCH)  # noqa: SLF001


def _columns(model: "type[models.Model]") -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}  # noqa: SLF001


def _values(row: "models.Model", names: set[str]) -> dict[str, object]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname in names}  # noqa: SLF001
