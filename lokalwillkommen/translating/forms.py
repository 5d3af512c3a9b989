"""What a translator types, and what stood there when typing began."""

from collections.abc import Mapping
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from standorte.formfields import MOST_CHARACTERS, WordsFormField
from standorte.languages import direction, language_name
from standorte.texts import State, Text, fingerprint

CHECKED, DRAFT = State.CHECKED.value, State.DRAFT.value


def words_field(*, required: bool = True, longest: int = MOST_CHARACTERS) -> WordsFormField:
    """Give the field for a translation, wherever it comes from; `longest` counts characters."""
    sentence = _("Please write the translation first, or skip this text.")
    return WordsFormField(
        max_length=longest, required=required, widget=forms.Textarea, error_messages={"required": sentence}
    )


class TranslationForm(forms.Form):
    """The words in one language. The hidden fields tell whether somebody else wrote meanwhile."""

    german = WordsFormField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        language: str,
        data: Mapping[str, object] | None = None,
        initial: Mapping[str, object] | None = None,
        longest: int = MOST_CHARACTERS,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["words"] = words_field(longest=longest)
        field.label = language_name(language)
        field.widget.attrs.update({"lang": language, "dir": direction(language), "rows": "6"})

    @classmethod
    def about(cls, text: Text, language: str, typed: str | None = None) -> Self:
        """Give the form for a text as it stands now, with what is stored or what somebody typed."""
        words = text.words(language) if typed is None else typed
        return cls(language, initial={"words": words, "german": text.german, "seen": mark_of(text, language)})

    def fits(self, text: Text, language: str) -> bool:
        """Tell whether text and translation are still those that the person saw."""
        seen = self.cleaned_data
        same_german = fingerprint(seen.get("german", "")) == fingerprint(text.german)
        return same_german and seen.get("seen") == mark_of(text, language)


def mark_of(text: Text, language: str) -> str:
    """Give what changes as soon as somebody writes a translation or says that it is right."""
    found = text.translations.get(language)
    return fingerprint(f"{found.state} {found.of} {found.text}") if found else ""


class FileForm(forms.Form):
    """A table to look at before anything is written."""

    file = forms.FileField(label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
    checked = forms.BooleanField(
        required=False,
        label=_("A person has checked these translations"),
        help_text=_("Not ticked: they become drafts, and wait here until somebody checks them."),
    )


class AgreedForm(forms.Form):
    """The same table again, and the differences that somebody has seen and agreed to."""

    content = forms.CharField(strip=False, widget=forms.HiddenInput)
    checked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    agreed = forms.CharField(widget=forms.HiddenInput)
