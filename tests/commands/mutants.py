"""Break the pure modules in every small way and see whether a test fails: part of `./portal drill`."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.portal_copy import ROOT

WANTED = 0.9
REPORT = ROOT / "var" / "reports" / "mutants.txt"
LEFT_OUT = shutil.ignore_patterns(".*", "var", "docs", "__pycache__")
# A mutant that never comes to an end has been noticed too.
KILLED = ("killed", "timeout", "segfault")


def main() -> int:
    """Run mutmut in a copy, because it writes beside what it reads; print the figure and what survived."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT, Path(folder) / "project", ignore=LEFT_OUT)
        print("mutants: this takes some minutes ...", flush=True)
        done = _mutmut(copy, "run")
        _mutmut(copy, "export-cicd-stats")
        stats = copy / "mutants" / "mutmut-cicd-stats.json"
        if done.returncode or not stats.exists():
            print(done.stdout[-3000:], done.stderr[-3000:], sep="\n")
            return 1
        figure = json.loads(stats.read_text())
        words = "\n".join([summary(figure), *_survivors(copy)])
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(words + "\n")
    print(words)
    return 0 if share_killed(figure) >= WANTED else 1


def share_killed(figure: Mapping[str, int]) -> float:
    """Give the share of mutants that made a test fail; what no test reaches has survived."""
    return sum(figure[name] for name in KILLED) / max(figure["total"], 1)


def summary(figure: Mapping[str, int]) -> str:
    """Say the figure in one line."""
    killed = sum(figure[name] for name in KILLED)
    return f"{killed} of {figure['total']} mutants killed: {share_killed(figure):.1%} (at least {WANTED:.0%} wanted)"


def _survivors(copy: Path) -> list[str]:
    """Show the changed lines of each mutant that no test noticed."""
    noticed = "|".join(KILLED)
    names = re.findall(rf"^\s*(\S+): (?!{noticed})\S", _mutmut(copy, "results").stdout, re.MULTILINE)
    shown = []
    for name in names:
        changed = re.findall(r"^[-+](?![-+]{2} ).*", _mutmut(copy, "show", name).stdout, re.MULTILINE)
        shown += [name, *changed]
    return shown


def _mutmut(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(
        command, cwd=copy, env=os.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
