"""A load balancer learns whether pages can be served; why not, is for operators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tests.factories import make_user

pytestmark = pytest.mark.django_db

OUTSIDE = "192.0.2.77"


def test_who_is_ready_says_so() -> None:
    outside, inside = Client(REMOTE_ADDR=OUTSIDE).get("/readyz"), Client().get("/readyz")

    assert (outside.status_code, outside.content) == (200, b"ready\n")
    assert (inside.status_code, inside.json()) == (200, {"ready": True, "faults": {}})
    assert "no-store" in outside.headers["Cache-Control"]


def test_what_is_missing_is_named_to_operators_only(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations' OR name = '0003_streets'")
    staff = Client(REMOTE_ADDR=OUTSIDE)
    staff.force_login(make_user())

    answers = [client.get("/readyz") for client in (Client(), Client(REMOTE_ADDR=""), staff)]

    faults = {
        "assets": "not built: run build_assets",
        "migrations": "not applied: operations.0001_remember_daily_runs, standorte.0003_streets",
    }
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (503, {"ready": False, "faults": faults})
    ] * 3
    for outside in (Client(REMOTE_ADDR=OUTSIDE), Client(headers={"x-forwarded-proto": "https"})):
        answer = outside.get("/readyz")
        assert (answer.status_code, answer.content) == (503, b"not ready\n")


def test_without_its_database_nobody_is_known_as_staff_and_it_is_not_ready() -> None:
    staff = Client(REMOTE_ADDR=OUTSIDE)
    staff.force_login(make_user())

    with connection.execute_wrapper(_away):
        outside, inside, alive = staff.get("/readyz"), Client().get("/readyz"), Client().get("/healthz")

    assert (outside.status_code, outside.content) == (503, b"not ready\n")
    assert inside.json() == {"ready": False, "faults": {"database": "OperationalError"}}
    assert alive.status_code == 200


def test_it_is_not_sent_to_https(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/readyz").status_code == 200


def _away(_execute: Callable[..., Any], *_question: object) -> None:
    message = "could not connect to server"
    raise OperationalError(message)
