"""Run the tests that take longer than a developer wants to wait: `./portal drill`."""

import os
import subprocess
import sys

from tests.commands import mutants
from tests.portal_copy import ROOT

FOLDERS = ("tests/browser/drill", "tests/load/drill")
ATTACKS = ("tests/drill", "tests/lokalwillkommen/test_hostile_input.py")


def main() -> int:
    """Visit every page, send what harms, try every mutant; arguments go to pytest, then only pages are visited."""
    arguments = sys.argv[1:]
    subprocess.run([sys.executable, "manage.py", "build_assets"], cwd=ROOT, check=True)
    command = [sys.executable, "-m", "pytest", *FOLDERS, "--capture=no", "-p", "no:randomly", *arguments]
    visited = subprocess.run(command, cwd=ROOT, check=False).returncode
    return visited if arguments else max(visited, _attacked(), _swept(), _on_postgres(), mutants.main())


def _attacked() -> int:
    """Send a flood of forms, and thousands of hostile words to everything that takes words."""
    command = [sys.executable, "-m", "pytest", *ATTACKS, "-p", "no:randomly"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DRILL": "1"}, check=False).returncode


def _on_postgres() -> int:
    """Run everything that asks the database on PostgreSQL; the tests of every day leave out there what pages say."""
    command = [sys.executable, "-m", "pytest", "--numprocesses=logical", "tests"]
    variables = os.environ | {"DRILL": "1", "TEST_DATABASE": "postgres"}
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def _swept() -> int:
    """Look at every page in every language without a browser; the tests of every day look at some."""
    command = [sys.executable, "-m", "pytest", "-m", "sweep", "--numprocesses=logical", "tests"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DRILL": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
