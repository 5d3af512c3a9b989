"""`./portal start`: the whole way from an empty data folder to a page, and again."""

import http.client
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.portal_copy import copy_project, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def test_the_second_start_is_quick_and_changes_nothing(folder: Path) -> None:
    with running(folder) as first:
        assert _status(first.url, "/healthz") == 200
        assert first.interrupt() == 0
    before = _files(folder)

    began = time.monotonic()
    with running(folder) as second:
        assert _status(second.url, "/healthz") == 200
        seconds = time.monotonic() - began
        assert second.interrupt() == 0

    assert any("verwaltung@localhost" in line for line in first.lines)
    assert second.lines == [f"{second.url}/de/"]
    assert seconds < 5
    assert _files(folder) == before


def test_only_the_asked_names_are_answered(folder: Path) -> None:
    with running(folder, "127.0.0.1:0") as portal:
        assert _status(portal.url, "/de/", host="localhost") == 200
        assert _status(portal.url, "/de/", host="example.org") == 400


def _status(url: str, path: str, host: str = "127.0.0.1") -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()


def _files(folder: Path) -> dict[str, int]:
    """Return what lies in the data folder, and when it was changed; the database only counts as being there."""
    files = (file for file in (folder / "var").rglob("*") if file.is_file())
    return {str(file): 0 if ".sqlite3" in file.name else file.stat().st_mtime_ns for file in files}
