"""What is the same to a reader, however it is typed: case, umlauts, ß, doubled letters, letters of other alphabets."""

import re
import tomllib
import unicodedata
from itertools import chain, groupby
from pathlib import Path

_SOUNDS = tomllib.loads((Path(__file__).parent / "data" / "sounds.toml").read_text(encoding="utf-8"))
_WORD = re.compile(r"[^\W_]+")


def readable(text: str) -> str:
    """Give a text without control characters and marks that turn the direction of writing; all spaces alike."""
    kept = (sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


def words(text: str) -> list[str]:
    """Give the words and numbers of a text, with Latin digits."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", readable(text)).casefold())
    return _WORD.findall("".join(_digit(sign) for sign in plain if not _is_vowel_sign(sign)))


def fold(text: str) -> str:
    """Give what all spellings of a name share; it is for comparing, not for reading."""
    heard = "".join(words(text)).replace("ä", "e")  # as it is heard; other umlauts only lose their dots
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", heard) if not unicodedata.combining(sign))
    for sound, letter in chain(*_SOUNDS.values()):
        bare = bare.replace(sound, letter)
    return "".join(letter * (len(list(run)) if letter.isdigit() else 1) for letter, run in groupby(bare))


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _is_vowel_sign(sign: str) -> bool:
    # Arabic vowel signs would cut a word in two.
    return "\u064b" <= sign <= "\u0652" or sign == "\u0670"
