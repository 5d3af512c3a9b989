"""Run the tests that take longer than a developer wants to wait: `./portal drill`."""

import subprocess
import sys

from tests.portal_copy import ROOT

FOLDER = "tests/browser/drill"


def main() -> int:
    """Hand the arguments to pytest; what takes long says what it does while it does it."""
    command = [sys.executable, "-m", "pytest", FOLDER, "--capture=no", "-p", "no:randomly", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
