"""How places, offers and dates are put into the words of schema.org."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine

from sprechstunden.models import ChangeKind, Frequency, SprechstundeKind
from sprechstunden.occurrences import BERLIN
from standorte.models import FactGroup, Kind, Phone, Standort, StandortEvidence
from standorte.texts import Text
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
)
from tests.jsonld import Data, json_ld
from tests.pages import get

pytestmark = pytest.mark.django_db
CONFIRMED = date(2026, 11, 2)
# Lines that never come from a template: they would end the element, or begin another.
NASTY = 'A </script><script>alert("1")</script><!-- &amp; \u2028 \\u003c'


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 8, 0, tzinfo=BERLIN), tick=False):
        yield


def of_place(standort: Standort, language: str = "de") -> Data:
    """Give the data of a place's page."""
    return json_ld(get(f"/{language}/standorte/{standort.slug}/"))


def confirm(standort: Standort, *groups: FactGroup) -> None:
    """Confirm groups of facts of a place."""
    for group in groups:
        StandortEvidence.objects.create(standort=standort, group=group, confirmed_on=CONFIRMED)


@pytest.fixture
def office() -> Standort:
    """Give an office with all its facts, none of them confirmed."""
    made = make_office(street="Beispielweg 1", postal_code="44357", email="office@example.org")
    Phone.objects.create(standort=made, number="0231 50-00000")
    return made


def test_an_office_with_confirmed_facts_and_one_date(office: Standort) -> None:
    confirm(office, FactGroup.ADDRESS, FactGroup.CONTACT)
    offer = make_sprechstunde(office=office)
    make_schedule(offer, frequency=Frequency.ONCE, weekdays=(), anchor=date(2026, 12, 1), confirmed_on=CONFIRMED)

    place = {
        "@type": "GovernmentOffice",
        "name": "Mengede/Huckarde",
        "url": "http://testserver/en/standorte/mengede-huckarde/",
    }
    assert of_place(office, "en") == {
        "@context": "https://schema.org",
        **place,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Beispielweg 1",
            "postalCode": "44357",
            "addressLocality": "Dortmund",
            "addressCountry": "DE",
        },
        "telephone": ["+492315000000"],
        "email": "office@example.org",
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "validFrom": "2026-12-01",
                "validThrough": "2026-12-01",
                "opens": "10:00",
                "closes": "12:00",
            }
        ],
        "event": [
            {
                "@type": "Event",
                "name": "Consultation hour",
                "url": f"http://testserver/en/sprechstunden/{offer.pk}/",
                "startDate": "2026-12-01T10:00+01:00",
                "endDate": "2026-12-01T12:00+01:00",
                "eventStatus": "https://schema.org/EventScheduled",
                "location": place,
            }
        ],
    }


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ((), set()),
        ((FactGroup.GENERAL, FactGroup.LANGUAGES), set()),
        ((FactGroup.ADDRESS,), {"address"}),
        ((FactGroup.CONTACT,), {"telephone", "email"}),
    ],
)
def test_what_is_confirmed_is_said_group_by_group(
    office: Standort, groups: tuple[FactGroup, ...], said: set[str]
) -> None:
    confirm(office, *groups)
    rest = [group for group in FactGroup if group not in groups]
    StandortEvidence.objects.bulk_create(StandortEvidence(standort=office, group=group) for group in rest)

    assert set(of_place(office)) - {"@context", "@type", "name", "url"} == said


def test_an_address_without_a_street_is_none_and_a_room_of_others_is_no_office() -> None:
    room = make_standort("Marten", Kind.VENUE, postal_code="44379")
    confirm(room, FactGroup.ADDRESS, FactGroup.CONTACT)

    url = "http://testserver/de/standorte/marten/"
    assert of_place(room) == {"@context": "https://schema.org", "@type": "Place", "name": "Marten", "url": url}


def test_a_date_that_was_moved_says_when_it_was_and_one_at_another_place_says_where_it_is(office: Standort) -> None:
    room = make_standort("Marten", Kind.VENUE)
    times = make_schedule(make_sprechstunde(office=office), confirmed_on=CONFIRMED)
    moved, day = ChangeKind.MOVED, date(2026, 12, 1)
    make_change(times, date(2026, 11, 24), moved, new_day=date(2026, 11, 25), opens=time(9), closes=time(10))
    make_change(times, day, moved, standort=room)

    at_office = of_place(office)["event"][:2]
    (at_room,) = of_place(room)["event"]

    said = [{key: event.get(key) for key in ("startDate", "eventStatus", "previousStartDate")} for event in at_office]
    assert said == [
        {
            "startDate": "2026-11-25T09:00+01:00",
            "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": "2026-11-24T10:00+01:00",
        },
        {
            "startDate": "2026-12-01T10:00+01:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "previousStartDate": None,
        },
    ]
    assert (at_office[1]["location"]["name"], at_office[1]) == ("Marten", at_room)


def test_a_date_that_was_moved_to_where_it_is_off_or_held_back_is_cancelled(office: Standort) -> None:
    hidden = make_standort("Hidden", Kind.VENUE, is_published=False)
    times = make_schedule(make_sprechstunde(office=office), confirmed_on=CONFIRMED)
    make_change(times, date(2026, 11, 24), ChangeKind.MOVED, new_day=date(2026, 11, 25))
    make_closure(date(2026, 11, 25), date(2026, 11, 25))
    make_change(times, date(2026, 12, 1), ChangeKind.MOVED, standort=hidden)

    data = of_place(office)

    said = [
        (event["startDate"][:10], event["eventStatus"].removeprefix("https://schema.org/")) for event in data["event"]
    ]
    assert said[:3] == [
        ("2026-11-24", "EventCancelled"),
        ("2026-11-25", "EventCancelled"),
        ("2026-12-01", "EventCancelled"),
    ]
    assert {event["location"]["name"] for event in data["event"]} == {"Mengede/Huckarde"}
    assert {hours["validFrom"] for hours in data["openingHoursSpecification"]}.isdisjoint(
        day for day, _status in said[:3]
    )


def test_where_people_phone_there_is_a_date_but_no_place_and_no_hours(office: Standort) -> None:
    make_schedule(make_sprechstunde(SprechstundeKind.PHONE, office), confirmed_on=CONFIRMED)

    data = of_place(office)

    assert [set(event) for event in data["event"]] == [
        {"@type", "name", "url", "startDate", "endDate", "eventStatus"}
    ] * 3
    assert "openingHoursSpecification" not in data


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weekdays": ("TU", "TH")}, ("P1W", ["TU", "TH"])),
        ({"interval": 3, "anchor": date(2026, 11, 24)}, ("P3W", ["TU"])),
        ({"frequency": Frequency.MONTHLY, "positions": ("1", "-1")}, ("P1M", ["1TU", "-1TU"])),
    ],
)
def test_a_rule_is_said_with_its_days_and_without_those_that_are_off(fields: Data, said: tuple[str, list[str]]) -> None:
    times = make_schedule(confirmed_on=CONFIRMED, **fields)
    make_closure(date(2026, 12, 1), date(2026, 12, 1))

    data = json_ld(get(f"/de/sprechstunden/{times.sprechstunde.pk}/"))

    (rule,) = data["eventSchedule"]
    off = [event["startDate"][:10] for event in data["subEvent"] if event["eventStatus"].endswith("Cancelled")]
    assert (rule["repeatFrequency"], rule["byDay"]) == said
    assert rule.get("exceptDate", []) == off
    assert (rule["startTime"], rule["endTime"], rule["scheduleTimezone"]) == ("10:00", "12:00", "Europe/Berlin")
    assert (rule["startDate"], rule["endDate"]) == (
        data["subEvent"][0]["startDate"][:10],
        data["subEvent"][-1]["startDate"][:10],
    )


def test_a_rule_begins_with_its_own_first_date_not_with_one_that_was_moved_before_it() -> None:
    times = make_schedule(confirmed_on=CONFIRMED)
    make_change(
        times, date(2026, 11, 17), ChangeKind.MOVED, new_day=date(2026, 11, 23), opens=time(9), closes=time(11, 30)
    )

    data = json_ld(get(f"/de/sprechstunden/{times.sprechstunde.pk}/"))

    (rule,) = data["eventSchedule"]
    assert data["subEvent"][0]["startDate"] == "2026-11-23T09:00+01:00"
    assert (rule["startDate"], rule["startTime"], rule["endTime"]) == ("2026-11-24", "10:00", "12:00")


def test_a_single_day_is_no_rule_and_what_has_no_dates_says_none() -> None:
    once = make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=date(2026, 12, 1), confirmed_on=CONFIRMED)
    undated = make_undated(confirmed_on=CONFIRMED)

    found = [set(json_ld(get(f"/de/sprechstunden/{times.sprechstunde.pk}/"))) for times in (once, undated)]

    said = {"@context", "@type", "name", "url"}
    assert found == [said | {"subEvent"}, said]


def test_a_single_date_staff_have_set_is_said_beside_times_nobody_has_confirmed() -> None:
    times = make_schedule()
    make_change(times, date(2026, 12, 8), ChangeKind.MOVED, new_day=date(2026, 12, 9))
    make_change(times, date(2026, 12, 15), ChangeKind.HELD)

    data = json_ld(get(f"/de/sprechstunden/{times.sprechstunde.pk}/"))

    assert [(event["startDate"], event.get("previousStartDate")) for event in data["subEvent"]] == [
        ("2026-12-09T10:00+01:00", "2026-12-08T10:00+01:00"),
        ("2026-12-15T10:00+01:00", None),
    ]
    assert "eventSchedule" not in data


@pytest.mark.parametrize("language", ["de", "ar"])
def test_what_staff_type_cannot_end_the_element(language: str) -> None:
    times = make_schedule(make_sprechstunde(title=Text(NASTY)), confirmed_on=CONFIRMED)

    page = get(f"/{language}/sprechstunden/{times.sprechstunde.pk}/")

    assert len(page.all("script")) == 1
    assert json_ld(page)["name"] == NASTY
    (element,) = page.all("script")
    assert [letter for letter in "<>&\u2028" if letter in (element.text or "")] == []


def test_a_title_names_the_times_to_come_and_says_nothing_it_does_not_know() -> None:
    named = make_sprechstunde(title=Text("Café"))
    make_schedule(named, valid_until=date(2026, 11, 22))
    make_schedule(named, weekdays=("MO",), valid_from=date(2026, 11, 23))
    over = make_schedule(valid_until=date(2026, 11, 22))
    nowhere = make_undated(standort=None)

    offers = (named, over.sprechstunde, nowhere.sprechstunde)
    titles = [get(f"/de/sprechstunden/{offer.pk}/").all("title")[0].text for offer in offers]

    assert titles == [
        "Café · Mengede/Huckarde · jeden Montag 10:00 – 12:00 · lokal willkommen Dortmund",
        "Sprechstunde · lokal willkommen Dortmund",
        "Sprechstunde · lokal willkommen Dortmund",
    ]
