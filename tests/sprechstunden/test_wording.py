"""Rules are said in whole phrases; these are the English ones, which need no catalogue."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from sprechstunden.recurrence import Monthly, Once, Rule, Undated, Weekly
from sprechstunden.wording import rule_sentence

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Once(date(2026, 12, 1)), "on 1 December 2026"),
        (Undated(), "No fixed times are known"),
        (Weekly((0, 3)), "every Monday and every Thursday"),
        (Weekly((0, 1, 3)), "every Monday, every Tuesday and every Thursday"),
        (Weekly((1, 4), 2, date(2021, 11, 9)), "every second Tuesday and every second Friday"),
        (Weekly((1,), 3, date(2021, 11, 9)), "every 3 weeks on Tuesday"),
        (Monthly(3, (1, 3)), "on the first and third Thursday of the month"),
        (Monthly(3, (1, 3, -1)), "on the first, third and last Thursday of the month"),
    ],
)
def test_a_rule_is_a_sentence(rule: Rule, sentence: str) -> None:
    assert rule_sentence(rule) == sentence


@pytest.mark.parametrize(("weekday", "name"), list(enumerate(WEEKDAYS)))
def test_every_weekday_has_its_own_phrases(weekday: int, name: str) -> None:
    anchor = date(2026, 11, 23 + weekday)

    assert [rule_sentence(Weekly((weekday,), n, anchor if n > 1 else None)) for n in (1, 2, 52)] == [
        f"every {name}",
        f"every second {name}",
        f"every 52 weeks on {name}",
    ]
    assert {position: rule_sentence(Monthly(weekday, (position,))) for position in ORDINALS} == {
        position: f"on the {ordinal} {name} of the month" for position, ordinal in ORDINALS.items()
    }
