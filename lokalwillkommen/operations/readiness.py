"""Whether this process can serve pages, and why not."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def faults() -> dict[str, str]:
    """Give what is missing by its name; nothing when all is there."""
    found = {}
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        found["assets"] = "not built: run build_assets"
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError as error:
        return found | {"database": type(error).__name__}
    if missing := sorted(".".join(key) for key in _known_migrations() - set(applied)):
        found["migrations"] = f"not applied: {', '.join(missing)}"
    return found


@cache
def _known_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())
