"""The names the finder knows: those of the districts, with the spellings in standorte/data."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from standorte.finding import Gazetteer, Reach, StreetPart
from standorte.spelling import fold

_DATA = Path(__file__).parent / "data"


def gazetteer(
    named: Iterable[tuple[str, str]],
    reaches: Mapping[str, Collection[Reach]],
    streets: Collection[StreetPart] = (),
) -> Gazetteer:
    """Make one of pairs of a name and the slug of its Stadtbezirk, of postal codes, and of streets."""
    data = _data()
    slugs: dict[str, list[str]] = defaultdict(list)
    for name, slug in named:
        for spelling in (fold(name), *data.spellings.get(name, ())):
            if slug not in slugs[spelling]:
                slugs[spelling].append(slug)
    slugs.pop("", None)
    return Gazetteer(
        slugs,
        reaches,
        data.shared,
        data.elsewhere - slugs.keys(),
        data.everyday - slugs.keys(),
        data.ambiguous,
        data.negations,
        streets,
    )


@dataclass(frozen=True, slots=True)
class _Data:
    """What the files say, everything folded but the names by which spellings are looked up."""

    spellings: Mapping[str, Collection[str]]
    shared: Mapping[str, Collection[str]]
    elsewhere: frozenset[str]
    everyday: frozenset[str]
    ambiguous: frozenset[str]
    negations: frozenset[str]


@cache
def _data() -> _Data:
    """Read the files once."""
    found, frequent = (tomllib.loads((_DATA / name).read_text()) for name in ("spellings.toml", "everyday.toml"))
    return _Data(
        {name: tuple(map(fold, more)) for name, more in found["names"].items()},
        {fold(word): slugs for word, slugs in found["shared"].items()},
        frozenset(map(fold, found["elsewhere"]["names"])),
        frozenset(map(fold, chain(*frequent.values()))),
        frozenset(map(fold, found["ambiguous"]["names"])),
        frozenset(map(fold, found["negations"]["names"])),
    )
