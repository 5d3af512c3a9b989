"""The PostgreSQL of the tests comes and goes without a trace."""

import subprocess
import sys
import time
from pathlib import Path

from tests.plugins import postgres
from tests.portal_copy import ROOT

START_AND_DIE = """
import os, signal
from tests.plugins import postgres
print(postgres.start().folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_answers_and_leaves_nothing() -> None:
    server = postgres.start()

    assert server.url == f"postgresql:///{server.folder}/postgres"
    assert (server.folder / ".s.PGSQL.5432").is_socket()
    server.stop()
    assert not server.folder.exists()
    assert server.process.poll() is not None


def test_what_a_killed_run_left_is_swept_by_the_next() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", START_AND_DIE], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    left = Path(killed.stdout.strip())
    pid_file = left / "data" / "postmaster.pid"
    deadline = time.monotonic() + 10
    while pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not pid_file.exists()
    assert left.exists()
    postgres.start().stop()
    assert not left.exists()
