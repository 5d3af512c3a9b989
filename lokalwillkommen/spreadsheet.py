"""Tables as CSV that spreadsheets open and write: heads, rows, and a sentence for each fault of a file."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from django.utils.translation import gettext as _

from lokalwillkommen.cells import from_cell, to_cell

# Less than what Django takes of a form, in which the table comes back when somebody agrees.
MOST_BYTES, MOST_ROWS = 2_000_000, 10_000
# Spreadsheets in German write and expect semicolons, other programs often commas.
_SEPARATORS = ";,\t"
_MARK = "\ufeff"  # without it spreadsheets do not see that it is UTF-8


class BrokenTableError(ValueError):
    """A table of which nothing may be written, with a sentence for each fault."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def written(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table; no cell of it is taken for a formula."""
    file = StringIO()
    writer = csv.writer(file, delimiter=_SEPARATORS[0])
    writer.writerow(heads)
    writer.writerows(map(to_cell, row) for row in rows)
    return _MARK + file.getvalue()


def decoded(content: bytes) -> str:
    """Read the bytes of a file. Raises BrokenTableError."""
    if len(content) > MOST_BYTES:
        raise BrokenTableError(_("The file is too large: at most 2 MB, please."))
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise BrokenTableError(_("The file is not in UTF-8. Please save it as “CSV UTF-8”.")) from None


def records(content: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row that is not empty, by the heads; the first one below them is number 2, as spreadsheets count.

    Raises BrokenTableError where a needed head is missing, signs are broken, or there are too many rows.
    """
    content = content.removeprefix(_MARK)
    head = content.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(content, newline=""), delimiter=separator, strict=True)
    names: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                names = [name.strip() for name in cells]
                _check_heads(names, needed)
            elif any(cells):
                yield number, {name: from_cell(cell).strip() for name, cell in zip(names, cells, strict=False)}
    except csv.Error:
        raise BrokenTableError(of_row(number + 1, _("the quotation marks or separators are broken."))) from None
    if not names:
        _check_heads(names, needed)


def of_row(number: int, reason: str) -> str:
    """Say which row a reason is about."""
    return _("Row %(number)d: %(reason)s") % {"number": number, "reason": reason}


def check_count(rows: Sequence[object]) -> None:
    """Refuse more rows than somebody can look through. Raises BrokenTableError."""
    if len(rows) > MOST_ROWS:
        raise BrokenTableError(_("The file has too many rows: at most %(most)d, please.") % {"most": MOST_ROWS})


def _check_heads(names: list[str], needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in names]
    if missing:
        reason = _("these columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        raise BrokenTableError(of_row(1, reason))
