"""What Django answers, caught before it is sent."""

import gzip
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING, Self

from lokalwillkommen.operations.request_log import ROUTE

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]
# Pages that are the same for everybody until contents change or a date begins or ends, by the names of their addresses.
KEPT = frozenset(
    {
        *("start", "finder", "about", "take_part", "imprint", "privacy", "accessibility"),
        *("standorte:list", "standorte:detail", "standorte:card", "partner:list", "partner:detail"),
        *("sprechstunden:agenda", "sprechstunden:topic", "sprechstunden:detail"),
        *("calendar:all", "calendar:place"),
    }
)
# Any other word there, or a cookie, says that the answer is for one person or one moment.
_FOR_EVERYBODY = "no-cache"


class Answer:
    """Status, headers and body of an answer, and the name of the address it came from."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self._parts: list[bytes] = []
        self.route = ""

    @classmethod
    def of(cls, application: "WSGIApplication", environ: "WSGIEnvironment") -> Self:
        """Ask for the whole answer."""
        answer = cls()
        result: Iterable[bytes] = application(environ, answer._start)
        with closing(result):  # type: ignore[type-var]  # what Django gives can be closed, and must be
            answer._parts += result
        answer.route = environ.get(ROUTE, "")
        return answer

    @property
    def may_be_kept(self) -> bool:
        """Tell whether everybody else would get the same."""
        said = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200 ")
            and self.route in KEPT
            and said.get("cache-control") == _FOR_EVERYBODY
            and "set-cookie" not in said
        )

    @property
    def body(self) -> bytes:
        """Give the body as it was sent."""
        return b"".join(self._parts)

    def header(self, name: str) -> str:
        """Give the value of a header, or nothing."""
        return next((value for found, value in self.headers if found.lower() == name), "")

    def plain_body(self) -> bytes:
        """Give the body as it was before it was compressed."""
        return gzip.decompress(self.body) if self.header("content-encoding") == "gzip" else self.body

    def _start(self, status: str, headers: Headers, _exc_info: "OptExcInfo | None" = None) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return self._parts.append
