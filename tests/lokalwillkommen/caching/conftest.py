"""What all tests of kept pages begin with."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tests.kept_pages import NOW


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    cache.clear()
