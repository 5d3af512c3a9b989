"""What is the same to a reader is the same when names are compared."""

import pytest

from standorte.spelling import fold, readable, words


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Hörde", "HOERDE"),
        ("Hörde", "Horde"),
        ("Kaiserstraßenviertel", "Kaiserstrassenviertel"),
        ("Alt-Scharnhorst", "alt scharnhorst"),
        ("Alt-Scharnhorst", "altscharnhorst"),
        ("Brächten", "Brechten"),
        ("Kruckel", "Krukel"),
        ("\u0425\u0451\u0440\u0434\u0435", "\u0413\u044c\u043e\u0440\u0434\u0435"),  # Hörde in Russian and Ukrainian
        ("\u0647\u064f\u0648\u0631\u062f\u0647", "\u0647\u0648\u0631\u062f\u0629"),  # with a vowel sign; ta marbuta
        ("\u0645\u0646\u06af\u062f\u0647", "\u0645\u0646\u063a\u062f\u0647"),  # Mengede in Persian and Arabic
    ],
)
def test_spellings_of_one_name_are_the_same(typed: str, other: str) -> None:
    assert fold(typed) == fold(other)


@pytest.mark.parametrize("sign", ["\u064b", "\u064f", "\u0652", "\u0670"])
def test_arabic_vowel_signs_do_not_cut_a_word(sign: str) -> None:
    assert words(f"\u0647\u0648{sign}\u0631\u062f\u0647") == ["\u0647\u0648\u0631\u062f\u0647"]


def test_names_that_differ_stay_different() -> None:
    names = ("Hörde", "Derne", "Nette", "Körne", "Husen", "Kley", "Kurl")

    assert len({fold(name) for name in names}) == len(names)


def test_digits_of_every_script_are_latin_and_are_never_merged() -> None:
    assert words("PLZ: ٤٤٢٦٣, ۴۴۲۶۵ 44227") == ["plz", "44263", "44265", "44227"]
    assert fold("44227") == "44227"


def test_signs_nobody_sees_are_gone_and_spaces_are_alike() -> None:
    assert readable("\u202eH\u0000ö\u200brde\u2069\r\n\tHombruch ") == "Hörde Hombruch"
    assert readable("\u202e\u0007\u2066") == ""
