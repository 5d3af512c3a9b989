"""A date that was moved or added and is then off stays in view where people were told of it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
import time_machine

from sprechstunden.models import Change, ChangeKind
from sprechstunden.occurrences import BERLIN
from sprechstunden.self_check import compare
from standorte.models import Standort
from standorte.texts import Text
from tests.factories import make_called_off, make_change, make_schedule, make_sprechstunde, make_standort
from tests.jsonld import json_ld
from tests.pages import Page, get
from tests.sprechstunden.cards import cards
from tests.sprechstunden.reading import events, raw, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=BERLIN)
TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)
NOTE = Text("Wir lernen dazu.")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def marten() -> Standort:
    return make_standort("Marten")


def moved(marten: Standort) -> Change:
    """Move a Tuesday that nobody had confirmed to Thursday, at another hour and place."""
    times = make_schedule(make_sprechstunde(), valid_until=TUESDAY)
    where = {"new_day": THURSDAY, "opens": time(14), "closes": time(16), "standort": marten}
    return make_change(times, TUESDAY, ChangeKind.MOVED, **where)  # type: ignore[arg-type]  # each as said


def extra(marten: Standort) -> Change:
    """Add a Thursday."""
    times = make_schedule(make_sprechstunde(), valid_until=THURSDAY, weekdays=("MO",))
    return make_change(times, THURSDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16), standort=marten)


PLACED = pytest.mark.parametrize("placed", [moved, extra])


def on_thursday(page: Page) -> list[tuple[str, str]]:
    """Give state and words of the cards of Thursday."""
    found = [card for card in cards(page) if any("2026-11-26" in (e.get("datetime") or "") for e in card.iter("time"))]
    return [(card.get("data-state", ""), page.text(card)) for card in found]


@PLACED
def test_every_page_shows_it_as_cancelled_with_its_reason_its_note_and_an_alternative(
    marten: Standort, placed: Callable[[Standort], Change]
) -> None:
    change = placed(marten)
    make_schedule(make_sprechstunde(), weekdays=("FR",), standort=marten, confirmed_on=TUESDAY)
    make_called_off(change, note=NOTE)

    offer = change.schedule.sprechstunde.get_absolute_url()
    pages = [get("/de/standorte/marten/"), get(offer), get("/de/sprechstunden/")]

    for page in pages:
        ((state, said),) = on_thursday(page)
        assert (state, "Fällt aus: Veranstaltung Wir lernen dazu. Stattdessen: Freitag, 27. November" in said) == (
            "cancelled",
            True,
        ), said
    # It stands where people have read of it, not among dates that nobody is sure of.
    assert "nicht bestätigt" not in pages[0].text()


@PLACED
def test_paper_and_the_copy_that_is_kept_show_it_as_cancelled(
    marten: Standort, placed: Callable[[Standort], Change]
) -> None:
    make_called_off(placed(marten))

    copies = [get("/de/standorte/marten/"), get("/de/offline/")]

    lines = [[page.text(line) for line in page.root.iter("li") if "14:00" in page.text(line)] for page in copies]
    assert [found[-1] for found in lines] == ["Do, 26. Nov., 14:00 – 16:00 Fällt aus: Veranstaltung"] * 2


@PLACED
def test_search_engines_read_that_it_is_cancelled(marten: Standort, placed: Callable[[Standort], Change]) -> None:
    make_called_off(placed(marten))

    (event,) = json_ld(get("/de/standorte/marten/"))["event"]

    assert (event["startDate"], event["eventStatus"]) == (
        "2026-11-26T14:00+01:00",
        "https://schema.org/EventCancelled",
    )


def test_the_feed_of_a_moved_date_keeps_its_identity_on_the_day_people_were_told(marten: Standort) -> None:
    change = moved(marten)
    change.schedule.valid_until = None
    change.schedule.save()
    make_called_off(change, note=NOTE)

    _series, override = events()
    (single,) = events(marten)

    names = "DTSTART", "DTEND", "STATUS", "TRANSP", "SUMMARY"
    told = (
        ";TZID=Europe/Berlin:20261126T140000",
        ";TZID=Europe/Berlin:20261126T160000",
        ":CONFIRMED",
        ":TRANSPARENT",
        ":Fällt aus: Sprechstunde · Marten",
    )
    assert raw(override, "UID", "RECURRENCE-ID") == (
        f":{change.schedule.uid}",
        ";TZID=Europe/Berlin:20261124T100000",
    )
    assert raw(override, *names) == raw(single, *names) == told
    assert raw(single, "UID", "RECURRENCE-ID") == (f":{change.uid}", "")
    assert words(override)[:2] == ["Fällt aus: Veranstaltung", "Wir lernen dazu."]


def test_the_feed_of_an_extra_date_keeps_its_event(marten: Standort) -> None:
    change = extra(marten)
    make_called_off(change)

    (event,) = events(marten)

    assert raw(event, "UID", "DTSTART", "TRANSP", "SUMMARY") == (
        f":{change.uid}",
        ";TZID=Europe/Berlin:20261126T140000",
        ":TRANSPARENT",
        ":Fällt aus: Sprechstunde · Marten",
    )


@PLACED
def test_the_second_computation_says_the_same(marten: Standort, placed: Callable[[Standort], Change]) -> None:
    change = placed(marten)
    before = compare(TUESDAY, THURSDAY, NOW)
    make_called_off(change)

    after = compare(TUESDAY, THURSDAY, NOW)

    assert (before.differences, after.differences, after.dates) == ([], [], before.dates)


def test_the_old_day_of_a_moved_date_says_why_it_is_off_and_no_longer_where_to_go(marten: Standort) -> None:
    change = moved(marten)
    make_called_off(change)

    page = get("/de/standorte/mengede-huckarde/")

    assert [(card.get("data-state"), page.text(card)) for card in cards(page)] == [
        ("cancelled", "10:00 – 12:00 Sprechstunde Fällt aus: Veranstaltung"),
    ]
