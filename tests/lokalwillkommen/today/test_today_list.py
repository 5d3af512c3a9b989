"""Today: which dates stand there, in which order, and what the page costs."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from sprechstunden.models import ChangeKind, Schedule, Sprechstunde
from standorte.models import Standort
from standorte.texts import Text
from tests.factories import (
    OFFICE,
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
    make_user,
)
from tests.pages import get
from tests.today_pages import (
    CHANGE,
    NEXT_TUESDAY,
    NOW,
    TODAY,
    TUESDAY,
    about,
    anchor,
    cards,
    logged_in,
)

pytestmark = pytest.mark.django_db


def test_the_page_lists_today_and_the_next_days_with_why(staff: Client, tuesdays: Schedule) -> None:
    page = get(TODAY, staff)

    assert (page.response.status_code, page.root.get("lang")) == (200, "de")
    assert page.text(page.all("h1")[0]) == "Heute"
    assert [card.partition(" Fällt aus")[0] for card in cards(page)] == [
        "10:00 – 12:00 Sprechstunde Mengede/Huckarde Findet statt Nach der Regel: jeden Dienstag"
    ] * 3
    assert page.response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert tuesdays.changes.count() == 0


def test_the_page_is_narrowed_by_offer_place_and_days_and_stays_so(staff: Client, tuesdays: Schedule) -> None:
    marten = make_schedule(make_sprechstunde(title=Text("Café")), standort=make_standort("Marten"), opens=time(11))
    make_undated(make_sprechstunde(partner=make_partner()), standort=None)
    queries = ("", f"?sprechstunde={marten.sprechstunde_id}", "?standort=marten", "?tage=1", "?standort=marten&tage=30")

    counts = [len(cards(get(TODAY + query, staff))) for query in queries]

    assert counts == [6, 3, 3, 2, 5]
    response = staff.post(f"{CHANGE}?standort=marten", about(marten, reason="event"))
    assert response.headers["Location"] == f"{TODAY}?standort=marten#{anchor(marten)}"
    assert tuesdays.changes.count() == 0


@pytest.mark.parametrize(
    "query",
    ["sprechstunde=x", f"sprechstunde={'9' * 30}", "standort=nirgends", "tage=0", "tage=999", "tage=%00", "seite=x"],
)
def test_words_that_are_not_understood_do_not_narrow(staff: Client, tuesdays: Schedule, query: str) -> None:
    page = get(f"{TODAY}?{query}", staff)

    assert (page.response.status_code, len(cards(page))) == (200, 3)
    assert tuesdays.changes.count() == 0


def test_today_shows_what_is_on_and_not_what_is_over(staff: Client) -> None:
    make_schedule(opens=time(7), closes=time(9))
    make_schedule(opens=time(8), closes=time(11), confirmed_on=TUESDAY)
    make_schedule(opens=time(23), weekdays=("WE",), closes=time(23, 30))

    page = get(f"{TODAY}?tage=1", staff)

    assert [card.partition(" Nach")[0] for card in cards(page)] == [
        "08:00 – 11:00 Sprechstunde Mengede/Huckarde Läuft gerade, bis 11:00 Uhr",
        "23:00 – 23:30 Sprechstunde Mengede/Huckarde Geplant, noch nicht bestätigt",
    ]


def test_what_was_confirmed_long_ago_takes_place_until_it_counts_no_longer(staff: Client) -> None:
    make_schedule(confirmed_on=TUESDAY - timedelta(days=120))
    make_schedule(opens=time(14), closes=time(15), confirmed_on=TUESDAY - timedelta(days=220))

    page = get(f"{TODAY}?tage=1", staff)

    assert [card.partition(" Nach")[0] for card in cards(page)] == [
        "10:00 – 12:00 Sprechstunde Mengede/Huckarde Findet statt",
        "14:00 – 15:00 Sprechstunde Mengede/Huckarde Geplant, noch nicht bestätigt",
    ]


def test_an_empty_time_says_so(staff: Client) -> None:
    words = get(TODAY, staff).text()

    assert ("Heute ist kein Termin mehr." in words, "In diesem Zeitraum ist kein Termin." in words) == (True, True)


def test_what_was_decided_stays_on_top_for_a_day(staff: Client, tuesdays: Schedule) -> None:
    foreign = make_schedule(make_sprechstunde(office=make_office("Eving")))
    make_change(tuesdays, NEXT_TUESDAY, decided_at=NOW - timedelta(hours=23))
    make_change(tuesdays, date(2027, 3, 2), ChangeKind.HELD, decided_at=NOW - timedelta(hours=1))
    make_change(tuesdays, date(2027, 3, 9), decided_at=NOW - timedelta(hours=24))
    make_change(foreign, NEXT_TUESDAY, decided_at=NOW)
    assert tuesdays.standort is not None
    colleague = logged_in(tuesdays.standort, email="colleague@example.org")

    pages = [get(TODAY, client) for client in (staff, colleague)]

    found = [[page.text(one) for one in page.root.iter() if one.get("class") == "fresh__change"] for page in pages]
    held = "Dienstag, 2. März 2027: Mengede/Huckarde – findet trotzdem statt"
    off = "Dienstag, 1. Dezember 2026: Mengede/Huckarde – fällt aus (Fortbildung)"
    words = [[one.partition(" Zurücknehmen")[0] for one in some] for some in found]
    assert [len(words[0]), words[0][1:], words[1]] == [3, [held, off], [held, off]]


def test_long_lists_are_paged_and_today_stands_on_the_first_page(staff: Client) -> None:
    for number in range(31):
        make_schedule(make_sprechstunde(), opens=time(10, number))

    first, second = get(TODAY, staff), get(f"{TODAY}?seite=2", staff)

    assert (len(cards(first)), len(cards(second))) == (40, 40)
    assert ["Termine heute" in page.text() for page in (first, second)] == [True, False]


def test_more_dates_today_than_fit_on_one_page_go_on_on_the_next(staff: Client) -> None:
    for number in range(41):
        make_schedule(make_sprechstunde(), opens=time(10, number), valid_until=TUESDAY)

    pages = [get(f"{TODAY}?seite={number}", staff) for number in (1, 2)]

    assert [[card[:13] for card in cards(page)] for page in pages] == [
        [f"10:{number:02} – 12:00" for number in range(40)],
        ["10:40 – 12:00"],
    ]
    said = ["In diesem Zeitraum ist kein Termin." in page.text() for page in pages]
    assert (["Termine heute" in page.text() for page in pages], said) == ([True, True], [False, True])


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_costs_the_same_however_many_dates_there_are(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office("Eving")
    client = logged_in(office)
    for number in range(count):
        place, user = make_standort(f"Ort {number}"), make_user(f"u{number}@example.org")
        schedule = make_schedule(make_sprechstunde(office=office), opens=time(10, number), standort=place)
        make_change(schedule, TUESDAY, ChangeKind.MOVED, standort=office, decided_by=user)
    make_closure(NEXT_TUESDAY, NEXT_TUESDAY)

    # Session, account, places looked after; times, changes, four for closures; places to choose.
    with django_assert_num_queries(11):
        page = get(TODAY, client)

    assert len(cards(page)) == count * 4


def test_extra_dates_are_for_offers_whose_times_have_not_ended(staff: Client, tuesdays: Schedule) -> None:
    make_schedule(make_sprechstunde(office=make_office("Eving")), valid_until=TUESDAY - timedelta(1))
    make_schedule(make_sprechstunde(partner=make_partner()), standort=None, valid_until=TUESDAY)
    make_undated(make_sprechstunde(), standort=None)

    page = get(TODAY, staff)

    options = page.by_id("zusatz-sprechstunde").iter("option")
    assert [page.text(found) for found in options] == [
        "Bitte wählen",
        "Diakonie: Sprechstunde, jeden Dienstag 10:00 – 12:00",
        "Mengede/Huckarde: Sprechstunde, jeden Dienstag 10:00 – 12:00",
        "Mengede/Huckarde: Sprechstunde, Keine festen Zeiten bekannt",
    ]
    assert tuesdays.changes.count() == 0


def test_times_of_ones_own_places_that_end_soon_are_named(staff: Client, tuesdays: Schedule) -> None:
    make_schedule(make_sprechstunde(office=make_office("Eving")), valid_until=TUESDAY + timedelta(42))
    Schedule.objects.filter(pk=tuesdays.pk).update(valid_until=TUESDAY + timedelta(14))
    User.objects.get().standorte.set(Standort.objects.filter(name=OFFICE))
    User.objects.update(role=Role.OFFICE)

    page = get(TODAY, staff)

    (ending,) = (found for found in page.all("section") if found.get("class") == "ending")
    assert page.text(ending) == (
        "Diese Zeiten enden bald oder sind zu Ende Sprechstunde (Mengede/Huckarde): "
        "Endet am Dienstag, 8. Dezember 2026, danach ist nichts eingetragen."
    )


def test_changes_of_offers_out_of_sight_break_no_page_with_very_many_times(staff: Client, tuesdays: Schedule) -> None:
    hidden = make_schedule(make_sprechstunde(is_published=False))
    make_change(hidden, TUESDAY)
    make_change(tuesdays, TUESDAY)
    offers = Sprechstunde.objects.bulk_create(Sprechstunde(office=tuesdays.standort) for _number in range(501))
    Schedule.objects.bulk_create(
        Schedule(sprechstunde=offer, weekdays=("FR",), opens=time(9), closes=time(10), standort=tuesdays.standort)
        for offer in offers
    )

    page = get(TODAY, staff)

    fresh = [found for found in page.all("li") if (found.get("class") or "").startswith("fresh__change")]
    assert len(fresh) == 1
