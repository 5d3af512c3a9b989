"""Measure what pages and rules cost: `./portal bench`."""

import os
import subprocess
import sys

from tests.portal_copy import ROOT


def main() -> int:
    """Run the measurements one after the other; with a name only that one."""
    names = sys.argv[1:] or sorted(file.stem for file in (ROOT / "tests" / "bench").glob("*.py"))
    for name in names:
        print(f"{name}:", flush=True)
        command = [sys.executable, f"tests/bench/{name}.py"]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
