"""Partners that take part in an offer: on its page, on their own, in the admin and in the data files."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.facts.loader import load_all
from sprechstunden.models import Participation, Sprechstunde, SprechstundeKind
from standorte.models import Partner, Standort
from standorte.texts import Text
from tests.factories import (
    make_participation,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
    make_user,
)
from tests.pages import NOW, Page, form_of, get

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def verein() -> Partner:
    return make_partner("Verein")


def make_cafe(title: str, partner: Partner | None = None, place: Standort | None = None) -> Sprechstunde:
    """Make a meeting place with a name and times."""
    offer = make_sprechstunde(SprechstundeKind.MEETING_PLACE, partner=partner, title=Text(title))
    times = make_schedule(offer, standort=place) if place else make_schedule(offer)
    return times.sprechstunde


def links(page: Page, prefix: str) -> list[str]:
    """Give the words of the links in the main part that lead to some kind of pages."""
    found = (link for link in page.all("main")[0].iter("a") if (link.get("href") or "").startswith(prefix))
    return [page.text(link) for link in found]


def test_an_offer_names_the_partners_that_take_part_each_with_the_age_of_that_fact(verein: Partner) -> None:
    cafe, other = make_cafe("Teestube"), make_cafe("Sprachcafé")
    make_participation(cafe, verein, as_of="2018")
    make_participation(cafe, make_partner("Malteser"), confirmed_on=NOW.date())
    make_participation(other, make_partner("Gemeinde"))
    hidden = make_partner("Im Aufbau")
    make_participation(cafe, hidden)
    Partner.objects.filter(pk=hidden.pk).update(is_published=False)

    page = get(f"/de/sprechstunden/{cafe.pk}/")

    assert links(page, "/de/partner/") == ["Malteser", "Verein"]
    said = [page.text(element) for element in page.root.iter("dd")]
    assert [words for words in said if words.startswith(("Malteser", "Verein"))] == [
        "Malteser Bestätigt am 22. November 2026",
        "Verein Stand: 2018, noch nicht bestätigt",
    ]


def test_a_partner_shows_its_offers_and_those_it_takes_part_in_each_once(verein: Partner) -> None:
    mine, shared = make_cafe("Eigenes Café", verein), make_cafe("Gemeinsames Café")
    other = make_partner("Malteser")
    for cafe, partner in ((mine, verein), (mine, other), (shared, verein), (make_cafe("Fremdes Café"), other)):
        make_participation(cafe, partner)
    make_schedule(make_sprechstunde(partner=verein))

    page = get("/de/partner/verein/")

    assert links(page, "/de/sprechstunden/") == ["Eigenes Café", "Gemeinsames Café", "Sprechstunde"]
    assert page.text().count("Treffpunkt") == 2 + 1  # the heading of the list says it too


def test_a_partner_shows_no_offer_that_has_no_page(verein: Partner) -> None:
    closed = make_standort("Umbau", is_published=False)
    held_back = make_cafe("Im Aufbau")
    Sprechstunde.objects.filter(pk=held_back.pk).update(is_published=False)
    untimed = make_sprechstunde(SprechstundeKind.EVENT, title=Text("Ohne Zeiten"))
    seen = make_undated(make_sprechstunde(SprechstundeKind.EVENT, title=Text("Ort offen")), standort=None).sprechstunde
    for offer in (make_cafe("Nur im Umbau", place=closed), held_back, untimed, seen):
        make_participation(offer, verein)

    page = get("/de/partner/verein/")

    assert links(page, "/de/sprechstunden/") == ["Ort offen"]
    assert get(f"/de/sprechstunden/{seen.pk}/").response.status_code == 200


def test_a_partner_without_offers_has_no_heading_for_them(verein: Partner) -> None:
    make_participation(make_cafe("Fremdes Café"), make_partner("Malteser"))

    assert "Treffpunkte" not in get(f"/de/partner/{verein.slug}/").text()


@pytest.mark.parametrize("count", [1, 20])
def test_pages_cost_the_same_however_many_take_part(
    verein: Partner, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cafe = make_cafe("Teestube")
    for number in range(count):
        make_participation(cafe, make_partner(f"Partner {number}"))
        make_participation(make_cafe(f"Café {number}"), verein)

    with django_assert_num_queries(7):
        get(f"/de/sprechstunden/{cafe.pk}/")
    with django_assert_num_queries(5):
        get("/de/partner/verein/")


def test_what_staff_add_in_the_admin_is_their_word(verein: Partner) -> None:
    cafe, client = make_cafe("Teestube"), Client()
    client.force_login(make_user(is_superuser=True))
    url = reverse("admin:standorte_partner_change", args=[verein.pk])
    typed = {"participations-TOTAL_FORMS": "1", "participations-0-sprechstunde": str(cafe.pk)}

    answer = client.post(url, form_of(get(url, client), "partner_form") | typed)

    participation = Participation.objects.get()
    assert answer.status_code == 302
    assert (str(participation), participation.source) == ("Verein: Teestube", "lokal willkommen")
    assert participation.confirmed_on == NOW.date()


def test_the_files_say_who_took_part_in_the_language_cafes_and_confirm_nothing() -> None:
    load_all()

    found = {
        offer.key: [str(row.partner) for row in offer.participations.all()]
        for offer in Sprechstunde.objects.filter(participations__isnull=False)
    }
    assert found == {
        "cafe-international-wickede": ["Ev. Kirchengemeinde Wickede"],
        "sprachcafe-aplerbeck": ["Flüchtlingshilfe Aplerbeck e.V.", "Malteser Hilfsdienst e.V."],
        "sprachcafe-brackel": [
            "Flüchtlingshilfe Aplerbeck e.V.",
            "Kath. Gemeinde St. Clemens",
            "Malteser Hilfsdienst e.V.",
        ],
    }
    assert set(Participation.objects.values_list("as_of", "confirmed_on")) == {("2017/2018", None)}


def test_a_participation_that_staff_have_deleted_stays_deleted() -> None:
    load_all()
    Participation.objects.filter(sprechstunde__key="cafe-international-wickede").delete()

    load_all()

    assert Participation.objects.count() == 5
