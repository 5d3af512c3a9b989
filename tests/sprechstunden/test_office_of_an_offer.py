"""Times without a place of their own are at the office of their offer: another office must not move past dates."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Sprechstunde
from tests.factories import make_office, make_partner, make_schedule, make_sprechstunde, make_standort, make_undated
from tests.offer_form import change_url, open_form, send, staff_client
from tests.pages import NOW, FormData

pytestmark = pytest.mark.django_db
STAYS = (
    "Zeiten dieses Angebots haben keinen eigenen Ort und sind deshalb in seinem Büro, auch an vergangenen Tagen. "
    "Bitte setzen Sie den letzten Tag und kopieren Sie das Angebot für das andere Büro."
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return staff_client()


@pytest.fixture
def offer() -> Sprechstunde:
    return make_sprechstunde()


@pytest.mark.parametrize("to", ["office", "partner"])
def test_the_office_stays_where_past_dates_would_move_with_it(staff: Client, offer: Sprechstunde, to: str) -> None:
    make_schedule(offer, standort=None, valid_until=date(2026, 11, 1))
    make_schedule(offer, standort=make_standort(), valid_from=date(2026, 11, 2))
    other = make_office("Eving") if to == "office" else make_partner()
    typed: FormData = {"office": "", to: str(other.pk)}

    page = send(staff, change_url(offer), open_form(staff, change_url(offer)) | typed)

    assert STAYS in page.text()
    assert Sprechstunde.objects.get().office == offer.office


def test_something_else_can_be_changed_there(staff: Client, offer: Sprechstunde) -> None:
    make_schedule(offer, standort=None)

    response = staff.post(change_url(offer), open_form(staff, change_url(offer)) | {"kind": "phone"})

    assert (response.status_code, Sprechstunde.objects.get().kind) == (302, "phone")


def test_the_office_is_free_where_no_past_date_depends_on_it(staff: Client, offer: Sprechstunde) -> None:
    make_schedule(offer, standort=make_standort(), valid_until=date(2026, 6, 1))
    make_undated(offer, standort=None, valid_from=date(2026, 6, 2))
    make_schedule(offer, standort=None, valid_from=NOW.date() + timedelta(7))
    make_schedule(standort=None)
    other = make_office("Eving")

    response = staff.post(change_url(offer), open_form(staff, change_url(offer)) | {"office": str(other.pk)})

    offer.refresh_from_db()
    assert (response.status_code, offer.office) == (302, other)
