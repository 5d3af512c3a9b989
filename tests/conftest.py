"""What holds for all tests."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import settings
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from lokalwillkommen.operations.request_log import JsonLines
from tests.logs import Log
from tests.network import put_network

# A time limit per example makes a busy machine fail; derandomized examples make red runs repeatable.
settings.register_profile("portal", deadline=None, derandomize=True)
settings.load_profile("portal")


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """Begin in the language of the settings: a request of another test leaves its own to the thread."""
    translation.deactivate()


@pytest.fixture(scope="module")
def network(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001  # order of set-up
    """Load the real facts once for all tests of a file that only read; they are rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        put_network()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def official(settings: Settings) -> None:
    """Somebody runs the portal."""
    settings.OPERATOR = {
        **settings.OPERATOR,
        "name": "Stadt Beispiel",
        "address": "Beispielweg 1, 00000 Beispiel",
        "email": "sicher heit@example.org",
    }


@pytest.fixture
def log() -> Iterator[Log]:
    """Catch what the handler of the settings writes."""
    written = Log()
    found = [one for one in logging.getLogger().handlers if isinstance(one.formatter, JsonLines)]
    # A test that sets Django up once more leaves another one behind, which would write everything twice.
    handlers = [one for one in found if isinstance(one, logging.StreamHandler)]
    before = [one.setStream(written.stream if one is handlers[0] else StringIO()) for one in handlers]
    yield written
    for handler, stream in zip(handlers, before, strict=True):
        handler.setStream(stream)
