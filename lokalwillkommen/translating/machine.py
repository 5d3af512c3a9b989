"""Drafts by a machine: off unless an operator names a service. What comes back is a proposal, never stored alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from lokalwillkommen.translating.masking import LostError, masked
from standorte.models import Partner, Stadtbezirk, Stadtteil, Standort
from standorte.texts import GERMAN

PATIENCE = 10.0  # seconds; a person is waiting
MOST_BYTES = 100_000
_OWN_NAMES = ("lokal willkommen", "Dortmund")


class MachineError(Exception):
    """There is no draft; the message is a sentence for the person who waits."""


class Machine(Protocol):
    """Whatever translates words."""

    def translate(self, words: str, language: str) -> str:
        """Give German words in another language. Raises MachineError."""
        ...


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """A service that answers POST /translate as LibreTranslate does (https://docs.libretranslate.com)."""

    url: str
    key: str = ""
    patience: float = PATIENCE

    def translate(self, words: str, language: str) -> str:
        """Ask the service."""
        asked = {"q": words, "source": GERMAN, "target": language, "format": "text"}
        body = json.dumps(asked | ({"api_key": self.key} if self.key else {})).encode()
        request = Request(f"{self.url.rstrip('/')}/translate", body, {"Content-Type": "application/json"})  # noqa: S310  # an operator names it
        try:
            with urlopen(request, timeout=self.patience) as answer:  # noqa: S310
                found = json.loads(answer.read(MOST_BYTES))["translatedText"]
        except HTTPError as error:
            said = _("The translation machine refuses to answer (%(code)d). Please translate by hand.")
            raise MachineError(said % {"code": error.code}) from None
        except TimeoutError:
            raise MachineError(_("The translation machine takes too long. Please translate by hand.")) from None
        except (URLError, HTTPException, OSError):
            raise MachineError(_("The translation machine cannot be reached. Please translate by hand.")) from None
        except (ValueError, KeyError, TypeError):
            raise MachineError(_nonsense()) from None
        if not isinstance(found, str) or not found.strip():
            raise MachineError(_nonsense())
        return found


def machine_for(language: str) -> Machine | None:
    """Give the machine for a language, or None: where no service is named, and for German that is only easier."""
    if not settings.MACHINE_TRANSLATION_URL or language.partition("-")[0] == GERMAN:
        return None
    return LibreTranslate(settings.MACHINE_TRANSLATION_URL, settings.MACHINE_TRANSLATION_KEY)


def proposal(machine: Machine, german: str, language: str) -> str:
    """Give a draft in which numbers, times, addresses and names are those of the German. Raises MachineError."""
    try:
        safe = masked(german, _names())
        return safe.restored(machine.translate(safe.text, language))
    except LostError:
        said = _("The machine has changed numbers or names, so its draft is not shown. Please translate by hand.")
        raise MachineError(said) from None


def _names() -> Iterator[str]:
    yield from _OWN_NAMES
    for place in Standort.objects.values_list("name", "other_name", "street", "city"):
        yield from place
    for model in (Partner, Stadtbezirk, Stadtteil):
        yield from model.objects.values_list("name", flat=True)


def _nonsense() -> str:
    return _("The translation machine answers something that is no translation. Please translate by hand.")
