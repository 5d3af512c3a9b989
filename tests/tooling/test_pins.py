"""What is installed is pinned with hashes, and no file says from where."""

import json
import re
from pathlib import Path

import pytest

from tests.portal_copy import ROOT

PINS = sorted((ROOT / "requirements").glob("*.txt"))
LOCKS = sorted((ROOT / "tests").glob("*/package-lock.json"))


@pytest.mark.parametrize("file", PINS, ids=lambda file: file.name)
def test_python_pins_have_hashes_and_name_no_host(file: Path) -> None:
    text = file.read_text()

    assert "://" not in text
    assert "--index-url" not in text
    assert all("--hash=sha256:" in pin for pin in re.split(r"\n(?=\S)", text.strip()))


def test_the_test_set_contains_the_run_time_set() -> None:
    run, test = (_versions(ROOT / "requirements" / f"{name}.txt") for name in ("run", "test"))

    assert run.items() <= test.items()


def test_extras_are_pinned_with_their_package() -> None:
    """Older versions of pip look for the newest version of a package with an extra, and find one without hashes."""
    pinned = (ROOT / "requirements" / "test.txt").read_text()

    assert "\ncoverage[toml]==" in pinned


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.parent.name)
def test_npm_packages_have_hashes_and_name_no_host(file: Path) -> None:
    packages = json.loads(file.read_text())["packages"]

    del packages[""]
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def test_continuous_integration_runs_the_same_command() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1].endswith("exec ./portal test")


def _versions(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w, ]+\])?==(\S+)", file.read_text(), re.MULTILINE))
