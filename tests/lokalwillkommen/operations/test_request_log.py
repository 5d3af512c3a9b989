"""The log tells operators what happened, and nothing about who asked or what was typed."""

import logging

import pytest
from django.test import Client
from pytest_django import Settings

from tests.access import LOGIN
from tests.factories import make_office
from tests.logs import Log

TYPED = "Zzyzx"
ADDRESS = "192.0.2.77"


@pytest.mark.django_db
def test_each_request_is_one_line_with_the_number_that_its_answer_has(log: Log) -> None:
    make_office()

    answers = [Client().get("/de/standorte/mengede-huckarde/?q=1"), Client().head("/healthz"), Client().get("/de/x/")]

    assert [{**line, "at": "", "milliseconds": 0} for line in log.lines] == [
        {
            "at": "",
            "level": "INFO",
            "logger": "lokalwillkommen.requests",
            "request_id": answer.headers["X-Request-ID"],
            "method": method,
            "route": route,
            "status": status,
            "milliseconds": 0,
        }
        for answer, (method, route, status) in zip(
            answers,
            [("GET", "standorte:detail", 200), ("HEAD", "healthz", 200), ("GET", "", 404)],
            strict=True,
        )
    ]
    assert len({line["request_id"] for line in log.lines}) == 3
    assert all(0 <= line["milliseconds"] < 60_000 for line in log.lines)


@pytest.mark.django_db
def test_nothing_typed_no_browser_and_no_address_is_logged(log: Log, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.lokalwillkommen.operations.failing_urls"
    headers = dict.fromkeys(("user-agent", "referer", "cookie", "x-request-id", "accept-language", "host"), TYPED)
    client = Client(raise_request_exception=False, enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS)
    careless = Client(raise_request_exception=False, headers={"x-forwarded-for": ADDRESS, **headers})
    settings.ALLOWED_HOSTS = ["testserver", TYPED]

    answers = [
        client.post("/de/finden/", {"ort": TYPED}),
        careless.post("/de/finden/", {"ort": f"{TYPED} in Hörde"}),
        careless.get(f"/de/standorte/{TYPED}/"),
        careless.get(f"/{TYPED}/?ort={TYPED}"),
        careless.generic(TYPED, "/de/"),
        client.post(LOGIN, {"login": f"{TYPED}@example.org", "password": TYPED}),
        careless.post(LOGIN, {"login": f"{TYPED}@example.org", "password": TYPED}),
        *(careless.post(LOGIN, {"login": f"{TYPED}@example.org", "password": TYPED}) for _ in range(4)),
        careless.get(f"/admin/konto/passwort/neu/1-{TYPED}-{TYPED}/"),
        client.get("/de/", headers={"host": f"{TYPED}.example.org"}),
        careless.get(f"/fails/{TYPED}/"),
    ]

    wrong_passwords = [200, 200, 200, 200, 429]
    expected = [200, 200, 404, 404, 405, 403, *wrong_passwords, 200, 400, 500]
    assert [answer.status_code for answer in answers] == expected
    assert [line["status"] for line in log.lines if "status" in line] == [answer.status_code for answer in answers]
    assert log.lines[4]["method"] == "other"
    assert TYPED.casefold() not in log.text.casefold()
    assert ADDRESS not in log.text


@pytest.mark.django_db
def test_a_fault_is_logged_with_its_place_in_the_code_and_the_number_of_its_request(
    log: Log, settings: Settings
) -> None:
    settings.ROOT_URLCONF = "tests.lokalwillkommen.operations.failing_urls"

    answer = Client(raise_request_exception=False).get(f"/fails/{TYPED}/")

    fault, request = log.lines
    assert (fault["level"], fault["message"], fault["route"]) == ("ERROR", "Internal Server Error", "fails")
    assert fault["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert [error["kind"] for error in fault["errors"]] == ["ValueError", "KeyError"]
    places = [error["places"][-1].rpartition("/")[2].split(":") for error in fault["errors"]]
    assert [(file, place.partition(" ")[2]) for file, place in places] == [("failing_urls.py", "fail")] * 2


def test_what_is_said_outside_of_a_request_keeps_its_words(log: Log) -> None:
    logging.getLogger("gunicorn.error").warning("no worker for %s s", 3)

    assert [(line["logger"], line["message"], line["request_id"]) for line in log.lines] == [
        ("gunicorn.error", "no worker for 3 s", "")
    ]


def test_a_fault_before_any_request_says_in_words_what_to_do(log: Log) -> None:
    logging.getLogger("gunicorn.error").error("Exception in worker process", exc_info=RuntimeError("KEY is missing"))

    assert log.lines[0]["message"] == "Exception in worker process"
    assert log.lines[0]["errors"] == [{"kind": "RuntimeError", "words": "KEY is missing", "places": []}]


def test_a_fault_of_the_server_does_not_name_what_was_asked_for(log: Log) -> None:
    fault = RuntimeError(TYPED)
    logging.getLogger("gunicorn.error").error("Error handling request %s %s", "GET", f"/{TYPED}/", exc_info=fault)

    assert log.lines[0]["message"] == "Error handling request %s %s"
    assert log.lines[0]["errors"] == [{"kind": "RuntimeError", "places": []}]
