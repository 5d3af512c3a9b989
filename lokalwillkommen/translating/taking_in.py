"""What a table would change, and changing exactly that: row by row, all or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from lokalwillkommen.spreadsheet import BrokenTableError, of_row
from lokalwillkommen.translating.table import Row
from standorte.text_history import write_text
from standorte.text_places import FoundText, find_text, is_key
from standorte.texts import State, Text, fingerprint
from standorte.word_changes import Part, word_changes

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# As in sprechstunden/deciding.py: who locks rows in another order may wait for ever.
_LOCKED_FIRST = ("sprechstunden.sprechstunde", "sprechstunden.closure", "sprechstunden.schedule")


class Outcome(StrEnum):
    """What becomes of a row."""

    WRITTEN = "written"
    SAME = "same"
    OUTDATED = "outdated"  # kept as an outdated translation: there was nothing better
    SUPERSEDED = "superseded"  # made from another German, and there is a newer translation
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Line:
    """A row beside the text it is for."""

    row: Row
    outcome: Outcome
    where: str
    before: str
    becomes: Text | None

    @property
    def changes(self) -> tuple[Part, ...]:
        """Give the words before and after with what is new and gone."""
        return word_changes(self.before, self.row.words)

    @property
    def mark(self) -> str:
        """Give what differs as soon as something else would happen, or would be seen."""
        becomes = self.becomes.to_json() if self.becomes else None
        return f"{self.row.key} {self.outcome} {self.before} {becomes}"


class ChangedMeanwhileError(Exception):
    """What was agreed to is no longer what would happen."""


def looked_at(rows: Iterable[Row], language: str, state: State) -> list[Line]:
    """Give what would become of each row. Raises BrokenTableError where a row can be for no text at all."""
    found = [(row, find_text(row.key) if is_key(row.key) else None) for row in rows]
    faults = [of_row(row.number, reason) for row, text in found if (reason := _fault(row, text))]
    if faults:
        raise BrokenTableError(*faults)
    return [_line(row, text, language, state) for row, text in found]


@transaction.atomic
def take_in(  # noqa: PLR0913, PLR0917  # what is written, who, when, and what was agreed to
    rows: Iterable[Row], language: str, state: State, by: "AbstractBaseUser", at: datetime, agreed: str
) -> int:
    """Write what was agreed to and give how many texts changed. Raises ChangedMeanwhileError: then nothing changed."""
    lines = list(_each_written(rows, language, state, by, at))
    if agreement(lines) != agreed:
        raise ChangedMeanwhileError
    return sum(line.becomes is not None for line in lines)


def agreement(lines: Iterable[Line]) -> str:
    """Give a short name for all that would happen; another for whatever else could."""
    return sha256("\n".join(sorted(line.mark for line in lines)).encode()).hexdigest()


def _fault(row: Row, found: FoundText | None) -> str:
    if not is_key(row.key):
        return _("there is no text with this key.")
    if found and len(row.words) > found.field.longest:
        return _("at most %(most)d characters have room there.") % {"most": found.field.longest}
    return ""


def _each_written(
    rows: Iterable[Row], language: str, state: State, by: "AbstractBaseUser", at: datetime
) -> Iterator[Line]:
    for row in sorted(rows, key=_lock_order):
        # Fetched one after another: two texts of one row must not overwrite each other.
        found = find_text(row.key, to_write=True)
        line = _line(row, found, language, state)
        if found and line.becomes:
            write_text(found, line.becomes, by, at)
        yield line


def _line(row: Row, found: FoundText | None, language: str, state: State) -> Line:
    if found is None or not found.text:
        return Line(row, Outcome.GONE, row.key, "", None)
    text = found.text
    outcome = _outcome(row, text, language, state)
    of = row.fingerprint if outcome is Outcome.OUTDATED else ""
    becomes = None
    if outcome in {Outcome.WRITTEN, Outcome.OUTDATED}:
        becomes = text.translated(language, row.words, State.DRAFT if of else state, of)
    return Line(row, outcome, found.where, text.words(language), becomes)


def _outcome(row: Row, text: Text, language: str, state: State) -> Outcome:
    stands, is_same = text.state(language), text.words(language) == row.words
    if row.fingerprint != fingerprint(text.german):
        if stands in {State.DRAFT, State.CHECKED}:
            return Outcome.SUPERSEDED
        return Outcome.SAME if is_same else Outcome.OUTDATED
    if is_same and stands in {state, State.CHECKED}:
        return Outcome.SAME
    return Outcome.WRITTEN


def _lock_order(row: Row) -> tuple[int, str, int]:
    label, _dot, number = row.key.rpartition(".")[0].rpartition(".")
    first = _LOCKED_FIRST.index(label) if label in _LOCKED_FIRST else len(_LOCKED_FIRST)
    return first, label, int(number)
