"""The version of all that residents can see, and how long a process believes it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Sum

from lokalwillkommen.caching.models import ContentWrite

# A change is to be seen everywhere within 2 s; a cache in front may add one.
REMEMBERED = 0.5  # seconds
_FOLDED_AT_ONCE = 10_000


def stored() -> int:
    """Give the version that is in the database now; one query."""
    found: int | None = ContentWrite.objects.aggregate(version=Sum("mark"))["version"]
    return int(found or 0)


def fold() -> int:
    """Make one row of all writes; the version stays as it is. Give how many rows there were."""
    count = 0
    with transaction.atomic():
        while len(rows := _some()) > 1:
            count += len(rows)
            ContentWrite.objects.filter(pk__in=rows).delete()
            ContentWrite.objects.create(mark=sum(rows.values()))
    return count


@dataclass(frozen=True, slots=True)
class _Seen:
    version: int
    until: float


class Contents:
    """What one process knows of the version: at most half a second old, and never older than its own last write."""

    def __init__(self, seconds: float = REMEMBERED, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._seen: _Seen | None = None
        self._last: int | None = None
        self._writes = 0
        self._lock = Lock()

    def version(self) -> int | None:
        """Give the version; without a database the last one that was seen, if any: nobody can write there then."""
        seen, writes = self._seen, self._writes
        if seen and self._clock() < seen.until:
            return seen.version
        try:
            self._last = _asked()
        except DatabaseError:
            if self._last is None:
                return None
        with self._lock:
            # Who has written meanwhile, in another thread, must not find what was read before.
            if writes == self._writes:
                self._seen = _Seen(self._last, self._clock() + self._seconds)
        return self._last

    def forget(self) -> None:
        """Ask anew at the next request: this process may have written."""
        with self._lock:
            self._writes += 1
            self._seen = None


def _asked() -> int:
    # Outside of a request of Django nobody else looks after connections.
    _look_after_connection()
    try:
        return stored()
    finally:
        _look_after_connection()


def _look_after_connection() -> None:
    # Whoever is in a transaction, as tests are, would lose it.
    if not connection.in_atomic_block:
        close_old_connections()


def _some() -> dict[int, int]:
    rows = ContentWrite.objects.select_for_update().order_by("pk")
    return dict(rows.values_list("pk", "mark")[:_FOLDED_AT_ONCE])
