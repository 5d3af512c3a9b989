"""A copy of the project with a data folder of its own, started as an operator starts it."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parent.parent
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
LEFT_OUT = shutil.ignore_patterns(".*", "var", "tests", "docs", "__pycache__", "*.mo")


@dataclass(frozen=True)
class Running:
    """A started portal: what it has printed and where it answers."""

    lines: list[str]
    url: str
    process: subprocess.Popen[str]

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


def copy_project(folder: Path) -> Path:
    """Copy what runs the portal; packages come from the project's own .venv."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


@contextlib.contextmanager
def running(
    folder: Path, address: str = "127.0.0.1:0", settings: Mapping[str, str] = _NO_SETTINGS
) -> Iterator[Running]:
    """Start a copy, wait for the address it prints, and end it afterwards."""
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder), **settings}
    command = [str(folder / "portal"), "start", address]
    with subprocess.Popen(
        command, cwd=folder.parent, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Running(lines := _lines_up_to_the_address(process), lines[-1].removesuffix("/de/"), process)
        finally:
            process.terminate()


def _lines_up_to_the_address(process: subprocess.Popen[str]) -> list[str]:
    lines: list[str] = []
    while not lines or not lines[-1].startswith("http://"):
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            message = "\n".join(["The portal did not start.", *lines])
            raise RuntimeError(message)
        lines.append(line.strip())
    return lines
