"""A list of streets is taken whole or not at all; all streets here are invented."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from standorte.models import Street
from tests.factories import make_postal_code, make_stadtbezirk

pytestmark = pytest.mark.django_db
HEADER = "street,postal_code,stadtbezirk,stadtteil\n"
RIGHT = HEADER + "Beispielweg,44357,Mengede,\nErfundene Straße,44357,mengede,Westerfilde\n"


@pytest.fixture(autouse=True)
def _districts() -> None:
    make_stadtbezirk("Mengede")
    make_postal_code("44357")


def load(folder: Path, content: str | bytes, *options: str) -> str:
    """Import a list and give what the command says."""
    path = folder / "streets.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = StringIO()
    call_command("import_streets", path, *options, stdout=said, stderr=said)
    return said.getvalue()


def refusal(folder: Path, content: str | bytes) -> list[str]:
    """Give why a list is refused, and check that nothing has changed."""
    before = list(Street.objects.values_list())
    path = folder / "streets.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_streets", path, stdout=said, stderr=said)
    assert list(Street.objects.values_list()) == before
    return [*said.getvalue().splitlines(), str(refused.value).replace(str(path), "streets.csv")]


def streets() -> list[tuple[str, str, str, str]]:
    return list(Street.objects.values_list("name", "postal_code", "stadtbezirk__name", "stadtteil"))


def test_a_list_is_imported_and_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    assert load(tmp_path, HEADER + "Altweg,44357,Mengede,\n") == "1 streets imported.\n"
    assert load(tmp_path, RIGHT) == "2 streets imported.\n"

    assert streets() == [
        ("Beispielweg", "44357", "Mengede", ""),
        ("Erfundene Straße", "44357", "Mengede", "Westerfilde"),
    ]
    assert [str(street) for street in Street.objects.all()] == ["Beispielweg, 44357", "Erfundene Straße, 44357"]


def test_a_dry_run_only_checks(tmp_path: Path) -> None:
    load(tmp_path, HEADER + "Altweg,44357,Mengede,\n")

    assert load(tmp_path, RIGHT, "--dry-run") == "2 streets are right; nothing was changed.\n"
    assert streets() == [("Altweg", "44357", "Mengede", "")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_byte_order_mark_quotes_and_empty_lines_of_spreadsheets_are_understood(
    tmp_path: Path, separator: str
) -> None:
    rows = (["Street", "postal_code", "Stadtbezirk", "stadtteil"], ["", "", "", ""], ['"Am Beispiel, Nord"', "44357"])
    lines = "\r\n".join(separator.join(row) for row in rows)

    load(tmp_path, f"\ufeff{lines}{separator}Mengede{separator}\r\n\r\n")

    assert streets() == [("Am Beispiel, Nord", "44357", "Mengede", "")]


def test_each_fault_is_named_with_its_line_and_reason_and_nothing_changes(tmp_path: Path) -> None:
    load(tmp_path, RIGHT)
    lines = (
        "Beispielweg,44357,Mengede,",
        "-,44357,Mengede,",
        f"{'x' * 121},44357,Mengede,{'y' * 81}",
        "Irrweg,44787,Bochum,",
        "Kurzweg,44357",
        "Beispielweg,44357,Mengede,",
    )

    assert refusal(tmp_path, HEADER + "\n".join(lines)) == [
        "line 3: the street has no name",
        "line 4: the name of the street is longer than 120 characters",
        "line 4: the Stadtteil is longer than 80 characters",
        "line 5: “44787” is no postal code of Dortmund",
        "line 5: “Bochum” is no Stadtbezirk",
        "line 6: 2 columns instead of 4",
        "line 7: the same as line 2",
        "Nothing was changed: 7 faults.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ["line 1: the columns must be street, postal_code, stadtbezirk, stadtteil"]),
        ("Beispielweg,44357,Mengede,\n", ["line 1: the columns must be street, postal_code, stadtbezirk, stadtteil"]),
        (HEADER, ["there is no street in the list"]),
        (HEADER + '"Beispielweg"x,44357,Mengede,\n', ["line 2: not to be read as CSV: ',' expected after '\"'"]),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: str, said: list[str]) -> None:
    load(tmp_path, RIGHT)

    assert refusal(tmp_path, content) == [*said, "Nothing was changed: 1 faults."]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    load(tmp_path, RIGHT)

    assert refusal(tmp_path, "Straße".encode("latin-1")) == ["streets.csv is not written in UTF-8."]
    with pytest.raises(CommandError, match=r"missing\.csv cannot be read: No such file or directory\."):
        call_command("import_streets", tmp_path / "missing.csv")
