"""Which requests may be answered with a kept page, and under which key: never with what is a visitor's own."""

from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict

from lokalwillkommen.middleware import known_words
from standorte.languages import site_languages

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FEEDS = "kalender"
# All that Django is told of a request whose answer may be kept: no cookie, no address, no language of a browser.
_TOLD = (
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"),
    *("HTTP_HOST", "HTTP_X_FORWARDED_PROTO"),
)


def is_about_pages(environ: "WSGIEnvironment") -> bool:
    """Tell whether somebody who is not logged in asks for a page that all others would get as well."""
    first = environ.get("PATH_INFO", "").partition("/")[2].partition("/")[0]
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and (first == FEEDS or first in site_languages())
        and "HTTP_HOST" in environ
        and "HTTP_AUTHORIZATION" not in environ
        and not has_session(environ)
    )


def may_write(environ: "WSGIEnvironment") -> bool:
    """Tell whether a request can change something that residents see."""
    return environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or has_session(environ)


def has_session(environ: "WSGIEnvironment") -> bool:
    """Tell whether somebody is, or may be, logged in."""
    return f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")


def query_of(environ: "WSGIEnvironment") -> str | None:
    """Give the words of the query that pages read, in one order; nothing where it cannot be read."""
    raw = environ.get("QUERY_STRING", "")
    if not raw:
        return ""
    try:
        known = known_words(QueryDict(raw.encode("latin-1")))
    except TooManyFieldsSent:
        return None
    return urlencode(sorted(known.items()))


def key_of(environ: "WSGIEnvironment", query: str, version: int, release: str) -> str:
    """Give the name under which a page is kept, in which nothing can be read."""
    parts = (
        release,
        str(version),
        *(environ.get(name, "") for name in ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO")),
        environ.get("HTTP_X_FORWARDED_PROTO", "") if settings.BEHIND_PROXY else "",
        query,
    )
    return blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


def by_nobody(environ: "WSGIEnvironment", query: str) -> "WSGIEnvironment":
    """Give the same request as if nobody in particular had sent it."""
    told = {name: value for name, value in environ.items() if name in _TOLD or name.startswith("wsgi.")}
    # Not all answers are kept; the others are sent as they come.
    coding = "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else "identity"
    return told | {"QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": coding}
