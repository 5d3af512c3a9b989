"""Every page leads to the form; pages of sensitive topics lead away."""

from collections.abc import Iterator

import pytest
import time_machine

from sprechstunden.models import Topic
from tests.factories import make_schedule, make_standort, make_topic
from tests.pages import NOW, Page, get

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def links(page: Page) -> list[str | None]:
    """Give where the links of a page lead."""
    return [link.get("href") for link in page.all("a")]


def ways_out(page: Page) -> list[tuple[str | None, str | None, str]]:
    """Give the links that leave at once: where to, what the next page learns, and their words."""
    found = [e for e in page.root.iter("p") if e.get("class") == "quick-exit"]
    return [(link.get("href"), link.get("rel"), page.text(link)) for one in found for link in one.iter("a")]


@pytest.mark.parametrize("path", ["", "standorte/", "ueber-uns/", "kontakt/", "nichts/"])
def test_every_page_leads_to_the_form(path: str) -> None:
    page = get(f"/de/{path}")

    assert "/de/kontakt/" in [link.get("href") for link in page.all("footer")[0].iter("a")]


@pytest.mark.parametrize("with_phone", [True, False])
def test_a_place_leads_to_the_form_with_itself_chosen(with_phone: bool) -> None:  # noqa: FBT001  # of a table
    marten = make_standort("Marten")
    if with_phone:
        marten.phones.create(number="0231 123456")

    page = get("/de/standorte/marten/")

    assert [link.get("href") for link in page.by_id("kontakt").iter("a")][-1] == "/de/kontakt/?ort=marten"


def test_whoever_takes_part_or_meets_a_barrier_finds_the_topic_chosen() -> None:
    topics = ("nachbarschaft", "vermieten", "ehrenamt", "organisation")

    offered = [link for link in links(get("/de/mitmachen/")) if link and "thema" in link]
    assert offered == [f"/de/kontakt/?thema={topic}" for topic in topics]
    assert "/de/kontakt/?thema=barriere" in links(get("/de/barrierefreiheit/"))


def test_privacy_says_what_the_forms_keep_and_for_how_long() -> None:
    page = get("/de/datenschutz/")

    text = page.text()
    assert "Es wird 90 Tage nach der Erledigung gelöscht, spätestens 180 Tage nach dem Eingang." in text
    assert "jede geheime Zahl wird am übernächsten Tag gelöscht" in text
    assert page.by_id("kontakt").tag == "h2"


def test_pages_of_a_sensitive_topic_have_a_way_out_and_others_have_none() -> None:
    topic, other = make_topic("Gewalt"), make_topic("Wohnen")
    Topic.objects.filter(pk=topic.pk).update(is_sensitive=True)
    offers = [make_schedule().sprechstunde for _number in range(3)]
    offers[0].topics.set([topic, other])
    offers[1].topics.set([other])

    out = [("https://www.wikipedia.org/", "noreferrer", "Seite schnell verlassen")]
    assert ways_out(get(topic.get_absolute_url())) == out
    assert ways_out(get(f"/de/sprechstunden/{offers[0].pk}/")) == out
    assert ways_out(get(f"/de/sprechstunden/?thema={topic.slug}")) == []
    for path in (other.get_absolute_url(), *(f"/de/sprechstunden/{offer.pk}/" for offer in offers[1:])):
        assert ways_out(get(path)) == []
