"""Thirty rules and twenty dates in every language, as somebody who speaks it has read them: tests/golden.

A file has one line for each rule and each date here, in their order.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from sprechstunden.recurrence import Monthly, Once, Rule, Undated, Weekly
from sprechstunden.wording import rule_sentence
from standorte.templatetags.words import day_in_words, long_date
from tests.pages import LANGUAGES

GOLDEN = Path(__file__).parent.parent / "golden"
RULES: tuple[Rule, ...] = (
    *(Weekly((weekday,)) for weekday in range(7)),
    *(Weekly((weekday,), 2, date(2026, 11, 23 + weekday)) for weekday in range(7)),
    Weekly((0, 3)),
    Weekly((0, 1, 3)),
    Weekly((1, 4), 2, date(2026, 11, 24)),
    Weekly((1,), 3, date(2026, 11, 24)),
    Weekly((2,), 4, date(2026, 11, 25)),
    Weekly((6,), 5, date(2026, 11, 29)),
    Weekly((0,), 21, date(2026, 11, 23)),
    Weekly((3,), 52, date(2026, 11, 26)),
    Monthly(0, (1,)),
    Monthly(0, (1, 3)),
    Monthly(1, (2,)),
    Monthly(2, (2, 4)),
    Monthly(3, (1, 3, -1)),
    Monthly(4, (-1,)),
    Monthly(5, (3,)),
    Monthly(6, (5,)),
    Once(date(2026, 12, 1)),
    Undated(),
)
FULL_DATES = tuple(date(2027, month, month + 2) for month in range(1, 13))
DAYS = (*(date(2026, 11, 23 + day) for day in range(7)), date(2028, 2, 29))


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_and_dates_read_as_somebody_has_read_them(language: str) -> None:
    with override(language):
        said = list(_said())

    assert said == (GOLDEN / f"{language}.txt").read_text().splitlines()


def _said() -> Iterator[str]:
    yield from map(rule_sentence, RULES)
    yield from map(long_date, FULL_DATES)
    yield from map(day_in_words, DAYS)
