"""The form with which people write to an office or to the coordination."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.contact.forms import (
    LONGEST_TEXT,
    TOO_LONG,
    UNKNOWN_CHOICE,
    PublicForm,
    helper,
)
from lokalwillkommen.contact.legible import in_one_line
from lokalwillkommen.contact.limiter import Sender
from lokalwillkommen.contact.models import Message, MessageTopic
from lokalwillkommen.contact.outbox import Address, tell_of_message
from standorte.languages import own_name, site_languages
from standorte.models import Kind, Standort
from standorte.sorting import in_german_order

# The shortest numbers in use have six digits with their area code; we need not be right to the last.
FEWEST_DIGITS = 6


def validate_digits(number: str) -> None:
    """Refuse what is too short to be dialled, whatever the digits look like."""
    if sum(sign.isdecimal() for sign in number) < FEWEST_DIGITS:
        raise ValidationError(_("Please write the whole number, with its area code."))


class MessageForm(PublicForm):
    """What it is about, for whom, the words, and how to answer."""

    url_names: ClassVar = {
        "topic": "thema",
        "standort": "ort",
        "text": "nachricht",
        "phone": "telefon",
        "language": "sprache",
    }

    topic = forms.ChoiceField(label=_("What is it about?"), choices=MessageTopic.choices, error_messages=UNKNOWN_CHOICE)
    standort = forms.ChoiceField(required=False, label=_("For which office or place?"), error_messages=UNKNOWN_CHOICE)
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("You can write in your own language."),
        # No "maxlength": browsers would cut off what is pasted.
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Please write what it is about.")},
    )
    email = forms.EmailField(
        required=False,
        label=_("Your e-mail address"),
        help_text=_("We need an e-mail address or a phone number. One is enough."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
        error_messages={"invalid": _("This e-mail address is not complete. An example: name@example.org")},
    )
    phone = forms.CharField(
        required=False,
        label=_("Your phone number"),
        max_length=40,
        validators=[validate_digits],
        widget=forms.TextInput({"autocomplete": "tel", "dir": "ltr", "inputmode": "tel"}),
        error_messages={"max_length": TOO_LONG},
    )
    language = forms.ChoiceField(
        label=_("In which language should we answer, if we can?"), error_messages=UNKNOWN_CHOICE
    )

    def __init__(self, data: QueryDict | None, now: datetime, initial: Mapping[str, str]) -> None:
        super().__init__(data, now, {"language": get_language(), **initial})
        asked = data.get("ort", "") if data is not None else initial.get("standort", "")
        self.standorte = {row.slug: row for row in _offices_and(asked)}
        self.fields["standort"].choices = [  # type: ignore[attr-defined]  # known field
            ("", _("I don't know. The coordination will find out.")),
            *((slug, row.name) for slug, row in self.standorte.items()),
        ]
        self.fields["language"].choices = [(code, own_name(code)) for code in site_languages()]  # type: ignore[attr-defined]  # known field
        self.helper = helper(
            f"{reverse('contact:write')}#nachricht",
            pgettext_lazy("button", "Send"),
            *("topic", "standort", "text", "email", "phone", "language"),
        )

    def clean(self) -> dict[str, object]:
        """Ask for one way to answer."""
        cleaned = super().clean()
        if not {"email", "phone"} & self.errors.keys() and not (cleaned["email"] or cleaned["phone"]):
            self.add_error("email", _("Please write an e-mail address or a phone number, so that we can answer."))
        return cleaned

    @property
    def place(self) -> Standort | None:
        """Give the place that was chosen, also where something else is wrong."""
        slug = self["standort"].value()
        return self.standorte.get(str(slug))

    def was_stored(self) -> bool:
        """Tell whether the same words came with the same form before."""
        return Message.objects.filter(submission=self.submission).exists()

    def store(self, sender: Sender, address: Address) -> None:  # noqa: ARG002  # every message is told, whoever sends it
        """Store what was written, and tell the office that a message waits."""
        message = Message.objects.create(
            submission=self.submission,
            received_at=self.now,
            standort=self.place,
            **{name: self.cleaned_data[name] for name in ("topic", "text", "email", "phone", "language")},
        )
        tell_of_message(message, address, self.now)


def _offices_and(slug: str) -> list[Standort]:
    """Give all offices and the place that is asked for: a list of all places would be long to read and to load."""
    wanted = Q(kind=Kind.OFFICE) | Q(slug=in_one_line(slug))
    return in_german_order(Standort.objects.published().filter(wanted).prefetch_related("phones"))
