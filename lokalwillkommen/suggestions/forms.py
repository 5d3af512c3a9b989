"""What a partner suggests, and what becomes of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.suggestions.models import Outcome
from standorte.formfields import WordsFormField


class SuggestionForm(forms.Form):
    """The German words; none means that the text goes away."""

    words = WordsFormField(
        max_length=4000,
        required=False,
        label=_("Your words"),
        widget=forms.Textarea({"lang": "de", "rows": "6"}),
        help_text=_("In German. Everything else stays as it is until the coordination has looked at it."),
    )


class DecisionForm(forms.Form):
    """Accept or refuse; the hidden field tells what somebody had before their eyes."""

    outcome = forms.TypedChoiceField(
        choices=[(one.value, one.label) for one in (Outcome.ACCEPTED, Outcome.REFUSED)], coerce=Outcome
    )
    seen = forms.CharField(widget=forms.HiddenInput)
