"""The names the finder knows: those of the districts, with the spellings in standorte/data."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from standorte.finding import Gazetteer, Reach, StreetPart
from standorte.spelling import fold

_SPELLINGS = Path(__file__).parent / "data" / "spellings.toml"


def gazetteer(
    named: Iterable[tuple[str, str]],
    reaches: Mapping[str, Collection[Reach]],
    streets: Collection[StreetPart] = (),
) -> Gazetteer:
    """Make one of pairs of a name and the slug of its Stadtbezirk, of postal codes, and of streets."""
    spellings, shared, elsewhere, everyday = _data()
    slugs: dict[str, list[str]] = defaultdict(list)
    for name, slug in named:
        for spelling in (fold(name), *spellings.get(name, ())):
            if slug not in slugs[spelling]:
                slugs[spelling].append(slug)
    slugs.pop("", None)
    return Gazetteer(slugs, reaches, shared, elsewhere - slugs.keys(), everyday - slugs.keys(), streets)


@cache
def _data() -> tuple[Mapping[str, Collection[str]], Mapping[str, Collection[str]], frozenset[str], frozenset[str]]:
    """Read the file once, everything folded but the names by which spellings are looked up."""
    with _SPELLINGS.open("rb") as file:
        found = tomllib.load(file)
    return (
        {name: tuple(map(fold, more)) for name, more in found["names"].items()},
        {fold(word): slugs for word, slugs in found["shared"].items()},
        frozenset(map(fold, found["elsewhere"]["names"])),
        frozenset(map(fold, found["words"]["names"])),
    )
