"""A text knows for each language whether its translation still fits the German."""

import pytest

from standorte.texts import Passage, State, Text, Translation, fingerprint, words_mark

GERMAN = "Hinterhof, zweite Tür"
TURKISH = "Arka avluda"


def _translated(state: State) -> Text:
    return Text(GERMAN).translated("tr", TURKISH, state)


# What is stored: nothing, a draft or a checked one, made from the German of now or of before.
STORED = {
    State.MISSING: Text(GERMAN),
    State.DRAFT: _translated(State.DRAFT),
    State.CHECKED: _translated(State.CHECKED),
    State.OUTDATED: Text("Vorderhaus").translated("tr", TURKISH, State.CHECKED).edited({"de": GERMAN}),
}


@pytest.mark.parametrize("state", list(State))
def test_each_state_can_be_reached(state: State) -> None:
    assert STORED[state].state("tr") is state


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        # A person leaves everything as it is.
        (State.MISSING, {"de": GERMAN, "tr": ""}, State.MISSING),
        (State.DRAFT, {"de": GERMAN, "tr": TURKISH}, State.DRAFT),
        (State.CHECKED, {"de": GERMAN, "tr": TURKISH}, State.CHECKED),
        (State.OUTDATED, {"de": GERMAN, "tr": TURKISH}, State.OUTDATED),
        # A person rewrites the translation.
        (State.MISSING, {"tr": "Bodrum"}, State.CHECKED),
        (State.DRAFT, {"tr": "Bodrum"}, State.CHECKED),
        (State.CHECKED, {"tr": "Bodrum"}, State.CHECKED),
        (State.OUTDATED, {"tr": "Bodrum"}, State.CHECKED),
        # A person takes it away.
        (State.MISSING, {"tr": ""}, State.MISSING),
        (State.DRAFT, {"tr": ""}, State.MISSING),
        (State.CHECKED, {"tr": ""}, State.MISSING),
        (State.OUTDATED, {"tr": ""}, State.MISSING),
        # A person rewrites the German only.
        (State.MISSING, {"de": "Garten", "tr": ""}, State.MISSING),
        (State.DRAFT, {"de": "Garten", "tr": TURKISH}, State.OUTDATED),
        (State.CHECKED, {"de": "Garten", "tr": TURKISH}, State.OUTDATED),
        (State.OUTDATED, {"de": "Garten", "tr": TURKISH}, State.OUTDATED),
        # A person rewrites both.
        (State.MISSING, {"de": "Garten", "tr": "Bahçe"}, State.CHECKED),
        (State.DRAFT, {"de": "Garten", "tr": "Bahçe"}, State.CHECKED),
        (State.CHECKED, {"de": "Garten", "tr": "Bahçe"}, State.CHECKED),
        (State.OUTDATED, {"de": "Garten", "tr": "Bahçe"}, State.CHECKED),
    ],
)
def test_what_a_person_does_decides_the_next_state(before: State, words: dict[str, str], after: State) -> None:
    edited = STORED[before].edited(words)

    assert edited.state("tr") is after


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize(
    ("words", "state", "of", "after"),
    [
        # A translator saves, as it is now or reworded.
        (TURKISH, State.CHECKED, "", State.CHECKED),
        ("Bodrum", State.CHECKED, "", State.CHECKED),
        (TURKISH, State.DRAFT, "", State.DRAFT),
        ("Bodrum", State.DRAFT, "", State.DRAFT),
        # A file comes back that was made from this German, or from another.
        (TURKISH, State.DRAFT, fingerprint(GERMAN), State.DRAFT),
        (TURKISH, State.CHECKED, fingerprint("Garten"), State.OUTDATED),
        (TURKISH, State.DRAFT, fingerprint("Garten"), State.OUTDATED),
        # Somebody takes the translation away.
        ("", State.CHECKED, "", State.MISSING),
        ("", State.DRAFT, "", State.MISSING),
    ],
)
def test_what_is_saved_for_one_language_decides_its_state_whatever_it_was(
    before: State, words: str, state: State, of: str, after: State
) -> None:
    text = STORED[before].translated("tr", words, state, of)

    assert (text.state("tr"), text.german) == (after, GERMAN)


@pytest.mark.parametrize("before", list(State))
def test_without_german_there_is_nothing_that_could_be_right(before: State) -> None:
    after = State.MISSING if before is State.MISSING else State.OUTDATED

    assert STORED[before].edited({"de": ""}).state("tr") is after


@pytest.mark.parametrize("state", [State.DRAFT, State.CHECKED])
def test_editing_the_german_forth_and_back_makes_a_translation_valid_again(state: State) -> None:
    text = _translated(state)

    forth = text.edited({"de": "Garten"})
    back = forth.edited({"de": GERMAN})

    assert (forth.state("tr"), back) == (State.OUTDATED, text)


def test_white_space_alone_makes_no_translation_outdated() -> None:
    text = _translated(State.CHECKED)

    edited = text.edited({"de": "Hinterhof,\n  zweite Tür "})

    assert edited.state("tr") is State.CHECKED


def test_only_the_translation_that_was_touched_changes() -> None:
    text = _translated(State.DRAFT).translated("ar", "الفناء", State.DRAFT)

    edited = text.edited({"de": GERMAN, "ar": "الفناء الخلفي", "tr": TURKISH})

    assert edited.translations == {
        "ar": Translation("الفناء الخلفي", State.CHECKED, fingerprint(GERMAN)),
        "tr": Translation(TURKISH, State.DRAFT, fingerprint(GERMAN)),
    }


def test_a_language_that_is_not_in_the_form_stays_as_it_is() -> None:
    text = _translated(State.DRAFT)

    assert text.edited({"de": GERMAN, "en": ""}) == text


def test_editing_gives_a_new_text_and_leaves_the_old_one_alone() -> None:
    text = _translated(State.DRAFT)

    text.edited({"de": "Garten", "tr": "Bahçe"})

    assert text == _translated(State.DRAFT)


@pytest.mark.parametrize(
    ("text", "language", "passage"),
    [
        (STORED[State.CHECKED], "tr", Passage(TURKISH, "tr", State.CHECKED)),
        (STORED[State.DRAFT], "tr", Passage(TURKISH, "tr", State.DRAFT)),
        (STORED[State.OUTDATED], "tr", Passage(GERMAN, "de", State.OUTDATED)),
        (STORED[State.MISSING], "tr", Passage(GERMAN, "de", State.MISSING)),
        (STORED[State.CHECKED], "ar", Passage(GERMAN, "de", State.MISSING)),
        (STORED[State.CHECKED], "de", Passage(GERMAN, "de", State.CHECKED)),
        (STORED[State.CHECKED], "de-x-leicht", Passage(GERMAN, "de", State.MISSING)),
        (Text(), "de", Passage("", "de", State.MISSING)),
        (Text(), "tr", Passage("", "de", State.MISSING)),
    ],
)
def test_a_reader_gets_the_translation_or_else_the_german(text: Text, language: str, passage: Passage) -> None:
    assert text.passage(language) == passage


def test_the_words_of_a_language_are_never_borrowed_from_another() -> None:
    text = _translated(State.CHECKED)

    assert [text.words(code) for code in ("de", "tr", "ar")] == [GERMAN, TURKISH, ""]


def test_a_text_is_as_true_and_as_printable_as_its_german() -> None:
    assert [(bool(text), str(text)) for text in (Text(), Text(GERMAN))] == [(False, ""), (True, GERMAN)]


def test_the_stored_form_says_which_german_a_translation_was_made_from() -> None:
    stored = STORED[State.OUTDATED].to_json()

    assert stored == {
        "de": {"text": GERMAN},
        "tr": {"text": TURKISH, "state": "checked", "of": fingerprint("Vorderhaus")},
    }


@pytest.mark.parametrize("text", [*STORED.values(), Text()])
def test_storing_and_reading_gives_the_same_text(text: Text) -> None:
    assert Text.from_json(text.to_json()) == text


def test_an_empty_text_is_stored_as_an_empty_object() -> None:
    assert Text().to_json() == {}


def test_outdated_is_never_stored() -> None:
    states = {entry.get("state") for text in STORED.values() for entry in text.to_json().values()}

    assert states == {None, "draft", "checked"}


def test_a_fingerprint_is_16_hexadecimal_digits_of_the_words() -> None:
    assert fingerprint("Hallo  Welt") == fingerprint(" Hallo\nWelt") == "2d2da19605a34e03"


def test_a_mark_is_that_of_just_these_words_whatever_line_ends_a_browser_makes() -> None:
    assert words_mark(" Hallo\r\nWelt ") == words_mark("Hallo\nWelt") == "9e500d5283e6ecc4"
    assert words_mark("Hallo  Welt") != words_mark("Hallo Welt")
