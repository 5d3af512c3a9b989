"""A kept page is true to the second, and what breaks around it makes nothing false."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import DatabaseError, connection
from pytest_django import Settings

from sprechstunden.occurrences import BERLIN
from tests.factories import make_notice, make_schedule
from tests.kept_pages import NOW, PLACE, Portal
from tests.logs import Log

pytestmark = pytest.mark.django_db


def confirmed() -> None:
    make_schedule(confirmed_on=NOW.date())


def test_a_kept_page_says_open_from_the_first_second_to_the_last(traveller: time_machine.Traveller) -> None:
    confirmed()
    portal = Portal()
    opens, closes = (datetime(2026, 11, 24, hour, tzinfo=BERLIN) for hour in (10, 12))
    second, moment = timedelta(seconds=1), timedelta(microseconds=1)

    said = []
    for now in (NOW, opens - second, opens - moment, opens, closes - moment, closes, closes + second):
        traveller.move_to(now, tick=False)
        page = portal.get(PLACE)
        left, at_most = (int(found) for found in re.findall(r"=(\d+)", page.headers["Cache-Control"])[::-1])
        said.append(("Jetzt geöffnet" in page.text, left, at_most, portal.made))

    assert said == [
        (False, 1800, 1, 1),
        (False, 1, 1, 1),
        (False, 0, 0, 1),
        (True, 7200, 1, 2),
        (True, 0, 0, 2),
        (False, 12 * 3600, 1, 3),
        (False, 12 * 3600 - 1, 1, 3),
    ]


def test_a_cache_that_gives_what_is_over_is_not_believed(traveller: time_machine.Traveller) -> None:
    confirmed()
    portal = Portal()
    portal.get(PLACE)
    caches["default"]._expire_info = dict.fromkeys(caches["default"]._expire_info)  # type: ignore[attr-defined]  # noqa: SLF001  # its clock stands still
    traveller.move_to(NOW + timedelta(hours=1), tick=False)

    assert "Jetzt geöffnet" in portal.get(PLACE).text


def test_today_is_another_day_from_midnight_on(traveller: time_machine.Traveller) -> None:
    make_notice("Bis heute.", NOW.date(), NOW.date())
    portal = Portal()
    midnight = datetime(2026, 11, 25, tzinfo=BERLIN)

    said = []
    for now in (NOW, midnight - timedelta(seconds=1), midnight):
        traveller.move_to(now, tick=False)
        said.append("Bis heute." in portal.get("/de/").text)

    assert (said, portal.made) == ([True, True, False], 2)


def test_a_page_that_takes_longer_than_it_is_true_is_sent_but_not_kept(traveller: time_machine.Traveller) -> None:
    confirmed()
    moments = iter([NOW.timestamp(), NOW.timestamp() + 3600])
    portal = Portal()
    portal._application._clock = lambda: next(moments)  # type: ignore[attr-defined]  # noqa: SLF001
    traveller.move_to(NOW, tick=False)

    sent = portal.get(PLACE)

    assert (sent.status, sent.headers["Cache-Control"]) == (200, "no-cache")


def test_without_a_database_pages_go_on_while_they_are_true(traveller: time_machine.Traveller) -> None:
    confirmed()
    portal, cold = Portal(), Portal()
    known = portal.get(PLACE)

    def broken(*_arguments: object) -> None:
        raise DatabaseError

    with connection.execute_wrapper(broken):
        kept, unknown = portal.get(PLACE), cold.get("/de/")
        traveller.move_to(NOW + timedelta(hours=1), tick=False)
        later = portal.get(PLACE)

    assert (kept.status, kept.body) == (200, known.body)
    assert (unknown.status, later.status) == (500, 500)


def test_without_its_cache_the_portal_is_only_slower(settings: Settings, log: Log) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/dev/null/x"}
    }
    portal = Portal()

    sent = [portal.get("/de/") for _ in range(2)]

    assert ([one.status for one in sent], portal.made) == ([200, 200], 2)
    assert [line["message"] for line in log.lines if "message" in line] == [
        "The cache does not answer; pages are made without it."
    ]
