"""People write to the right office: it arrives once, and whatever is refused comes back whole."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.views.debug import SafeExceptionReporterFilter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lokalwillkommen.contact.form_id import FormId
from lokalwillkommen.contact.models import Message
from standorte.models import Standort
from tests.contact_pages import LATER, TYPED, WRITE, alerts, faults, fields, headings, post, write
from tests.factories import make_office, make_standort
from tests.pages import NOW, FormData, Page, get

pytestmark = pytest.mark.django_db
ARRIVED = ["Danke. Ihre Nachricht ist angekommen."]
REFUSED = (
    "Es ist noch nichts abgeschickt. Was Sie geschrieben haben, ist noch da. Bitte sehen Sie sich die Hinweise an."
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office() -> Standort:
    return make_office(email="buero@example.org")


@pytest.fixture
def marten() -> Standort:
    return make_standort("Marten")


def options(page: Page, name: str) -> list[str | None]:
    """Give the values that a list offers."""
    (found,) = (select for select in page.all("select") if select.get("name") == name)
    return [option.get("value") for option in found.iter("option")]


def test_a_message_arrives_with_all_that_was_typed_and_chosen(office: Standort) -> None:
    page = write(
        {
            "thema": "vermieten",
            "ort": office.slug,
            "nachricht": "Zwei Zimmer.\n\nAb März.",
            "email": "frau@example.org",
            "telefon": "+49 231 123456",
            "sprache": "ar",
        }
    )

    (message,) = Message.objects.values()
    told = {name: message[name] for name in ("topic", "standort_id", "text", "email", "phone", "language")}
    assert (page.response.status_code, headings(page)) == (200, ARRIVED)
    assert "Sie geht an: Mengede/Huckarde." in page.text()
    assert told == {
        "topic": "vermieten",
        "standort_id": office.pk,
        "text": "Zwei Zimmer.\n\nAb März.",
        "email": "frau@example.org",
        "phone": "+49 231 123456",
        "language": "ar",
    }
    assert (message["received_at"], message["done_at"]) == (NOW + LATER, None)


def test_after_it_has_arrived_nothing_typed_is_on_the_page(office: Standort) -> None:
    page = write({**TYPED, "ort": office.slug})

    assert [form for form in page.all("form") if form.get("method") == "post"] == []
    assert [word for word in ("neu@example.org", "Wann ist jemand da?") if word in page.html] == []


def test_whoever_does_not_know_the_place_writes_to_the_coordination() -> None:
    page = write()

    assert Message.objects.get().standort is None
    assert "Sie geht an die Koordination. Es wird Ihnen jemand antworten." in page.text()


def test_the_form_offers_the_offices_and_the_place_from_which_one_comes(office: Standort) -> None:
    make_standort("Marten")
    make_standort("Lanstrop")
    make_office("Verborgen", is_published=False)

    assert options(get(WRITE), "ort") == ["", office.slug]
    assert options(get(f"{WRITE}?ort=marten"), "ort") == ["", "marten", office.slug]
    assert fields(get(f"{WRITE}?ort=marten"))["ort"] == "marten"
    assert fields(get(f"{WRITE}?thema=ehrenamt"))["thema"] == "ehrenamt"


@pytest.mark.parametrize(
    "asked", ["ort=verborgen", "ort=%00", "ort=nichts", "ort=a/b", "thema=nichts", "ort=%ED%A0%80"]
)
@pytest.mark.usefixtures("office")
def test_what_does_not_exist_is_not_prefilled(asked: str) -> None:
    make_office("Verborgen", is_published=False)

    data = fields(get(f"{WRITE}?{asked}"))

    assert (data["ort"], data["thema"], data["sprache"]) == ("", "frage", "de")


def test_the_answer_is_in_the_language_of_the_page_unless_another_is_chosen() -> None:
    assert fields(get("/uk/kontakt/"))["sprache"] == "uk"


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ({"nachricht": " \u200b\n "}, ["Bitte schreiben Sie, worum es geht."]),
        ({"nachricht": "x" * 4001}, ["Bitte schreiben Sie weniger: höchstens 4000 Zeichen."]),
        (
            {"email": ""},
            ["Bitte schreiben Sie eine E-Mail-Adresse oder eine Telefonnummer, damit wir antworten können."],
        ),
        ({"email": "neu@"}, ["Diese E-Mail-Adresse ist nicht vollständig. Ein Beispiel: name@example.org"]),
        ({"email": "", "telefon": "110"}, ["Bitte schreiben Sie die ganze Nummer, mit Vorwahl."]),
        ({"telefon": "1" * 41}, ["Bitte schreiben Sie weniger: höchstens 40 Zeichen."]),
    ],
)
def test_what_is_refused_comes_back_whole_with_a_sentence_and_other_ways(
    office: Standort, typed: FormData, sentences: list[str]
) -> None:
    sent = {**TYPED, "ort": office.slug, "thema": "anderes", "sprache": "fa", **typed}

    page = write(sent)

    back = fields(page)
    assert (page.response.status_code, Message.objects.count()) == (422, 0)
    assert (alerts(page), faults(page)) == ([REFUSED], sentences)
    assert {name: back[name] for name in sent} == {**sent, "nachricht": str(sent["nachricht"]).strip(" \u200b\n")}
    assert "buero@example.org" in page.text(page.by_id("andere-wege"))


def test_a_phone_number_alone_is_enough_also_in_arabic_digits() -> None:
    write({"nachricht": "Hallo", "telefon": "٠٢٣١ ١٢٣٤٥٦"})

    assert Message.objects.get().phone == "٠٢٣١ ١٢٣٤٥٦"


def test_unseen_characters_are_taken_out_and_joiners_of_letters_stay() -> None:
    write({**TYPED, "nachricht": "a\x00b\u202ec\x1b[31m\r\nk\u200cl \u2066d"})

    assert Message.objects.get().text == "abc[31m\nk\u200cl d"


def test_a_line_break_smuggled_into_an_address_stays_out_of_it() -> None:
    page = write({**TYPED, "email": "a@example.org\r\nBcc: b@example.org"})

    assert faults(page) == ["Diese E-Mail-Adresse ist nicht vollständig. Ein Beispiel: name@example.org"]


def test_sent_twice_it_is_stored_once_and_other_words_are_another_message() -> None:
    data = fields(get(WRITE)) | TYPED
    with time_machine.travel(NOW + LATER, tick=False):
        first, again, other = post(data), post(data), post(data | {"nachricht": "Und wo?"})

    assert [headings(page) for page in (first, again, other)] == [ARRIVED] * 3
    assert sorted(Message.objects.values_list("text", flat=True)) == ["Und wo?", "Wann ist jemand da?"]


def test_programs_that_are_too_fast_are_asked_again_and_people_lose_nothing() -> None:
    data = fields(get(WRITE)) | TYPED
    with time_machine.travel(NOW + timedelta(seconds=2.9), tick=False):
        refused = post(data)
    with time_machine.travel(NOW + timedelta(seconds=3), tick=False):
        sent = post(fields(refused))

    assert alerts(refused)[1:] == [
        "Das ging sehr schnell. Bitte lesen Sie noch einmal und schicken Sie es dann erneut ab."
    ]
    assert headings(sent) == ARRIVED


@pytest.mark.parametrize("wait", [timedelta(days=400), timedelta(hours=-5)])
def test_nobody_is_too_slow_and_a_clock_that_was_put_back_harms_nobody(wait: timedelta) -> None:
    data = fields(get(WRITE)) | TYPED
    with time_machine.travel(NOW + wait, tick=False):
        assert headings(post(data)) == ARRIVED


@pytest.mark.parametrize("form_id", ["", "x", "WyJhIiwxXQ:abc"])
def test_a_form_that_is_not_ours_is_shown_again_with_an_id_of_ours(form_id: str) -> None:
    refused = write({**TYPED, "formular": form_id})
    with time_machine.travel(NOW + 2 * LATER, tick=False):
        sent = post(fields(refused))

    assert alerts(refused)[1:] == [
        "Das Formular ist unterwegs beschädigt worden. Bitte schicken Sie es noch einmal ab."
    ]
    assert headings(sent) == ARRIVED


def test_the_trap_is_hidden_from_everybody_and_whoever_falls_in_can_send_again() -> None:
    traps = [found for found in get(WRITE).root.iter("div") if found.get("class") == "write__trap"]
    refused = write({**TYPED, "webseite": "https://spam.example"})
    with time_machine.travel(NOW + 2 * LATER, tick=False):
        sent = post(fields(refused))

    assert [[field.get("name") for field in trap.iter("input")] for trap in traps] == [["webseite"]]
    assert alerts(refused)[1:] == [
        "Ein verstecktes Feld war ausgefüllt. Darum ist noch nichts abgeschickt. Bitte schicken Sie es noch einmal ab."
    ]
    assert headings(sent) == ARRIVED


def test_no_page_with_a_form_is_kept_and_none_sets_a_cookie() -> None:
    refused = Client().post(WRITE, TYPED, headers={"sec-fetch-site": "cross-site"})
    answers = [get(WRITE).response, write({}).response, write().response, refused]

    assert [answer.status_code for answer in answers] == [200, 422, 200, 403]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert [answer.cookies for answer in answers] == [{}] * 4


def test_forms_of_other_sites_are_refused_and_no_token_is_asked_for() -> None:
    data = fields(get(WRITE)) | TYPED
    strict = Client(enforce_csrf_checks=True)
    with time_machine.travel(NOW + LATER, tick=False):
        refused = strict.post(WRITE, data, headers={"sec-fetch-site": "cross-site"})
        taken = strict.post(WRITE, data, headers={"sec-fetch-site": "same-origin"})

    assert (refused.status_code, refused.content.decode()) == (
        403,
        "Bitte öffnen Sie diese Seite selbst und schreiben Sie dort.",
    )
    assert (taken.status_code, Message.objects.count()) == (200, 1)
    assert strict.put(WRITE).status_code == 405


def test_nothing_that_was_written_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    write({**TYPED, "nachricht": "geheim-eins"})
    write({**TYPED, "nachricht": "geheim-zwei", "email": ""})
    write({**TYPED, "nachricht": "geheim-drei" * 300_000})

    logged = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert [record.getMessage() for record in logged if "geheim" in record.getMessage()] == []


@pytest.mark.usefixtures("marten")
@pytest.mark.parametrize("path", [WRITE, "/de/kontakt/melden/?ort=marten"])
def test_reports_of_errors_leave_all_fields_out(path: str) -> None:
    request = Client().post(path, TYPED).wsgi_request

    kept = SafeExceptionReporterFilter().get_post_parameters(request)
    assert set(kept.values()) == {SafeExceptionReporterFilter.cleansed_substitute}


def test_more_than_a_form_can_hold_is_refused_without_an_error() -> None:
    assert write({**TYPED, "nachricht": "x" * 3_000_000}).response.status_code == 400


CLASSICS = [
    *("<script>alert(1)</script>", "'; DROP TABLE contact_message; --", "{{ 7*7 }}", "%s%n", "../../etc/passwd"),
    *('" onmouseover="x', "\x00", "\ud83d\ude00", "\u202e", "a\r\nBcc: x@example.org", "🏳️‍🌈", "ﷺ", "A" * 5000),
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["thema", "ort", "nachricht", "email", "telefon", "sprache", "formular", "webseite"]),
        st.one_of(st.text(max_size=60), st.sampled_from(CLASSICS)),
        max_size=8,
    )
)
def test_whatever_is_typed_is_no_error_and_runs_nowhere(typed: dict[str, str]) -> None:
    readable = {name: text.encode("utf-8", "replace").decode() for name, text in typed.items()}

    page = post({**TYPED, "formular": FormId.new(NOW - LATER).signed(), **readable})

    assert page.response.status_code in {200, 422, 429}
    assert [script for script in page.all("script") if script.get("type") != "application/ld+json"] == []
    assert [e.tag for e in page.root.iter() for name in e.keys() if name.startswith("on")] == []  # noqa: SIM118  # keys of an Element
