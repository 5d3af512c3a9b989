"""A text in several languages that knows whether each translation still fits its German.

Pure: no Django, no database. A translation keeps the fingerprint of the German text it was
made from. Whether it is outdated is never stored but compared, so that editing the German
forth and back makes a translation valid again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

GERMAN = "de"


class State(StrEnum):
    """How far a text is in one language. Only DRAFT and CHECKED are ever stored."""

    MISSING = "missing"
    DRAFT = "draft"
    CHECKED = "checked"
    OUTDATED = "outdated"


class StoredTranslation(TypedDict, total=False):
    """One language as it stands in the database; German has only a text."""

    text: str
    state: str
    of: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in one language and the fingerprint of the German it was made from."""

    text: str
    state: State
    of: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reader gets: the words, the language they are really in, and their state."""

    text: str
    language: str
    state: State


@dataclass(frozen=True, slots=True)
class Text:
    """German words and their translations; every change gives a new Text."""

    german: str = ""
    translations: Mapping[str, Translation] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.german)

    def __str__(self) -> str:
        return self.german

    def state(self, language: str) -> State:
        """Tell how far the text is in a language; German is its own source and always checked."""
        if language == GERMAN:
            return State.CHECKED if self.german else State.MISSING
        translation = self.translations.get(language)
        if translation is None:
            return State.MISSING
        return translation.state if translation.of == fingerprint(self.german) else State.OUTDATED

    def words(self, language: str) -> str:
        """Give the words stored for a language, however old, or nothing."""
        if language == GERMAN:
            return self.german
        translation = self.translations.get(language)
        return translation.text if translation else ""

    def passage(self, language: str) -> Passage:
        """Give what a reader of a language sees: the translation, else the German.

        An outdated translation may say what is no longer true, so the German stands in for it too.
        """
        state = self.state(language)
        if state in {State.MISSING, State.OUTDATED}:
            return Passage(self.german, GERMAN, state)
        return Passage(self.words(language), language, state)

    def translated(self, language: str, text: str, state: State, of: str = "") -> "Text":
        """Set one translation, made from the German as it is now or as a fingerprint says; no words take it away."""
        others = {key: value for key, value in self.translations.items() if key != language}
        if text:
            others[language] = Translation(text, state, of or fingerprint(self.german))
        return Text(self.german, others)

    def edited(self, words: Mapping[str, str]) -> "Text":
        """Apply what a person left in a form; only translations they touched count as checked anew."""
        result = Text(words.get(GERMAN, self.german), self.translations)
        for language, text in words.items():
            if language != GERMAN and text != self.words(language):
                result = result.translated(language, text, State.CHECKED)
        return result

    def to_json(self) -> dict[str, StoredTranslation]:
        """Give the form that is stored; an empty text is an empty object."""
        stored: dict[str, StoredTranslation] = {GERMAN: {"text": self.german}} if self.german else {}
        for language, translation in sorted(self.translations.items()):
            stored[language] = {"text": translation.text, "state": translation.state, "of": translation.of}
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, StoredTranslation]) -> "Text":
        """Read the stored form."""
        translations = {
            language: Translation(entry["text"], State(entry["state"]), entry["of"])
            for language, entry in stored.items()
            if language != GERMAN
        }
        return cls(stored.get(GERMAN, {}).get("text", ""), translations)


def fingerprint(text: str) -> str:
    """Give 16 hexadecimal digits that stay the same when only white space differs."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def words_mark(text: str) -> str:
    """Give a short mark that only the same words have, whatever line ends a browser makes of them."""
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:16]
