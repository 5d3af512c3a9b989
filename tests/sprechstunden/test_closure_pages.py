"""What staff close is off on the public pages at the next request, with its reason; what they keep takes place."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Closure
from tests.factories import make_schedule, make_standort, make_user
from tests.pages import NOW, Page, get
from tests.sprechstunden.closure_page import ADD, TWO_WEEKS, delete_url, proposed

pytestmark = pytest.mark.django_db

CARDS = ("/{}/standorte/marten/", "/{}/sprechstunden/?woche=2026-12-07", "/{}/sprechstunden/?woche=2026-12-14")
LANSTROP = "/{}/standorte/lanstrop/"
REASON = {"de": "Fortbildung", "ar": "تدريب", "en": "training"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def _dates(page: Page) -> list[tuple[str, str, str]]:
    """Give moment, state and words of each date on a page."""
    cards = [found for found in page.root.iter() if "date-card" in (found.get("class") or "").split()]
    moments = [next(card.iter("time")).get("datetime", "") for card in cards]
    return [(when, card.get("data-state", ""), page.text(card)) for when, card in zip(moments, cards, strict=True)]


def _everything(language: str) -> list[list[tuple[str, str, str]]]:
    return [_dates(get(path.format(language))) for path in (*CARDS, LANSTROP)]


@pytest.mark.parametrize("language", list(REASON))
def test_a_closure_is_public_at_the_next_request_and_gone_at_the_one_after_it_is_deleted(
    staff: Client, language: str
) -> None:
    marten = make_schedule(standort=make_standort("Marten"), confirmed_on=date(2026, 11, 2))
    make_schedule(weekdays=("WE",), standort=make_standort("Lanstrop"), confirmed_on=date(2026, 11, 2))
    before = _everything(language)

    _page, data = proposed(staff, TWO_WEEKS | {"whole_network": [], "standorte": [str(marten.standort_id)]})
    seen_by_residents_meanwhile = _everything(language)
    staff.post(ADD, data | {"keep": [f"{marten.uid} 2026-12-15"]})
    closed = _everything(language)
    staff.post(delete_url(Closure.objects.get()), {"post": "yes"})

    off, kept = "2026-12-08T10:00+01:00", "2026-12-15T10:00+01:00"
    shown = {when: (state, words) for when, state, words in closed[0]}
    assert (shown[off][0], shown[kept][0]) == ("cancelled", "confirmed")
    assert (REASON[language] in shown[off][1], REASON[language] in shown[kept][1]) == (True, False)
    assert [one[:2] for one in closed[1]] == [(off, "cancelled"), ("2026-12-09T10:00+01:00", "confirmed")]
    assert [one[1] for one in closed[2]] == ["confirmed", "confirmed"]
    assert closed[3] == before[3]
    assert _everything(language) == before == seen_by_residents_meanwhile
