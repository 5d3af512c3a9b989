"""What no machine may translate: numbers, times, addresses on the web, e-mail, names. Pure: no Django.

They are taken out before a text leaves the house and put back afterwards, each exactly once, or the draft is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ADDRESSES = r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NUMBERS = r"(?:[+§]\s?)?\d(?:[\d.,:/–\-]*\d)?"  # also times, dates, phone numbers
_QUOTED = r"„[^“”\n]+[“”]"  # what is written on a door or a sign
# Letters only: machines turn digits and signs into those of other scripts.
_STANDS_IN = re.compile(r"XQ[A-P]+XQ")
_LETTERS = "ABCDEFGHIJKLMNOP"


class LostError(ValueError):
    """Something that may not change did not come back as it was."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which stand-ins are written for what must stay, and what they stand for, in order."""

    text: str
    kept: tuple[str, ...]

    def restored(self, translated: str) -> str:
        """Put back what must stay into a translation. Raises LostError."""
        found = [match.group() for match in _STANDS_IN.finditer(translated)]
        wanted = {_stand_in(number): kept for number, kept in enumerate(self.kept)}
        if sorted(found) != sorted(wanted) or any(char.isdecimal() for char in _STANDS_IN.sub("", translated)):
            raise LostError
        return _STANDS_IN.sub(lambda match: wanted[match.group()], translated)


def masked(text: str, names: Iterable[str]) -> Masked:
    """Take out what must stay; the longest of several names that begin alike counts. Raises LostError where it cannot.

    A name counts as whole words only: "Hof" is no part of "Hofstraße".
    """
    if _STANDS_IN.search(text):
        raise LostError
    known = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    parts = [_ADDRESSES, _QUOTED, *(rf"\b{re.escape(name)}\b" for name in known), _NUMBERS]
    kept: list[str] = []

    def take(match: re.Match[str]) -> str:
        kept.append(match.group())
        return _stand_in(len(kept) - 1)

    return Masked(re.sub("|".join(parts), take, text), tuple(kept))


def _stand_in(number: int) -> str:
    return "XQ" + "".join(_LETTERS[int(digit, 16)] for digit in f"{number:x}") + "XQ"
