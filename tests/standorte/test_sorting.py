"""German order of names."""

from dataclasses import dataclass

from standorte.sorting import in_german_order


@dataclass(frozen=True)
class Place:
    name: str


def test_names_stand_as_in_a_german_phone_book() -> None:
    names = ["Zeche", "Östrich", "Oestrich", "Ostwall", "hafen", "Hörde", "Hombruch", "Holte", "Aßmann", "Asseln"]

    found = [place.name for place in in_german_order(map(Place, names))]

    expected = ["Asseln", "Aßmann", "hafen", "Holte", "Hombruch", "Hörde", "Oestrich", "Östrich", "Ostwall", "Zeche"]
    assert found == expected
