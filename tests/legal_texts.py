"""Legal texts that somebody has written, so that the portal is no preview."""

from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import KINDS, Section
from standorte.texts import Text

REQUIRED = tuple(section for section, kind in KINDS.items() if kind.is_required)


def write_legal_texts(*sections: Section) -> None:
    """Write some words for details of the legal pages; without any, for all that the law demands."""
    rows = [LegalText(section=section, text=Text(f"Wort zu {section.value}")) for section in sections or REQUIRED]
    LegalText.objects.bulk_create(rows)
