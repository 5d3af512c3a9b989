"""Making, restoring and damaging backups."""

import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from lokalwillkommen.operations.tables import tables


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table as the database has it, without Django between."""
    found = {}
    with connection.cursor() as cursor:
        for name, model in tables().items():
            about = model._meta  # noqa: SLF001  # public as well
            columns = ", ".join(f'"{field.column}"' for field in about.concrete_fields)
            cursor.execute(f'SELECT {columns} FROM "{about.db_table}" ORDER BY "{about.pk.column}"')  # noqa: S608  # our own names
            found[name] = cursor.fetchall()
    return found


def make_backup(folder: Path) -> Path:
    """Back up into an empty folder and give the file."""
    call_command("backup", str(folder), stdout=StringIO())
    (backup,) = folder.iterdir()
    return backup


def restore(file: Path, *options: str) -> str:
    """Restore as an operator does, and give what was said."""
    out = StringIO()
    call_command("restore", str(file), *options, stdout=out)
    return out.getvalue()


def files_of(settings: Settings) -> dict[str, bytes]:
    """Give all uploaded files by their names."""
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def with_a_file_named(backup: Path, name: str) -> Path:
    """Copy a backup whose uploaded files all have one name more, in the manifest too."""
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        first = next(iter(manifest["files"]))
        content = archive.read(f"media/{first}")
    manifest["files"][name] = manifest["files"][first]
    changed_backup = changed(backup, {"manifest.json": json.dumps(manifest).encode()})
    with zipfile.ZipFile(changed_backup, "a") as archive:
        archive.writestr(f"media/{name}", content)
    return changed_backup


def rewritten(backup: Path, table: str, content: bytes) -> Path:
    """Copy a backup with other rows in one table, which its manifest says as well."""
    part = f"tables/{table}.jsonl"
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["members"][table] = {"sha256": sha256(content).hexdigest(), "rows": 1}
    return changed(backup, {part: content, "manifest.json": json.dumps(manifest).encode()})


def changed(backup: Path, parts: Mapping[str, bytes]) -> Path:
    """Copy a backup with some of its parts changed."""
    changed = backup.with_name(f"changed-{len(list(backup.parent.iterdir()))}.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return changed
