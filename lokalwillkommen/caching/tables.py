"""Which tables hold what residents can see: all that are not named here with a reason."""

from django.apps import apps
from django.db import models

# Whole apps, by their label.
_APPS_LEFT_OUT = {
    "accounts": "who works here is never published",
    "admin": "the log of the admin is for staff",
    "auth": "groups and permissions are for staff",
    "caching": "they are the versions themselves",
    "contact": "what people write is for staff",
    "contenttypes": "names of tables, for permissions",
    "operations": "when the daily work was done is for operators",
    "sessions": "who is logged in changes no page",
}
_MODELS_LEFT_OUT = {
    "facts.loadedfact": "the ledger of the loader, no page shows it",
    "sprechstunden.datecheck": "results of the self-check are for operators",
    "standorte.textversion": "earlier texts are for staff and translators",
}


def content_tables() -> list[str]:
    """Name the tables whose rows residents can see, those that only connect two others included, in their order."""
    return sorted(model._meta.db_table for model in content_models())  # noqa: SLF001  # public as well


def content_models() -> list[type[models.Model]]:
    """Give the models of these tables."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in _APPS_LEFT_OUT and model._meta.label_lower not in _MODELS_LEFT_OUT  # noqa: SLF001  # public as well
    ]


def left_out() -> dict[str, str]:
    """Give the reasons for what is left out, by the label of an app or of a model."""
    return _APPS_LEFT_OUT | _MODELS_LEFT_OUT
