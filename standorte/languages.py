"""Names of languages, from CLDR; spoken languages are independent of the languages of the site."""

from datetime import date
from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from django.conf import settings
from django.utils.translation import get_language

# What counsellors in the network may speak. A language more is one code here.
SPOKEN = (
    *("de", "en", "ar", "fa", "ku", "tr", "uk", "ru", "fr", "ro", "bg", "pl", "es", "it", "pt"),
    *("el", "sq", "sr", "hr", "bs", "am", "ti", "so", "ps", "ur", "hi", "ta", "zh", "vi", "rom"),
)
# Days are written as in Europe: 9 February 2018.
_REGIONAL = {"en": "en_GB"}
_RIGHT_TO_LEFT = "right-to-left"
# CLDR has no name for it; its readers know it by this one.
_VARIANTS = {"de-x-leicht": "Leichte Sprache"}


def babel_locale() -> Locale:
    """Give the CLDR locale of the active language; easy German is German."""
    language = (get_language() or "de").partition("-")[0]
    return _locale(_REGIONAL.get(language, language))


def day_of_month(day: date) -> str:
    """Give the number of a day; in French the first of a month is "1er", which CLDR cannot say."""
    return "1er" if day.day == 1 and babel_locale().language == "fr" else str(day.day)


def date_in_words(day: date, form: Literal["full", "long"]) -> str:
    """Write day, month and year; "full" with the weekday."""
    words: str = format_date(day, form, babel_locale())
    number = str(day.day)
    # Only the day stands alone as this number; years have four digits.
    return " ".join(day_of_month(day) if word == number else word for word in words.split(" "))


def language_name(code: str) -> str:
    """Name a language in the active language; an unknown code stays as it is."""
    name: str = _VARIANTS.get(code) or babel_locale().languages.get(code, code)
    return name


@cache
def own_name(code: str) -> str:
    """Name a language in itself, as its speakers recognise it, first letter large, no variant."""
    if code in _VARIANTS:
        return _VARIANTS[code]
    try:
        name: str = _locale(code).languages[code]
    except (UnknownLocaleError, KeyError):
        name = _locale("de").languages.get(code, code)
    name = name.split(" (")[0]
    return name[:1].upper() + name[1:]


@cache
def direction(code: str) -> str:
    """Give the value of the HTML attribute "dir" for text in a language."""
    try:
        return "rtl" if _locale(code.partition("-")[0]).character_order == _RIGHT_TO_LEFT else "ltr"
    except UnknownLocaleError:
        return "ltr"


def site_languages() -> tuple[str, ...]:
    """Give the codes of the site's languages, German first."""
    return tuple(code for code, _name in settings.LANGUAGES)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)
