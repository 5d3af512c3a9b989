"""Texts go out as a table and come back: nobody's spreadsheet runs them, and a broken file changes nothing."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from lokalwillkommen import spreadsheet
from lokalwillkommen.cells import from_cell, to_cell
from lokalwillkommen.spreadsheet import BrokenTableError, decoded
from lokalwillkommen.translating.table import COLUMNS, Row, rows_of, table
from standorte.models import Standort
from standorte.text_places import FoundText, text_fields
from standorte.texts import State, Text, fingerprint

OF = "0123456789abcdef"
HEAD = "key;language;fingerprint;translation\r\n"
KEY = "standorte.standort.1.building"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def building(text: Text) -> FoundText:
    return FoundText(Standort(pk=1, name="Marten", building=text), text_fields(Standort)[0])


@given(st.text("=+-@'\t\r\nab", max_size=5))
@example("'=1")
@example("''")
def test_every_text_comes_back_from_its_cell_and_no_cell_is_a_formula(text: str) -> None:
    cell = to_cell(text)

    assert (from_cell(cell), cell[:1] in "=+-@\t\r\n" and bool(cell)) == (text, False)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 231 1", "'+49 231 1"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "''=1"),
        ("'n Hof", "'n Hof"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert to_cell(text) == cell


def test_a_table_holds_all_that_a_translator_needs() -> None:
    text = Text("=Hof;\n„links“").translated("tr", '-"Avlu"', State.DRAFT)

    written = table([building(text), building(Text("Tor"))], "tr")

    assert written.startswith("\ufeffkey;")
    head, first, second = csv.reader(StringIO(written[1:], newline=""), delimiter=";")
    assert tuple(head) == COLUMNS
    where = "Place “Marten”: building"
    assert first == [KEY, "tr", where, "'=Hof;\n„links“", f"#{fingerprint(text.german)}", "draft", '\'-"Avlu"']
    assert second == [KEY, "tr", where, "Tor", f"#{fingerprint('Tor')}", "missing", ""]


@given(st.text("=+-@'\"\n;,ab \u0627", min_size=1, max_size=20).filter(lambda words: words == words.strip()))
def test_a_table_that_comes_back_untouched_says_the_same(words: str) -> None:
    written = table([building(Text("Hof").translated("tr", words, State.CHECKED))], "tr")

    assert rows_of(decoded(written.encode()), "tr") == [Row(2, KEY, fingerprint("Hof"), words)]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_spreadsheets_and_agencies_may_separate_and_order_as_they_like(separator: str) -> None:
    lines = [
        "translation|note| key|fingerprint|language",
        f"Avlu|x|a|{OF}|tr",
        "||||",
        f"|x|c|{OF}|tr",
        f"Kapi|x|d|#{OF}|tr",
    ]
    content = "\n".join(lines).replace("|", separator)

    assert rows_of(content, "tr") == [Row(2, "a", OF, "Avlu"), Row(5, "d", OF, "Kapi")]


def test_line_ends_of_spreadsheets_are_those_of_texts() -> None:
    assert rows_of(f'{HEAD}a;tr;{OF};"eins\r\nzwei"\r\n', "tr") == [Row(2, "a", OF, "eins\nzwei")]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", ["Row 1: these columns are missing: key, language, fingerprint, translation."]),
        ("\n", ["Row 1: these columns are missing: key, language, fingerprint, translation."]),
        ("key;language;translation\n", ["Row 1: these columns are missing: fingerprint."]),
        ("PK\x03\x04", ["Row 1: these columns are missing: key, language, fingerprint, translation."]),
        (f'{HEAD}a;tr;{OF};"Avlu\n', ["Row 2: the quotation marks or separators are broken."]),
        (f'{HEAD}a;tr;{OF};"Av"lu\n', ["Row 2: the quotation marks or separators are broken."]),
        (f"{HEAD}a;tr;1.23E+15;x\n", ["Row 2: the fingerprint is damaged; please keep that column as it was."]),
        (f"{HEAD}a;tr;{OF}\n", ["Row 2: cells are missing."]),
        (f"{HEAD}a;ar;{OF};x\n", ["Row 2: it is for another language: ar."]),
        (f"{HEAD}a;;{OF};x\n", ["Row 2: it is for another language: -."]),
        (f"{HEAD}a;tr;{OF};x\nb;tr;{OF};y\na;tr;{OF};z\n", ["Row 4: this text stands in the file twice."]),
        (f"{HEAD}a;tr;{OF};{'x' * 4001}\n", ["Row 2: Please write less: at most 4000 characters in each language."]),
        (f"{HEAD}a;tr;{OF};\x00\n", ["Row 2: Null characters are not allowed."]),
        (f"{HEAD}a;ar;{OF};x\nb;tr\n", ["Row 2: it is for another language: ar.", "Row 3: cells are missing."]),
    ],
)
def test_a_broken_table_names_each_row_and_reason(content: str, faults: list[str]) -> None:
    with pytest.raises(BrokenTableError) as broken:
        rows_of(content, "tr")

    assert list(broken.value.faults) == faults


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("Hörde".encode("latin-1"), "The file is not in UTF-8. Please save it as “CSV UTF-8”."),
        (b"x" * 2_000_001, "The file is too large: at most 2 MB, please."),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(BrokenTableError) as broken:
        decoded(content)

    assert broken.value.faults == (fault,)


def test_a_table_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1)

    with pytest.raises(BrokenTableError, match=r"The file has too many rows: at most 1, please\."):
        rows_of(f"{HEAD}a;tr;{OF};x\nb;tr;{OF};y\n", "tr")
