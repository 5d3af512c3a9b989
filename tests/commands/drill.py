"""Run the tests that take longer than a developer wants to wait: `./portal drill`."""

import subprocess
import sys

from tests.portal_copy import ROOT


def main() -> int:
    """Hand the arguments to pytest; what takes long says what it does while it does it."""
    if not any((ROOT / "tests" / "drill").glob("test_*.py")):
        print("There is nothing in tests/drill yet.")
        return 1
    command = [sys.executable, "-m", "pytest", "tests/drill", "--capture=no", "-p", "no:randomly", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
