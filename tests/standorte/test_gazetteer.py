"""The names the finder knows, with the spellings that come with the project."""

from standorte.finding import Reach, StreetPart
from standorte.gazetteer import gazetteer
from standorte.spelling import fold

REACHES = {"44263": (Reach("hoerde", is_sure=True),)}
STREETS = (StreetPart("beispielweg", "44263", "hoerde"),)


def test_each_name_stands_with_its_spellings_in_other_scripts() -> None:
    known = gazetteer([("Eving", "eving"), ("Erfunden", "hoerde")], REACHES, STREETS)

    arabic, cyrillic = "\u0625\u064a\u0641\u064a\u0646\u063a", "\u042d\u0432\u0438\u043d\u0433"
    assert set(known.names) > {fold("Eving"), fold(arabic), fold(cyrillic), fold("Erfunden")}
    assert {slug for slugs in known.names.values() for slug in slugs} == {"eving", "hoerde"}
    assert list(known.names[fold(cyrillic)]) == ["eving"]
    assert (known.postal_codes, known.streets) == (REACHES, STREETS)


def test_a_name_of_several_districts_stands_for_all_of_them_once() -> None:
    known = gazetteer([("Dorf", "eving"), ("Dorf", "hoerde"), ("dorff", "eving")], {})

    assert dict(known.names) == {fold("Dorf"): ["eving", "hoerde"]}
    assert known.streets == ()


def test_what_is_no_word_is_no_name() -> None:
    assert dict(gazetteer([("…", "eving")], {}).names) == {}


def test_a_name_in_dortmund_is_neither_elsewhere_nor_an_everyday_word() -> None:
    plain = gazetteer([], {})
    known = gazetteer([("Unna", "eving"), ("Garten", "hoerde")], {})

    assert set(plain.elsewhere) - set(known.elsewhere) == {fold("Unna")}
    assert set(plain.everyday) - set(known.everyday) == {fold("Garten")}
    assert list(plain.shared[fold("Zentrum")]) == ["innenstadt-west", "innenstadt-nord", "innenstadt-ost"]
