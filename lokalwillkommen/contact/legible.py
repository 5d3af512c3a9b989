"""Typed text without what nobody can see: control characters, marks that turn the direction of writing."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
# They join and part letters: Persian words and drawn faces are wrong without them.
_JOINERS = frozenset("\u200c\u200d")


def legible(text: str) -> str:
    """Give a text line by line, without blank lines around it; all spaces alike."""
    return "\n".join(map(_line, text.splitlines())).strip()


def in_one_line(text: str) -> str:
    """Give a text in one line, with single spaces."""
    return " ".join(legible(text).split())


def _line(line: str) -> str:
    signs = (" " if sign.isspace() else sign for sign in line)
    return "".join(sign for sign in signs if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN).rstrip()
