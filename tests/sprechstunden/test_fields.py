"""Weekdays and positions in a month, in the order of a calendar and in the reader's words."""

import pytest
from django.utils.translation import override

from sprechstunden.fields import PositionsField, WeekdaysField
from sprechstunden.things import ThingsToBringField


@pytest.mark.parametrize(
    ("given", "kept"),
    [(("SU", "MO"), ("MO", "SU")), ("|SU|MO|", ("MO", "SU")), ("", ()), (None, ()), (("MO", "Montag"), ("MO",))],
)
def test_weekdays_stand_in_the_order_of_the_week(given: object, kept: tuple[str, ...]) -> None:
    assert WeekdaysField().to_python(given) == kept


def test_the_last_one_stands_behind_the_numbered_ones() -> None:
    assert PositionsField().to_python(("-1", "5", "1")) == ("1", "5", "-1")


@pytest.mark.parametrize(("language", "names"), [("de", ["Montag", "Sonntag"]), ("en", ["Monday", "Sunday"])])
def test_weekdays_are_named_in_the_readers_language(language: str, names: list[str]) -> None:
    field = WeekdaysField()

    with override(language):
        assert [field.label(code) for code in ("MO", "SU")] == names


def test_a_fifth_one_says_that_months_without_it_are_skipped() -> None:
    field = PositionsField()

    with override("en"):
        labels = [field.label(code) for code in field.codes]

    assert labels == [
        *("first in the month", "second in the month", "third in the month", "fourth in the month"),
        *("fifth in the month (months without one are skipped)", "last in the month"),
    ]


@pytest.mark.parametrize(("language", "name"), [("de", "Aufenthaltstitel"), ("en", "residence permit")])
def test_things_to_bring_are_named_in_the_readers_language(language: str, name: str) -> None:
    with override(language):
        assert ThingsToBringField().label("residence") == name
