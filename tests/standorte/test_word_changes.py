"""What changed in a text is shown word by word, and nothing of either text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standorte.word_changes import Fate, Part, word_changes

KEPT, GONE, NEW = Fate.KEPT, Fate.GONE, Fate.NEW
words = st.text("ab é.\n ", max_size=30)


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "", []),
        ("Hof", "Hof", [("Hof", KEPT)]),
        ("", "Hof", [("Hof", NEW)]),
        ("Hof", "", [("Hof", GONE)]),
        ("Hof links", "Hof rechts", [("Hof ", KEPT), ("links", GONE), ("rechts", NEW)]),
        ("Hof.", "Hof, Tor.", [("Hof", KEPT), (", Tor", NEW), (".", KEPT)]),
        ("10 Uhr", "11 Uhr", [("10", GONE), ("11", NEW), (" Uhr", KEPT)]),
    ],
)
def test_whole_words_change(before: str, after: str, parts: list[tuple[str, Fate]]) -> None:
    assert word_changes(before, after) == tuple(Part(*part) for part in parts)


def test_words_that_are_frequent_in_a_long_text_are_no_noise() -> None:
    found = word_changes("die Tür " * 300, "die Tür " * 299 + "die Tür links")

    assert [part.words for part in found if part.fate is not KEPT] == ["links"]


@given(words, words)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    parts = word_changes(before, after)

    assert "".join(part.words for part in parts if part.fate is not NEW) == before
    assert "".join(part.words for part in parts if part.fate is not GONE) == after
    assert all(part.words for part in parts)
