"""The real facts for tests: loaded once in a process, put in as rows after that, because loading takes seconds."""

from django.apps import apps
from django.db import models, transaction

from lokalwillkommen.facts.loader import load_all

_OF_MIGRATIONS = {"contenttypes", "auth"}
_rows: dict[type[models.Model], list[models.Model]] = {}


def put_network() -> None:
    """Fill an empty database with the facts of the data files, as a first start does."""
    with transaction.atomic():
        if not _rows:
            load_all()
            _rows.update((model, list(model._base_manager.all())) for model in _models())  # noqa: SLF001  # public as well
            return
        for model, rows in _rows.items():
            model._base_manager.bulk_create(rows)  # noqa: SLF001  # public as well


def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.app_label not in _OF_MIGRATIONS]  # noqa: SLF001  # public as well
