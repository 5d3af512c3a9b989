"""How a row stood, in words: labels of its fields and what was in them, by name and in the active language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lokalwillkommen.history.kinds import parents_of
from sprechstunden.models import Closure, Participation, Schedule, Sprechstunde
from sprechstunden.templatetags.timetable import hours
from sprechstunden.wording import sentence_of
from standorte.fields import CodesField, TranslatableTextField
from standorte.formfields import state_label
from standorte.languages import language_name, site_languages
from standorte.models import Offer, PartnerRole, Phone, PostalCodeArea, StandortEvidence
from standorte.templatetags.words import day_in_words
from standorte.texts import State, Text

# Who and when stand beside each version; the rest are keys, or the same said for sorting.
HIDDEN = frozenset(
    {
        *("id", "key", "uid", "modified_at", "as_of_earliest", "as_of_latest"),
        *("decided_at", "decided_by", "written_at", "written_by", "password", "last_login"),
    }
)
# These say together what one sentence says.
OF_TIMES = frozenset(
    {
        *("frequency", "interval", "weekdays", "positions", "anchor"),
        *("opens", "closes", "valid_from", "valid_until"),
    }
)
# What tells rows apart that say little by themselves.
NAMED_BY: Mapping[type[Model], tuple[str, ...]] = {
    Offer: ("partner",),
    Participation: ("partner", "sprechstunde"),
    PartnerRole: ("partner", "standort"),
    Phone: ("standort",),
    PostalCodeArea: ("postal_code", "stadtbezirk"),
    Schedule: ("sprechstunde", "standort"),
    Sprechstunde: ("office", "partner"),
    StandortEvidence: ("standort",),
}
FETCHED_WITH: Mapping[type[Model], tuple[str, ...]] = {
    Permission: ("content_type",),
    Schedule: ("sprechstunde", "standort"),
    Sprechstunde: ("office", "partner"),
}

Reference = tuple[type[Model], object]
Names = Mapping[Reference, str]
Described = dict[str, str]
AnyField = models.Field[object, object]


class Stood:
    """A row as it stood once: its values, and which rows its relations led to."""

    def __init__(self, row: Model, relations: Mapping[str, Sequence[object]]) -> None:
        self.row = row
        self.relations = relations

    def described(self, names: Names) -> Described:
        """Say what stood in each field that people know, by its label, nothing for what was empty."""
        about = self.row._meta  # noqa: SLF001  # public as well
        found: Described = {_("Times"): times_sentence(self.row)} if isinstance(self.row, Schedule) else {}
        for field in shown_fields(type(self.row)):
            found.update(_field_in_words(field, self.row, names))
        for field in about.many_to_many:
            keys = self.relations.get(field.name, ())
            found[_label(field)] = ", ".join(sorted(name_of(field.related_model, key, names) for key in keys))
        return found

    def referred(self) -> Iterable[Reference]:
        """Give the model and the key of each row it leads to."""
        about = self.row._meta  # noqa: SLF001
        for field in about.concrete_fields:
            key = getattr(self.row, field.attname)
            if isinstance(field, models.ForeignKey) and key is not None:
                yield field.related_model, key
        for field in about.many_to_many:
            yield from ((field.related_model, key) for key in self.relations.get(field.name, ()))


def shown_fields(model: type[Model]) -> list[AnyField]:
    """Give the fields of a model that people know."""
    # What a row belongs to is its name already.
    hidden = {*HIDDEN, *parents_of(model), *(OF_TIMES if model is Schedule else ())}
    return [field for field in model._meta.concrete_fields if field.name not in hidden]  # noqa: SLF001


def named(row: Model, names: Names) -> str:
    """Name a row that may be gone by what it was; no query."""
    parents = [_field_in_words(row._meta.get_field(name), row, names) for name in NAMED_BY.get(type(row), ())]  # type: ignore[arg-type]  # noqa: SLF001  # fields of rows
    return _joined(_own_name(row), *(words for parent in parents for words in parent.values()))


def named_by(row: Model) -> Iterable[Reference]:
    """Give the rows by which a row is told from others."""
    for name in NAMED_BY.get(type(row), ()):
        field = row._meta.get_field(name)  # noqa: SLF001
        if (key := getattr(row, f"{name}_id")) is not None:
            yield field.related_model, key  # type: ignore[misc]  # a foreign key


def name_in_full(row: Model) -> str:
    """Name a row that is there, with what was fetched with it."""
    if isinstance(row, Sprechstunde):
        return _joined(str(row), str(row.office or row.partner or ""))
    if isinstance(row, Schedule):
        return _joined(str(row.sprechstunde), str(row.standort or ""), times_sentence(row))
    return str(row)


def name_of(model: type[Model], key: object, names: Names) -> str:
    """Name a row; one of which nothing is known any more by its number."""
    return names.get((model, key)) or _("no longer there (%(number)s)") % {"number": key}


def times_sentence(schedule: Schedule) -> str:
    """Say times as a sentence: how often, from and to, and from and until which day."""
    parts = [f"{capfirst(sentence_of(schedule))} {hours(schedule)}".strip()]
    if schedule.valid_from:
        parts.append(_("from %(day)s on") % {"day": day_in_words(schedule.valid_from)})
    if schedule.valid_until:
        parts.append(_("until %(day)s") % {"day": day_in_words(schedule.valid_until)})
    return ", ".join(parts)


def _own_name(row: Model) -> str:
    if isinstance(row, (Participation, PostalCodeArea, Schedule)):
        return ""
    if isinstance(row, StandortEvidence):
        return row.get_group_display()
    return row.get_kind_display() if isinstance(row, PartnerRole) else str(row)


def _field_in_words(field: AnyField, row: Model, names: Names) -> Described:
    value = getattr(row, field.attname)
    if isinstance(field, TranslatableTextField):
        return _text_in_words(_label(field), value)
    if isinstance(field, models.ForeignKey):
        return {_label(field): "" if value is None else name_of(field.related_model, value, names)}
    if isinstance(field, CodesField):
        return {str(capfirst(str(field.verbose_name))): ", ".join(field.label(code) for code in value)}
    if isinstance(row, Closure) and field.name == "kept":
        return {_label(field): ", ".join(day_in_words(day) for day in sorted(day for _uid, day in row.keeps()))}
    if field.choices:
        return {_label(field): str(dict(field.flatchoices).get(value, value))}
    return {_label(field): _plain(value)}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _text_in_words(label: str, text: Text) -> Described:
    """Say a text in each language, and of a draft that it is one; that it is outdated shows beside the German."""
    drafts = {code for code, one in text.translations.items() if one.state is State.DRAFT}
    return {
        f"{label}, {language_name(code)}": f"{words} ({state_label(State.DRAFT)})" if code in drafts else words
        for code in site_languages()
        if (words := text.words(code))
    }


def _label(field: AnyField) -> str:
    return str(capfirst(str(field.verbose_name)))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
