"""Making, restoring and damaging backups."""

import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection

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
