"""Figures: what the database refuses, and what readers are told."""

import pytest
from django.utils.translation import override

from lokalwillkommen.facts.models import Figure, Qualifier, Unit
from lokalwillkommen.facts.templatetags.figures import in_words
from tests.violations import NOT_A_CHOICE, Violation, constraints_of


def make_figure() -> Figure:
    return Figure.objects.create(quantity=9000, unit=Unit.PEOPLE, qualifier=Qualifier.MORE_THAN)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["unit", "qualifier"])
def test_a_figure_has_a_known_unit_and_qualifier(name: str) -> None:
    violation = Violation(f"figure_has_a_known_{name}", make_figure, lambda: {name: "sonst"}, [NOT_A_CHOICE])

    violation.is_refused_by_the_database()


def test_no_constraint_of_figures_is_forgotten() -> None:
    inherited = ["figure_as_of_begins_before_it_ends", "figure_confirmed_by_somebody_has_a_day"]

    assert constraints_of("facts") == [*inherited, "figure_has_a_known_qualifier", "figure_has_a_known_unit"]


@pytest.mark.parametrize(
    ("qualifier", "quantity", "unit", "german", "english"),
    [
        (Qualifier.MORE_THAN, 9000, Unit.PEOPLE, "mehr als 9.000 Menschen", "more than 9,000 people"),
        (Qualifier.EXACTLY, 1, Unit.HOUSEHOLDS, "1 Haushalt", "1 household"),
        (Qualifier.ABOUT, 5000, Unit.CONSULTATIONS, "etwa 5.000 Beratungen", "about 5,000 consultations"),
        (Qualifier.AT_LEAST, 3, Unit.OFFERS, "mindestens 3 Angebote", "at least 3 offers"),
        (
            *(Qualifier.UP_TO, 2, Unit.WEEKS_WAITING),
            *("bis zu 2 Wochen Wartezeit auf einen Termin", "up to 2 weeks of waiting for an appointment"),
        ),
    ],
)
def test_a_figure_is_said_as_its_source_limits_it(
    qualifier: Qualifier, quantity: int, unit: Unit, german: str, english: str
) -> None:
    figure = Figure(quantity=quantity, unit=unit, qualifier=qualifier)

    said = []
    for language in ("de", "en"):
        with override(language):
            said.append(in_words(figure))

    assert said == [german, english]


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_words(unit: Unit) -> None:
    with override("en"):
        assert in_words(Figure(quantity=12, unit=unit)).startswith("12 ")
