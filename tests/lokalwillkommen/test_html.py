"""The HTML of every page is right, checked by a validator of other people."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client

from sprechstunden.models import ChangeKind, Schedule, Sprechstunde
from tests.factories import make_change, make_closure
from tests.pages import NOW, PATHS
from tests.validation import faults

# The drill takes all the others.
LANGUAGES = ("de", "en", "ar")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network"), pytest.mark.sweep]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def answers(paths: list[str]) -> dict[str, str]:
    """Ask for pages and give their HTML."""
    client = Client()
    return {path: client.get(path).content.decode() for path in paths}


def test_the_validator_finds_nothing_on_any_public_page() -> None:
    offer = Sprechstunde.objects.published().first()
    assert offer is not None
    rest = ("nichts/", f"sprechstunden/{offer.pk}/")
    paths = [f"/{code}/{path}" for code in LANGUAGES for path in (*PATHS, *rest)]

    alone = {name: render_to_string(name) for name in ("400.html", "500.html")}
    assert faults(answers(paths) | alone) == {}


def test_the_validator_finds_nothing_where_dates_are_confirmed_moved_and_off() -> None:
    Schedule.objects.update(confirmed_on=date(2026, 11, 2))
    marten = Schedule.objects.get(standort__slug="marten")
    make_change(marten, date(2026, 12, 1), ChangeKind.MOVED, new_day=date(2026, 12, 2))
    make_closure(date(2026, 11, 23), date(2026, 11, 24))

    own = ("", "standorte/", "standorte/marten/", "sprechstunden/", f"sprechstunden/{marten.sprechstunde.pk}/")
    assert faults(answers([f"/ar/{path}" for path in own])) == {}


def test_the_validator_sees_what_is_wrong() -> None:
    page = '<!DOCTYPE html>\n<html lang="de"><head><title>A</title></head><body><ul><p>B</p></ul></body></html>'

    found = faults({"/de/": page})

    assert [line.split(": ")[:2] for line in found["/de/"]] == [["2", "element-permitted-content"]]
