"""Requests to the WSGI application as a server sends them, for what stands before Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "testserver"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a server would send to the browser."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Give the page."""
        return self.body.decode()


class WsgiClient:
    """Asks a WSGI application, with headers as browsers write them."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def get(self, address: str, **headers: str) -> Sent:
        """Ask for a page."""
        return self.request("GET", address, b"", **headers)

    def request(self, method: str, address: str, sent: bytes = b"", **headers: str) -> Sent:
        """Send a request; HTTP_… and whatever else stands in the environment can be said."""
        path, _mark, query = address.partition("?")
        environ: dict[str, object] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "REMOTE_ADDR": "192.0.2.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(sent),
            "wsgi.errors": BytesIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **headers,
        }
        began: list[tuple[str, list[tuple[str, str]]]] = []
        result = self._application(environ, lambda status, found, _fault=None: began.append((status, found)))  # type: ignore[arg-type]  # nobody writes
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        ((status, found),) = began
        assert len({name.lower() for name, _value in found}) == len(found)
        return Sent(int(status.split()[0]), dict(found), body)
