"""Which models have a history, and on whose page the history of each is told."""

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db.models import Model, Q

from lokalwillkommen.facts.models import Figure
from sprechstunden.models import Change, Participation, Schedule, Sprechstunde
from standorte.history import has_history, versions_of
from standorte.models import (
    Offer,
    Partner,
    PartnerRole,
    Phone,
    PostalCode,
    PostalCodeArea,
    Standort,
    StandortEvidence,
)

# What belongs to a row, by the name of the field that leads to it.
CHILDREN: Mapping[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Standort: ((Phone, "standort"), (StandortEvidence, "standort"), (PartnerRole, "standort"), (Figure, "standort")),
    Partner: ((PartnerRole, "partner"), (Offer, "partner"), (Participation, "partner")),
    Sprechstunde: ((Schedule, "sprechstunde"), (Participation, "sprechstunde")),
    Schedule: ((Change, "schedule"),),
    PostalCode: ((PostalCodeArea, "postal_code"),),
}


@cache
def recorded() -> tuple[type[Model], ...]:
    """Give all models with a history."""
    return tuple(model for model in apps.get_models() if has_history(model))


@cache
def recorded_by_label() -> Mapping[str, type[Model]]:
    """Give them by the name that stands in addresses, such as "standorte.standort"."""
    return {model._meta.label_lower: model for model in recorded()}  # noqa: SLF001  # public as well


def parents_of(model: type[Model]) -> tuple[str, ...]:
    """Name the fields of a model that lead to what it belongs to."""
    return tuple(name for children in CHILDREN.values() for child, name in children if child is model)


def versions_about(model: type[Model], pk: object) -> dict[type[Model], Q]:
    """Give for a row, what belongs to it, and what belongs to that, which versions are about it; gone rows too."""
    found = {model: Q(**{model._meta.pk.name: pk})}  # noqa: SLF001
    for child, name in CHILDREN.get(model, ()):
        found[child] = Q(**{name: pk})
        for grandchild, parent in CHILDREN.get(child, ()):
            mine = versions_of(child).filter(found[child]).values(child._meta.pk.name)  # noqa: SLF001
            found[grandchild] = Q(**{f"{parent}__in": mine})
    return found
