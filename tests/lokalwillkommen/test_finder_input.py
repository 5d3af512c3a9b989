"""What people type into the finder: faults get a clear sentence, and nothing of it stays anywhere."""

import logging
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from standorte.finding import LONGEST
from tests.finder_page import answer, ask, headings
from tests.pages import NOW, Page, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("typed", ["", "   ", "\u202e\u200b\x00\r\n"])
def test_an_empty_field_is_answered_with_one_clear_sentence(typed: str) -> None:
    page = ask(typed)

    assert answer(page) == "Bitte schreiben Sie Ihre Postleitzahl oder den Namen des Ortes, an dem Sie wohnen."
    assert page.response.status_code == 200


def test_a_request_without_the_field_is_answered_like_an_empty_one() -> None:
    response = Client().post("/de/finden/", {"anderes": "Hörde"})

    assert "Bitte schreiben Sie" in answer(Page(response, response.content.decode()))


def test_what_is_too_long_is_answered_with_one_clear_sentence() -> None:
    page = ask("Hörde " * 40)

    assert answer(page) == "Das ist zu lang. Eine Postleitzahl oder ein Name reicht."
    assert [len(found.get("value", "")) for found in page.all("input")] == [LONGEST]
    assert headings(ask("Hörde " + "x" * (LONGEST - 6)))[0] == "Ihr Büro für Hörde"


def test_control_and_direction_characters_neither_hide_a_name_nor_come_back() -> None:
    page = ask("\u202eHö\u200brde\x07\u2066")

    assert headings(page)[0] == "Ihr Büro für Hörde"
    assert [found.get("value") for found in page.all("input")] == ["Hörde"]


def test_what_is_typed_comes_back_as_text_only() -> None:
    page = ask('"><script>alert(1)</script>')

    assert page.all("script") == []
    assert [found.get("value") for found in page.all("input")] == ['"><script>alert(1)</script>']


def test_what_is_typed_is_in_no_query_no_log_no_link_and_no_cache(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as queries:
        page = ask("Zzyzx in Hörde")

    kept = [found.get(name, "") for found in page.root.iter() for name in ("href", "src", "action")]
    assert [query for query in queries.captured_queries if "zzyzx" in query["sql"].casefold()] == []
    assert [line for line in caplog.messages if "zzyzx" in line.casefold()] == []
    assert [address for address in kept if "zzyzx" in address.casefold()] == []
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.cookies == {}


def test_the_form_keeps_what_is_typed_out_of_addresses_and_of_the_phone() -> None:
    for path in ("/de/", "/de/finden/"):
        page = get(path)
        (form,) = (form for form in page.all("form") if form.get("class") == "finder")
        (field,) = form.iter("input")
        assert (form.get("method"), form.get("action")) == ("post", "/de/finden/#ergebnis")
        assert field.get("required") is None  # the browser's sentence may be in another language
        assert (field.get("name"), field.get("autocomplete"), field.get("maxlength")) == ("ort", "off", str(LONGEST))


def test_only_answers_are_kept_out_of_caches() -> None:
    assert get("/de/finden/").response.headers["Cache-Control"] == "no-cache"
    assert get("/de/finden/?ort=Hörde").response.headers["Cache-Control"] == "no-cache"
    assert get("/de/finden/?stadtbezirk=hoerde").response.headers["Cache-Control"] == "no-store"


def test_without_anything_typed_there_is_no_answer_even_from_an_address() -> None:
    page = get("/de/finden/?ort=Hörde")

    assert [found for found in page.root.iter() if found.get("id") == "ergebnis"] == []


def test_forms_of_other_sites_are_refused_and_those_without_the_header_are_not() -> None:
    refused = Client().post("/de/finden/", {"ort": "Hörde"}, headers={"sec-fetch-site": "cross-site"})

    assert refused.status_code == 403
    assert refused.content.decode() == "Bitte öffnen Sie diese Seite selbst und schreiben Sie dort."
    for site in ("same-origin", "none"):
        assert headings(ask("Hörde", **{"sec-fetch-site": site}))[0] == "Ihr Büro für Hörde"
    assert Client().get("/de/finden/", headers={"sec-fetch-site": "cross-site"}).status_code == 200
    assert Client().put("/de/finden/").status_code == 405


def test_no_token_and_no_cookie_is_asked_for() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/de/finden/", {"ort": "Hörde"}).status_code == 200
    assert "csrf" not in get("/de/finden/").html
