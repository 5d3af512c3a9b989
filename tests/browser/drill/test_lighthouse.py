"""Lighthouse on a phone, with the portal started as an operator starts it, and the operator filled in."""

from collections.abc import Iterator

import pytest

from tests.lighthouse.measuring import CATEGORIES, measure
from tests.portal_copy import copy_project, running

OPERATOR = {
    "OPERATOR_NAME": "Beispiel",
    "OPERATOR_ADDRESS": "Beispielweg 1, 00000 Beispiel",
    "OPERATOR_EMAIL": "info@example.org",
}
# One page of each kind.
PATHS = (
    "de/",
    "de/finden/",
    "de/standorte/marten/",
    "de/sprechstunden/",
    "de/partner/",
    "de/ueber-uns/",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(copy_project(tmp_path_factory.mktemp("portal")), settings=OPERATOR) as portal:
        yield portal.url


@pytest.mark.parametrize("path", PATHS)
def test_a_page_gets_all_points(started: str, path: str) -> None:
    points, faults = measure(f"{started}/{path}")

    print(f"Lighthouse, /{path}: {points}")  # noqa: T201  # the figures are reported
    assert points == dict.fromkeys(CATEGORIES, 100), faults
