"""How the value of a form field stands in a cell: in words people know, and back to what a form is sent."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from standorte.formfields import CodesFormField, TextFormField
from standorte.texts import GERMAN

_BETWEEN = ", "
_KNOWN = 30  # as many as somebody reads in a sentence


def text_of(row: Model, name: str, field: forms.Field) -> str:
    """Write a value of a row; of a text its German words, of other rows what names them in addresses."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return _BETWEEN.join(sorted(_name(one) for one in getattr(row, name).all())) if row.pk else ""
    value = getattr(row, name)
    if isinstance(field, forms.ModelChoiceField):
        return _name(value) if value else ""
    if isinstance(field, forms.BooleanField):
        return _yes_or_no(is_so=value)
    if isinstance(field, CodesFormField):
        return _BETWEEN.join(value)
    if isinstance(field, forms.ChoiceField):
        return dict(_labels(field)).get(str(value), "")
    return "" if value is None else str(value)


def sent(name: str, field: forms.Field, text: str) -> Mapping[str, object]:
    """Give what a browser would send for a cell. Raises ValidationError with a sentence that names what there is."""
    if isinstance(field, TextFormField):
        return {f"{name}_{GERMAN}": text}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {name: [_pk(field.queryset, part) for part in _parts(text)]}
    if isinstance(field, forms.ModelChoiceField):
        return {name: _pk(field.queryset, text) if text else ""}
    if isinstance(field, forms.BooleanField):
        return {name: "on"} if _chosen(text, (("on", _yes_or_no(is_so=True)), ("", _yes_or_no(is_so=False)))) else {}
    return {name: _choice(field, text) if isinstance(field, forms.ChoiceField) else text}


def _choice(field: forms.ChoiceField, text: str) -> object:
    if isinstance(field, CodesFormField):
        return [_chosen(part, [(code, code) for code, _label in _labels(field)]) for part in _parts(text)]
    return _chosen(text, _labels(field)) if text else ""


def _yes_or_no(*, is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def _labels(field: forms.ChoiceField) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in list(field.choices) if value]  # type: ignore[arg-type]  # a list of pairs once it is asked


def _parts(text: str) -> list[str]:
    return [part for typed in text.split(",") if (part := typed.strip())]


def _names(rows: "QuerySet[Model] | Model") -> str:
    return "slug" if hasattr(rows, "slug") else "name"


def _name(row: Model) -> str:
    return str(getattr(row, _names(row)))


def _pk(rows: "QuerySet[Model] | None", text: str) -> str:
    known = {_name(row): str(row.pk) for row in rows.all()} if rows is not None else {}
    if text not in known:
        raise _unknown(text, known)
    return known[text]


def _chosen(text: str, choices: Iterable[tuple[str, str]]) -> str:
    found = {label.casefold(): value for value, label in choices}
    if text.casefold() not in found:
        raise _unknown(text, (label for _value, label in choices))
    return found[text.casefold()]


def _unknown(text: str, known: Iterable[str]) -> ValidationError:
    names = list(known)
    said = _BETWEEN.join(names[:_KNOWN]) + (" …" if len(names) > _KNOWN else "")
    return ValidationError(
        _("“%(typed)s” is not known here. There are: %(names)s"), params={"typed": text[:60], "names": said or "–"}
    )
