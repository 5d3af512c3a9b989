"""The finder, measured by what people really type."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from lokalwillkommen import catalogues
from lokalwillkommen.catalogues import translated_languages
from lokalwillkommen.facts.files import records
from standorte.finding import Finding, Gazetteer, Reach, find
from standorte.gazetteer import gazetteer
from standorte.spelling import fold, words

TABLE = tomllib.loads((Path(__file__).parent / "real_spellings.toml").read_text())
ROWS = [(typed, expected) for expected, spellings in TABLE.items() for typed in spellings]
NEEDED = 0.97
# Parts of the city that stand in our sentences.
NAMES_IN_SENTENCES = {"nord", "merkez"}


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    """Give the names in the data files, without a database."""
    named = [(row["name"], row["slug"]) for row in records("stadtbezirk")]
    for row in records("stadtteil"):
        named += [(name, row["stadtbezirk"]) for name in (row["name"], *row.get("other_names", ()))]
    reaches = {
        row["code"]: [
            *(Reach(slug, is_sure=True) for slug in row["sure"]),
            *(Reach(slug, is_sure=False) for slug in (*row["possible"], *row["derived"])),
        ]
        for row in records("postal_code")
    }
    return gazetteer(named, reaches)


def words_of(finding: Finding) -> frozenset[str]:
    """Write an answer as the table does: with question marks where people are asked."""
    return frozenset(slug if finding.is_sure else f"{slug}?" for slug in finding.stadtbezirke)


def test_at_least_97_percent_of_real_spellings_get_the_right_answer(known: Gazetteer) -> None:
    wrong = {
        typed: sorted(words_of(find(typed, known)))
        for typed, expected in ROWS
        if words_of(find(typed, known)) != frozenset(expected.split())
    }

    right = 1 - len(wrong) / len(ROWS)
    assert right >= NEEDED, f"{right:.1%} of {len(ROWS)} right, wrong: {wrong}"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Martin", "luetgendortmund?"),
        ("Mein Name ist Martin", "luetgendortmund?"),
        ("Nette Leute", "mengede?"),
        ("Nette", "mengede"),
        ("ich wohne nicht in Hörde", "hoerde?"),
        ("Nord", "innenstadt-nord? innenstadt-west? innenstadt-ost?"),
        ("West", "innenstadt-nord? innenstadt-west? innenstadt-ost?"),
        ("4 4 1 4 1", "innenstadt-ost"),
        ("Innenstadt-Nord/Ost", "innenstadt-nord? innenstadt-ost?"),
        ("Innenstadt West und Nord", "innenstadt-west? innenstadt-nord?"),
    ],
)
def test_where_a_person_may_mean_something_else_they_are_asked(typed: str, found: str, known: Gazetteer) -> None:
    assert words_of(find(typed, known)) == frozenset(found.split())


def test_no_word_of_our_own_sentences_is_taken_for_a_place(known: Gazetteer) -> None:
    said = {word for language in translated_languages() for word in _words_of_catalogue(language)}

    taken = {word for word in said if find(word, known).stadtbezirke} - NAMES_IN_SENTENCES

    assert {word for word in taken if fold(word) not in known.names} == set()


def test_a_letter_missing_doubled_or_swapped_never_leads_to_another_stadtbezirk(known: Gazetteer) -> None:
    named = [(row["name"], row["slug"]) for row in records("stadtbezirk")]
    named += [(row["name"], row["stadtbezirk"]) for row in records("stadtteil")]
    slips = [(slip, slug, find(slip, known)) for name, slug in named for slip in _slips(name)]

    wrong = [(slip, found) for slip, slug, found in slips if found.stadtbezirke and slug not in found.stadtbezirke]
    right = [slip for slip, slug, found in slips if found.is_sure and found.stadtbezirke == (slug,)]
    assert wrong == []
    assert len(right) / len(slips) > 0.85


def _words_of_catalogue(language: str) -> Iterator[str]:
    for message in catalogues.read(language):
        sources = (message.id,) if isinstance(message.id, str) else message.id
        said = (message.string,) if isinstance(message.string, str) else message.string or ()
        yield from (word for text in (*sources, *said) for word in words(text))


def _slips(name: str) -> Iterator[str]:
    for at, letter in enumerate(name):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        yield name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :]
