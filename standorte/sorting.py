"""German order of names, the same on every database (DIN 5007-1: ä sorts as a, ß as ss)."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, TypeVar


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named)


def in_german_order(rows: Iterable[Row]) -> list[Row]:
    """Sort rows by name as a German phone book does; names that sort alike keep their order."""
    return sorted(rows, key=lambda row: german_key(row.name))


@lru_cache(maxsize=20_000)
def german_key(name: str) -> str:
    """Give what a name is sorted by: no case, no accents, ß as ss."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
