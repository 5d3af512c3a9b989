"""What time it is for whoever reads: the one clock of all public pages, so that they can be shown as of another moment.

Staff's own pages and all that is written down keep the real clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Give the moment pages are made for: aware, in Europe/Berlin."""
    return timezone.localtime(_moment.get())


def today() -> date:
    """Give the day in Dortmund pages are made for."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Make pages for another moment, which is aware; for this thread or task only."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
