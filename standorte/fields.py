"""Model fields for texts in several languages and for lists of language codes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Contains
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from standorte.formfields import MOST_CHARACTERS, CodesFormField, TextFormField
from standorte.languages import SPOKEN, language_name, site_languages
from standorte.texts import GERMAN, StoredTranslation, Text

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression

_BAR = "|"


class TranslatableTextField(models.JSONField):
    """A Text: German words, their translations, and the state of each. `longest`: characters in one language."""

    def __init__(self, verbose_name: object = None, *, longest: int = MOST_CHARACTERS, **kwargs: object) -> None:
        self.longest = longest
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(verbose_name, **kwargs)  # type: ignore[arg-type]  # passed on as Django's own fields do

    def from_db_value(self, value: str | None, expression: "Expression", connection: "BaseDatabaseWrapper") -> object:
        """Read the stored form; parts asked for by a lookup stay as they are."""
        stored = super().from_db_value(value, expression, connection)
        return self.to_python(stored)

    def to_python(self, value: object) -> object:
        """Give a Text for the stored form or a Text."""
        if isinstance(value, dict):
            return Text.from_json(cast("dict[str, StoredTranslation]", value))
        return value

    def get_prep_value(self, value: object) -> object:
        """Give the form to store."""
        return value.to_json() if isinstance(value, Text) else value

    def value_to_string(self, obj: models.Model) -> object:  # type: ignore[override]  # serializers take JSON as it is
        """Give the form for serializers."""
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: object, model_instance: models.Model | None) -> None:
        """Refuse translations of nothing."""
        super().validate(self.get_prep_value(value), model_instance)
        if isinstance(value, Text) and value.translations and not value.german:
            raise ValidationError(_("Please write the German text first; translations are made from it."))

    def save_form_data(self, instance: models.Model, data: object) -> None:
        """Keep translations that nobody touched as they are, with their age."""
        previous = cast("Text", self.value_from_object(instance))
        setattr(instance, self.name, previous.edited(cast("Mapping[str, str]", data)))

    def formfield(self, **kwargs: object) -> forms.Field | None:
        """Show one text area per language of the site."""
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        kwargs.pop("widget", None)
        return TextFormField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=not self.blank,
            longest=self.longest,
        )


class CodesField(models.CharField[Sequence[str], tuple[str, ...]]):
    """Some of a fixed list of codes, always in the order of the list.

    Stored as "|ar|de|", so that one code is found with `contains` on every database.
    """

    codes: tuple[str, ...] = ()

    def __init__(self, verbose_name: object = None, **kwargs: object) -> None:
        kwargs.update({"max_length": 200, "blank": True, "default": ""})
        super().__init__(verbose_name, **kwargs)  # type: ignore[arg-type]  # passed on as Django's own fields do

    def from_db_value(
        self, value: str | None, _expression: "Expression", _connection: "BaseDatabaseWrapper"
    ) -> tuple[str, ...]:
        """Read the stored form."""
        return self.to_python(value)

    def to_python(self, value: object) -> tuple[str, ...]:
        """Give the codes in their order; unknown ones are left out."""
        parts = value.strip(_BAR).split(_BAR) if isinstance(value, str) else cast("Sequence[str]", value or ())
        return tuple(code for code in self.codes if code in set(parts))

    def get_prep_value(self, value: object) -> str:
        """Give the form to store, or to look for one code."""
        codes = self.to_python(value)
        return f"{_BAR}{_BAR.join(codes)}{_BAR}" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Give the form for serializers."""
        return self.get_prep_value(self.value_from_object(obj))

    def label(self, code: str) -> str:
        """Name a code in the active language."""
        raise NotImplementedError

    def formfield(self, **_kwargs: object) -> forms.Field | None:
        """Show boxes to tick."""
        return CodesFormField(
            choices=lambda: [(code, self.label(code)) for code in self.codes],
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


@CodesField.register_lookup
class HasCode(Contains):
    """Finds the rows that have a code, as in `languages__contains="ar"`."""

    def get_prep_lookup(self) -> str:
        """Look for the whole code: "ro" is no part of "rom"."""
        return f"{_BAR}{self.rhs}{_BAR}"


class LanguageCodesField(CodesField):
    """Languages spoken; none means: not known."""

    codes = SPOKEN

    def label(self, code: str) -> str:
        """Name a language in the active language."""
        return language_name(code)


class SiteLanguagesField(CodesField):
    """Languages into which texts of the site are translated."""

    codes = tuple(code for code in site_languages() if code != GERMAN)

    def label(self, code: str) -> str:
        """Name a language in the active language."""
        return language_name(code)
