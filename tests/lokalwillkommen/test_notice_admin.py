"""Staff write notices: what is wrong is said in a sentence, and nothing is lost."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from lokalwillkommen.notices.models import Notice
from standorte.models import Standort
from standorte.texts import State, Text
from tests.factories import make_notice, make_standort, make_user
from tests.pages import NOW, FormData, Page, form_of, get
from tests.rights import client_who_may
from tests.sprechstunden.closure_page import errors, post

pytestmark = pytest.mark.django_db
LIST = "/admin/notices/notice/"
ADD = f"{LIST}add/"
FORM = "notice_form"
TYPED: FormData = {"text_de": "Das Büro zieht um.", "first": "22.11.2026", "last": "05.12.2026"}
NETWORK: FormData = TYPED | {"whole_network": ["on"]}
WHERE = "Bitte sagen Sie, wo der Hinweis steht: im ganzen Netzwerk oder an mindestens einem Ort."
LONG = "Das ist länger als ein Jahr. Bitte prüfen Sie das Jahr."
PAST = "Dieser Tag ist vorbei: Niemand würde den Hinweis je lesen."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def send(staff: Client, typed: FormData, url: str = ADD) -> HttpResponseBase:
    """Fill in the form and send it, as a browser does."""
    return staff.post(url, form_of(get(url, staff), FORM) | typed)


def refused(staff: Client, typed: FormData) -> Page:
    """Send the form, and read the page that comes back with what is wrong."""
    return post(staff, ADD, form_of(get(ADD, staff), FORM) | typed)


def change_url(notice: Notice) -> str:
    """Give the address of the form of a notice."""
    return reverse("admin:notices_notice_change", args=[notice.pk])


def test_a_notice_is_saved_with_its_places_and_who_wrote_it_when(staff: Client) -> None:
    marten, lanstrop, _other = make_standort("Marten"), make_standort("Lanstrop"), make_standort("Dorstfeld")

    answer = send(staff, TYPED | {"standorte": [str(marten.pk), str(lanstrop.pk)], "text_ar": "المكتب ينتقل."})

    notice = Notice.objects.get()
    assert answer.status_code == 302
    assert (str(notice.text), notice.first, notice.last) == (
        "Das Büro zieht um.",
        date(2026, 11, 22),
        date(2026, 12, 5),
    )
    assert notice.text.state("ar") is State.CHECKED
    assert (notice.whole_network, set(notice.standorte.all())) == (False, {marten, lanstrop})
    assert (notice.written_at, notice.written_by) == (NOW, User.objects.get())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"last": "21.11.2026"}, "Der letzte Tag liegt vor dem ersten Tag."),
        ({"last": "24.11.2027"}, LONG),
        ({"last": "31.12.9999"}, LONG),
        ({"first": "01.11.2026", "last": "21.11.2026"}, PAST),
        ({"first": "gestern"}, "Bitte ein gültiges Datum eingeben."),
        ({"last": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"text_de": ""}, "Dieses Feld ist zwingend erforderlich."),
        (
            {"text_de": "", "text_ar": "فقط"},
            "Bitte zuerst den deutschen Text schreiben. Aus ihm entstehen die Übersetzungen.",
        ),
        ({"text_de": "x" * 301}, "Bitte kürzer: höchstens 300 Zeichen in jeder Sprache."),
        ({"text_ar": "س" * 301}, "Bitte kürzer: höchstens 300 Zeichen in jeder Sprache."),
        ({"whole_network": []}, WHERE),
        ({"standorte": ["0"]}, "Bitte eine gültige Auswahl treffen. 0 ist keine gültige Auswahl."),
        ({"standorte": ["9" * 30]}, "Bitte wählen Sie aus der Liste."),
    ],
)
def test_bad_input_gets_one_sentence_and_loses_nothing(staff: Client, typed: FormData, sentence: str) -> None:
    page = refused(staff, NETWORK | typed)

    kept = {name: value for name, value in (NETWORK | typed).items() if value and name != "standorte"}
    back = form_of(page, FORM)
    assert errors(page) == [sentence]
    assert {name: back[name] for name in kept} == kept
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("typed", [{"last": "22.11.2026"}, {"last": "23.11.2027"}, {"text_de": "x" * 300}])
def test_one_day_a_year_and_three_hundred_characters_are_allowed(staff: Client, typed: FormData) -> None:
    answer = send(staff, NETWORK | typed)

    assert (answer.status_code, Notice.objects.count()) == (302, 1)


def test_the_whole_network_and_a_place_contradict_each_other(staff: Client) -> None:
    place = make_standort()

    page = refused(staff, NETWORK | {"standorte": [str(place.pk)]})

    assert errors(page) == ["Bitte wählen Sie entweder das ganze Netzwerk oder einzelne Orte."]
    assert form_of(page, FORM)["standorte"] == [str(place.pk)]


def test_words_of_a_notice_that_is_over_can_be_mended(staff: Client) -> None:
    notice = make_notice("Ales neu.", date(2026, 11, 1), date(2026, 11, 20))

    answer = send(staff, {"text_de": "Alles neu."}, change_url(notice))

    assert (answer.status_code, str(Notice.objects.get().text)) == (302, "Alles neu.")


def test_another_german_makes_the_translation_outdated(staff: Client) -> None:
    text = Text("Wir ziehen um.").translated("ar", "سننتقل.", State.CHECKED)
    notice = make_notice(text, date(2026, 11, 20), date(2026, 12, 20))

    send(staff, {"text_de": "Wir ziehen doch nicht um."}, change_url(notice))

    assert Notice.objects.get().text.state("ar") is State.OUTDATED


def test_the_list_says_where_and_when_each_notice_stands_and_who_wrote_it(staff: Client) -> None:
    make_notice("Alle.", date(2026, 11, 1), date(2026, 11, 20))
    notice = make_notice(
        "Zwei.", date(2026, 11, 22), date(2026, 12, 5), make_standort("Marten"), make_standort("Eving")
    )
    Notice.objects.filter(pk=notice.pk).update(written_by=User.objects.get())

    page = get(LIST, staff)

    rows = [page.text(row) for row in page.by_id("result_list").iter("tr")][1:]
    assert rows == [
        "Zwei.Eving, Marten22. November 20265. Dezember 202622. November 2026 15:00team@example.org",
        "Alle.das ganze Netzwerk1. November 202620. November 202622. November 2026 15:00-",
    ]


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_however_many_notices_there_are(
    staff: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_standort()
    for number in range(count):
        make_notice(f"Hinweis {number}", date(2026, 11, 22), date(2026, 12, 5), *Standort.objects.all())

    with django_assert_num_queries(7):
        staff.get(LIST)


@pytest.mark.parametrize("rights", [None, (), ("view_notice",)])
def test_who_lacks_the_right_writes_nothing(monkeypatch: pytest.MonkeyPatch, rights: tuple[str, ...] | None) -> None:
    notice = make_notice("Hier.", date(2026, 11, 1), date(2026, 12, 20), make_standort())
    before = Notice.objects.values().get()
    client = Client() if rights is None else client_who_may(monkeypatch, *rights)

    answers = [client.post(url, NETWORK) for url in (ADD, change_url(notice))]

    assert {answer.status_code for answer in answers} == {302 if rights is None else 403}
    assert Notice.objects.values().get() == before
