"""How the application server ends."""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from lokalwillkommen import server


class Worker:
    """Stands in for gunicorn's worker and notes the signals it ends at."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (the form of a signal handler)
        self.seen.append(sig)


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_an_interrupted_worker_ends_like_a_stopped_one(number: signal.Signals) -> None:
    worker = Worker()

    server.post_worker_init(worker)
    signal.raise_signal(number)

    assert worker.seen == [number]
