"""A backup as one file: a zip of tables as JSON lines and of uploaded files, and a manifest with their SHA-256.

It knows no database.
"""

import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, TypeAlias, TypedDict

FORMAT = 2
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
# zipfile and json say each sort of damage in their own way; an offset before the file is an OSError.
_WHAT_DAMAGE_RAISES = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, KeyError, TypeError, RuntimeError),
)


class DamagedError(Exception):
    """A file that is no whole backup: one sentence."""


class Member(TypedDict):
    """What the manifest knows of one table."""

    sha256: str
    rows: int


class StoredFile(TypedDict):
    """What the manifest knows of one uploaded file."""

    sha256: str
    bytes: int


class Manifest(TypedDict):
    """What a backup is; created_at is UTC, migrations are "app.name", numbers the last one each table has given."""

    format: int
    version: str
    created_at: str
    migrations: list[str]
    numbers: dict[str, int]
    members: dict[str, Member]
    files: dict[str, StoredFile]


class Lines:
    """Takes the rows of one table, one line each, and knows their SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = sha256()
        self._rows = 0

    def write(self, text: str) -> None:
        """Add text; every line ends with a line feed."""
        data = text.encode()
        self._sum.update(data)
        self._rows += data.count(b"\n")
        self._file.write(data)

    def member(self) -> Member:
        """Give what the manifest says about the lines so far."""
        return {"sha256": self._sum.hexdigest(), "rows": self._rows}


Filling: TypeAlias = Callable[[Lines], None]


def write(path: Path, about: Manifest, tables: Mapping[str, Filling], files: Mapping[str, Path]) -> None:
    """Write a whole backup or none; nobody but its owner may read the file, for it holds accounts."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                members = {name: _add(archive, name, filling) for name, filling in tables.items()}
                copied = {name: _copy(archive, name, source) for name, source in files.items()}
                archive.writestr(_MANIFEST, json.dumps(about | {"members": members, "files": copied}, indent=1))
            file.flush()
            os.fsync(file.fileno())
        verified(unfinished)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def verified(path: Path) -> Manifest:
    """Read the whole file once, compare every sum, and give its manifest."""
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise DamagedError(message) from error
    with file:
        try:
            return _compared(file, path.name)
        except _WHAT_DAMAGE_RAISES as fault:
            message = f"{path.name} is no backup, or is damaged. Nothing was changed."
            raise DamagedError(message) from fault


def lines(path: Path, name: str) -> Iterator[str]:
    """Give the rows of one table."""
    with zipfile.ZipFile(path) as archive, archive.open(_file_name(name)) as member:
        for line in member:
            yield line.decode()


def unpack(path: Path, name: str, target: Path) -> None:
    """Put one uploaded file where it belongs, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    with zipfile.ZipFile(path) as archive, archive.open(_media_name(name)) as member, unfinished.open("wb") as file:
        shutil.copyfileobj(member, file, _CHUNK)
    unfinished.replace(target)


def _compared(file: IO[bytes], name: str) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        manifest: Manifest = json.loads(archive.read(_MANIFEST))
        if manifest["format"] != FORMAT:
            message = f"{name} has another format than this version reads."
            raise DamagedError(message)
        sums = {_file_name(name): member["sha256"] for name, member in manifest["members"].items()}
        sums |= {_media_name(name): file["sha256"] for name, file in manifest["files"].items()}
        wrong = [member for member, expected in sums.items() if _sum(archive, member) != expected]
        if wrong or sorted(archive.namelist()) != sorted([*sums, _MANIFEST]):
            message = f"{name} is damaged: what it holds is not what its manifest says. Nothing was changed."
            raise DamagedError(message)
    return manifest


def _add(archive: zipfile.ZipFile, name: str, filling: Filling) -> Member:
    with archive.open(_file_name(name), "w", force_zip64=True) as member:
        taken = Lines(member)
        filling(taken)
        return taken.member()


def _copy(archive: zipfile.ZipFile, name: str, source: Path) -> StoredFile:
    found, size = sha256(), 0
    with source.open("rb") as file, archive.open(_media_name(name), "w", force_zip64=True) as member:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return {"sha256": found.hexdigest(), "bytes": size}


def _sum(archive: zipfile.ZipFile, member_name: str) -> str:
    found = sha256()
    with archive.open(member_name) as member:
        while chunk := member.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _file_name(table: str) -> str:
    return f"tables/{table}.jsonl"


def _media_name(name: str) -> str:
    return f"media/{name}"
