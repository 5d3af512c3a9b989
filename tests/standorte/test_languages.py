"""Languages by their names, and the direction they are written in."""

from datetime import date

import pytest
from django.conf import settings
from django.utils.translation import override

from standorte.languages import (
    SPOKEN,
    babel_locale,
    date_in_words,
    day_of_month,
    direction,
    language_name,
    own_name,
    site_languages,
)

OWN_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "ar": "العربية",
    "fa": "فارسی",
    "ku": "Kurdî",
    "tr": "Türkçe",
    "uk": "Українська",
    "ru": "Русский",
    "fr": "Français",
    "ro": "Română",
    "bg": "Български",
    "pl": "Polski",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "el": "Ελληνικά",
    "sq": "Shqip",
    "sr": "Српски",
    "hr": "Hrvatski",
    "bs": "Bosanski",
    "am": "አማርኛ",
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "ps": "پښتو",
    "ur": "اردو",
    "hi": "हिन्दी",
    "ta": "தமிழ்",
    "zh": "中文",
    "vi": "Tiếng Việt",
    "rom": "Romani",
}


def test_each_spoken_language_has_a_name_its_speakers_recognise() -> None:
    assert {code: own_name(code) for code in SPOKEN} == OWN_NAMES


def test_a_code_nobody_knows_is_its_own_name() -> None:
    assert own_name("xx") == "Xx"


@pytest.mark.parametrize(
    ("active", "names"),
    [("de", ("Deutsch", "Persisch")), ("en", ("German", "Persian")), ("ar", ("الألمانية", "الفارسية"))],
)
def test_a_language_is_named_in_the_active_language(active: str, names: tuple[str, str]) -> None:
    with override(active):
        assert (language_name("de"), language_name("fa")) == names


def test_a_code_without_a_name_stays_as_it_is() -> None:
    with override("de"):
        assert language_name("xx") == "xx"


@pytest.mark.parametrize(("active", "language"), [("de-x-leicht", "de"), ("ar", "ar"), (None, "de")])
def test_days_and_numbers_are_written_as_in_the_active_language(active: str | None, language: str) -> None:
    with override(active):
        assert babel_locale().language == language


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 1), ("vendredi 1er janvier 2027", "1er janvier 2027", "1er")),
        (date(2027, 1, 11), ("lundi 11 janvier 2027", "11 janvier 2027", "11")),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(day: date, words: tuple[str, str, str]) -> None:
    with override("fr"):
        assert (date_in_words(day, "full"), date_in_words(day, "long"), day_of_month(day)) == words


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *(("ar", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ps", "rtl")),
        *(("de", "ltr"), ("de-x-leicht", "ltr"), ("ku", "ltr"), ("rom", "ltr"), ("xx", "ltr")),
    ],
)
def test_a_language_is_written_in_one_direction(code: str, expected: str) -> None:
    assert direction(code) == expected


def test_german_stands_first_among_the_languages_of_the_site() -> None:
    assert site_languages()[0] == settings.LANGUAGE_CODE == "de"
