"""What the forms for everybody share: no cookie, no puzzle, and whatever was typed comes back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.contact.form_id import FormId
from lokalwillkommen.contact.legible import in_one_line, legible
from lokalwillkommen.contact.limiter import Sender
from lokalwillkommen.contact.outbox import Address

LONGEST_TEXT = 4000
UNKNOWN_CHOICE = {"invalid_choice": _("Please choose one of these.")}
TOO_LONG = _("Please write less: at most %(limit_value)s characters.")


class PublicForm(forms.Form):
    """A form for everybody, with a trap for programs that people never see."""

    url_names: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = False  # our sentence is in the reader's language, the browser's may not be

    form_id = forms.CharField(required=False, widget=forms.HiddenInput)
    trap = forms.CharField(
        required=False,
        label=_("Please leave this field empty."),
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: QueryDict | None, now: datetime, initial: Mapping[str, object]) -> None:
        self.now = now
        given = self._tidy(data) if data is not None else None
        self.came_with = FormId.read(given["formular"]) if given is not None else None
        self.is_trapped = bool(given and given["webseite"])
        # What is wrong with the frame of the form is put right in what comes back.
        fresh = FormId.new(now).signed()
        if given is not None:
            given |= {"webseite": ""} if self.came_with else {"webseite": "", "formular": fresh}
        super().__init__(given, initial={**initial, "form_id": fresh})

    def _tidy(self, data: QueryDict) -> dict[str, str]:
        """Take unseen characters out of all that was typed, before anything looks at it or shows it again."""
        found = {}
        for field_name, field in self.base_fields.items():
            name = self.add_prefix(field_name)
            tidy = legible if isinstance(field.widget, forms.Textarea) else in_one_line
            found[name] = tidy(data.get(name, ""))
        return found

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in a request."""
        frame = {"form_id": "formular", "trap": "webseite"}
        return self.url_names.get(field_name) or frame.get(field_name, field_name)

    def clean(self) -> dict[str, object]:
        """Say what is wrong with the frame of the form: nothing of it needs another word to be typed."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_trapped:
            self.add_error(None, _("A hidden field was filled in, so we did not send it. Please send it again."))
        elif self.came_with is None:
            self.add_error(None, _("The form was damaged on its way. Please send it again."))
        elif self.came_with.is_too_early(self.now):
            self.add_error(None, _("That was very fast. Please read it once more, then send it again."))
        return cleaned

    def was_stored(self) -> bool:
        """Tell whether the same words came with the same form before."""
        raise NotImplementedError

    def store(self, sender: Sender, address: Address) -> None:
        """Store what was written, and write the mails that follow from it."""
        raise NotImplementedError

    @property
    def submission(self) -> str:
        """Give what is the same only for the same words in the same form: sent twice, they are stored once."""
        nonce = self.came_with.nonce if self.came_with else ""
        words = {name: str(value) for name, value in self.cleaned_data.items() if name != "form_id"}
        return hashlib.sha256(json.dumps([nonce, words], sort_keys=True).encode()).hexdigest()


def helper(action: str, button: object, *fields: str) -> FormHelper:
    """Give how a form for everybody is drawn: fields from top to bottom, the trap out of sight."""
    found = FormHelper()
    found.form_action = action
    found.form_class = "write"
    found.disable_csrf = True
    found.layout = Layout("form_id", *fields, Div("trap", css_class="write__trap"))
    found.add_input(Submit("", button))
    return found
