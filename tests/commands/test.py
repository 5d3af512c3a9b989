"""Run style, types, import contracts and all tests on both databases: `./portal test`."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.portal_copy import ROOT

TOOLS = Path(sys.executable).parent
REPORTS = ROOT / "var" / "reports"
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
NO_TESTS_COLLECTED = 5
PRODUCTION = {
    # Settings are looked at, not what somebody has written into a database on this machine.
    "DATABASE_URL": "sqlite://:memory:",
    "DEBUG": "off",
    "HTTPS": "on",
    "ALLOWED_HOSTS": "example.org",
    "OPERATOR_NAME": "Example",
    "OPERATOR_ADDRESS": "Dortmund",
    "OPERATOR_EMAIL": "info@example.org",
    "EMAIL_URL": "smtp+tls://user:password@example.org:587",
}


class StepFailedError(Exception):
    """A check failed; what it said is already on the screen."""


def main(arguments: Sequence[str]) -> int:
    """Run every check in order and stop at the first that fails; with arguments run only pytest."""
    began = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    try:
        _check("catalogues and static files", _manage("build_assets"))
        if not arguments:
            _check_style()
        summaries = [_test_on(database, arguments) for database in DATABASES]
        if not arguments:
            _check("coverage", [sys.executable, "-m", "coverage", "report"])
    except StepFailedError as failure:
        print(f"\nNot green. Stopped at: {failure}")
        return 1
    except KeyboardInterrupt:
        return 130
    print("\n" + "\n".join(summaries))
    print(f"All green after {time.monotonic() - began:.0f} s.")
    return 0


def _check_style() -> None:
    _check("ruff", ["ruff", "check", "--quiet"])
    _check("ruff format", ["ruff", "format", "--check", "--quiet"])
    _check("mypy", ["mypy"])
    _check("import contracts", ["lint-imports"])
    if templates := sorted(map(str, (ROOT / "templates").rglob("*.html"))):
        _check("djade", ["djade", "--check", *templates])
        _check("djlint", ["djlint", "--quiet", "--lint", "templates"])
    _check("migrations", _manage("makemigrations", "--check", "--dry-run"))
    production = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(48)}
    _check("production settings", _manage("check", "--deploy", "--fail-level", "WARNING"), production)


def _manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def _check(title: str, command: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
    """Run one check quietly; only a failing one shows what it said."""
    began = time.monotonic()
    print(f"{title} ... ", end="", flush=True)
    program = command[0] if command[0] == sys.executable else str(TOOLS / command[0])
    done = subprocess.run(
        [program, *command[1:]],
        cwd=ROOT,
        env=os.environ | (variables or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"failed\n\n{done.stdout}")
        raise StepFailedError(title)
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def _test_on(database: str, arguments: Sequence[str]) -> str:
    """Run pytest on one database and return a line that says how many tests ran."""
    print(f"\npytest on {DATABASES[database]}", flush=True)
    report = REPORTS / f"{database}.xml"
    command = [sys.executable, "-m", "pytest", f"--junit-xml={report}"]
    if arguments:
        command += arguments
    else:
        command += ["--quiet", "--numprocesses=logical"]
        # Looking which lines run takes time, so it is done once; what only PostgreSQL runs says so in the code.
        command += ["--cov", "--cov-report=", "--cov-fail-under=0"] if database == "sqlite" else []
    variables = os.environ | {"TEST_DATABASE": database}
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=variables, check=False)
    # Chosen tests need not use a database; then PostgreSQL has nothing to do.
    if done.returncode and not (arguments and database != "sqlite" and done.returncode == NO_TESTS_COLLECTED):
        title = f"pytest on {DATABASES[database]}"
        raise StepFailedError(title)
    seconds = time.monotonic() - began
    return f"{DATABASES[database]}: {_count(report)} in {seconds:.0f} s"


def _count(report: Path) -> str:
    suite = ET.parse(report).getroot()[0]  # noqa: S314 (pytest has just written it)
    skipped = int(suite.get("skipped", "0"))
    passed = int(suite.get("tests", "0")) - skipped
    return f"{passed} tests passed, {skipped} skipped" if skipped else f"{passed} tests passed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
