"""Measure a page with Lighthouse on its mobile profile; the package goes into var/lighthouse."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, TypeAlias

from tests.browser.chromium import launch_options, npm
from tests.node.packages import install

Report: TypeAlias = dict[str, Any]  # whatever JSON holds
HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "var" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# A busy machine makes a page slow that is not: the best of a few tries counts.
TRIES = 3


def measure(url: str) -> tuple[dict[str, int], dict[str, str]]:
    """Give the points of a page in each category, 100 at best, and what cost some."""
    install(HERE, FOLDER)
    points: dict[str, int] = {}
    for _try in range(TRIES):
        report = _report(url)
        found = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
        if sum(found.values()) > sum(points.values()):
            points, faults = found, _faults(report)
        if set(points.values()) == {100}:
            break
    return points, faults


def _report(url: str) -> Report:
    options = launch_options()
    command = [
        *(npm()[0], str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"), url),
        *("--quiet", "--output=json", "--no-enable-error-reporting", f"--only-categories={','.join(CATEGORIES)}"),
        f"--chrome-flags={' '.join(['--headless', *options['args']])}",
    ]
    environment = os.environ | {name: str(value) for name, value in options.get("env", {}).items()}
    if browser := options.get("executable_path"):
        environment["CHROME_PATH"] = browser
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    report: Report = json.loads(done.stdout)
    return report


def _faults(report: Report) -> dict[str, str]:
    return {
        name: f"{audit['title']} {audit.get('displayValue', '')}".strip()
        for name, audit in report["audits"].items()
        if audit["score"] is not None and audit["score"] < 1
    }
