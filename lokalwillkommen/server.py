"""How gunicorn serves the portal: give it --config python:lokalwillkommen.server."""

import signal
from types import FrameType
from typing import Protocol

from gunicorn.glogging import Logger

workers = 1
threads = 4
graceful_timeout = 5
control_socket_disable = True
# Warnings of gunicorn carry the visitor's address.
loglevel = "error"
# In gunicorn's own form a fault names the address that was asked for.
logconfig_dict = {
    "formatters": {"line": {"()": "lokalwillkommen.operations.request_log.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}


class logger_class(Logger):  # noqa: N801  # the name of gunicorn's setting
    """Gunicorn's logger without its access log: it names visitors, and is made up even when nobody wants it."""

    def access(self, *_arguments: object) -> None:
        """Write nothing: the portal has a line of its own for each request."""


class Worker(Protocol):
    """What we use of gunicorn's worker."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None: ...


def post_worker_init(worker: Worker) -> None:
    """Let Ctrl-C end a worker like a stop of the service does.

    Gunicorn's own handler for these signals waits for a lock that the interrupted thread itself may hold; then the
    worker hangs until it is killed (seen with 27.0.1, about one time in ten just after a request).
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, worker.handle_exit)
