"""Answers with kept pages, before Django is asked; why: docs/decisions/0032."""

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import DatabaseError

from lokalwillkommen.caching.answer import Answer
from lokalwillkommen.caching.asked import by_nobody, is_about_pages, key_of, may_write, query_of
from lokalwillkommen.caching.keeping import Keeping, Turns
from lokalwillkommen.caching.page import Page
from lokalwillkommen.caching.release import release
from lokalwillkommen.caching.version import Contents
from lokalwillkommen.operations.request_log import log_answer, numbered

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class KeptPages:
    """Keeps whole pages of a WSGI application until something they show changes, or a date begins or ends."""

    def __init__(
        self,
        application: "WSGIApplication",
        contents: Contents | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._application = application
        self._contents = contents or Contents()
        self._clock = clock
        self._keeping = Keeping()
        self._turns = Turns()
        self._release = release()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        if not is_about_pages(environ):
            return self._passed_on(environ, start_response)
        began = time.monotonic()
        query, version = query_of(environ), self._contents.version()
        if query is None or version is None:
            return self._application(environ, start_response)
        key = key_of(environ, query, version, self._release)
        page = self._keeping.get(key)
        if page is None or page.until <= self._clock():
            return self._made(environ, start_response, query, (key, version))
        with numbered() as number:
            status, body = self._send(page, environ, start_response, number)
            log_answer(environ["REQUEST_METHOD"], page.route, status, began, kept=True)
        return body

    def _passed_on(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            return self._application(environ, start_response)
        finally:
            # Before the answer is sent: whoever gets it may look at once.
            if may_write(environ):
                self._contents.forget()

    def _made(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", query: str, found: tuple[str, int]
    ) -> Iterable[bytes]:
        """Ask Django, and keep its answer where everybody gets the same."""
        until = self._turn(found[1])
        if until is None or environ["REQUEST_METHOD"] == "HEAD":
            return self._application(environ, start_response)
        answer = Answer.of(self._application, by_nobody(environ, query))
        left = until - self._clock()
        if not answer.may_be_kept or left <= 0:
            start_response(answer.status, answer.headers)
            return [answer.body]
        page = Page.made(answer, until)
        self._keeping.put(found[0], page, left)
        return self._send(page, environ, start_response, answer.header("x-request-id"))[1]

    def _turn(self, version: int) -> float | None:
        try:
            return self._turns.after(version, self._clock())
        except DatabaseError:
            return None

    def _send(
        self, page: Page, environ: "WSGIEnvironment", start_response: "StartResponse", number: str
    ) -> tuple[HTTPStatus, Iterable[bytes]]:
        accepted, known = environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", "")
        status, headers, body = page.answer(accepted, known, self._clock())
        start_response(f"{status.value} {status.phrase}", [*headers, ("X-Request-ID", number)])
        return status, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
