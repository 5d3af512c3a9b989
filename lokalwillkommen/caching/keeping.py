"""Where pages are kept, and until when they are true."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.core.cache import cache

from lokalwillkommen.caching.page import Page
from sprechstunden.turns import next_turn

_log = logging.getLogger(__name__)
_PAUSE = 5  # seconds without a cache that did not answer


class Keeping:
    """Django's cache, without which all goes on, only slower."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pauses_until = 0.0

    def get(self, key: str) -> Page | None:
        """Give what is kept under a key."""
        found: Page | None = self._tried(lambda: cache.get(key))
        return found

    def put(self, key: str, page: Page, seconds: float) -> None:
        """Keep a page for so long."""
        self._tried(lambda: cache.set(key, page, seconds))

    def _tried(self, call: Callable[[], Page | None]) -> Page | None:
        if self._clock() < self._pauses_until:
            return None
        try:
            return call()
        except Exception:  # noqa: BLE001  # whatever it is, pages can be made without it
            self._pauses_until = self._clock() + _PAUSE
            _log.exception("The cache does not answer; pages are made without it.")
            return None


class Turns:
    """Until when what pages say of dates stays true: asked once per version of the contents and turn."""

    def __init__(self) -> None:
        self._known: tuple[int, float, float] | None = None

    def after(self, version: int, now: float) -> float:
        """Give the next turn after now, both in seconds since 1970."""
        known = self._known
        if known and known[0] == version and known[1] <= now < known[2]:
            return known[2]
        turn = next_turn(datetime.fromtimestamp(now, UTC)).timestamp()
        self._known = (version, now, turn)
        return turn
