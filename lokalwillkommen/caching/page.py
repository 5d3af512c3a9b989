"""A page as it is kept: compressed once, with all headers that are the same for everybody."""

import gzip
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple, Self

import brotli
from django.utils.http import parse_etags

from lokalwillkommen.caching.answer import Answer, Headers

# What is another one for each answer, or follows from how it is sent.
_NOT_KEPT = frozenset({"cache-control", "content-encoding", "content-length", "etag", "vary", "x-request-id"})
_QUALITY = 5  # of brotli; 11 would take 30 ms and save 5 %


class Page(NamedTuple):
    """What everybody gets who asks for an address, until a moment in seconds since 1970."""

    route: str
    until: float
    etag: str
    headers: tuple[tuple[str, str], ...]
    by_gzip: bytes
    by_brotli: bytes

    @classmethod
    def made(cls, answer: Answer, until: float) -> Self:
        """Make what is kept of an answer of Django."""
        body = answer.plain_body()
        kept = tuple((name, value) for name, value in answer.headers if name.lower() not in _NOT_KEPT)
        etag = blake2b(body, digest_size=12).hexdigest()
        # Without a time of its own: the same page is the same bytes wherever it is made.
        packed = gzip.compress(body, mtime=0)
        return cls(answer.route, until, etag, kept, packed, brotli.compress(body, quality=_QUALITY))

    def answer(self, accepted: str, known: str, now: float) -> tuple[HTTPStatus, Headers, bytes]:
        """Give what to send to somebody who accepts some codings and may know some ETags."""
        coding = coding_of(accepted)
        etag = f'"{self.etag}{coding and "-"}{coding}"'
        headers = [*self.headers, ("Vary", "Accept-Encoding"), ("ETag", etag), *self._lifetime(now)]
        if known and _is_known(etag, known):
            return HTTPStatus.NOT_MODIFIED, headers, b""
        body = self._body(coding)
        headers.append(("Content-Length", str(len(body))))
        if coding:
            headers.append(("Content-Encoding", coding))
        return HTTPStatus.OK, headers, body

    def _body(self, coding: str) -> bytes:
        if coding == "br":
            return self.by_brotli
        return self.by_gzip if coding == "gzip" else gzip.decompress(self.by_gzip)

    def _lifetime(self, now: float) -> Headers:
        """Say how long others may keep it: browsers ask each time, a cache in front at most each second.

        nginx reads X-Accel-Expires before all others: until the end of this very second. Dates begin and end with a
        full second, so it forgets in time. It may go on with the page without us as long as the page is true.
        """
        left = int(self.until - now)
        lifetime = f"no-cache, s-maxage={min(left, 1)}, stale-if-error={left}"
        # In this order: nginx before 1.23 believes the first of them.
        return [("X-Accel-Expires", f"@{int(now)}"), ("Cache-Control", lifetime)]


@lru_cache(maxsize=256)
def coding_of(accepted: str) -> str:
    """Choose how to compress for somebody who sent this as Accept-Encoding (RFC 9110 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.replace(" ", "").partition(";q=")
        weights[name] = weight not in {"0", "0.0", "0.00", "0.000"}
    return next((coding for coding in ("br", "gzip") if weights.get(coding)), "")


def _is_known(etag: str, known: str) -> bool:
    """Compare as RFC 9110 13.1.2 says: weakly, because a proxy that compresses by itself weakens it."""
    return any(one in {"*", etag} for one in (found.removeprefix("W/") for found in parse_etags(known)))
