"""A date that is put where another offer is, or its team, is saved, and the page says so."""

from datetime import time

import pytest
from django.test import Client

from sprechstunden.models import Change, Schedule
from tests.factories import make_partner, make_schedule, make_sprechstunde, make_standort
from tests.today_pages import ADD, CHANGE, about, extra, moved, post

pytestmark = pytest.mark.django_db


def test_what_other_offers_do_in_the_same_room_is_named(staff: Client, tuesdays: Schedule) -> None:
    partner = make_sprechstunde(partner=make_partner())
    make_schedule(partner, standort=tuesdays.standort, weekdays=("WE",), opens=time(15), closes=time(17))

    pages = [post(staff, CHANGE, moved(tuesdays)), post(staff, ADD, extra(tuesdays, opens="16:00", closes="18:00"))]

    what = "Der Raum ist belegt: Sprechstunde, Mengede/Huckarde, 15:00 bis 17:00."
    sentence = f"{what} Der Termin ist trotzdem gespeichert."
    assert [sentence in page.text() for page in pages] == [True, True]
    assert Change.objects.count() == 2


def test_the_same_team_at_another_place_is_named_and_what_is_side_by_side_is_not(
    staff: Client, tuesdays: Schedule
) -> None:
    marten = make_standort("Marten")
    other = make_sprechstunde(office=tuesdays.sprechstunde.office)
    make_schedule(other, standort=marten, weekdays=("WE",), opens=time(15), closes=time(17))

    apart = post(staff, ADD, extra(tuesdays, opens="13:00", closes="15:00"))
    page = post(staff, CHANGE, moved(tuesdays, opens="15:00", closes="16:00"))

    sentence = "Dasselbe Team ist anderswo: Sprechstunde, Marten, 15:00 bis 17:00."
    assert [sentence in one.text() for one in (apart, page)] == [False, True]


def test_what_is_off_is_in_nobodys_way(staff: Client, tuesdays: Schedule) -> None:
    make_schedule(make_sprechstunde(partner=make_partner()), standort=tuesdays.standort)

    page = post(staff, CHANGE, about(tuesdays, reason="training"))

    assert "belegt" not in page.text()
