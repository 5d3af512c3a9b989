"""Which words of a text are new and which are gone. Pure: no Django."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Part:
    """Words in a row with the same fate, with the white space between them."""

    words: str
    fate: Fate


def word_changes(before: str, after: str) -> tuple[Part, ...]:
    """Give both texts as one, in reading order; what is gone stands before what is new in its place.

    Without its new parts it is the text before, without those that are gone the text after.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts: list[Part] = []
    # Without autojunk: it would take words that are frequent in a long text for noise.
    for kind, old_first, old_end, new_first, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[old_first:old_end]), "".join(new[new_first:new_end])
        if kind == "equal":
            parts.append(Part(came, Fate.KEPT))
        else:
            parts.extend(Part(words, fate) for words, fate in ((gone, Fate.GONE), (came, Fate.NEW)) if words)
    return tuple(parts)
