"""A list of streets as CSV becomes rows: all or nothing, and each fault with its line and reason."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from standorte.finding import fold_street
from standorte.models import PostalCode, Stadtbezirk, Street
from standorte.models.street import LONGEST_NAME, LONGEST_STADTTEIL
from standorte.spelling import fold, readable

COLUMNS = ("street", "postal_code", "stadtbezirk", "stadtteil")
_SEPARATORS = (",", ";", "\t")


class ListError(Exception):
    """What is wrong with a list: a sentence for each fault, with its line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]


def read(lines: Iterable[str]) -> list[Street]:
    """Give the streets of a list, not saved; two queries."""
    lines = iter(lines)
    header = next(lines, "").removeprefix("\ufeff")
    separator = next((sign for sign in _SEPARATORS if sign in header), ",")
    if tuple(cell.strip().casefold() for cell in next(csv.reader([header], delimiter=separator), [])) != COLUMNS:
        raise ListError([f"line 1: the columns must be {', '.join(COLUMNS)}"])
    streets, faults = _streets(_cells(lines, separator))
    if not streets and not faults:
        faults = ["there is no street in the list"]
    if faults:
        raise ListError(faults)
    return streets


@transaction.atomic
def replace(streets: Iterable[Street]) -> None:
    """Put a list in the place of the one before."""
    Street.objects.all().delete()
    Street.objects.bulk_create(streets, batch_size=500)


def _cells(lines: Iterator[str], separator: str) -> Iterator[_Line]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for row in reader:
            cells = tuple(readable(cell) for cell in row)
            if any(cells):
                # The header was read before.
                yield _Line(reader.line_num + 1, cells)
    except csv.Error as fault:
        raise ListError([f"line {reader.line_num + 1}: not to be read as CSV: {fault}"]) from fault


def _streets(lines: Iterable[_Line]) -> tuple[list[Street], list[str]]:
    districts: dict[str, Stadtbezirk] = {}
    for row in Stadtbezirk.objects.all():
        districts |= {fold(row.name): row, fold(row.slug): row}
    codes = set(PostalCode.objects.values_list("code", flat=True))
    seen: dict[tuple[str, ...], int] = {}
    streets: list[Street] = []
    faults: list[str] = []
    for line in lines:
        reasons = _faults(line, districts, codes, seen)
        faults += [f"line {line.number}: {reason}" for reason in reasons]
        if not reasons:
            seen[line.cells] = line.number
            name, code, district, part = line.cells
            streets.append(
                Street(
                    name=name,
                    folded=fold_street(name),
                    postal_code=code,
                    stadtbezirk=districts[fold(district)],
                    stadtteil=part,
                )
            )
    return streets, faults


def _faults(
    line: _Line, districts: dict[str, Stadtbezirk], codes: set[str], seen: dict[tuple[str, ...], int]
) -> list[str]:
    """Say what is wrong with a line; several things can be."""
    if len(line.cells) != len(COLUMNS):
        return [f"{len(line.cells)} columns instead of {len(COLUMNS)}"]
    name, code, district, part = line.cells
    found = []
    if not fold_street(name):
        found.append("the street has no name")
    if len(name) > LONGEST_NAME:
        found.append(f"the name of the street is longer than {LONGEST_NAME} characters")
    if len(part) > LONGEST_STADTTEIL:
        found.append(f"the Stadtteil is longer than {LONGEST_STADTTEIL} characters")
    if code not in codes:
        found.append(f"“{code}” is no postal code of Dortmund")
    if fold(district) not in districts:
        found.append(f"“{district}” is no Stadtbezirk")
    if line.cells in seen:
        found.append(f"the same as line {seen[line.cells]}")
    return found
