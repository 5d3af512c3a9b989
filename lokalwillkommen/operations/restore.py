"""Restoring a backup: all rows or none."""

from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.exceptions import SuspiciousFileOperation
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction
from django.utils._os import safe_join

from lokalwillkommen.operations import archive
from lokalwillkommen.operations.archive import Manifest
from lokalwillkommen.operations.numbers import go_on_after, last_given
from lokalwillkommen.operations.tables import filled, migrations, tables


class RefusedError(Exception):
    """Why a backup was not restored: one sentence. Nothing was changed."""


def restore(path: Path, *, replace: bool) -> tuple[int, int]:
    """Put every row of a backup into an empty database, or in place of all that is there.

    Uploaded files come first: nothing shows them before their rows are there. Give how many rows and files.
    """
    manifest = archive.verified(path)
    _demand_same_state(manifest)
    try:
        with transaction.atomic():
            if not replace and (names := filled()):
                message = f"The database is not empty ({', '.join(names[:3])} …): say --replace to delete all in it."
                raise RefusedError(message)
            _put_files(path, manifest)
            here = last_given()
            _empty()
            for name in tables():
                _load(path, name)
            go_on_after({name: max(number, here[name]) for name, number in manifest["numbers"].items()})
    except (DeserializationError, DatabaseError) as error:
        message = f"The rows of {path.name} do not fit into the database. Nothing was changed. ({error})"
        raise RefusedError(message) from error
    finally:
        ContentType.objects.clear_cache()
    return sum(member["rows"] for member in manifest["members"].values()), len(manifest["files"])


def _demand_same_state(manifest: Manifest) -> None:
    here, there = set(migrations()), set(manifest["migrations"])
    if here == there and set(manifest["members"]) == set(tables()):
        return
    differing = ", ".join(sorted(here ^ there)[:3])
    message = (
        f"The backup was made by version {manifest['version']} with other migrations than this database has"
        f" ({differing} …): install that version, migrate, restore, and update afterwards. Nothing was changed."
    )
    raise RefusedError(message)


def _put_files(path: Path, manifest: Manifest) -> None:
    """Put uploaded files into their folder; others that are there stay, `delete_unused_files` knows which to delete."""
    try:
        for name in manifest["files"]:
            archive.unpack(path, name, Path(safe_join(settings.MEDIA_ROOT, name)))
    except (OSError, SuspiciousFileOperation) as error:
        message = f"The uploaded files of {path.name} cannot be written. No row was changed. ({error})"
        raise RefusedError(message) from error


def _empty() -> None:
    """Delete all rows at once; foreign keys are compared at the end of the transaction only."""
    all_tables: list[type[models.Model]] = [*tables().values(), Session]
    for model in all_tables:
        rows: models.QuerySet[models.Model] = model._base_manager.all()  # noqa: SLF001  # public as well
        rows._raw_delete(rows.db)  # noqa: SLF001  # delete() would follow every relation and call it protected


def _load(path: Path, name: str) -> None:
    for row in serializers.deserialize("jsonl", archive.lines(path, name)):
        row.save(force_insert=True)
