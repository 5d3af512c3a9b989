"""What the legal pages show of what administration has written, and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import KINDS, LegalPage, Section, sections_of
from standorte.texts import Text

# The statement about accessibility says what is true of this software; whoever changes it changes this day.
STATEMENT_OF_SOFTWARE = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail with its words; none where nobody has written it."""

    section: Section
    text: Text
    written_at: datetime | None = None

    @property
    def label(self) -> str:
        """Name it in the reader's language."""
        return str(self.section.label)

    @property
    def is_missing(self) -> bool:
        """Tell whether the law demands it and nobody has written it."""
        return KINDS[self.section].is_required and not self.text


def details(page: LegalPage) -> dict[str, Detail]:
    """Give the details of a page by the values of their sections; one query."""
    return {detail.section.value: detail for detail in _written(sections_of(page))}


def missing() -> list[Section]:
    """Give the details that the law demands and nobody has written; one query."""
    return [detail.section for detail in _written(KINDS) if detail.is_missing]


def is_complete() -> bool:
    """Tell whether nothing that the law demands is missing; one query, which reads no words."""
    needed = [one for one, kind in KINDS.items() if kind.is_required and not settings.OPERATOR.get(kind.setting)]
    return LegalText.objects.filter(section__in=needed).exclude(text=Text()).count() == len(needed)


def statement_day(found: Iterable[Detail]) -> date:
    """Give the day of the statement about accessibility: of the software's part or of the newest other one."""
    return max([STATEMENT_OF_SOFTWARE, *(timezone.localdate(one.written_at) for one in found if one.written_at)])


def _written(sections: Iterable[Section]) -> list[Detail]:
    rows = {row.section: row for row in LegalText.objects.filter(section__in=list(sections))}
    return [_detail(section, rows.get(section)) for section in sections]


def _detail(section: Section, row: LegalText | None) -> Detail:
    if row and row.text:
        return Detail(section, row.text, row.written_at)
    return Detail(section, Text(settings.OPERATOR.get(KINDS[section].setting, "")))
