"""Times that nobody has confirmed for months: first pages say so, then they are only planned again."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.entries import Entry, EntryState
from sprechstunden.models import ChangeKind, Schedule
from sprechstunden.nearby import instead
from sprechstunden.occurrences import BERLIN
from sprechstunden.structured_data import place_data
from standorte.freshness import Freshness
from standorte.models import FactGroup, StandortEvidence
from tests.factories import make_change, make_office, make_schedule, make_standort
from tests.pages import Page, get
from tests.sprechstunden.reading import events, make_steady, raw, words, written

pytestmark = pytest.mark.django_db

CONFIRMED_ON = date(2026, 5, 26)
# Tuesdays, on which the hours are; the last day on which the confirmation counts is Thursday, 26 November.
FRESH, AGING, LAPSED = date(2026, 8, 25), date(2026, 11, 24), date(2026, 12, 1)
OLD_3 = "Zuletzt bestätigt am 26. Mai 2026, vor mehr als drei Monaten"
OLD_6 = "Zuletzt bestätigt am 26. Mai 2026, vor mehr als sechs Monaten"


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def place_page(day: date, hour: int = 9) -> Page:
    with time_machine.travel(at(day, hour), tick=False):
        return get("/de/standorte/mengede-huckarde/")


def states(page: Page) -> list[tuple[str, str]]:
    """Give the state beside the first date, by its shape and in words."""
    found = [one for one in page.by_id("termine").iter("p") if one.get("class") == "state"]
    (shape,) = (one.get("href", "") for one in found[0].iter() if one.tag.endswith("use"))
    return [(shape.removeprefix("#i-"), page.text(found[0]))]


@pytest.mark.parametrize(
    ("day", "state", "is_fresh"),
    [
        (FRESH, ("confirmed", "Bestätigt am 26. Mai 2026"), True),
        (AGING, ("aging", OLD_3), True),
        (LAPSED, ("planned", OLD_6), False),
    ],
)
def test_a_page_says_by_shape_and_words_how_long_ago_dates_were_confirmed(
    day: date,
    state: tuple[str, str],
    is_fresh: bool,  # noqa: FBT001  # a parameter of the table
) -> None:
    make_schedule(confirmed_on=CONFIRMED_ON)

    page, opened = place_page(day), place_page(day, 11)

    assert states(page) == [state]
    assert ("Geplant, nicht bestätigt" in page.text(page.by_id("termine"))) is not is_fresh
    assert ("Jetzt geöffnet" in opened.text()) is is_fresh


def test_facts_of_a_place_say_how_long_ago_they_were_confirmed() -> None:
    office = make_office(street="Am Amtshaus 1")
    StandortEvidence.objects.create(standort=office, group=FactGroup.ADDRESS, confirmed_on=CONFIRMED_ON)

    said = [
        [sentence for sentence in ("Bestätigt am 26. Mai 2026", OLD_3, OLD_6) if sentence in place_page(day).text()]
        for day in (FRESH, AGING, LAPSED)
    ]

    assert said == [["Bestätigt am 26. Mai 2026"], [OLD_3], [OLD_6]]


def test_search_engines_read_nothing_that_counts_no_longer() -> None:
    office = make_office(street="Am Amtshaus 1")
    StandortEvidence.objects.create(standort=office, group=FactGroup.ADDRESS, confirmed_on=CONFIRMED_ON)
    make_schedule(confirmed_on=CONFIRMED_ON)

    found = []
    for day in (AGING, LAPSED):
        with time_machine.travel(at(day), tick=False):
            office = type(office).objects.for_pages().get()
            data = place_data(office, timetable.outlooks([office], at(day), 1)[office.pk], "https://example.org")
            found.append(sorted(data.keys() & {"address", "event", "openingHoursSpecification"}))

    assert found == [["address", "event", "openingHoursSpecification"], []]


def test_what_counts_no_longer_stands_in_for_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    off = make_schedule()
    make_change(off, LAPSED)
    make_schedule(
        weekdays=("WE",), standort=make_standort("Marten", office=off.sprechstunde.office), confirmed_on=CONFIRMED_ON
    )

    now = at(date(2026, 11, 25))
    before, after = (list(instead(_all(moment), moment).values()) for moment in (now, at(date(2026, 11, 27))))

    assert ([str(entry.standort) for entry in before], after) == (["Marten"], [])
    off_then = _all(at(date(2026, 11, 27)))
    with django_assert_num_queries(1):  # nobody has confirmed anything that counts, so nothing is searched
        assert instead(off_then, at(date(2026, 11, 27))) == {}


def _all(now: datetime) -> list[Entry]:
    return timetable.dates(timetable.versions(timetable.all_schedules(), now.date()), LAPSED, LAPSED, now)


def test_what_staff_decided_about_one_date_counts_until_it_is_over() -> None:
    schedule = make_schedule(confirmed_on=CONFIRMED_ON)
    make_change(schedule, LAPSED, kind=ChangeKind.HELD, decided_at=at(CONFIRMED_ON))

    entries = timetable.dates(timetable.versions([schedule], LAPSED), LAPSED, date(2026, 12, 8), at(LAPSED, 11))

    assert [(entry.state, entry.freshness) for entry in entries] == [
        (EntryState.OPEN, Freshness.FRESH),
        (EntryState.PLANNED, Freshness.LAPSED),
    ]


def test_languages_stay_those_that_were_confirmed_with_the_times() -> None:
    place = make_standort("Marten", languages=("tr",))
    make_schedule(standort=place, confirmed_on=CONFIRMED_ON)

    assert [entry.languages for entry in _all(at(LAPSED))] == [()]


def test_a_feed_says_on_the_day_itself_that_a_confirmation_counts_no_longer_and_is_newer_then() -> None:
    schedule = make_steady(confirmed_on=CONFIRMED_ON)
    Schedule.objects.update(modified_at=at(CONFIRMED_ON))
    type(schedule.sprechstunde).objects.update(modified_at=at(CONFIRMED_ON))
    type(schedule.standort).objects.update(modified_at=at(CONFIRMED_ON))  # type: ignore[union-attr]  # it has one

    last, first = ((events(today=day)[0], written(today=day)) for day in (date(2026, 11, 26), date(2026, 11, 27)))

    assert [raw(one[0], "STATUS", "LAST-MODIFIED") for one in (last, first)] == [
        (":CONFIRMED", ":20261031T230000Z"),
        (":TENTATIVE", ":20261126T230000Z"),
    ]
    assert words(last[0])[0] == "Bestätigt am 26. Mai 2026"
    assert words(first[0])[:2] == [
        OLD_6,
        "Diese Termine kommen aus älteren Quellen. Bitte fragen Sie, bevor Sie hingehen.",
    ]
    assert first[0].sequence > last[0].sequence
    assert written(today=date(2026, 11, 30)).to_ical() == first[1].to_ical()
    assert raw(events(today=date(2026, 12, 1))[0], "LAST-MODIFIED") == (":20261130T230000Z",)


def test_whoever_has_the_feed_gets_304_until_the_day_on_which_something_lapses() -> None:
    make_steady(confirmed_on=CONFIRMED_ON)
    path, found = "/kalender/alle.ics", []
    with time_machine.travel(at(date(2026, 11, 20)), tick=False):
        etag = Client().get(path).headers["ETag"]

    for day in (date(2026, 11, 26), date(2026, 11, 27)):
        with time_machine.travel(at(day), tick=False):
            found.append(Client().get(path, headers={"If-None-Match": etag}).status_code)

    assert found == [304, 200]
