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
from django.utils import timezone

from lokalwillkommen.facts.models import LoadedFact
from standorte.history import Why, because
from standorte.text_history import versions_kept
from standorte.texts import Text, fingerprint

Row = TypeVar("Row", bound=models.Model)
Values = Mapping[str, object]


class GoneError(LookupError):
    """A record refers to a row that staff have deleted, or whose address they have changed."""


@dataclass(slots=True)
class Ledger:
    """One run of loading; counts what it did. Use it inside a transaction."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    _entries: dict[str, LoadedFact] = field(default_factory=LoadedFact.objects.in_bulk)
    _fresh: set[tuple[type[models.Model], object]] = field(default_factory=set)

    def load(
        self, key: str, model: type[Row], lookup: Values, values: Values, *, confirmed: bool = False
    ) -> Row | None:
        """Create or update the row that a lookup finds; give it, or None where staff deleted it.

        What staff have confirmed is theirs too: a file would put other facts under their confirmation.
        """
        entry = self._entries.get(key)
        row = _row(model, lookup)
        if row is None:
            return None if entry else self._created(key, model(**lookup), values)
        if entry is None and (model, row.pk) in self._fresh:
            self._write(key, row, values)
        elif (
            confirmed
            or getattr(row, "confirmed_on", None)
            or entry is None
            or snapshot(row, entry.values_loaded) != entry.values_loaded
        ):
            self.kept += 1
        elif entry.values_in_file != plain(values):
            self._write(key, row, values)
            self.updated += 1
        return row

    def find(self, key: str, model: type[Row], lookup: Values) -> Row:
        """Give the row of another record. Raises GoneError where it is gone, LookupError where it never was."""
        row = _row(model, lookup)
        if row is None:
            raise GoneError(key) if key in self._entries else LookupError(key)
        return row

    def _created(self, key: str, row: Row, values: Values) -> Row:
        self._write(key, row, values)
        self._fresh.add((type(row), row.pk))
        self.created += 1
        return row

    def _write(self, key: str, row: models.Model, values: Values) -> None:
        many = {name for name in values if row._meta.get_field(name).many_to_many}  # noqa: SLF001  # public as well
        entry = self._entries.get(key)
        said_before: Values = entry.values_in_file if entry else {}
        for name, value in values.items():
            if name not in many:
                setattr(row, name, _joined(getattr(row, name), value, said_before.get(name, {})))
        # The database holds the constraints itself; asking each one before would cost a query.
        row.full_clean(validate_constraints=False)
        because(row, Why.FACTS)
        with versions_kept([row], None, timezone.now()):
            row.save()
        for name in many:
            getattr(row, name).set(values[name])
        row.refresh_from_db()
        said = {"values_in_file": plain(values), "values_loaded": snapshot(row, values)}
        LoadedFact.objects.update_or_create(key=key, defaults=said)


def _row(model: type[Row], lookup: Values) -> Row | None:
    return model._default_manager.filter(**lookup).first()  # noqa: SLF001  # public, so Django's documentation says


def snapshot(row: models.Model, names: Mapping[str, object]) -> object:
    """Give what a row says in the named fields, in the form of the ledger.

    Of texts only the languages in which the file says something: that somebody translated them into others
    makes no other fact of them.
    """
    return plain({name: _value(row, name, said) for name, said in names.items()})


def plain(values: Values) -> object:
    """Give values as they come back from a JSON column: rows by their primary key, texts as stored."""
    return json.loads(json.dumps(dict(values), cls=_Encoder, sort_keys=True))


def _value(row: models.Model, name: str, said: object) -> object:
    value = getattr(row, name)
    if isinstance(value, Text):
        spoken = _languages(said)
        return Text(value.german, {code: one for code, one in value.translations.items() if code in spoken})
    if isinstance(value, models.Manager):
        return sorted(value.values_list("pk", flat=True))
    return value


def _joined(old: object, new: object, said_before: object) -> object:
    """Give what a file says now; of a text also the translations into languages of which it said nothing before.

    Where the file begins to speak such a language, a translation that fits the German comes before its draft.
    """
    if not isinstance(old, Text) or not isinstance(new, Text):
        return new
    spoken, now = _languages(said_before), fingerprint(new.german)
    others = {code: one for code, one in old.translations.items() if code not in spoken}
    fitting = {code: one for code, one in others.items() if one.of == now}
    return Text(new.german, {**others, **new.translations, **fitting})


def _languages(said: object) -> frozenset[str]:
    stored = said.to_json() if isinstance(said, Text) else said
    return frozenset(stored) if isinstance(stored, dict) else frozenset()


class _Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        if isinstance(o, models.Model):
            return o.pk
        if isinstance(o, Text):
            return o.to_json()
        return super().default(o)
