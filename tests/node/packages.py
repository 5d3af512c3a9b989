"""Run JavaScript that second opinions of our dates and holidays are written in; packages go into var/node."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.browser.chromium import npm

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "var" / "node"


class NoPackagesError(Exception):
    """The packages are not there and could not be fetched."""


def run(script: str, text: str) -> str:
    """Run a script of this folder, hand it a text on standard input, and return what it prints."""
    install(HERE, FOLDER)
    node, _ = npm()
    # Given as a text the script finds the packages of the folder it runs in, wherever its own file lies.
    command = [node, "--input-type=module", "--eval", (HERE / script).read_text()]
    done = subprocess.run(command, cwd=FOLDER, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{script} failed:\n{done.stderr[-2000:]}"
        raise RuntimeError(message)
    return done.stdout


def install(pinned_in: Path, folder: Path) -> None:
    """Bring the packages that are pinned in one folder into another, if they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # Several test processes may want them at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        pins = pinned_in / "package-lock.json"
        wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
        stamp = folder / "installed"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        stamp.unlink(missing_ok=True)
        for file in (pins, pinned_in / "package.json"):
            shutil.copy(file, folder)
        _fetch(folder)
        stamp.write_text(wanted)


def _fetch(folder: Path) -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        message = f"The tests could not fetch their npm packages: is this computer online?\n{done.stderr[-2000:]}"
        raise NoPackagesError(message)
