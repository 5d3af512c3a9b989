"""What search engines read of places and offers: what is confirmed, as the page says it, and nothing else."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import Element

import pytest
import time_machine
from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, rruleset, weekday
from django.utils.translation import override

from sprechstunden import timetable
from sprechstunden.entries import Entry, EntryState
from sprechstunden.models import ChangeKind, Frequency, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from sprechstunden.templatetags.timetable import DATES_PER_PLACE
from sprechstunden.views import DATES_PER_OFFER
from standorte.models import Standort
from tests.factories import make_called_off, make_change, make_closure
from tests.jsonld import Data, json_ld
from tests.pages import NOW, Page, get

SCHEMA = "https://schema.org/Event"
WEEKDAYS = {name: weekday(number) for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
# An hour of Marten, the days before Christmas, the days before Easter.
MOMENTS = [
    datetime(2026, 12, 1, 10, 30, tzinfo=BERLIN),
    datetime(2026, 12, 20, 12, 0, tzinfo=BERLIN),
    datetime(2027, 3, 22, 7, 0, tzinfo=BERLIN),
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]


@pytest.fixture
def busy_network() -> None:
    """All times are confirmed, some are of a harder kind; dates are cancelled, moved, added and closed in all ways."""
    Schedule.objects.update(confirmed_on=date(2026, 11, 2))
    marten = Schedule.objects.get(standort__slug="marten")
    monthly = Schedule.objects.filter(frequency=Frequency.MONTHLY)
    monthly.update(positions=("1", "-1"), follows_school_holidays=True)
    lanstrop = Schedule.objects.get(standort__slug="lanstrop")
    lanstrop.weekdays, lanstrop.interval, lanstrop.anchor = ("TU", "TH"), 2, date(2026, 11, 24)
    lanstrop.save()
    moved, there = ChangeKind.MOVED, lanstrop.standort
    make_change(marten, date(2026, 12, 1), moved, new_day=date(2026, 12, 2), opens=time(9), closes=time(11))
    make_change(marten, date(2026, 12, 15), moved, standort=there)
    make_change(marten, date(2026, 12, 8), ChangeKind.EXTRA, opens=time(8), closes=time(9), standort=there)
    make_change(lanstrop, date(2026, 12, 8))
    # To a day on which the network is closed.
    make_change(lanstrop, date(2026, 12, 22), moved, new_day=date(2026, 12, 29), opens=time(15), closes=time(16))
    make_change(lanstrop, date(2026, 12, 24), ChangeKind.HELD)
    make_closure(date(2026, 12, 28), date(2026, 12, 30))
    # Off where people were told that they are.
    for off in (
        make_change(marten, date(2026, 12, 22), moved, new_day=date(2026, 12, 21), opens=time(9), closes=time(10)),
        make_change(marten, date(2026, 12, 3), ChangeKind.EXTRA, opens=time(8), closes=time(9), standort=there),
    ):
        make_called_off(off)


def events(data: Data, name: str) -> list[tuple[str, str, str, str]]:
    """Give offer, beginning, end and status of each date."""
    return [(found["url"], found["startDate"], found["endDate"], found["eventStatus"]) for found in data.get(name, [])]


def by_engine(entries: tuple[Entry, ...]) -> list[tuple[str, str, str, str]]:
    """Give what the engine says of confirmed dates; one that was moved is where it went, and is said once."""
    said = []
    for entry in entries:
        there = entry.goes_to if entry.shown_as is EntryState.MOVED else entry
        assert there is not None
        is_other_time = there.moved_from not in {None, there.starts}
        status = "Rescheduled" if is_other_time else "Scheduled" if there.takes_place else "Cancelled"
        url = f"http://testserver/de/sprechstunden/{there.sprechstunde.pk}/"
        starts, ends = (moment.isoformat("T", "minutes") for moment in (there.starts, there.ends))
        said.append((url, starts, ends, SCHEMA + status))
    return list(dict.fromkeys(said))


def on_page(page: Page) -> set[tuple[str, bool]]:
    """Give when each date under the heading of confirmed ones begins, where it is now, and whether it takes place."""
    lists = [found for found in page.by_id("termine").iter("ul") if found.get("class") == "days"]
    confirmed = [found for found in lists if found.get("data-state") is None]
    cards = [card for found in confirmed for card in found.iter("li") if card.get("class") == "date-card"]
    return {(_begins(card), card.get("data-state") != "cancelled") for card in cards}


def _begins(card: Element) -> str:
    times = [found.get("datetime", "") for found in card.iter("time")]
    return times[1] if card.get("data-state") == "moved" else times[0]


@pytest.fixture(params=MOMENTS, ids=str)
def now(request: pytest.FixtureRequest) -> Iterator[datetime]:
    moment: datetime = request.param
    with time_machine.travel(moment, tick=False):
        yield moment


@pytest.mark.usefixtures("busy_network")
def test_dates_and_hours_of_every_place_are_those_of_the_engine_and_of_its_page(now: datetime) -> None:
    places = list(Standort.objects.published())
    outlooks = timetable.outlooks(places, now, DATES_PER_PLACE)

    for place in places:
        page = get(f"/de/standorte/{place.slug}/")
        data = json_ld(page)
        confirmed = outlooks[place.pk].confirmed
        assert events(data, "event") == by_engine(confirmed), place
        assert _as_on_page(data, "event") == on_page(page), place
        assert data.get("openingHoursSpecification", []) == [
            {
                "@type": "OpeningHoursSpecification",
                "validFrom": f"{entry.day}",
                "validThrough": f"{entry.day}",
                "opens": f"{entry.starts:%H:%M}",
                "closes": f"{entry.ends:%H:%M}",
            }
            for entry in confirmed
            if entry.takes_place and entry.sprechstunde.kind not in {"phone", "by_appointment"}
        ], place


@pytest.mark.usefixtures("busy_network")
def test_dates_and_rule_of_every_offer_are_those_of_the_engine_and_of_its_page(now: datetime) -> None:
    by_rule = 0
    for offer in Sprechstunde.objects.published():
        versions = list(timetable.versions(timetable.schedules_of(offer), now.date()))
        confirmed = timetable.outlook(versions, now, DATES_PER_OFFER).confirmed
        held = {entry.starts for entry in confirmed if entry.takes_place and not (entry.moved_from or entry.is_extra)}

        page = get(f"/de/sprechstunden/{offer.pk}/")

        data = json_ld(page)
        assert events(data, "subEvent") == by_engine(confirmed), offer.pk
        assert _as_on_page(data, "subEvent") == on_page(page), offer.pk
        assert {moment for rule in data.get("eventSchedule", []) for moment in _expanded(rule)} == held, offer.pk
        by_rule += len(held)
    assert by_rule > 40


def _as_on_page(data: Data, name: str) -> set[tuple[str, bool]]:
    return {(starts, status != f"{SCHEMA}Cancelled") for _url, starts, _ends, status in events(data, name)}


def _expanded(schedule: Data) -> Iterator[datetime]:
    """Give the dates of a Schedule by dateutil."""
    amount, unit = int(schedule["repeatFrequency"][1:-1]), schedule["repeatFrequency"][-1]
    first = datetime.fromisoformat(f"{schedule['startDate']}T{schedule['startTime']}")
    found = rruleset()
    found.rrule(
        rrule(
            WEEKLY if unit == "W" else MONTHLY,
            dtstart=first,
            interval=amount,
            byweekday=[WEEKDAYS[day[-2:]](int(day[:-2])) if day[:-2] else WEEKDAYS[day] for day in schedule["byDay"]],
            until=datetime.fromisoformat(schedule["endDate"]) + timedelta(days=1),
            wkst=MO,
        )
    )
    for day in schedule.get("exceptDate", []):
        found.exdate(datetime.fromisoformat(f"{day}T{schedule['startTime']}"))
    assert schedule["scheduleTimezone"] == "Europe/Berlin"
    return (moment.replace(tzinfo=BERLIN) for moment in found)


def test_as_long_as_nothing_is_confirmed_only_names_and_addresses_of_pages_are_said() -> None:
    rows = (*Standort.objects.published(), *Sprechstunde.objects.published())
    paths = [row.get_absolute_url() for row in rows]

    with time_machine.travel(NOW, tick=False):
        found = [set(json_ld(get(path))) for path in paths]

    assert found == [{"@context", "@type", "name", "url"}] * len(paths)


def test_beside_confirmed_times_those_nobody_has_confirmed_are_not_said() -> None:
    confirmed = Schedule.objects.filter(standort__slug="hoerde-hombruch", frequency=Frequency.WEEKLY).first()
    assert confirmed is not None
    Schedule.objects.filter(pk=confirmed.pk).update(confirmed_on=date(2026, 11, 2))

    with time_machine.travel(NOW, tick=False):
        data = json_ld(get("/de/standorte/hoerde-hombruch/"))

    with override("de"):
        assert {event["url"] for event in data["event"]} == {
            f"http://testserver{confirmed.sprechstunde.get_absolute_url()}"
        }
