"""The real facts for tests: loaded once in a process, put in as rows after that, because loading takes seconds."""

from django.apps import apps
from django.db import models, transaction

from lokalwillkommen.facts.loader import load_all
from standorte.models import TextVersion

_APPS = ("standorte", "sprechstunden", "facts")
_rows: dict[type[models.Model], list[models.Model]] = {}


def put_network() -> None:
    """Fill a database without places with the facts of the data files, as a first start does."""
    with transaction.atomic():
        if not _rows:
            load_all()
            # They point at content types, which have other numbers after tests that empty all tables.
            TextVersion.objects.all().delete()
            _rows.update((model, list(model._base_manager.all())) for model in _models())  # noqa: SLF001  # public as well
            return
        for model, rows in _rows.items():
            model._base_manager.bulk_create(rows)  # noqa: SLF001  # public as well


def _models() -> list[type[models.Model]]:
    return [model for app in _APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
