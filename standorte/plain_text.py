"""Texts of staff as plain text in the active language, where no markup can say what is German or a draft."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from standorte.languages import direction
from standorte.texts import State, Text

# Unicode 6.3, UAX #9: what stands between them does not turn the words around it.
FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"


def in_plain_text(text: Text) -> str:
    """Give a text for the reader; a draft and what is German are named as such."""
    current = get_language() or "de"
    found = text.passage(current)
    if found.state is State.DRAFT:
        mark = _("(draft)")
        return f"{found.text} {mark}"
    if not found.text or found.language == current:
        return found.text
    return f"{isolated(found.text)} {_('(in German)')}"


def isolated(german: str) -> str:
    """Give German words so that they do not turn the words around them in a language written from the right."""
    if direction(get_language() or "de") == "ltr":
        return german
    return f"{FIRST_STRONG_ISOLATE}{german}{POP_DIRECTIONAL_ISOLATE}"
