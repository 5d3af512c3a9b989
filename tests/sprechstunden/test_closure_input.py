"""What is typed wrong into the form of a closure gets one sentence and is not lost; its address can fill it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Closure
from tests.factories import (
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)
from tests.pages import NOW, FormData, form_of, get
from tests.sprechstunden.closure_page import (
    ADD,
    FORM,
    LIST,
    TWO_WEEKS,
    errors,
    proposed,
)

pytestmark = pytest.mark.django_db
CHOSEN = {"standorte", "partners", "sprechstunden", "reason", "seen"}
PAST = "Das würde vergangene Termine ändern. Bitte heute oder einen späteren Tag wählen."
WHAT = "Bitte sagen Sie, was ausfällt: das ganze Netzwerk, Orte, alle Orte eines Partners oder einzelne Angebote."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"last": "06.12.2026"}, "Der letzte Tag liegt vor dem ersten Tag."),
        ({"first": "21.11.2026"}, PAST),
        ({"first": "gestern"}, "Bitte ein gültiges Datum eingeben."),
        ({"first": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"last": "31.02.2027"}, "Bitte ein gültiges Datum eingeben."),
        ({"last": "08.12.2027"}, None),
        ({"last": "09.12.2027"}, "Das ist länger als ein Jahr."),
        ({"last": "31.12.9999"}, "Das ist länger als ein Jahr."),
        ({"first": "07.12.2206", "last": "08.12.2206"}, "Dieser Tag liegt mehr als zwei Jahre in der Zukunft."),
        ({"first": "31.12.9999", "last": ""}, "Dieser Tag liegt mehr als zwei Jahre in der Zukunft."),
        ({"reason": ""}, "Bitte wählen Sie einen Grund."),
        ({"reason": "illness"}, "Bitte eine gültige Auswahl treffen."),
        ({"whole_network": []}, WHAT),
        ({"standorte": ["0"]}, "Bitte eine gültige Auswahl treffen."),
        ({"standorte": ["9" * 30]}, "Bitte wählen Sie aus der Liste."),
        ({"partners": ["x"]}, "Bitte wählen Sie aus der Liste."),
        ({"sprechstunden": ["x", "9" * 30]}, "Bitte wählen Sie aus der Liste."),
        ({"note_ar": "فقط"}, "Bitte zuerst den deutschen Text schreiben"),
        ({"seen": "\x00", "first": ""}, "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_bad_input_gets_one_sentence_and_loses_nothing(staff: Client, typed: FormData, sentence: str | None) -> None:
    make_schedule()

    page, data = proposed(staff, TWO_WEEKS | typed)

    found = [error for error in errors(page) if "Nullzeichen" not in error]
    assert len(found) == (sentence is not None)
    assert [error for error in found if not error.startswith(sentence or "")] == []
    kept = {name: value for name, value in (TWO_WEEKS | typed).items() if name in data and name != "seen"}
    chosen = {"standorte", "partners", "sprechstunden", "reason"} & typed.keys()
    assert {name: data[name] for name in kept if name not in chosen} == {
        n: v for n, v in kept.items() if n not in chosen
    }
    assert Closure.objects.count() == 0


def test_the_whole_network_and_a_part_of_it_contradict_each_other(staff: Client) -> None:
    place = make_standort()

    page, data = proposed(staff, TWO_WEEKS | {"standorte": [str(place.pk)]})

    assert errors(page) == ["Bitte entweder das ganze Netzwerk oder einzelne Orte, Partner oder Angebote wählen."]
    assert (data["standorte"], data["whole_network"]) == ([str(place.pk)], ["on"])


def test_the_address_of_the_form_can_say_what_is_closed(staff: Client) -> None:
    first, second = make_schedule().sprechstunde, make_schedule().sprechstunde
    marten, lanstrop, _other = make_standort("Marten"), make_standort("Lanstrop"), make_standort("Hörde")

    page = get(f"{ADD}?sprechstunden={first.pk},{second.pk}&standorte={marten.pk},{lanstrop.pk}", staff)

    data = form_of(page, FORM)
    assert data["sprechstunden"] == [str(first.pk), str(second.pk)]
    assert data["standorte"] == [str(lanstrop.pk), str(marten.pk)]
    assert "partners" not in data


@pytest.mark.parametrize(
    "query", ["sprechstunden=abc,,9999999999999999999999&standorte=x", "first=x&last=%00&partners=-1&note=x&reason=x"]
)
def test_nonsense_in_the_address_of_the_form_chooses_nothing(staff: Client, query: str) -> None:
    page = get(f"{ADD}?{query}", staff)

    data = form_of(page, FORM)
    assert (page.response.status_code, data["sprechstunden"]) == (200, [])
    assert [name for name in ("standorte", "partners", "seen", "keep") if name in data] == []


def test_offers_are_found_by_words_that_tell_them_apart(staff: Client) -> None:
    marten = make_schedule(standort=make_standort("Marten")).sprechstunde
    untimed = make_sprechstunde(partner=make_partner("Caritas Marten"))
    make_schedule(standort=make_standort("Lanstrop"))
    query = {"app_label": "sprechstunden", "model_name": "closure", "field_name": "sprechstunden", "term": "marten"}

    response = staff.get(f"{LIST}offers/", query)

    assert response.json()["results"] == [
        {"id": str(marten.pk), "text": "Sprechstunde, Marten: jeden Dienstag 10:00 – 12:00"},
        {"id": str(untimed.pk), "text": "Sprechstunde, Caritas Marten"},
    ]
    shown = get(f"{ADD}?sprechstunden={marten.pk}", staff)
    assert "Sprechstunde, Marten: jeden Dienstag 10:00 – 12:00" in shown.text()
