"""What lists of an office cost: a fixed number of queries, with one place and with three hundred."""

from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lokalwillkommen.notices.models import Notice
from sprechstunden.models import Schedule, Sprechstunde
from standorte.models import Kind, Standort
from standorte.texts import Text
from tests.factories import make_closure, make_notice, make_office, make_schedule, make_sprechstunde, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

DAY = date(2026, 12, 1)
LISTS = (
    *("standorte/standort/", "standorte/textversion/", "sprechstunden/sprechstunde/", "sprechstunden/closure/"),
    *("sprechstunden/change/", "notices/notice/", "contact/message/", "contact/report/"),
)


def costs(client: Client) -> dict[str, int]:
    """Count the queries of each list."""
    found = {}
    for path in LISTS:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/admin/{path}").status_code == 200
        found[path] = len(queries)
    return found


def test_lists_of_an_office_cost_the_same_with_three_hundred_places() -> None:
    office = make_office()
    make_closure(DAY, DAY, standorte=[office])
    make_notice("Umzug", DAY, DAY, office)
    make_schedule(make_sprechstunde(office=office))
    client = Client()
    client.force_login(make_user("team@example.org", office))
    client.get("/admin/standorte/textversion/")  # what kinds of rows there are is asked once per process

    few = costs(client)
    places = Standort.objects.bulk_create(
        Standort(name=f"Ort {number}", slug=f"ort-{number}", kind=Kind.OUTREACH, office=office) for number in range(300)
    )
    offers = Sprechstunde.objects.bulk_create(Sprechstunde(office=office) for _place in places)
    Schedule.objects.bulk_create(
        Schedule(sprechstunde=offer, weekdays=("FR",), opens=time(9), closes=time(11), standort=place)
        for offer, place in zip(offers, places, strict=True)
    )
    notices = Notice.objects.bulk_create(
        Notice(text=Text(f"Hinweis {number}"), first=DAY, last=DAY) for number in range(60)
    )
    for notice, place in zip(notices, places, strict=False):
        notice.standorte.add(place)
        make_closure(DAY, DAY, standorte=[place])

    assert costs(client) == few
    assert max(few.values()) <= 12
