"""Loading a record without overwriting what staff have changed.

What a data file last said is kept in LoadedFact. A row that still says the same was left
alone by staff and may follow the file; any other row belongs to staff, whole.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from lokalwillkommen.facts.models import LoadedFact
from standorte.texts import Text

Row = TypeVar("Row", bound=models.Model)
Values = Mapping[str, object]


@dataclass(slots=True)
class Ledger:
    """One run of loading; counts what it did. Use it inside a transaction."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    _fresh: set[tuple[type[models.Model], object]] = field(default_factory=set)

    def load(self, key: str, model: type[Row], lookup: Values, values: Values) -> Row | None:
        """Create or update the row that a lookup finds; give it, or None where staff deleted it."""
        entry = LoadedFact.objects.filter(key=key).first()
        row = model._default_manager.filter(**lookup).first()
        if row is None:
            if entry is not None:
                return None
            row = _written(model(**lookup), values)
            self._fresh.add((model, row.pk))
            self.created += 1
        elif entry is None and (model, row.pk) in self._fresh:
            _written(row, values)
        elif entry is not None and snapshot(row, entry.values_loaded) == entry.values_loaded:
            self.updated += snapshot(row, values) != plain(values)
            _written(row, values)
        else:
            self.kept += 1
        LoadedFact.objects.update_or_create(key=key, defaults={"values_loaded": plain(values)})
        return row


def snapshot(row: models.Model, names: Mapping[str, object]) -> object:
    """Give what a row says in the named fields, in the form of the ledger."""
    return plain({name: _value(row, name) for name in names})


def plain(values: Values) -> object:
    """Give values as they come back from a JSON column: rows by key, texts and days as stored."""
    return json.loads(json.dumps(dict(values), cls=_Encoder, sort_keys=True))


def _value(row: models.Model, name: str) -> object:
    value = getattr(row, name)
    if isinstance(value, models.Manager):
        return sorted(value.values_list("pk", flat=True))
    return value


def _written(row: Row, values: Values) -> Row:
    many = {name for name in values if row._meta.get_field(name).many_to_many}
    for name, value in values.items():
        if name not in many:
            setattr(row, name, value)
    row.full_clean()
    row.save()
    for name in many:
        getattr(row, name).set(values[name])
    row.refresh_from_db()
    return row


class _Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        if isinstance(o, models.Model):
            return o.pk
        if isinstance(o, Text):
            return o.to_json()
        return super().default(o)
