"""What holds for tests of logging in."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from pytest_django import Settings

from tests.pages import NOW


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Compute the marks of passwords in no time; what the portal uses takes a quarter of a second on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand at a known moment, and begin without counts of others."""
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
