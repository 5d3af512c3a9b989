"""Which Stadtbezirk somebody means who types a postal code, a name, a street or a whole sentence. Nothing is guessed.

Names are compared in the form that all spellings share (`spelling.py`). A misspelt one counts while it is clearly
nearer to the name than to any other name, and is neither as near to a place elsewhere nor an everyday word.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from standorte.spelling import fold, words

# A whole form field; whoever writes more is not looking for a name.
LONGEST = 200
_LONGEST_NAME = 4  # words
_LONGEST_STREET = 6  # words
_SHORT_TEXT = 3  # words; more are a sentence, in which short words are seldom misspelt names
_SHORTEST_IN_SENTENCE = 6  # letters
_LONGEST_IN_SENTENCE = 2  # words of a misspelt name
_PLAIN_IN_SENTENCE = 8  # letters; a shorter name that is misspelt there may be another word
_POSTAL_CODE = 5  # digits
_REACH_OF_A_NEGATION = 3  # words: "nicht mehr in Hörde"
_STREETS = tuple(fold(word) for word in ("straße", "str", "weg", "allee", "platz", "ring", "damm", "gasse"))


@dataclass(frozen=True, slots=True)
class Reach:
    """A Stadtbezirk into which a postal code reaches, and whether that is sure."""

    stadtbezirk: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class StreetPart:
    """A street, or the part of it that lies in one Stadtbezirk and one postal code."""

    name: str  # folded by `fold_street`
    postal_code: str
    stadtbezirk: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names the finder knows, folded; a Stadtbezirk stands there as its slug."""

    names: Mapping[str, Collection[str]]
    postal_codes: Mapping[str, Collection[Reach]]
    shared: Mapping[str, Collection[str]] = field(default_factory=dict)  # count where nothing else is said
    elsewhere: Collection[str] = frozenset()
    everyday: Collection[str] = frozenset()
    ambiguous: Collection[str] = frozenset()  # also first names or words: beside other words people are asked
    negations: Collection[str] = frozenset()
    streets: Collection[StreetPart] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The Stadtbezirke that may be meant: sure, to be asked about, or none."""

    stadtbezirke: tuple[str, ...] = ()
    is_sure: bool = False
    by_postal_code: bool = False  # nothing else was understood


def find(text: str, gazetteer: Gazetteer) -> Finding:
    """Give what somebody means who types a text."""
    typed = words(text[:LONGEST])
    codes, numbers = _codes(typed)
    streets = _streets(typed, codes, gazetteer.streets)
    said, is_elsewhere, is_vague = _names(typed, gazetteer)
    reaches = [reach for code in codes for reach in gazetteer.postal_codes.get(code, ())]
    is_elsewhere = is_elsewhere or any(code not in gazetteer.postal_codes for code in codes)
    if is_vague and reaches and not {reach.stadtbezirk for reach in reaches} & set(said):
        said = ()  # a word that may be no name counts less than a postal code
    narrowed = [found for found in (said, streets) if found]
    if narrowed:
        around = [reach.stadtbezirk for reach in reaches]
        found = _common([*narrowed, around] if around else narrowed)
        is_vague = is_vague or (is_elsewhere and len(typed) - len(numbers) <= _SHORT_TEXT)
        return Finding(found, is_sure=len(found) == 1 and not is_vague)
    if is_elsewhere or not reaches:
        return Finding()
    found = _unique(reach.stadtbezirk for reach in reaches)
    return Finding(found, len(found) == 1 and all(reach.is_sure for reach in reaches), by_postal_code=True)


def fold_street(name: str) -> str:
    """Give the form in which streets are compared: "Str." and "Straße" are the same."""
    whole = fold(name)
    long, short = _STREETS[:2]
    return whole.removesuffix(long) + short if whole.endswith(long) else whole


def fold_address(address: str) -> str:
    """Give the form in which a street with a number is compared; one without is a street."""
    words_of_street = list(takewhile(_is_no_number, words(address)))
    number = "".join(words(address)[len(words_of_street) :])
    return fold_street("".join(words_of_street)) + number


def _is_no_number(word: str) -> bool:
    return not word[0].isdecimal()


def _common(found: Sequence[Collection[str]]) -> tuple[str, ...]:
    """Give what all say; where they contradict each other, what any of them says."""
    both = [one for one in found[0] if all(one in other for other in found[1:])]
    return _unique(both or chain(*found))


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _codes(typed: list[str]) -> tuple[list[str], list[str]]:
    """Give the postal codes, also such with spaces or the country before them, and all words that are numbers."""
    numbers = [word for word in typed if _digits(word)]
    windows = (
        "".join(map(_digits, words)) for _span, words in _windows(typed, _POSTAL_CODE) if all(map(_digits, words))
    )
    return [code for code in windows if len(code) == _POSTAL_CODE], numbers


def _digits(word: str) -> str:
    """Give a number without the letters of the country, nothing for other words."""
    digits = word.removeprefix("d").removeprefix("e")
    return digits if digits.isdecimal() else ""


def _streets(typed: list[str], codes: list[str], streets: Collection[StreetPart]) -> tuple[str, ...]:
    """Give the Stadtbezirke of a street that is typed; a postal code beside it chooses the part of the street."""
    if not streets:
        return ()
    windows = {fold_address(" ".join(words)) for _span, words in _windows(typed, _LONGEST_STREET)}
    found = [part for part in streets if part.name in windows]
    if not found:
        near = process.extractOne(
            fold_street("".join(filter(_is_no_number, typed))),
            {part.name for part in streets if not part.name[-1:].isdecimal()},
            scorer=OSA.distance,
            score_cutoff=1,
        )
        found = [part for part in streets if near and part.name == near[0]]
    # "Am Beispiel" is also in "Am Beispiel Nord": the longest name that is typed counts.
    longest = max((len(part.name) for part in found), default=0)
    found = [part for part in found if len(part.name) == longest]
    return _unique(part.stadtbezirk for part in found if part.postal_code in codes) or _unique(
        part.stadtbezirk for part in found
    )


def _names(typed: list[str], gazetteer: Gazetteer) -> tuple[tuple[str, ...], bool, bool]:
    """Give the Stadtbezirke whose names are typed, whether a place elsewhere is, and whether to ask."""
    found: list[str] = []
    shared: list[str] = []
    is_elsewhere = is_vague = False
    taken: set[int] = set()
    for span, joined in _windows(typed, _LONGEST_NAME):
        key = fold("".join(joined))
        known = key in gazetteer.names or key in gazetteer.shared or key in gazetteer.elsewhere
        if known and taken.isdisjoint(span):
            taken.update(span)
            if key in gazetteer.names:
                is_vague = is_vague or _is_doubtful(typed, span, gazetteer)
            found += gazetteer.names.get(key, ())
            shared += gazetteer.shared.get(key, ())
            is_elsewhere = is_elsewhere or key in gazetteer.elsewhere
    if not found and not is_elsewhere:
        found, is_elsewhere, is_vague = _misspelt(typed, taken, gazetteer)
    return _unique(found or ([] if is_elsewhere else shared)), is_elsewhere, is_vague


def _misspelt(typed: list[str], taken: set[int], gazetteer: Gazetteer) -> tuple[list[str], bool, bool]:
    """Give the Stadtbezirke of the names nearest to what is typed, whether a place elsewhere is, and whether to ask."""
    is_sentence = len(typed) > _SHORT_TEXT
    shortest, longest = (_SHORTEST_IN_SENTENCE, _LONGEST_IN_SENTENCE) if is_sentence else (0, _LONGEST_NAME)
    known = [*gazetteer.names, *gazetteer.elsewhere]
    best: dict[str, int] = {}
    doubtful: set[str] = set()
    for span, joined in _windows(typed, longest):
        key = fold("".join(joined))
        is_name = taken.isdisjoint(span) and all(
            _is_no_number(word) and fold(word) not in gazetteer.everyday for word in joined
        )
        if is_name and len(key) >= shortest and not _begins_street(typed, span):
            for name, distance in _near(key, known):
                best[name] = min(distance, best.get(name, distance))
                if key in gazetteer.ambiguous or _is_doubtful(typed, span, gazetteer):
                    doubtful.add(name)
    slips = min(best.values(), default=0)
    if any(name in gazetteer.elsewhere for name, distance in best.items() if distance == slips):
        return [], True, False
    # A wrong office costs a day, a question one tap: what is only one slip further away is offered too.
    near = sorted((distance, name) for name, distance in best.items() if distance <= slips + 1)
    # In a sentence another word may look like a misspelt name: then people are asked.
    is_vague = slips > 1 or (is_sentence and any(len(name) < _PLAIN_IN_SENTENCE for _distance, name in near))
    is_vague = is_vague or any(name in doubtful for _distance, name in near)
    return [stadtbezirk for _distance, name in near for stadtbezirk in gazetteer.names.get(name, ())], False, is_vague


def _is_doubtful(typed: list[str], span: range, gazetteer: Gazetteer) -> bool:
    """Tell whether a name may be no name among other words, or the one place where somebody does not live."""
    beside = [word for place, word in enumerate(typed) if place not in span and not word.isdecimal()]
    before = typed[max(0, span.start - _REACH_OF_A_NEGATION) : span.start]
    is_word = bool(beside) and fold("".join(typed[place] for place in span)) in gazetteer.ambiguous
    return is_word or any(fold(word) in gazetteer.negations for word in before)


def _near(key: str, known: Collection[str]) -> Iterator[tuple[str, int]]:
    """Give the names that a misspelt one may stand for, each with the number of slips."""
    street = next((word for word in _STREETS if key.endswith(word)), "")
    for name, distance, _index in process.extract(
        key, known, scorer=OSA.distance, score_cutoff=_slips(key), limit=None
    ):
        if name.endswith(street):
            yield name, distance


def _slips(key: str) -> int:
    """Give how many letters may be wrong, missing, too many or swapped."""
    return sum(len(key) >= length for length in (5, 7, 12))


def _begins_street(typed: list[str], span: range) -> bool:
    """Tell whether what is typed goes on as the name of a street: Hörder Straße need not be in Hörde."""
    following = fold(typed[span.stop]) if span.stop < len(typed) else ""
    return following.startswith(_STREETS[:2]) or following.endswith(_STREETS)


def _windows(typed: list[str], longest: int) -> Iterator[tuple[range, list[str]]]:
    """Give all words that follow each other, many before few, with their positions."""
    for size in range(min(longest, len(typed)), 0, -1):
        for start in range(len(typed) - size + 1):
            yield range(start, start + size), typed[start : start + size]
