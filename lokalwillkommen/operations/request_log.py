"""What is logged: one JSON line per request, and one per fault. Nothing that somebody typed, and nobody's address."""

import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPMethod, HTTPStatus
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

_logger = logging.getLogger("lokalwillkommen.requests")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


# Where the name of the address pattern stands in the environment of a request, for who calls Django.
ROUTE = "lokalwillkommen.route"


def log_requests(get_response: GetResponse) -> GetResponse:
    """Give each request a number, name it in the answer, and log what became of the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        with numbered() as number:
            response = get_response(request)
            response.headers["X-Request-ID"] = number
            request.META[ROUTE] = _route(request)
            log_answer(request.method, request.META[ROUTE], response.status_code, began)
        return response

    return middleware


@contextmanager
def numbered() -> Iterator[str]:
    """Give a request a number, which stands in all its lines.

    A number that a visitor sends is not taken over: it could say anything.
    """
    token = _request_id.set(uuid4().hex)
    try:
        yield _request_id.get()
    finally:
        _request_id.reset(token)


def log_answer(method: str | None, route: str, status: int, began: float, **more: object) -> None:
    """Log what became of the request that is being answered; it began at a moment of the monotonic clock."""
    served = {
        "method": method if method in HTTPMethod.__members__ else "other",
        "route": route,
        "status": status,
        "milliseconds": round((time.monotonic() - began) * 1000),
        **more,
    }
    # Not by info(): looking for the line of code that calls it costs as much as writing.
    extra = {"served": served}
    _logger.handle(_logger.makeRecord(_logger.name, logging.INFO, __file__, 0, "request", (), None, extra=extra))


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON.

    Messages about a request are replaced, because Django puts the path into them. Of a fault there only kinds and
    places in the code are kept, because its words may be data, such as "Key (email)=(…) already exists". Outside of
    requests nobody types, so there the words stay, unless the server fills them with what was asked for.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": _request_id.get(),
        }
        request: HttpRequest | None = getattr(record, "request", None)
        if served := getattr(record, "served", None):
            line |= served
        elif request is not None:
            line |= {"message": HTTPStatus(getattr(record, "status_code", 500)).phrase, "route": _route(request)}
        else:
            line["message"] = str(record.msg) if record.exc_info else record.getMessage()
        if record.exc_info and record.exc_info[1]:
            is_about_a_request = request is not None or record.args or _request_id.get()
            line["errors"] = _errors(record.exc_info[1], with_words=not is_about_a_request)
        return json.dumps(line, ensure_ascii=False)


def _route(request: HttpRequest) -> str:
    """Name the address pattern, without what stands in its place: "standorte:detail"."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _errors(error: BaseException | None, *, with_words: bool) -> list[dict[str, object]]:
    """Give the kind of an exception and of those it came from, and where in the code each was."""
    found: list[dict[str, object]] = []
    while error:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        words = {"words": str(error)} if with_words else {}
        found.append({"kind": type(error).__qualname__, **words, "places": places})
        error = error.__cause__ or error.__context__
    return found
