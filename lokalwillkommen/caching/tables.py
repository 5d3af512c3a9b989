"""Which tables hold what residents can see: all that are not named here with a reason."""

from django.apps import apps
from django.db import models
from simple_history.models import HistoricalChanges

# Whole apps, by their label.
_APPS_LEFT_OUT = {
    "account": "addresses of people who work here",
    "accounts": "who works here is never published",
    "admin": "the log of the admin is for staff",
    "auth": "groups and permissions are for staff",
    "axes": "who typed a wrong password changes no page",
    "caching": "they are the versions themselves",
    "confirming": "who is asked by mail; what they confirm stands at the facts",
    "contact": "what people write is for staff",
    "contenttypes": "names of tables, for permissions",
    "mfa": "second factors of people who work here",
    "operations": "when the daily work was done is for operators",
    "sessions": "who is logged in changes no page",
    "suggestions": "what is suggested is public only when it is written",
    "usersessions": "at which devices people work",
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
        if model._meta.app_label not in _APPS_LEFT_OUT  # noqa: SLF001  # public as well
        and model._meta.label_lower not in _MODELS_LEFT_OUT  # noqa: SLF001  # public as well
        # What was is for staff.
        and not issubclass(model, HistoricalChanges)
    ]


def left_out() -> dict[str, str]:
    """Give the reasons for what is left out, by the label of an app or of a model."""
    return _APPS_LEFT_OUT | _MODELS_LEFT_OUT
