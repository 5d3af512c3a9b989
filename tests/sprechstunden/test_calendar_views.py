"""Calendar feeds as clients ask for them."""

import gzip
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from sprechstunden.models import ChangeKind, Schedule
from sprechstunden.occurrences import BERLIN
from standorte.models import Standort
from tests.factories import make_change, make_closure, make_partner, make_schedule, make_sprechstunde, make_standort
from tests.pages import NOW, get

pytestmark = pytest.mark.django_db
ALL = "/kalender/alle.ics"
MARTEN = "/kalender/marten.ics"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def marten() -> Standort:
    standort = make_standort()
    make_schedule(standort=standort)
    return standort


@pytest.mark.usefixtures("marten")
@pytest.mark.parametrize(
    ("query", "start"),
    [("", "Sprechstunde · "), ("?sprache=de", "Sprechstunde · "), ("?sprache=en", "Consultation hour · ")],
)
def test_the_language_is_that_of_the_address_never_that_of_the_browser(query: str, start: str) -> None:
    response = Client().get(f"{MARTEN}{query}", headers={"Accept-Language": "ar"})

    (event,) = Calendar.from_ical(response.content).events
    assert event["summary"] == f"{start}Marten"


@pytest.mark.usefixtures("marten")
def test_a_calendar_is_named_after_its_place_and_links_to_this_site() -> None:
    calendars = [Calendar.from_ical(Client().get(path).content) for path in (ALL, MARTEN)]

    assert [calendar["name"] for calendar in calendars] == ["lokal willkommen Dortmund", "lokal willkommen Marten"]
    for calendar in calendars:
        (event,) = calendar.events
        assert event["url"] == f"http://testserver/de/sprechstunden/{Schedule.objects.get().sprechstunde_id}/"


@pytest.mark.parametrize(
    "path",
    [
        "/kalender/nirgends.ics",
        "/kalender/verborgen.ics",
        "/kalender/ma%00rten.ics",
        "/kalender/.ics",
        "/kalender/",
        "/kalender/marten",
        "/kalender/marten.ics?sprache=klingonisch",
        "/kalender/marten.ics?sprache=",
        "/kalender/marten.ics?sprache=%00",
        "/kalender/marten.ics?sprache=de&sprache=DE",
        "/kalender/alle.ics?sprache=xx",
        "/de/kalender/alle.ics",
    ],
)
@pytest.mark.usefixtures("marten")
def test_a_calendar_that_there_is_not_is_answered_404(path: str) -> None:
    make_standort("Verborgen", is_published=False)

    assert get(path).response.status_code == 404


@pytest.mark.usefixtures("marten")
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_the_calendar_already_gets_nothing_new(encoding: str) -> None:
    first = Client().get(ALL, headers={"Accept-Encoding": encoding})
    headers = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"], "Accept-Language": "ar"}

    again = Client().get(ALL, headers=headers)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"].removeprefix("W/") == first.headers["ETag"].removeprefix("W/")
    assert again.headers["Content-Language"] == "de"
    assert first.headers.get("Content-Encoding", "identity") == encoding
    body = gzip.decompress(first.content) if encoding == "gzip" else first.content
    assert len(Calendar.from_ical(body).events) == 1


@pytest.mark.usefixtures("marten")
def test_a_cancelled_date_is_in_the_next_answer() -> None:
    before = Client().get(MARTEN)
    make_change(Schedule.objects.get(), date(2026, 12, 1))

    after = Client().get(MARTEN, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert [str(event["summary"]) for event in Calendar.from_ical(after.content).events] == [
        "Sprechstunde · Marten",
        "Fällt aus: Sprechstunde · Marten",
    ]


@pytest.mark.usefixtures("marten")
def test_the_calendar_stays_the_same_until_the_month_ends() -> None:
    tags = []
    for moment in (datetime(2026, 11, 30, 23, 59, tzinfo=BERLIN), datetime(2026, 12, 1, 0, 0, tzinfo=BERLIN)):
        with time_machine.travel(moment, tick=False):
            tags.append(Client().get(ALL).headers["ETag"])

    assert Client().get(ALL).headers["ETag"] == tags[0] != tags[1]


@pytest.mark.usefixtures("marten")
def test_a_calendar_is_read_only() -> None:
    assert [Client().post(path).status_code for path in (ALL, MARTEN)] == [405, 405]
    assert Client(enforce_csrf_checks=True).head(ALL).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [(ALL, 7), (MARTEN, 8)])
def test_a_calendar_asks_a_fixed_number_of_queries(
    path: str, queries: int, count: int, marten: Standort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    partners = [make_partner()]
    for number in range(count):
        schedule = make_schedule(make_sprechstunde(), standort=marten)
        make_change(schedule, date(2026, 12, 1), ChangeKind.MOVED, standort=make_standort(f"Ort {number}"))
        make_closure(date(2027, 1, 5), date(2027, 1, 9), standorte=[marten], partners=partners)

    with django_assert_num_queries(queries):
        assert Client().get(path).status_code == 200
