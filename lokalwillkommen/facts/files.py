"""The data files: one per kind of fact, every value with its source."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from standorte.texts import GERMAN, State, Text

DATA = Path(__file__).parent / "data"

# What stands in a TOML file has the types of TOML; the models check it on the way in.
Record: TypeAlias = dict[str, Any]


def records(kind: str) -> list[Record]:
    """Read all records of a kind from its file, in their order."""
    with (DATA / f"{_FILES[kind]}.toml").open("rb") as file:
        return list(tomllib.load(file)[kind])


def text(words: Mapping[str, str] | None) -> Text:
    """Make a text; translations from the data files are drafts until a person checks them."""
    result = Text((words or {}).get(GERMAN, ""))
    for language, translation in (words or {}).items():
        if language != GERMAN:
            result = result.translated(language, translation, State.DRAFT)
    return result


def evidence(record: Mapping[str, Any]) -> Record:
    """Give the columns of the evidence of a record; being loaded confirms nothing."""
    found = record.get("evidence", {})
    return {
        "source": found.get("source", ""),
        "as_of": "" if found.get("undated") else found.get("as_of", ""),
        "as_of_earliest": found.get("earliest"),
        "as_of_latest": found.get("latest"),
        "stated": found.get("stated", True),
        "note": found.get("note", ""),
    }


_FILES = {
    "stadtbezirk": "stadtbezirke",
    "postal_code": "postal_codes",
    "stadtteil": "stadtteile",
    "standort": "standorte",
    "partner": "partner",
    "topic": "topics",
    "sprechstunde": "sprechstunden",
    "figure": "figures",
}
