"""Pages about what people come for, with the real facts."""

from collections.abc import Iterator

import pytest
import time_machine

from sprechstunden.models import Schedule, Sprechstunde, Topic
from tests.pages import NOW, get
from tests.sprechstunden.cards import cards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
BIRTH = "/de/sprechstunden/themen/geburt/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_each_topic_has_a_page_that_start_and_offers_lead_to() -> None:
    offer = Sprechstunde.objects.get(key="marten-di")
    offer.topics.set(Topic.objects.all())
    addresses = [topic.get_absolute_url() for topic in Topic.objects.all()]

    for page in (get("/de/"), get(f"/de/sprechstunden/{offer.pk}/")):
        links = [link.get("href") for link in page.all("a")]
        assert [address for address in addresses if address not in links] == []
    assert {get(address).response.status_code for address in addresses} == {200}


def test_a_topic_shows_the_next_ten_dates_of_offers_for_it() -> None:
    work = Topic.objects.exclude(slug="geburt")[0]
    Sprechstunde.objects.exclude(key="marten-di").update(is_published=False)
    other = Sprechstunde.objects.get(key="lanstrop-do")
    Sprechstunde.objects.filter(pk=other.pk).update(is_published=True)
    other.topics.set([work])

    page = get(BIRTH)

    # Marten names no topics, so it serves all; Lanstrop only another one.
    assert {page.text(link) for card in cards(page) for link in card.iter("a")} == {"Marten"}
    assert len(cards(page)) == 10


def test_confirmed_dates_come_first_and_leave_less_room_for_others() -> None:
    Schedule.objects.filter(sprechstunde__key="marten-di").update(confirmed_on=NOW.date(), valid_until="2026-12-31")

    states = [card.get("data-state") for card in cards(get(BIRTH))]

    assert states == ["confirmed"] * 3 + ["planned"] * 7


def test_a_topic_leads_to_all_its_dates_and_to_the_other_topics() -> None:
    page = get(BIRTH)

    links = [link.get("href") for link in page.all("main")[0].iter("a")]
    assert "/de/sprechstunden/?thema=geburt" in links
    assert [link for link in links if link and "/themen/" in link] == [
        topic.get_absolute_url() for topic in Topic.objects.exclude(slug="geburt")
    ]


def test_without_dates_it_says_to_ask() -> None:
    Sprechstunde.objects.update(is_published=False)

    assert "Es sind keine Termine bekannt. Bitte fragen Sie nach." in get(BIRTH).text()


def test_a_topic_alone_names_no_others() -> None:
    Topic.objects.exclude(slug="geburt").update(is_sensitive=True)

    assert "Andere Themen" not in get(BIRTH).text()


@pytest.mark.usefixtures("official")
def test_a_sensitive_topic_is_in_no_search_engine_and_leads_to_no_list_that_does_not_know_it() -> None:
    Topic.objects.filter(slug="geburt").update(is_sensitive=True)
    work = Topic.objects.exclude(slug="geburt")[0]

    pages = {slug: get(f"/de/sprechstunden/themen/{slug}/") for slug in ("geburt", work.slug)}

    assert {slug: page.response.headers.get("X-Robots-Tag") for slug, page in pages.items()} == {
        "geburt": "noindex",
        work.slug: None,
    }
    links = {slug: [link.get("href") or "" for link in page.all("a")] for slug, page in pages.items()}
    filtered = {slug: [href for href in found if "thema=" in href] for slug, found in links.items()}
    assert filtered == {"geburt": [], work.slug: [f"/de/sprechstunden/?thema={work.slug}"]}


def test_an_offer_names_no_sensitive_topic() -> None:
    offer = Sprechstunde.objects.get(key="marten-di")
    work = Topic.objects.exclude(slug="geburt")[0]
    offer.topics.set(Topic.objects.filter(slug__in=("geburt", work.slug)))
    Topic.objects.filter(slug="geburt").update(is_sensitive=True)

    both = get(offer.get_absolute_url())
    offer.topics.remove(work)
    alone = get(offer.get_absolute_url())

    assert ["/themen/geburt/" in page.html for page in (both, alone)] == [False, False]
    assert ["Mit diesen Fragen kommen Menschen" in page.text() for page in (both, alone)] == [True, False]


def test_an_unknown_topic_is_not_there() -> None:
    assert get("/de/sprechstunden/themen/wetter/").response.status_code == 404


def test_a_cafe_that_names_no_topic_stands_in_for_no_advice() -> None:
    cafes = Sprechstunde.objects.filter(kind="meeting_place", topics=None)
    paths = {offer.get_absolute_url() for offer in cafes}

    linked = {link.get("href") for link in get("/de/sprechstunden/themen/geburt/").all("a")}
    cafes[0].topics.add(Topic.objects.get(slug="geburt"))
    after = {link.get("href") for link in get("/de/sprechstunden/themen/geburt/").all("a")}

    assert (len(paths) > 1, paths & linked) == (True, set())
    assert paths & after <= {cafe.get_absolute_url() for cafe in Sprechstunde.objects.filter(topics__slug="geburt")}
