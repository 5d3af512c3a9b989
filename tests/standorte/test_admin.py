"""Staff change a place: their word is the new source, and one button confirms what is still true."""

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from standorte.models import Offer, Partner, PartnerRole, Phone, Standort, StandortEvidence
from tests.pages import NOW, FormData, Page, form_of, get

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


def partner_url(partner: Partner) -> str:
    return reverse("admin:standorte_partner_change", args=[partner.pk])


def confirmed(standort: Standort) -> list[str]:
    return [found.group for found in standort.evidence.exclude(confirmed_on=None).order_by("group")]


def test_saving_without_touching_anything_changes_nothing(staff: Client, office: Standort) -> None:
    def facts() -> list[list[dict[str, object]]]:
        rows = [list(model.objects.values()) for model in (Standort, StandortEvidence, Phone)]
        return [[{**row, "modified_at": None} for row in found] for found in rows]

    before = facts()

    response = staff.post(url(office), form_of(get(url(office), staff), "standort_form"))

    assert response.status_code == 302
    assert facts() == before


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


def test_the_address_of_all_places_is_no_address_of_a_place(staff: Client, office: Standort) -> None:
    form = form_of(get(url(office), staff), "standort_form") | {"slug": "alle", "street": "Neue Straße 1"}

    page = Page(response := staff.post(url(office), form), response.content.decode())

    assert "Diese Adresse gehört allen Orten zusammen. Bitte wählen Sie eine andere." in page.text()
    assert [page.by_id(name).get("value") for name in ("id_slug", "id_street")] == ["alle", "Neue Straße 1"]
    assert not Standort.objects.filter(slug="alle").exists()


def test_a_translation_left_alone_is_outdated_when_the_german_changes(staff: Client, office: Standort) -> None:
    data = form_of(get(url(office), staff), "standort_form") | {"building_de": "Ladenlokal"}

    staff.post(url(office), data)

    office.refresh_from_db()
    assert [office.building.state(code) for code in ("de", "en", "ar")] == ["checked", "outdated", "outdated"]


def test_a_place_shows_its_hours_and_where_its_facts_come_from(staff: Client, office: Standort) -> None:
    page = get(url(office), staff)

    buttons = [found for found in page.by_id("standort_form").iter() if found.get("type") == "submit"]
    offers = office.schedules.order_by("sprechstunde").values_list("sprechstunde", flat=True)
    links = [link.get("href") or "" for link in page.all("a")]
    groups = [found.get("value") for found in buttons if found.get("name") == "_confirm"]
    assert groups == ["address", "contact", "general", "languages"]
    assert buttons[0].get("name") == "_save"
    assert len(offers) == 4
    assert [link for link in links if link.endswith("/change/") and "/sprechstunde/" in link] == [
        reverse("admin:sprechstunden_sprechstunde_change", args=[offer]) for offer in offers
    ]


@pytest.mark.parametrize("key", ["abc", "_00", "9" * 30, "0"])
def test_a_place_that_there_is_not_leads_to_the_start_page(staff: Client, key: str) -> None:
    path = reverse("admin:standorte_standort_change", args=["KEY"])

    response = staff.get(path.replace("KEY", "%00" if key == "_00" else key))

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_a_search_takes_any_character(staff: Client) -> None:
    asked = {"app_label": "standorte", "model_name": "partnerrole", "field_name": "partner", "term": "Migra\x00Do"}

    response = staff.get(reverse("admin:autocomplete"), asked)

    assert [found["text"] for found in response.json()["results"]] == ["MigraDo"]


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
    Standort.objects.filter(pk__in=Standort.objects.order_by("pk").values_list("pk", flat=True)[count:]).update(
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


WEBSITE = {"website": "https://migrado.example.org/"}
TOLD = {"source": "call of 20 November", "as_of": "2026-11-20"}


@pytest.mark.parametrize(
    ("typed", "source", "as_of", "is_confirmed"),
    [
        (WEBSITE, "lokal willkommen", "2026-11-22", True),
        (WEBSITE | TOLD, TOLD["source"], TOLD["as_of"], True),
        (TOLD, TOLD["source"], TOLD["as_of"], False),
        ({"note": "ask again"}, None, None, False),
        ({"is_published": []}, None, None, False),
    ],
)
def test_a_changed_fact_is_the_word_of_staff_under_the_source_they_give(
    staff: Client, typed: FormData, source: str | None, as_of: str | None, *, is_confirmed: bool
) -> None:
    partner = Partner.objects.get(slug="migrado")
    expected = (source or partner.source, as_of or partner.as_of, NOW.date() if is_confirmed else None)

    response = staff.post(partner_url(partner), form_of(get(partner_url(partner), staff), "partner_form") | typed)

    partner.refresh_from_db()
    assert response.status_code == 302
    assert (partner.source, partner.as_of, partner.confirmed_on) == expected
    assert ("as_of" in typed) == (partner.as_of_latest is None)


def test_saving_a_partner_without_touching_anything_changes_nothing(staff: Client) -> None:
    tables = (Partner, PartnerRole, Offer)
    before = [list(model.objects.values()) for model in tables]

    for partner in Partner.objects.all():
        staff.post(partner_url(partner), form_of(get(partner_url(partner), staff), "partner_form"))

    assert [list(model.objects.values()) for model in tables] == before


def test_a_changed_offer_of_a_partner_is_the_word_of_staff_the_others_are_not(staff: Client) -> None:
    partner = Partner.objects.annotate(offer_count=Count("offers")).filter(offer_count__gt=1).first()
    assert partner is not None
    data = form_of(get(partner_url(partner), staff), "partner_form") | {"offers-0-since": "2019"}

    staff.post(partner_url(partner), data)

    partner.refresh_from_db()
    changed, *others = partner.offers.order_by("pk")
    assert (changed.since, changed.source, changed.confirmed_on) == ("2019", "lokal willkommen", NOW.date())
    assert [row for row in (partner, *others) if row.is_confirmed] == []


@pytest.mark.parametrize("name", ["stadtbezirk", "stadtteil", "postalcode", "partner", "standort"])
def test_every_list_and_form_of_places_opens(staff: Client, name: str) -> None:
    listed = staff.get(reverse(f"admin:standorte_{name}_changelist"), {"q": "44"})
    row = apps.get_model("standorte", name)._default_manager.first()  # noqa: SLF001  # public
    form = staff.get(reverse(f"admin:standorte_{name}_change", args=[row.pk]))

    assert (listed.status_code, form.status_code) == (200, 200)
    assert str(row) in form.content.decode()
