"""Where texts that staff write stand: in any field of any model that is made for them.

Nothing is listed by name, so a model of any app is found as soon as it has such a field.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from standorte.fields import TranslatableTextField
from standorte.history import is_history
from standorte.texts import State, Text

# In this order residents miss a translation: an outdated one was once promised to them.
OPEN = (State.OUTDATED, State.MISSING, State.DRAFT)


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text, with the row and the field it stands in."""

    row: models.Model
    field: TranslatableTextField

    @property
    def text(self) -> Text:
        """Give the words in all languages."""
        found: Text = self.field.value_from_object(self.row)
        return found

    @property
    def key(self) -> str:
        """Name it for addresses and files, such as "standorte.standort.12.directions"."""
        return f"{self.row._meta.label_lower}.{self.row.pk}.{self.field.name}"  # noqa: SLF001  # public as well

    @property
    def where(self) -> str:
        """Name it for people, in the active language."""
        kind, name = str(capfirst(self.row._meta.verbose_name)), str(self.row)  # noqa: SLF001
        field = str(self.field.verbose_name)
        if name == str(self.text):
            return f"{kind}: {field}"
        return _("%(kind)s “%(name)s”: %(field)s") % {"kind": kind, "name": name, "field": field}


@cache
def text_fields(model: type[models.Model]) -> tuple[TranslatableTextField, ...]:
    """Give the fields of a model that hold such texts."""
    fields = model._meta.get_fields()  # noqa: SLF001
    return tuple(field for field in fields if isinstance(field, TranslatableTextField))


@cache
def models_with_texts() -> tuple[type[models.Model], ...]:
    """Give all models that have such fields."""
    return tuple(model for model in apps.get_models() if text_fields(model) and not is_history(model))


def open_texts(language: str, today: date) -> list[FoundText]:
    """Give all that has to be translated into a language; one query per model, whatever there is.

    What residents no longer read, such as a closure that is over, needs no translation any more.
    """
    found = [one for one in written_texts(today) if one.text.state(language) in OPEN]
    return sorted(found, key=lambda one: OPEN.index(one.text.state(language)))


def written_texts(today: date) -> Iterator[FoundText]:
    """Give each text that has German words and can still be read today or later."""
    for model in models_with_texts():
        for row in _rows(model, today):
            yield from (found for field in text_fields(model) if (found := FoundText(row, field)).text)


def find_text(key: str, *, to_write: bool = False) -> FoundText | None:
    """Give the text of a key, or None where there is none (any more); one that will be written is locked."""
    place = _place(key)
    if place is None:
        return None
    field, number = place
    rows = field.model._default_manager.filter(pk=number)  # noqa: SLF001
    row = (rows.select_for_update(no_key=True) if to_write else rows).first()
    return FoundText(row, field) if row else None


def find_texts(keys: Iterable[str]) -> dict[str, FoundText]:
    """Give the texts of some keys, as far as they are there; one query per model."""
    places = {key: place for key in keys if (place := _place(key))}
    rows: dict[tuple[type[models.Model], int], models.Model] = {}
    for model in {field.model for field, _number in places.values()}:
        numbers = [number for field, number in places.values() if field.model is model]
        found = model._default_manager.select_related().in_bulk(numbers)  # noqa: SLF001
        rows |= {(model, number): row for number, row in found.items()}
    return {
        key: FoundText(row, field)
        for key, (field, number) in places.items()
        if (row := rows.get((field.model, number))) is not None
    }


def text_of_field(row: models.Model, name: str) -> FoundText:
    """Give the text of a row in one of its fields."""
    return next(FoundText(row, field) for field in text_fields(type(row)) if field.name == name)


def is_key(key: str) -> bool:
    """Tell whether a key can be that of a text, there or gone."""
    return _place(key) is not None


def _place(key: str) -> tuple[TranslatableTextField, int] | None:
    """Split a key into its field and the primary key of its row."""
    label, _dot, number = key.rpartition(".")[0].rpartition(".")
    field = _field(label, key.rpartition(".")[2])
    return (field, int(number)) if field is not None and _is_number(number) else None


def _field(label: str, name: str) -> TranslatableTextField | None:
    fields = (field for model in models_with_texts() for field in text_fields(model))
    return next((one for one in fields if (one.model._meta.label_lower, one.name) == (label, name)), None)  # noqa: SLF001


def _rows(model: type[models.Model], today: date) -> models.QuerySet[models.Model]:
    manager = model._default_manager  # noqa: SLF001
    rows: models.QuerySet[models.Model] = manager.since(today) if hasattr(manager, "since") else manager.all()
    has_words = models.Q()
    for field in text_fields(model):
        has_words |= ~models.Q(**{field.name: Text()})
    return rows.filter(has_words).select_related().order_by("pk")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19  # noqa: PLR2004  # more digits than a primary key has
