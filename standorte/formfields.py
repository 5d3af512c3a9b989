"""Form fields for texts in several languages and for lists of codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, TypeAlias, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from standorte.languages import language_name, site_languages
from standorte.texts import GERMAN, State, Text, words_mark

MOST_CHARACTERS = 4000  # in one language, where nothing else is said
_SEEN = "_seen"
Choices: TypeAlias = Callable[[], list[tuple[str, str]]]


class TextWidget(forms.MultiWidget):
    """One text area per language of the site, German first."""

    template_name = "components/staff/text_widget.html"

    def __init__(self, attrs: Mapping[str, object] | None = None) -> None:
        super().__init__(
            {code: forms.Textarea({"rows": 2, "lang": code}) for code in site_languages()}, dict(attrs or {})
        )
        self.text = Text()
        self.seen: Mapping[str, str] = {}
        self.untouched: frozenset[str] = frozenset()

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> list[str | None]:
        """Read the words, and which of them still are what the person saw when the form was opened."""
        words: list[str | None] = super().value_from_datadict(data, files, name)  # type: ignore[arg-type]  # reads no files
        self.seen = {code: data.get(f"{name}_{code}{_SEEN}", "") for code in site_languages()}
        self.untouched = frozenset(
            code
            for code, typed in zip(site_languages(), words, strict=True)
            if typed is None or self.seen[code] == words_mark(typed)
        )
        return words

    def decompress(self, value: object) -> list[str]:
        """Split a Text into the words of each language."""
        self.text = value if isinstance(value, Text) else Text()
        return [self.text.words(code) for code in site_languages()]

    def id_for_label(self, id_: str) -> str:
        """Give the id of the German text area, so that the label is its label."""
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: object, attrs: Mapping[str, object] | None) -> dict[str, object]:
        """Add each language's name and the state of its translation."""
        context = super().get_context(name, value, dict(attrs or {}))
        for code, widget in zip(site_languages(), context["widget"]["subwidgets"], strict=True):
            widget["seen_name"] = f"{name}_{code}{_SEEN}"
            widget["seen"] = self.seen.get(code, words_mark(self.text.words(code)))
            widget["language_name"] = language_name(code)
            widget["note"] = "" if code == GERMAN else state_label(self.text.state(code))
        return context


class WordsFormField(forms.CharField):
    """Words with the line ends that are stored: browsers send two characters for each."""

    default_error_messages: ClassVar = {
        "max_length": _("Please write less: at most %(limit_value)d characters in each language.")
    }

    def to_python(self, value: object) -> str:
        """Give the words as they were before a browser had them, so that nothing looks touched."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class TextFormField(forms.MultiValueField):
    """Gives the words typed for each language; the model field decides what became outdated."""

    widget = TextWidget

    def __init__(self, *, label: StrOrPromise, help_text: StrOrPromise, required: bool, longest: int) -> None:
        fields = [WordsFormField(required=False, max_length=longest) for _code in site_languages()]
        super().__init__(fields, require_all_fields=False, required=required, label=label, help_text=help_text)

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether somebody touched it, whatever somebody else has written meanwhile."""
        untouched = cast("TextWidget", self.widget).untouched
        return not untouched.issuperset(site_languages()) and super().has_changed(initial, data)

    def compress(self, data_list: Sequence[str]) -> dict[str, str]:
        """Join the words by language, without what nobody touched: somebody else may have written it meanwhile."""
        words = data_list or [""] * len(site_languages())
        untouched = cast("TextWidget", self.widget).untouched
        return {code: typed for code, typed in zip(site_languages(), words, strict=True) if code not in untouched}

    def beside_stored(self, data: Sequence[str | None], initial: object) -> list[str | None]:
        """Give what was typed, and in languages that nobody touched what is stored now; that has then been seen."""
        widget = cast("TextWidget", self.widget)
        stored = dict(zip(site_languages(), widget.decompress(initial), strict=True))
        typed = dict(zip(site_languages(), data, strict=True))
        seen = {code: words_mark(stored[code]) for code in widget.untouched}
        widget.seen = {**widget.seen, **seen}
        return [stored[code] if code in widget.untouched else typed[code] for code in site_languages()]


class CodesFormField(forms.MultipleChoiceField):
    """Boxes to tick, one per code; gives a tuple."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "columns"})

    def __init__(self, *, choices: Choices, label: StrOrPromise, help_text: StrOrPromise) -> None:
        super().__init__(choices=choices, required=False, label=label, help_text=help_text)

    def clean(self, value: object) -> tuple[str, ...]:
        """Give the ticked codes."""
        return tuple(super().clean(value))


def state_label(state: State) -> str:
    """Say how far a translation is, in the active language."""
    labels = {
        State.MISSING: _now("missing: German is shown"),
        State.DRAFT: _now("draft, not checked yet"),
        State.CHECKED: _now("checked"),
        State.OUTDATED: _now("outdated: the German has changed since"),
    }
    return labels[state]
