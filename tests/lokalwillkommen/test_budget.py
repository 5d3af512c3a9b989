"""What a page may cost: bytes and queries, with the places there are."""

import gzip
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import Schedule
from standorte.models import StandortEvidence
from tests.lokalwillkommen.costs import BUDGET, CLOSED_QUERIES, QUERIES, everything_closed, static_file, weight
from tests.pages import NOW, every_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def all_closed() -> Iterator[None]:
    with everything_closed():
        yield


@pytest.mark.sweep
@pytest.mark.parametrize("path", [path for _language, path in every_page()])
def test_a_page_fits_into_the_first_round_trip(path: str) -> None:
    assert weight(path) <= BUDGET


@pytest.mark.parametrize(("path", "queries"), QUERIES.items())
def test_a_page_asks_a_fixed_number_of_queries(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")


@pytest.mark.sweep
@pytest.mark.parametrize("confirmed_on", [date(2026, 6, 1), date(2026, 3, 1)], ids=["aging", "lapsed"])
def test_pages_fit_where_all_was_confirmed_long_ago(confirmed_on: date) -> None:
    with transaction.atomic():
        Schedule.objects.update(confirmed_on=confirmed_on)
        StandortEvidence.objects.update(confirmed_on=confirmed_on)
        paths = ("", "standorte/luetgendortmund/", "sprechstunden/?woche=2026-11-30", "offline/")
        weights = {path: weight(f"/ar/{path}") for path in paths}
        transaction.set_rollback(True)

    assert {path: found for path, found in weights.items() if found > BUDGET} == {}


def test_all_that_visitors_may_run_is_smaller_than_three_kilobytes() -> None:
    scripts = [static_file("copy.js"), static_file("offline.js"), Client().get("/worker.js").content]

    assert sum(len(gzip.compress(script)) for script in scripts) <= 3 * 1024
    # What stands beside them is for staff, or an own line above.
    assert {path.name for path in settings.BASE_DIR.glob("static/**/*.js")} == {
        *("copy.js", "offline.js", "passkeys.js", "staff.js")
    }


@pytest.mark.usefixtures("all_closed")
@pytest.mark.parametrize(("path", "queries"), CLOSED_QUERIES.items())
def test_where_everything_is_off_a_page_asks_a_fixed_number_of_queries(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        Client().get(f"/de/{path}")
