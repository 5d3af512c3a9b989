"""What was sent as the primary key of a row, and can be one. Pure."""

from collections.abc import Iterable

# Primary keys of any database are shorter; longer numbers do not fit into a query.
_DIGITS = 18


def primary_keys(typed: Iterable[str]) -> list[str]:
    """Keep what can be a primary key."""
    return [part for part in typed if part.isdecimal() and len(part) <= _DIGITS]
