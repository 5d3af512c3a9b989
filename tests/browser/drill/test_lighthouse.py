"""Lighthouse on a phone, with the portal started as an operator starts it, and the operator filled in."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lighthouse.measuring import CATEGORIES, measure
from tests.portal_copy import ROOT, copy_project, running

OPERATOR = {
    "OPERATOR_NAME": "Beispiel",
    "OPERATOR_ADDRESS": "Beispielweg 1, 00000 Beispiel",
    "OPERATOR_EMAIL": "info@example.org",
}
# One page of each kind.
PATHS = (
    "de/",
    "de/finden/",
    "de/standorte/marten/",
    "de/sprechstunden/",
    "de/partner/",
    "de/ueber-uns/",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = copy_project(tmp_path_factory.mktemp("portal"))
    with running(folder, settings=OPERATOR) as portal:
        _write_legal_texts(folder)
        yield portal.url


def _write_legal_texts(folder: Path) -> None:
    """Write them as administration does: while one is missing, no search engine may list the portal."""
    words = "from tests.legal_texts import write_legal_texts; write_legal_texts()"
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run([str(folder / "portal"), "manage", "shell", "-c", words], env=variables, check=True)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_gets_all_points(started: str, path: str) -> None:
    points, faults = measure(f"{started}/{path}")

    print(f"Lighthouse, /{path}: {points}")  # noqa: T201  # the figures are reported
    assert points == dict.fromkeys(CATEGORIES, 100), faults
