"""The events the network is known for are found among all its offers."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.pages import NOW, get
from tests.sprechstunden.cards import offers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("art=event", ["Abende zum Schulsystem in Nordrhein-Westfalen", "Radwerkstatt", "Stadtbezirksfeste"]),
        ("art=event&sprache=uk", ["Abende zum Schulsystem in Nordrhein-Westfalen"]),
    ],
)
def test_the_events_of_the_network_are_found_by_kind_and_by_language(query: str, names: list[str]) -> None:
    found = offers(get(f"/de/sprechstunden/?{query}"))

    assert [next(name for name in names if name in row) for row in found] == names
