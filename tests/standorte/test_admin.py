"""Staff change a place: their word is the new source, and one button confirms what is still true."""

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from standorte.models import Partner, Phone, Standort, StandortEvidence
from tests.pages import NOW, form_of, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("team@example.org", "a long pass phrase"))
    return client


@pytest.fixture
def office() -> Standort:
    return Standort.objects.get(slug="mengede-huckarde")


def url(standort: Standort) -> str:
    return reverse("admin:standorte_standort_change", args=[standort.pk])


def confirmed(standort: Standort) -> list[str]:
    return [found.group for found in standort.evidence.exclude(confirmed_on=None).order_by("group")]


def test_saving_without_touching_anything_changes_nothing(staff: Client, office: Standort) -> None:
    before = [list(model.objects.values()) for model in (Standort, StandortEvidence, Phone)]

    response = staff.post(url(office), form_of(get(url(office), staff), "standort_form"))

    assert response.status_code == 302
    assert [list(model.objects.values()) for model in (Standort, StandortEvidence, Phone)] == before


def test_a_changed_address_is_the_word_of_staff_and_public_at_once(staff: Client, office: Standort) -> None:
    data = form_of(get(url(office), staff), "standort_form") | {"street": "Westerfilder Straße 55"}

    response = staff.post(url(office), data)

    assert response.status_code == 302
    evidence = office.evidence.get(group="address")
    assert (evidence.source, evidence.as_of, evidence.confirmed_on) == ("lokal willkommen", "2026-11-22", NOW.date())
    assert confirmed(office) == ["address"]
    assert "Westerfilder Straße 55" in get("/ar/standorte/mengede-huckarde/").text()


def test_a_new_phone_number_confirms_the_contact_facts(staff: Client, office: Standort) -> None:
    data = form_of(get(url(office), staff), "standort_form") | {"phones-2-number": "0231 123456"}

    staff.post(url(office), data)

    assert [phone.number for phone in office.phones.all()] == ["0231 50-11148", "0231 50-11149", "0231 123456"]
    assert confirmed(office) == ["contact"]


def test_one_button_confirms_one_group_of_facts_and_keeps_its_source(staff: Client, office: Standort) -> None:
    source = office.evidence.get(group="contact").source
    data = form_of(get(url(office), staff), "standort_form") | {"_confirm": "contact"}

    response = staff.post(url(office), data)

    assert (response.status_code, response.headers["Location"]) == (302, url(office))
    assert confirmed(office) == ["contact"]
    assert office.evidence.get(group="contact").source == source


def test_a_wrong_phone_number_gets_a_sentence_and_keeps_all_that_was_typed(staff: Client, office: Standort) -> None:
    data = form_of(get(url(office), staff), "standort_form") | {"phones-2-number": "call us", "street": "Neue Straße 1"}

    response = staff.post(url(office), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="call us"' in page
    assert 'value="Neue Straße 1"' in page
    office.refresh_from_db()
    assert office.street == "Westerfilder Straße 54"


def test_a_translation_left_alone_is_outdated_when_the_german_changes(staff: Client, office: Standort) -> None:
    data = form_of(get(url(office), staff), "standort_form") | {"building_de": "Ladenlokal"}

    staff.post(url(office), data)

    office.refresh_from_db()
    assert [office.building.state(code) for code in ("de", "en", "ar")] == ["checked", "outdated", "outdated"]


def test_a_place_shows_its_hours_and_where_its_facts_come_from(staff: Client, office: Standort) -> None:
    page = get(url(office), staff)

    words = page.text()
    assert words.count("Bitte bestätigen") + words.count("heute bestätigen") >= 3
    assert [link.get("href") for link in page.all("a") if "/sprechstunden/sprechstunde/" in (link.get("href") or "")][
        :1
    ] != []


@pytest.mark.parametrize(
    "path", ["standorte/standort/", "standorte/partner/", "sprechstunden/sprechstunde/", "facts/figure/"]
)
def test_pages_of_staff_are_closed_to_strangers_german_and_never_indexed(path: str, staff: Client) -> None:
    stranger = Client().get(f"/admin/{path}", headers={"accept-language": "ar"})
    page = get(f"/admin/{path}", staff, **{"accept-language": "ar"})

    assert (stranger.status_code, stranger.headers["Location"]) == (302, f"/admin/login/?next=/admin/{path}")
    assert page.root.get("lang") == "de"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in page.response.headers["Cache-Control"]


def test_somebody_without_rights_sees_no_place_in_the_admin(office: Standort) -> None:
    client = Client()
    client.force_login(User.objects.create_user("new@example.org", "a long pass phrase"))

    answers = [client.get(url(office)), client.post(url(office), {"_confirm": "contact"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert confirmed(office) == []


@pytest.mark.parametrize("count", [1, 17])
def test_the_list_of_places_costs_the_same_however_many_there_are(
    staff: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Standort.objects.filter(pk__in=Standort.objects.in_order_of_kind().values_list("pk", flat=True)[count:]).update(
        is_published=False
    )

    with django_assert_num_queries(6):
        staff.get(reverse("admin:standorte_standort_changelist"), {"is_published__exact": "1"})


def test_rows_with_their_own_evidence_are_confirmed_from_their_list(staff: Client) -> None:
    diakonie, other = Partner.objects.get(slug="diakonie-dortmund-luenen"), Partner.objects.get(slug="vmdo")
    ticked = {"action": "confirm_selected", "_selected_action": [str(diakonie.pk)]}

    staff.post(reverse("admin:standorte_partner_changelist"), ticked)

    diakonie.refresh_from_db()
    other.refresh_from_db()
    assert (diakonie.confirmed_on, str(diakonie.confirmed_by)) == (NOW.date(), "team@example.org")
    assert other.confirmed_on is None


@pytest.mark.parametrize("name", ["stadtbezirk", "stadtteil", "postalcode", "partner", "standort"])
def test_every_list_and_form_of_places_opens(staff: Client, name: str) -> None:
    listed = staff.get(reverse(f"admin:standorte_{name}_changelist"), {"q": "44"})
    row = apps.get_model("standorte", name)._default_manager.first()  # noqa: SLF001  # public
    form = staff.get(reverse(f"admin:standorte_{name}_change", args=[row.pk]))

    assert (listed.status_code, form.status_code) == (200, 200)
    assert str(row) in form.content.decode()
