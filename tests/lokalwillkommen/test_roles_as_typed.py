"""Who is responsible is decided by what is stored and by what is typed: nothing is taken from others or put to them."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from lokalwillkommen.notices.models import Notice
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, Sprechstunde
from standorte.models import Kind, PartnerRole, Standort
from tests.factories import make_closure, make_notice, make_partner, make_standort
from tests.offer_form import ADD as NEW_OFFER
from tests.offer_form import change_url, new_times, open_form
from tests.pages import NOW, FormData, Page, form_of, get
from tests.sprechstunden.closure_page import ADD as NEW_CLOSURE
from tests.sprechstunden.closure_page import FORM as CLOSURE_FORM
from tests.sprechstunden.closure_page import TWO_WEEKS, errors, proposed
from tests.staff_world import NEXT, TUESDAY, World, make_world
from tests.today_pages import CHANGE, about, moved

pytestmark = pytest.mark.django_db

NEW_NOTICE = "/admin/notices/notice/add/"
ONLY_CHOICES = "Bitte eine gültige Auswahl treffen"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def refused(client: Client, path: str, data: FormData) -> str:
    """Send a form that is refused; give its page's words."""
    response = client.post(path, data)
    assert response.status_code == 200
    return " ".join(errors(Page(response, response.content.decode())))


def test_an_office_opens_new_offers_of_its_own_only(world: World) -> None:
    office, own, foreign = world.clients["office"], world.own, world.foreign
    times = new_times(valid_from="01.12.2026", weekdays=["TU"], opens="10:00", closes="12:00")
    typed = open_form(office, NEW_OFFER) | times

    assert "Bitte wählen Sie Ihr Büro" in refused(office, NEW_OFFER, typed)
    assert ONLY_CHOICES in refused(office, NEW_OFFER, typed | {"office": str(foreign.office.pk)})
    assert "Bitte wählen Sie Ihr Büro" in refused(office, NEW_OFFER, typed | {"partner": str(own.partner.pk)})
    here = {"office": str(own.office.pk)}
    hidden = new_times(standort=str(foreign.office.pk))
    assert ONLY_CHOICES in refused(office, NEW_OFFER, typed | here | hidden)
    assert Sprechstunde.objects.count() == 4
    assert office.post(NEW_OFFER, typed | here).status_code == 302
    assert Sprechstunde.objects.latest("pk").office == own.office


def test_an_own_offer_is_not_put_to_somebody_else_and_a_partner_is_not_exchanged(world: World) -> None:
    office, offer = world.clients["office"], world.own.offer
    typed = open_form(office, change_url(offer))

    assert ONLY_CHOICES in refused(office, change_url(offer), typed | {"office": str(world.foreign.office.pk)})
    assert "Bitte wählen Sie Ihr Büro" in refused(office, change_url(offer), typed | {"office": ""})
    assert office.post(change_url(offer), typed | {"partner": str(world.foreign.partner.pk)}).status_code == 302
    offer.refresh_from_db()
    assert (offer.office, offer.partner) == (world.own.office, None)


def test_an_office_copies_only_its_own_offers(world: World) -> None:
    office = world.clients["office"]

    forms = [
        open_form(office, f"{NEW_OFFER}?kopie={offer.pk}")["title_de"]
        for offer in (world.own.offer, world.foreign.offer)
    ]

    assert forms == ["Eigen-Sprechstunde", ""]


def test_nobody_but_the_coordination_closes_the_network_or_foreign_places_and_offers(world: World) -> None:
    """The form that the administration was shown, with the dates that it agreed to, sent by others."""
    chief, own, foreign = world.clients["administration"], world.own, world.foreign
    scopes: list[FormData] = [
        {},
        {"whole_network": [], "standorte": [str(own.office.pk), str(foreign.office.pk)]},
        {"whole_network": [], "sprechstunden": [str(foreign.offer.pk)]},
        {"whole_network": [], "partners": [str(own.partner.pk)]},
    ]
    sent = [proposed(chief, TWO_WEEKS | scope)[1] for scope in scopes]
    before = list(Closure.objects.values())

    for role, status in (("office", 200), ("partner", 403), ("translator", 403)):
        assert [world.clients[role].post(NEW_CLOSURE, data).status_code for data in sent] == [status] * len(sent)
    assert list(Closure.objects.values()) == before
    # The same is right where it is one's own, or somebody may do it.
    here: FormData = TWO_WEEKS | {"whole_network": [], "standorte": [str(own.office.pk)]}
    assert world.clients["office"].post(NEW_CLOSURE, proposed(world.clients["office"], here)[1]).status_code == 302
    Closure.objects.exclude(pk__in=[row["id"] for row in before]).delete()
    assert world.clients["coordination"].post(NEW_CLOSURE, sent[0]).status_code == 302


def test_an_own_closure_does_not_grow_over_others(world: World) -> None:
    office = world.clients["office"]
    closure = make_closure(NEXT, NEXT, standorte=[world.own.office])
    path = f"/admin/sprechstunden/closure/{closure.pk}/change/"
    wider = form_of(get(path, office), CLOSURE_FORM) | {"standorte": [str(world.foreign.office.pk)]}

    assert ONLY_CHOICES in refused(office, path, wider)
    refused(office, path, form_of(get(path, office), CLOSURE_FORM) | {"standorte": [], "whole_network": ["on"]})
    assert (list(closure.standorte.all()), Closure.objects.get(pk=closure.pk).whole_network) == (
        [world.own.office],
        False,
    )


def test_a_notice_stands_at_own_places_only(world: World) -> None:
    office, own = world.clients["office"], world.own.office
    typed: FormData = {"text_de": "Umzug.", "first": "22.11.2026", "last": "05.12.2026"}
    before = Notice.objects.count()

    where = "Bitte sagen Sie, wo der Hinweis steht"
    assert where in refused(office, NEW_NOTICE, typed | {"whole_network": "on"})
    assert ONLY_CHOICES in refused(office, NEW_NOTICE, typed | {"standorte": [str(world.foreign.office.pk)]})
    assert Notice.objects.count() == before
    assert office.post(NEW_NOTICE, typed | {"standorte": [str(own.pk)]}).status_code == 302
    shared = make_notice("Beide", TUESDAY, NEXT, own, world.foreign.office)
    assert office.get(f"/admin/notices/notice/{shared.pk}/change/").status_code == 302


def test_a_place_keeps_what_it_is_to_the_network(world: World) -> None:
    office, place = world.clients["office"], Standort.objects.get(slug="eigen-ort")
    path = f"/admin/standorte/standort/{place.pk}/change/"
    before = Standort.objects.values("kind", "office", "slug", "is_published").get(pk=place.pk)
    typed = form_of(get(path, office), "standort_form") | {
        "street": "Hauptstraße 1",
        "kind": Kind.OFFICE.value,
        "office": str(world.foreign.office.pk),
        "slug": "anders",
        "is_published": "",
        "roles-0-partner": str(make_partner("AWO").pk),
    }

    assert office.post(path, typed).status_code == 302
    assert Standort.objects.values("kind", "office", "slug", "is_published").get(pk=place.pk) == before
    assert Standort.objects.get(pk=place.pk).street == "Hauptstraße 1"
    assert PartnerRole.objects.get(standort=place).partner.name == "AWO"


def test_a_date_of_a_partner_goes_only_where_the_partner_is_already(world: World) -> None:
    partner, schedule = world.clients["partner"], world.own.of_partner.schedules.get()
    there = make_standort("Fremder Raum")

    answer = partner.post(CHANGE, moved(schedule, day=f"{NEXT}", standort=str(there.pk)))

    assert (answer.status_code, Change.objects.filter(schedule=schedule, day=NEXT).count()) == (422, 0)
    here = moved(schedule, day=f"{NEXT}", standort=str(schedule.standort_id), new_day="2026-12-09")
    assert partner.post(CHANGE, here).status_code == 302
    assert get("/admin/heute/", partner).html.count("Fremder Raum") == 0


def test_a_partner_cancels_its_own_dates_and_no_others_at_the_same_place(world: World) -> None:
    partner = world.clients["partner"]
    of_partner, of_office = (offer.schedules.get() for offer in (world.own.of_partner, world.own.offer))

    answers = [
        partner.post(CHANGE, about(row, date(2026, 12, 15), ChangeKind.CANCELLED, reason="event")).status_code
        for row in (of_partner, of_office)
    ]

    assert answers == [302, 404]


def test_a_partner_gives_its_offers_other_times_and_no_other_words(world: World) -> None:
    partner, offer = world.clients["partner"], world.own.of_partner
    before = Sprechstunde.objects.values().get(pk=offer.pk)
    old = offer.schedules.get()
    typed = open_form(partner, change_url(offer)) | new_times(valid_from="15.12.2026", opens="16:00", words_de="Neu")
    other: FormData = {
        "title_de": "Anderer Name",
        "kind": "event",
        "is_published": "",
        "office": str(world.own.office.pk),
        "partner": str(world.foreign.partner.pk),
        "walk_in": "no",
        "bring": ["letter"],
    }

    assert partner.post(change_url(offer), typed | other).status_code == 302
    new = Schedule.objects.get(sprechstunde=offer, valid_from="2026-12-15")
    assert (new.opens.hour if new.opens else None, new.words, new.standort) == (16, old.words, old.standort)
    after = Sprechstunde.objects.values().get(pk=offer.pk)
    assert {**after, "modified_at": None} == {**before, "modified_at": None}


def test_lists_are_narrowed_by_own_places_only(world: World) -> None:
    page = get("/admin/sprechstunden/sprechstunde/", world.clients["office"])
    everything = get("/admin/sprechstunden/sprechstunde/", world.clients["coordination"])

    links = [[link.get("href") or "" for link in one.all("a")] for one in (page, everything)]

    narrowed = [{href for href in some if "office__id__exact" in href} for some in links]
    assert [len(hrefs) for hrefs in narrowed] == [1, 2]
