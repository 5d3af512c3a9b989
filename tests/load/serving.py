"""Application servers with one worker on a free port of this machine, and what their worker uses."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.portal_copy import ROOT

GUNICORN = ("-m", "gunicorn", "--config", "python:lokalwillkommen.server")
_PATIENCE = 60  # seconds until a server must answer


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    port: int
    pid: int
    seconds_to_start: float

    @property
    def worker(self) -> int:
        """Give the process that answers: the first child, or the server itself."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return int(children[0]) if children else self.pid

    @property
    def processor_seconds(self) -> float:
        """Give how long the worker has used a processor so far."""
        threads = Path(f"/proc/{self.worker}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    @property
    def megabytes(self) -> float:
        """Give the memory of the worker (VmRSS, shared pages included)."""
        lines = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextmanager
def serving(
    application: str, variables: Mapping[str, str], log: Path, command: Sequence[str] = GUNICORN
) -> Iterator[Server]:
    """Start a WSGI application, wait until it answers, and end it afterwards."""
    port = free_port()
    words = [sys.executable, *command, "--bind", f"127.0.0.1:{port}", application]
    with running(words, variables, log, port) as server:
        yield server


@contextmanager
def running(words: Sequence[str], variables: Mapping[str, str], log: Path, port: int) -> Iterator[Server]:
    """Start a program that listens on a port; what it says goes into a file."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    began = time.monotonic()
    with (
        log.open("ab") as file,
        subprocess.Popen(words, cwd=ROOT, env=environment, stdout=file, stderr=file) as process,
    ):
        try:
            _wait(port, process, log)
            yield Server(port, process.pid, time.monotonic() - began)
        finally:
            process.terminate()


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until somebody answers a request, whatever the answer."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as asking:
                asking.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if asking.recv(1):
                    return
        except OSError:
            time.sleep(0.02)
    message = f"The server does not answer: {log.read_text()[-2000:]}"
    raise RuntimeError(message)
