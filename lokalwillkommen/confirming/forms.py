"""Which facts somebody says are right, and what these were when they were read."""

from collections.abc import Iterable
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.confirming.items import Item


class ConfirmForm(forms.Form):
    """Ticks beside facts; nobody types anything."""

    url_names: ClassVar = {"facts": "fakt", "seen": "gesehen"}

    facts = forms.MultipleChoiceField(
        error_messages={
            "required": _("Please tick what is right."),
            "invalid_choice": _("Some of it has changed or was confirmed meanwhile. Please look once more."),
        }
    )
    seen = forms.CharField(required=False)

    def __init__(self, data: QueryDict, items: Iterable[Item]) -> None:
        super().__init__(data)
        self.fields["facts"].choices = [(item.key, item.title) for item in items]  # type: ignore[attr-defined]  # known field

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in a request."""
        return self.url_names.get(field_name, field_name)
