"""The table for translators outside: one row per text, as CSV that spreadsheets open and programs of agencies read."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lokalwillkommen.translating.cells import from_cell, to_cell
from lokalwillkommen.translating.forms import words_field
from standorte.text_places import FoundText
from standorte.texts import fingerprint

COLUMNS = ("key", "language", "where", "german", "fingerprint", "state", "translation")
NEEDED = ("key", "language", "fingerprint", "translation")
# Less than what Django takes of a form, in which the table comes back when somebody agrees.
MOST_BYTES, MOST_ROWS = 2_000_000, 10_000
# Spreadsheets in German write and expect semicolons, programs of agencies often commas.
_SEPARATORS = ";,\t"
# Without it spreadsheets take a fingerprint of digits for a number, and round it.
_NO_NUMBER = "#"
_FINGERPRINT = re.compile(r"#?([0-9a-f]{16})")
_MARK = "\ufeff"  # without it spreadsheets do not see that it is UTF-8


class BrokenTableError(ValueError):
    """A table of which nothing may be written, with a sentence for each fault."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says; the first row below the heads is number 2, as spreadsheets count."""

    number: int
    key: str
    fingerprint: str
    words: str


def table(texts: Iterable[FoundText], language: str) -> str:
    """Write texts as a table, with what is translated already."""
    file = StringIO()
    writer = csv.writer(file, delimiter=_SEPARATORS[0])
    writer.writerow(COLUMNS)
    for found in texts:
        text = found.text
        cells = (found.key, language, found.where, text.german, _NO_NUMBER + fingerprint(text.german))
        writer.writerow(map(to_cell, (*cells, text.state(language).value, text.words(language))))
    return _MARK + file.getvalue()


def decoded(content: bytes) -> str:
    """Read the bytes of a file. Raises BrokenTableError."""
    if len(content) > MOST_BYTES:
        raise BrokenTableError(_("The file is too large: at most 2 MB, please."))
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise BrokenTableError(_("The file is not in UTF-8. Please save it as “CSV UTF-8”.")) from None


def rows_of(content: str, language: str) -> list[Row]:
    """Read all rows that have a translation. Raises BrokenTableError with every fault: then nothing counts."""
    rows: list[Row] = []
    faults: list[str] = []
    seen: set[str] = set()
    for number, cells in _records(content.removeprefix(_MARK)):
        try:
            row = _row(number, cells, language, seen)
        except ValidationError as error:
            faults.append(_("Row %(number)d: %(reason)s") % {"number": number, "reason": " ".join(error.messages)})
        else:
            rows.extend([row] if row else [])
    if len(rows) > MOST_ROWS:
        raise BrokenTableError(_("The file has too many rows: at most %(most)d, please.") % {"most": MOST_ROWS})
    if faults:
        raise BrokenTableError(*faults)
    return rows


def _records(content: str) -> Iterator[tuple[int, dict[str, str]]]:
    head = content.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(content, newline=""), delimiter=separator, strict=True)
    names: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                names = [name.strip() for name in cells]
                _check_heads(names)
            elif any(cells):
                yield number, dict(zip(names, cells, strict=False))
    except csv.Error:
        reason = _("Row %(number)d: the quotation marks or separators are broken.") % {"number": number + 1}
        raise BrokenTableError(reason) from None
    if not names:
        _check_heads(names)


def _check_heads(names: list[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise BrokenTableError(_("Row 1: these columns are missing: %(names)s.") % {"names": ", ".join(missing)})


def _row(number: int, cells: dict[str, str], language: str, seen: set[str]) -> Row | None:
    if not set(NEEDED) <= set(cells):
        raise ValidationError(_("cells are missing."))
    key, its_language, of, words = (from_cell(cells[name]).strip() for name in NEEDED)
    if its_language != language:
        raise ValidationError(_("it is for another language: %(language)s.") % {"language": its_language[:20] or "-"})
    if key in seen:
        raise ValidationError(_("this text stands in the file twice."))
    seen.add(key)
    words = words_field(required=False).clean(words)
    if not words:
        return None
    made_from = _FINGERPRINT.fullmatch(of)
    if made_from is None:
        raise ValidationError(_("the fingerprint is damaged; please keep that column as it was."))
    return Row(number, key, made_from.group(1), words)
