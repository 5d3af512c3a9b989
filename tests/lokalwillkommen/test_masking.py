"""Numbers, times, addresses and names never reach a machine, and come back as they were or not at all."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokalwillkommen.translating.masking import LostError, Masked, masked

NAMES = ("Marten", "Hof", "Marten Süd", "In der Meile", "")


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("Klingeln Sie.", "Klingeln Sie.", ()),
        ("Von 10:30–12 Uhr", "Von XQAXQ Uhr", ("10:30–12",)),
        ("am 24.12.2026, 3. Stock", "am XQAXQ, XQBXQ. Stock", ("24.12.2026", "3")),
        ("Tel. 0231/50-12345.", "Tel. XQAXQ.", ("0231/50-12345",)),
        ("ruft +49 231 an", "ruft XQAXQ XQBXQ an", ("+49", "231")),
        ("Mail an a.b@dortmund.de!", "Mail an XQAXQ!", ("a.b@dortmund.de",)),
        ("siehe https://dortmund.de/x?y=1 dort", "siehe XQAXQ dort", ("https://dortmund.de/x?y=1",)),
        ("bei „Haus 3“ läuten", "bei XQAXQ läuten", ("„Haus 3“",)),
        ("In der Meile 2, Marten Süd", "XQAXQ XQBXQ, XQCXQ", ("In der Meile", "2", "Marten Süd")),
        ("Hof+49, 5 m²", "XQAXQXQBXQ, XQCXQ m²", ("Hof", "+49", "5")),
        ("Hofstraße im Hof", "Hofstraße im XQAXQ", ("Hof",)),
    ],
)
def test_what_must_stay_is_taken_out(text: str, words: str, kept: tuple[str, ...]) -> None:
    found = masked(text, NAMES)

    assert found == Masked(words, kept)
    assert found.restored(words) == text


@given(st.text("ab 1.:+@„“Hof\n", max_size=40))
def test_no_digit_leaves_the_house_and_everything_comes_back(text: str) -> None:
    found = masked(text, NAMES)

    assert re.search(r"\d", found.text) is None
    assert found.restored(found.text) == text


def test_many_of_them_are_told_apart() -> None:
    text = " und ".join(str(number) for number in range(800))

    assert masked(text, ()).restored(masked(text, ()).text) == text


def test_they_may_stand_in_another_order() -> None:
    assert masked("10 vor Marten", NAMES).restored("Marten'den XQBXQ önce XQAXQ") == "Marten'den Marten önce 10"


@pytest.mark.parametrize(
    "translated",
    [
        "Saat",  # lost
        "XQAXQ XQAXQ",  # twice
        "XQBXQ",  # another
        "XQAXQ ve 5",  # a number that nobody wrote
        "XQAXQ ve \u0665",
        "xqaxq",
    ],
)
def test_whatever_does_not_come_back_as_it_was_is_refused(translated: str) -> None:
    with pytest.raises(LostError):
        masked("um 10", NAMES).restored(translated)


def test_a_text_that_looks_like_a_stand_in_is_refused() -> None:
    with pytest.raises(LostError):
        masked("XQAXQ", NAMES)
