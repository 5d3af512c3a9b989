"""The one field of the finder. What is typed stays in the body of a request: in no address, no log, no cache."""

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from standorte.finding import LONGEST
from standorte.models import Street
from standorte.spelling import readable

_ATTRIBUTES = {
    # A shared phone must not offer to the next one what was typed.
    "autocomplete": "off",
    "dir": "auto",
    "enterkeyhint": "search",
    "spellcheck": "false",
}


class ReadableField(forms.CharField):
    """Text without control characters and without marks that turn the direction of writing."""

    def to_python(self, value: object) -> str:
        """Clean before anything else looks at it."""
        return readable(str(super().to_python(value) or ""))

    def prepare_value(self, value: object) -> str:
        """Give back what was typed, cleaned and not longer than the field."""
        return readable(str(value or ""))[:LONGEST]


class FinderForm(forms.Form):
    """Where somebody lives, in their own words."""

    url_names: ClassVar = {"place": "ort"}
    use_required_attribute = False  # our sentence is in the reader's language, the browser's may not be

    place = ReadableField(
        max_length=LONGEST,
        widget=forms.TextInput(_ATTRIBUTES),
        error_messages={
            "required": _("Please write your postal code, or the name of the place where you live."),
            "max_length": _("That is too long. A postal code or a name is enough."),
        },
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the QueryDict of a request
        self.fields["place"].label = (
            _("Postal code, neighbourhood or street") if Street.objects.exists() else _("Postal code or neighbourhood")
        )
        self.helper = FormHelper()
        self.helper.form_action = f"{reverse('finder')}#ergebnis"
        self.helper.form_class = "finder"
        self.helper.form_show_errors = False  # the sentence stands where the answer would
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", pgettext_lazy("button", "Find my office")))

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in a request."""
        return self.url_names.get(field_name, field_name)


class ChoiceForm(forms.Form):
    """A Stadtbezirk that was chosen from a list or the map, not typed: it may stand in the address."""

    stadtbezirk = forms.SlugField()
