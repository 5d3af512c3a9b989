"""A form that comes back after somebody else saved: what was typed stays, the rest is as it is stored now."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model
from django.forms import ModelForm
from django.forms.models import model_to_dict
from django.http import QueryDict

from standorte.formfields import TextFormField
from standorte.history import history_of, versions_of
from standorte.primary_keys import primary_keys

Row = TypeVar("Row", bound=Model)
Values = Mapping[str, object]


def as_they_stood(model: type[Model], pks: Iterable[object], version: int) -> dict[object, Values]:
    """Give what forms of some rows held when a version was the newest, without those that were gone by then.

    One query, and one for each relation of each row.
    """
    key = model._meta.pk.name  # noqa: SLF001  # public as well
    found = versions_of(model).filter(**{f"{key}__in": list(pks)}, history_id__lte=version)
    newest = {getattr(one, key): one for one in found.order_by("history_id")}
    return {pk: _values(model, one) for pk, one in newest.items() if one.history_type != "-"}  # type: ignore[attr-defined]  # the package's


def is_touched(form: ModelForm[Row], then: Values, name: str) -> bool:
    """Tell whether somebody typed something else into a field than it held when the form was opened."""
    return form.fields[name].has_changed(then[name], form[name].data)


def show_what_is_stored(form: ModelForm[Row], then: Values) -> None:
    """Show what is stored now in each field that nobody touched; of texts in each language."""
    for name in form.fields.keys() & then.keys():
        field = form.fields[name]
        if isinstance(field, TextFormField):
            field.bound_data = field.beside_stored  # type: ignore[method-assign]  # of this one form
        elif not is_touched(form, then, name):
            field.bound_data = _stored  # type: ignore[method-assign]


def without_gone_rows(
    data: QueryDict, form_class: type[ModelForm[Row]], prefix: str, stood: Mapping[object, Values], there: set[str]
) -> QueryDict:
    """Leave out rows that are gone by now. One in which somebody typed comes back as a new row.

    `stood` tells what rows held when the form was opened, `there` the primary keys of those that still are.
    """
    key = f"-{form_class._meta.model._meta.pk.name}"  # noqa: SLF001  # public as well
    initial, total = (_count(data, f"{prefix}-{name}_FORMS") for name in ("INITIAL", "TOTAL"))
    kept, anew = [], []
    for number in range(min(initial, total)):
        row = f"{prefix}-{number}"
        pk = data.get(row + key, "")
        if pk in there:
            kept.append(number)
            continue
        form, then = form_class(data, prefix=row), stood.get(int(pk) if primary_keys([pk]) else None, {})
        if any(is_touched(form, then, name) for name in form.fields.keys() & then.keys()):
            data[row + key] = ""
            anew.append(number)
    return _renumbered(data, prefix, [*kept, *anew, *range(initial, total)], len(kept))


def as_new_rows(data: QueryDict, prefix: str, parent: str) -> QueryDict:
    """Let the rows of a formset be new ones, which belong to a row that is not stored yet."""
    found, pattern = data.copy(), re.compile(rf"{re.escape(prefix)}-(\d+-(id|{parent})|INITIAL_FORMS)")
    for name in filter(pattern.fullmatch, data):
        found[name] = "0" if name.endswith("-INITIAL_FORMS") else ""
    return found


def _values(model: type[Model], version: Model) -> Values:
    """Give what the form of a row holds, as a version has it."""
    row: Model = version.instance  # type: ignore[attr-defined]  # the package's
    found = model_to_dict(row, [field.name for field in model._meta.concrete_fields])  # noqa: SLF001
    history = history_of(model)
    for field in getattr(history, "_history_m2m_fields", ()):
        rows = getattr(history, field.name).filter(history=version)
        found[field.name] = list(rows.values_list(field.m2m_reverse_name(), flat=True))
    return found


def _stored(data: Any, initial: Any) -> Any:  # noqa: ANN401, ARG001  # Django's signature
    return initial


def _count(data: QueryDict, name: str) -> int:
    found = primary_keys([data.get(name, "")])
    return min(int(found[0]), len(data)) if found else 0


def _renumbered(data: QueryDict, prefix: str, order: Sequence[int], initial: int) -> QueryDict:
    """Give the data of a formset with its rows in another order; the first ones are stored."""
    found, place = data.copy(), {str(number): index for index, number in enumerate(order)}
    pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)", re.DOTALL)
    parts = [(name, part) for name in data if (part := pattern.fullmatch(name))]
    for name, _part in parts:
        del found[name]
    for name, part in parts:
        if part[1] in place:
            found.setlist(f"{prefix}-{place[part[1]]}-{part[2]}", data.getlist(name))
    found[f"{prefix}-INITIAL_FORMS"], found[f"{prefix}-TOTAL_FORMS"] = str(initial), str(len(order))
    return found
