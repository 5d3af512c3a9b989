"""The portal as a server runs it, with kept pages in front of Django."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from lokalwillkommen.caching.layer import KeptPages
from lokalwillkommen.caching.version import Contents
from sprechstunden.occurrences import BERLIN
from tests.wsgi_client import Sent, WsgiClient

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# A Tuesday, half an hour before the default hours of tests begin.
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=BERLIN)
PLACE = "/de/standorte/mengede-huckarde/"


class Portal(WsgiClient):
    """Kept pages before Django. `made` counts how often Django was asked.

    Without a memory of its own it is like another process that asks for the version at each request.
    """

    def __init__(self, contents: Contents | None = None) -> None:
        self.made = 0
        self._django = WSGIHandler()
        super().__init__(KeptPages(self._counted, contents or Contents(seconds=0)))

    def sees(self, write: Callable[[], object], address: str = PLACE) -> tuple[Sent, Sent]:
        """Give a page before and after a write, each of which was kept."""
        before, _again, made = self.get(address), self.get(address), self.made
        write()
        after, _again = self.get(address), self.get(address)
        assert self.made == made + 1
        return before, after

    def _counted(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.made += 1
        # Django closes connections around each request; as its own test client, tests keep theirs.
        request_started.disconnect(close_old_connections)
        try:
            return self._django(environ, start_response)
        finally:
            request_started.connect(close_old_connections)

    def request(self, method: str, address: str, sent: bytes = b"", **headers: str) -> Sent:
        """Send a request, and leave the connection to the database open."""
        request_finished.disconnect(close_old_connections)
        try:
            return super().request(method, address, sent, **headers)
        finally:
            request_finished.connect(close_old_connections)
