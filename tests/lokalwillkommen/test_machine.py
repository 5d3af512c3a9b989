"""Drafts by a machine: asked of a real service on this computer, shown to the translator, never stored alone."""

import json
import re
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from pytest_django import Settings

from lokalwillkommen.translating import machine
from lokalwillkommen.translating.machine import LibreTranslate, MachineError, machine_for
from standorte.models import Standort, TextVersion
from standorte.texts import State, Text
from tests.factories import make_partner
from tests.lokalwillkommen.test_settings import read
from tests.pages import FormData, Page, get
from tests.translating_pages import area, make_building, page_of, send, translator, typed

pytestmark = pytest.mark.django_db

GERMAN = Text("Von 10:30 bis 12 Uhr bei der Diakonie in Marten, Tel. 0231 50-1")


class Service(ThreadingHTTPServer):
    """A service that keeps what it was asked, and answers what a test tells it to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, str]] = []
        self.status, self.wait = 200, 0.0
        self.answer: Callable[[str], object] = lambda words: {"translatedText": f"TR {words}"}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers POST /translate."""

    server: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **asked})
        time.sleep(self.server.wait)
        answer = self.server.answer(asked["q"])
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    server = Service()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.MACHINE_TRANSLATION_URL = server.url + "/"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def client() -> Client:
    return translator("tr", "de-x-leicht")


def propose(client: Client, key: str, words: str = "") -> Page:
    return send(client, f"{page_of(key)}vorschlag/", typed(client, page_of(key), words))


def test_a_proposal_stands_in_the_field_is_named_a_draft_and_is_not_saved(client: Client, service: Service) -> None:
    key = make_building(GERMAN)
    make_partner("Diakonie")

    page = propose(client, key)

    assert area(page) == f"TR {GERMAN}"
    assert "Entwurf einer Maschine, nicht geprüft" in page.text()
    assert (Standort.objects.get().building, TextVersion.objects.count(), len(service.asked)) == (GERMAN, 0, 1)


def test_times_numbers_and_names_never_leave_the_house(client: Client, service: Service) -> None:
    make_partner("Diakonie")

    propose(client, make_building(GERMAN))

    (asked,) = service.asked
    assert (asked["path"], asked["source"], asked["target"], asked["format"]) == ("/translate", "de", "tr", "text")
    assert "api_key" not in asked
    words = re.sub(r"XQ[A-P]+XQ", "…", asked["q"])
    assert words == "Von … bis … Uhr bei der … in …, Tel. … …"


def test_a_key_is_sent_where_the_service_wants_one(client: Client, service: Service, settings: Settings) -> None:
    settings.MACHINE_TRANSLATION_KEY = "geheim"

    propose(client, make_building(GERMAN))

    assert service.asked[0]["api_key"] == "geheim"


@pytest.mark.parametrize(("button", "state"), [("checked", State.CHECKED), ("draft", State.DRAFT)])
def test_only_a_person_saves_it_and_says_whether_it_is_checked(
    client: Client, service: Service, button: str, state: State
) -> None:
    key = make_building(GERMAN)
    page = propose(client, key)
    assert len(service.asked) == 1

    (form,) = (one for one in page.all("form") if one.get("action") == page_of(key))
    hidden = {str(one.get("name")): one.get("value", "") for one in form.iter("input")}
    client.post(str(form.get("action")), {**hidden, "words": area(page), "state": button})

    found = Standort.objects.get().building
    assert (found.words("tr"), found.state("tr")) == (f"TR {GERMAN}", state)


def test_what_somebody_has_typed_stays_and_the_proposal_stands_beside_it(client: Client, service: Service) -> None:
    page = propose(client, make_building(GERMAN), "Kendi sözlerim")

    assert (area(page), len(service.asked)) == ("Kendi sözlerim", 1)
    assert f"TR {GERMAN}" in [page.text(one) for one in page.all("p") if one.get("class") == "source-text"]


def test_what_others_write_meanwhile_is_still_noticed_after_a_proposal(client: Client, service: Service) -> None:
    key = make_building(GERMAN)
    data: FormData = typed(client, page_of(key), "")
    Standort.objects.update(building=GERMAN.translated("tr", "Baska", State.CHECKED))

    page = send(client, f"{page_of(key)}vorschlag/", data)
    hidden = {str(one.get("name")): one.get("value", "") for one in page.all("input") if one.get("name")}

    assert (client.post(page_of(key), {**hidden, "words": "x"}).status_code, len(service.asked)) == (409, 1)


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (403, {"error": "key"}, "Die Übersetzungsmaschine verweigert die Antwort (403)."),
        (500, {}, "Die Übersetzungsmaschine verweigert die Antwort (500)."),
        (200, b"<html>", "Die Übersetzungsmaschine antwortet etwas, das keine Übersetzung ist."),
        (200, b"\xff", "Die Übersetzungsmaschine antwortet etwas, das keine Übersetzung ist."),
        (200, [], "Die Übersetzungsmaschine antwortet etwas, das keine Übersetzung ist."),
        (200, {}, "Die Übersetzungsmaschine antwortet etwas, das keine Übersetzung ist."),
        (200, {"translatedText": None}, "Die Übersetzungsmaschine antwortet etwas, das keine Übersetzung ist."),
        (200, {"translatedText": " "}, "Die Übersetzungsmaschine antwortet etwas, das keine Übersetzung ist."),
        (200, {"translatedText": "x" * 200_000}, "Die Übersetzungsmaschine antwortet etwas, das keine"),
        (200, {"translatedText": "Saat 11"}, "Die Maschine hat Zahlen oder Namen verändert."),
        (200, {"translatedText": "Saat"}, "Die Maschine hat Zahlen oder Namen verändert."),
    ],
)
def test_what_goes_wrong_is_one_clear_sentence_and_nothing_typed_is_lost(
    client: Client, service: Service, status: int, answer: object, said: str
) -> None:
    service.status, service.answer = status, lambda _words: answer

    page = propose(client, make_building(GERMAN), "Kendi sözlerim")

    assert [said in page.text(one) for one in page.all("p") if one.get("role") == "alert"] == [True]
    assert (page.response.status_code, area(page)) == (200, "Kendi sözlerim")
    assert "Entwurf einer Maschine" not in page.text()


def test_a_service_that_is_slow_or_gone_is_not_waited_for(service: Service) -> None:
    service.wait = 0.5
    with pytest.raises(MachineError, match="zu lange"):
        LibreTranslate(service.url, patience=0.05).translate("Hof", "tr")
    with pytest.raises(MachineError, match="nicht erreichbar"):
        LibreTranslate("http://127.0.0.1:9").translate("Hof", "tr")
    assert machine.PATIENCE <= 10


def test_without_a_service_there_is_no_button_and_no_address(client: Client, settings: Settings) -> None:
    key = make_building(GERMAN)

    assert (settings.MACHINE_TRANSLATION_URL, machine_for("tr")) == ("", None)
    assert "Von einer Maschine" not in get(page_of(key), client).text()
    assert client.post(f"{page_of(key)}vorschlag/").status_code == 404


def test_easy_german_is_written_by_people(client: Client, service: Service) -> None:
    key = make_building(GERMAN)

    assert "Von einer Maschine" in get(page_of(key), client).text()
    assert "Von einer Maschine" not in get(page_of(key, "de-x-leicht"), client).text()
    assert client.post(f"{page_of(key, 'de-x-leicht')}vorschlag/").status_code == 404
    assert service.asked == []


def test_only_translators_of_the_language_ask_and_only_for_texts_that_are_there(
    client: Client, service: Service
) -> None:
    key = make_building(GERMAN)
    empty = make_building(Text(), "Eving")

    assert client.post(f"{page_of(key, 'ar')}vorschlag/").status_code == 403
    assert Client().post(f"{page_of(key)}vorschlag/").status_code == 302
    assert client.get(f"{page_of(key)}vorschlag/").status_code == 405
    assert [client.post(f"{page_of(one)}vorschlag/").status_code for one in (empty, "x.y.1.z")] == [404, 404]
    assert service.asked == []


def test_an_operator_names_the_service_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("MACHINE_TRANSLATION_URL", "MACHINE_TRANSLATION_KEY")

    assert [read(monkeypatch)[name] for name in names] == ["", ""]
    found = read(monkeypatch, MACHINE_TRANSLATION_URL="https://t.example.org", MACHINE_TRANSLATION_KEY="k")
    assert [found[name] for name in names] == ["https://t.example.org", "k"]
