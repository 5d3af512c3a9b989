"""What confirmed the facts of a place when they stood as they do again: coming back confirms nothing."""

from collections.abc import Iterable

from django.db.models import Model

from lokalwillkommen.history.acts import rows_as_they_stood
from lokalwillkommen.history.words import Stood
from standorte.admin import FIELDS_OF_GROUP
from standorte.history import Why, because, versions_of
from standorte.models import FactGroup, Phone, Standort, StandortEvidence

_OF_SOURCE = ("source", "as_of", "as_of_earliest", "as_of_latest", "stated", "note")
_OF_CONFIRMATION = ("confirmed_on", "confirmed_by_id")


def bring_evidence_back(place: Standort, version: int, changed: Iterable[FactGroup]) -> None:
    """Give groups of facts that stand again as in a version the source and the confirmation they had with it."""
    for group in changed:
        evidence, _created = StandortEvidence.objects.get_or_create(standort=place, group=group)
        then = _evidence_of(place, version, group)
        for name in _OF_SOURCE:
            setattr(evidence, name, getattr(then or StandortEvidence(), name))
        # Phone numbers are rows of their own, and may be others than then.
        keeps = then is not None and group is not FactGroup.CONTACT
        for name in _OF_CONFIRMATION:
            setattr(evidence, name, getattr(then, name) if keeps else None)
        because(evidence, Why.RESTORED)
        evidence.save()


def unconfirm_contact(phone: Phone) -> None:
    """Take the confirmation from the numbers of a place, one of which came back."""
    for evidence in StandortEvidence.objects.filter(standort=phone.standort_id, group=FactGroup.CONTACT):
        evidence.confirmed_on = evidence.confirmed_by = None
        because(evidence, Why.RESTORED)
        evidence.save()


def groups_that_differ(one: Stood, other: Stood) -> list[FactGroup]:
    """Give the groups of facts in which two states of a place differ."""
    return [group for group in FIELDS_OF_GROUP if _facts(one, group) != _facts(other, group)]


def _evidence_of(place: Standort, version: int, group: FactGroup) -> Model | None:
    """Give the last evidence of a group before its facts became others than in a version."""
    later = versions_of(Standort).filter(id=place.pk, history_id__gte=version)
    moments = dict(later.order_by("history_id").values_list("history_id", "history_date"))
    stood = rows_as_they_stood(Standort, moments)
    changes = (number for number in moments if _facts(stood[number], group) != _facts(stood[version], group))
    end = next((moments[number] for number in changes), None)
    if end is None:
        return None
    found = versions_of(StandortEvidence).filter(standort=place.pk, group=group)
    return found.exclude(history_type="-").filter(history_date__lt=end).first()


def _facts(stood: Stood, group: FactGroup) -> list[object]:
    names = {field.name: field.attname for field in Standort._meta.concrete_fields}  # noqa: SLF001
    return [
        getattr(stood.row, names[name]) if name in names else sorted(map(str, stood.relations.get(name, ())))
        for name in FIELDS_OF_GROUP[group]
    ]
