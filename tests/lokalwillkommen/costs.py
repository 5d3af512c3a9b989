"""What a page may cost, and what it does."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.test import Client

from sprechstunden.models import Schedule
from standorte.texts import Text
from tests.factories import make_closure

BUDGET = 14 * 1024
QUERIES = {
    "": 13,
    "finden/": 3,
    "finden/?stadtbezirk=luetgendortmund": 11,
    "standorte/": 7,
    "standorte/mengede-huckarde/": 16,
    "standorte/marten/": 16,
    "standorte/marten/karte/": 6,
    "sprechstunden/": 7,
    "sprechstunden/?standort=marten&wochentag=1&sprache=ar": 8,
    "sprechstunden/?stadtbezirk=huckarde&thema=geburt&zeit=heute": 11,
    "sprechstunden/themen/geburt/": 6,
    "partner/": 3,
    "partner/migrado/": 5,
    "ueber-uns/": 5,
    "mitmachen/": 2,
    "offline/": 8,
    "kontakt/?ort=marten": 4,
    "kontakt/melden/?ort=marten": 4,
    "impressum/": 2,
}
CLOSED_QUERIES = {"": 27, "offline/": 11, "sprechstunden/?woche=2026-11-30": 18, "standorte/luetgendortmund/": 22}


def weight(path: str) -> int:
    """Give the bytes that cross the network for a page: HTML, stylesheet and icon, compressed by gzip."""
    response = Client().get(path)
    assert response.status_code == 200
    return len(gzip.compress(response.content)) + sum(
        len(gzip.compress(static_file(name))) for name in ("site.css", "icon.svg")
    )


def static_file(name: str) -> bytes:
    return (Path(settings.STATIC_ROOT) / name).read_bytes()


@contextmanager
def everything_closed() -> Iterator[None]:
    """Everything is confirmed, and the whole network closes for the days that are shown, but not for good."""
    with transaction.atomic():
        Schedule.objects.update(confirmed_on=date(2026, 11, 2))
        make_closure(date(2026, 11, 20), date(2026, 12, 6), note=Text("Ab dem 7. Dezember sind wir wieder für Sie da."))
        yield
        transaction.set_rollback(True)
