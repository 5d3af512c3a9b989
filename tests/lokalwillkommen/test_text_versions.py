"""Versions of texts come from everything that writes texts, and staff read them in the admin."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.facts.ledger import Ledger
from sprechstunden.deciding import decide
from sprechstunden.models import Change, ChangeKind, Closure, StaffReason, Topic
from sprechstunden.occurrences import BERLIN
from standorte.models import Offer, TextVersion
from standorte.texts import State, Text
from tests.factories import make_closure, make_partner, make_schedule, make_standort, make_topic, make_user
from tests.pages import form_of, get
from tests.sprechstunden.closure_page import FIRST, FORM, LAST, change_url

pytestmark = pytest.mark.django_db

Version = tuple[str, str, str, str, str | None]


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(make_user("chief@example.org", is_superuser=True))
    return client


def versions() -> list[Version]:
    names = ("field", "language", "before", "after", "written_by__email")
    return list(TextVersion.objects.order_by("pk").values_list(*names))


def test_a_place_saved_in_the_admin_leaves_a_version_of_what_changed(chief: Client) -> None:
    place = make_standort(building=Text("Hof").translated("tr", "Avlu", State.DRAFT))
    path = reverse("admin:standorte_standort_change", args=[place.pk])
    data = form_of(get(path, chief), "standort_form")

    chief.post(path, data)
    assert versions() == []
    chief.post(path, {**data, "building_de": "Garten"})

    assert versions() == [("building", "de", "Hof", "Garten", "chief@example.org")]


def test_texts_of_rows_inside_another_row_leave_versions_too(chief: Client) -> None:
    partner = make_partner()
    Offer.objects.create(partner=partner, title=Text("Beratung"))
    path = reverse("admin:standorte_partner_change", args=[partner.pk])
    data = form_of(get(path, chief), "partner_form")

    chief.post(path, {**data, "offers-0-title_de": "Kurs", "description_de": "Hilft."})

    assert versions() == [
        ("description", "de", "", "Hilft.", "chief@example.org"),
        ("title", "de", "Beratung", "Kurs", "chief@example.org"),
    ]


@time_machine.travel("2026-11-25", tick=False)
def test_a_closure_leaves_versions_though_it_is_written_in_its_own_way(chief: Client) -> None:
    closure = make_closure(FIRST, LAST, note=Text("Umzug"))
    path = change_url(closure)

    chief.post(path, {**form_of(get(path, chief), FORM), "note_de": "Umbau"})

    assert (str(Closure.objects.get().note), versions()) == (
        "Umbau",
        [("note", "de", "Umzug", "Umbau", "chief@example.org")],
    )


def test_a_note_beside_a_cancelled_date_leaves_a_version() -> None:
    person, day = make_user(), date(2026, 12, 1)
    noted = Change(
        schedule=make_schedule(), day=day, kind=ChangeKind.CANCELLED, reason=StaffReason.EVENT, note=Text("Umzug")
    )

    decide(noted, person, datetime(2026, 11, 25, 9, 0, tzinfo=BERLIN))

    assert versions() == [("note", "de", "", "Umzug", person.email)]


def test_a_data_file_leaves_versions_of_nobody() -> None:
    for name in ("Wohnen", "Wohnen und Umzug"):
        Ledger().load("topic/wohnen", Topic, {"slug": "wohnen"}, {"name": Text(name), "position": 1})

    assert versions() == [
        ("name", "de", "", "Wohnen", None),
        ("name", "de", "Wohnen", "Wohnen und Umzug", None),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_says_who_changed_what_and_costs_the_same_however_long_it_is(
    chief: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        ledger = Ledger()
        ledger.load(f"topic/{number}", Topic, {"slug": f"t{number}"}, {"name": Text(f"Thema {number}")})
    make_topic().delete()
    path = reverse("admin:standorte_textversion_changelist")
    get(path, chief)

    with django_assert_num_queries(7):
        page = get(path, chief)

    row = page.text(list(page.by_id("result_list").iter("tr"))[count])
    assert row.endswith("Thema: NameDeutsch-Thema 0geprüft")


def test_versions_of_what_is_gone_stay_readable(chief: Client) -> None:
    Ledger().load("topic/1", Topic, {"slug": "t"}, {"name": Text("Wohnen")})
    topic = Topic.objects.get()
    number = topic.pk
    topic.delete()
    gone = TextVersion.objects.get()
    TextVersion.objects.create(
        content_type=gone.content_type,
        object_id=make_topic("Geld").pk,
        field="old",
        language="de",
        before="Geld",
        state="checked",
        written_at=gone.written_at,
    )

    said = get(reverse("admin:standorte_textversion_changelist"), chief).text()

    assert (f"Thema {number}: name" in said, "Geld: old" in said) == (True, True)


def test_nobody_writes_history_by_hand(chief: Client) -> None:
    Ledger().load("topic/1", Topic, {"slug": "t"}, {"name": Text("Wohnen")})
    version = TextVersion.objects.get()
    paths = [reverse(f"admin:standorte_textversion_{page}", args=[version.pk]) for page in ("change", "delete")]

    answers = [chief.post(path, {"after": "x", "post": "yes"}).status_code for path in paths]

    assert (answers, chief.get(reverse("admin:standorte_textversion_add")).status_code) == ([403, 403], 403)
    assert "Wohnen" in get(paths[0], chief).text()
    assert TextVersion.objects.get().after == "Wohnen"
