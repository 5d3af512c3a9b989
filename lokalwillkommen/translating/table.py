"""The table for translators outside: one row per text, as CSV that spreadsheets open and programs of agencies read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lokalwillkommen.spreadsheet import BrokenTableError, check_count, of_row, records, written
from lokalwillkommen.translating.forms import words_field
from standorte.text_places import FoundText
from standorte.texts import fingerprint

COLUMNS = ("key", "language", "where", "german", "fingerprint", "state", "translation")
NEEDED = ("key", "language", "fingerprint", "translation")
# Without it spreadsheets take a fingerprint of digits for a number, and round it.
_NO_NUMBER = "#"
_FINGERPRINT = re.compile(r"#?([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says; the first row below the heads is number 2, as spreadsheets count."""

    number: int
    key: str
    fingerprint: str
    words: str


def table(texts: Iterable[FoundText], language: str) -> str:
    """Write texts as a table, with what is translated already."""
    return written(COLUMNS, (_cells(found, language) for found in texts))


def rows_of(content: str, language: str) -> list[Row]:
    """Read all rows that have a translation. Raises BrokenTableError with every fault: then nothing counts."""
    rows: list[Row] = []
    faults: list[str] = []
    seen: set[str] = set()
    for number, cells in records(content, NEEDED):
        try:
            row = _row(number, cells, language, seen)
        except ValidationError as error:
            faults.append(of_row(number, " ".join(error.messages)))
        else:
            rows.extend([row] if row else [])
    check_count(rows)
    if faults:
        raise BrokenTableError(*faults)
    return rows


def _cells(found: FoundText, language: str) -> tuple[str, ...]:
    text = found.text
    german = (found.key, language, found.where, text.german, _NO_NUMBER + fingerprint(text.german))
    return (*german, text.state(language).value, text.words(language))


def _row(number: int, cells: dict[str, str], language: str, seen: set[str]) -> Row | None:
    if not set(NEEDED) <= set(cells):
        raise ValidationError(_("cells are missing."))
    key, its_language, of, words = (cells[name] for name in NEEDED)
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
