"""What the finder does with what people type, in a small city with a few names."""

from dataclasses import replace

import pytest

from standorte.finding import LONGEST, Finding, Gazetteer, Reach, StreetPart, find, fold_street
from standorte.spelling import fold

NAMES = {"Hörde": "hoerde", "Loh": "hoerde", "Hombruch": "hombruch", "Barop": "hombruch", "Eving": "eving"}
CITY = Gazetteer(
    names={fold(name): (slug,) for name, slug in NAMES.items()},
    postal_codes={
        "44225": (Reach("hombruch", is_sure=True),),
        "44227": (Reach("hombruch", is_sure=True), Reach("hoerde", is_sure=False)),
        "44139": (Reach("eving", is_sure=False),),
    },
    shared={fold("Zentrum"): ("eving", "hoerde")},
    elsewhere=frozenset(map(fold, ("Bochum", "Erving", "Loh am Meer"))),
    everyday=frozenset({fold("Hombrus")}),
    ambiguous=frozenset(map(fold, ("Loh", "Effing"))),
    negations=frozenset({"nicht"}),
)
STREETS = replace(
    CITY,
    streets=(
        StreetPart(fold_street("Beispielweg"), "44225", "hombruch"),
        StreetPart(fold_street("Erfundene Straße"), "44225", "hombruch"),
        StreetPart(fold_street("Erfundene Straße"), "44263", "hoerde"),
        StreetPart(fold_street("Erfundene Straße Nord"), "44339", "eving"),
    ),
)
SURE_HOERDE = Finding(("hoerde",), is_sure=True)


def asked(*slugs: str) -> Finding:
    """Give what is found where people must be asked."""
    return Finding(slugs)


@pytest.mark.parametrize(
    "typed",
    [
        "Hörde",
        "hordde",
        "Ich wohne in Hörde, nicht in Bochum, wo muss ich hin?",
        "Loh",
        "44227 Loh",
        "Weiß nicht, ich wohne in Hörde",
    ],
)
def test_a_name_is_found_however_it_stands(typed: str) -> None:
    assert find(typed, CITY) == SURE_HOERDE


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("44225", Finding(("hombruch",), is_sure=True, by_postal_code=True)),
        *(
            (typed, Finding(("hombruch",), is_sure=True, by_postal_code=True))
            for typed in ("44 225", "4 4 2 2 5", "44 2 25", "DE44225", "D-44225", "D44225", "DE-44 225")
        ),
        ("44227", Finding(("hombruch", "hoerde"), by_postal_code=True)),
        ("44139", Finding(("eving",), by_postal_code=True)),
    ],
)
def test_a_postal_code_decides_only_where_it_is_sure_and_alone(typed: str, found: Finding) -> None:
    assert find(typed, CITY) == found


def test_a_name_decides_within_a_postal_code_and_is_asked_about_against_one() -> None:
    assert find("44227 Hörde", CITY) == SURE_HOERDE
    assert find("44225 Hörde", CITY) == asked("hoerde", "hombruch")


def test_two_names_are_asked_about() -> None:
    assert find("Hombruch oder Hörde", CITY) == asked("hombruch", "hoerde")


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Loh und Frieden", "hoerde"),  # a name that is also a word
        ("Ich heiße Effing", "eving"),  # a name of a person, one slip from a place
        ("Effing", "eving"),
        ("ich wohne nicht in Hörde", "hoerde"),
        ("nicht mehr in Hördee", "hoerde"),
    ],
)
def test_what_may_be_no_place_or_not_the_one_is_asked_about(typed: str, slug: str) -> None:
    assert find(typed, CITY) == asked(slug)


def test_a_word_for_several_districts_counts_only_where_nothing_else_is_said() -> None:
    assert find("Zentrum", CITY) == asked("eving", "hoerde")
    assert find("Hörde Zentrum", CITY) == SURE_HOERDE


@pytest.mark.parametrize("typed", ["Bochum", "Bochun", "99999", "Zentrum von Bochum", "Loh am Meer", ""])
def test_what_is_elsewhere_or_nothing_claims_nothing(typed: str) -> None:
    assert find(typed, CITY) == Finding()


def test_a_name_beside_a_place_elsewhere_is_asked_about() -> None:
    assert find("Bochum Hörde", CITY) == asked("hoerde")
    assert find("99999 Hörde", CITY) == asked("hoerde")
    assert find("Bochum bei Hörde", CITY) == asked("hoerde")
    assert find("Bochum bei Hörde links", CITY) == SURE_HOERDE


def test_a_misspelt_name_counts_while_no_other_word_is_as_near() -> None:
    assert find("Hombruc", CITY) == Finding(("hombruch",), is_sure=True)
    assert find("Hom bruc", CITY) == Finding(("hombruch",), is_sure=True)
    assert find("Hombrch wegen Umzug", CITY) == Finding(("hombruch",), is_sure=True)
    assert find("Ervin", CITY) == Finding()
    assert find("44225 Bochun", CITY) == Finding()
    assert find("Hombrus", CITY) == Finding()


def test_a_short_name_must_be_right_and_a_long_one_with_two_slips_is_asked_about() -> None:
    long = replace(CITY, names={fold("Beispielried"): ("eving",)})

    assert find("Lok", CITY) == Finding()
    assert find("Evint", CITY) == Finding(("eving",), is_sure=True)
    assert find("Evnit", CITY) == Finding()
    assert find("Baispielried", long) == Finding(("eving",), is_sure=True)
    assert find("Baispialriad", long) == asked("eving")
    assert find("Baispialriat", long) == Finding()
    assert find("Hobrugh", CITY) == asked("hombruch")
    assert find("Hobruk", CITY) == Finding()


def test_in_a_sentence_short_words_are_not_corrected_and_misspelt_names_are_asked_about_unless_they_are_long() -> None:
    long = replace(CITY, names={fold("Beispielried"): ("eving",)})

    assert find("in Evign bitte", CITY) == Finding(("eving",), is_sure=True)
    assert find("wir in Evign bitte", CITY) == Finding()
    assert find("wir wohnen in Evings", CITY) == asked("eving")
    assert find("wir wohnen in Baispielried", long) == Finding(("eving",), is_sure=True)
    assert find("wir wohnen in Beispialriad", long) == asked("eving")
    assert find("wir haben Barob gesehen", CITY) == Finding()
    assert find("wir wohnen in Hombrch", CITY) == Finding(("hombruch",), is_sure=True)
    assert find("wir wohnen in Hobrugh", CITY) == asked("hombruch")


def test_a_postal_code_counts_more_than_a_word_that_may_be_no_name() -> None:
    assert find("Loh und Frieden, 44225", CITY) == find("44225", CITY)


@pytest.mark.parametrize(
    "typed", ["Hörder Straße", "Hörder Hellweg", "Hörder Bahnhofstr. 5", "Evingplatz", "Hombruchstr. 3", "Hombruchstr"]
)
def test_a_street_named_after_a_district_need_not_be_there(typed: str) -> None:
    assert find(typed, CITY) == Finding()


def test_all_names_that_are_as_near_and_those_one_slip_further_are_asked_about() -> None:
    many = {fold(f"Beispiel{letter}"): (f"ort-{letter}",) for letter in "abcdfgk"}
    further = {fold("Beispielre"): ("fern",), fold("Beispielrei"): ("weiter",), fold("Beispielreih"): ("nah",)}

    assert len(find("Beispielm", replace(CITY, names=many)).stadtbezirke) == 7
    assert find("Beispielreihe", replace(CITY, names=further)) == asked("nah", "weiter")


def test_a_street_is_no_misspelt_name_of_something_else() -> None:
    known = replace(CITY, names={fold("Beispielried"): ("eving",)})

    assert find("Beispielriet", known) == Finding(("eving",), is_sure=True)
    assert find("Beispielring", known) == Finding()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Beispielweg 12", Finding(("hombruch",), is_sure=True)),
        ("erfundene Strase Nord 7", Finding(("eving",), is_sure=True)),
        ("Beispllwg", Finding()),
        ("beispilweg 3", Finding(("hombruch",), is_sure=True)),
        ("Erfundene Str. 4", asked("hombruch", "hoerde")),
        ("erfundene strasse 4, 44263", asked("hoerde")),
        ("Ich wohne in der Erfundenen Straße, also Erfundene Straße Nord", Finding(("eving",), is_sure=True)),
        ("Erfundene Straße, Hörde", SURE_HOERDE),
        ("Unbekannter Weg", Finding()),
    ],
)
def test_a_street_is_found_and_asked_about_where_it_has_several_parts(typed: str, found: Finding) -> None:
    assert find(typed, STREETS) == found


def test_a_postal_code_chooses_the_part_of_a_street() -> None:
    known = replace(STREETS, postal_codes={**CITY.postal_codes, "44263": (Reach("hoerde", is_sure=True),)})

    assert find("Erfundene Straße 4, 44263 Dortmund", known) == SURE_HOERDE


def test_what_is_longer_than_the_field_is_not_read() -> None:
    assert find("x" * LONGEST + " Hörde", CITY) == Finding()
