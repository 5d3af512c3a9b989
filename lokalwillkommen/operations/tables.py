"""Which tables a backup holds, and what state they are in."""

import tomllib

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

# Who is logged in, and who typed a wrong password lately: a copy of the first could be used to log in, one of the
# second would lock people out, and nobody misses either. The logs of axes stay empty here. Which version of all
# contents kept pages are of: what is restored is another one.
_LEFT_OUT = {
    *("sessions.session", "usersessions.usersession", "caching.contentwrite"),
    *("axes.accessattempt", "axes.accessattemptexpiration", "axes.accessfailurelog", "axes.accesslog"),
}
# `migrate` fills them by itself, so they say nothing about whether a database is in use.
_FILLED_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}


def tables() -> dict[str, type[models.Model]]:
    """Give every table by its name, also those that only connect two others; in the order of their names."""
    found = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}  # noqa: SLF001  # public as well
    return {name: found[name] for name in sorted(found) if name not in _LEFT_OUT}


def filled() -> list[str]:
    """Name the tables in which somebody has rows."""
    return [
        name
        for name, model in tables().items()
        if name not in _FILLED_BY_MIGRATE and model._base_manager.exists()  # noqa: SLF001  # public as well
    ]


def migrations() -> list[str]:
    """Name the migrations that this database has been through."""
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def version() -> str:
    """Give the version of the portal."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
