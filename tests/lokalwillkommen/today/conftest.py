"""A Tuesday in the office: somebody who may change its dates, and hours every Tuesday."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Schedule
from tests.factories import make_schedule
from tests.today_pages import NOW, TUESDAY, logged_in


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return logged_in()


@pytest.fixture
def tuesdays() -> Schedule:
    return make_schedule(confirmed_on=TUESDAY)
