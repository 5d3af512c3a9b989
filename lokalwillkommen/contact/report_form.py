"""The small form for "the door was closed" and "something is wrong here". It asks for nothing about the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lokalwillkommen.contact.forms import TOO_LONG, UNKNOWN_CHOICE, PublicForm, helper
from lokalwillkommen.contact.limiter import DAY, Sender
from lokalwillkommen.contact.models import Report, ReportKind
from lokalwillkommen.contact.outbox import Address, tell_of_report
from sprechstunden.models import Sprechstunde
from standorte.models import Standort

LONGEST_WORDS = 1000
# Who was there longer ago helps nobody before the door today.
LONGEST_AGO = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: a place, or an offer with the place where it is, if there is one such place."""

    query: str
    standort: Standort | None
    sprechstunde: Sprechstunde | None = None

    @property
    def responsible(self) -> Standort | None:
        """Give the place whose team should know."""
        return self.standort or (self.sprechstunde.office if self.sprechstunde else None)


class ReportForm(PublicForm):
    """What happened, on which day, and words if somebody likes."""

    url_names: ClassVar = {"kind": "was", "day": "tag", "text": "worte"}

    kind = forms.ChoiceField(label=_("What happened?"), choices=ReportKind.choices, error_messages=UNKNOWN_CHOICE)
    day = forms.DateField(
        required=False,
        label=_("On which day?"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Please write the day like this: 31.12.2026")},
    )
    text = forms.CharField(
        required=False,
        label=_("What else should we know? (If you like)"),
        help_text=_("Please write no names."),
        validators=[MaxLengthValidator(LONGEST_WORDS, TOO_LONG)],
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data: QueryDict | None, now: datetime, subject: Subject, action: str) -> None:
        super().__init__(data, now, {"day": now.date()})
        self.subject = subject
        self.helper = helper(f"{action}?{subject.query}", pgettext_lazy("button", "Send"), "kind", "day", "text")

    def clean_day(self) -> object:
        """Refuse days that cannot help: those to come, and those long past."""
        day = self.cleaned_data["day"]
        if day and not self.now.date() - LONGEST_AGO <= day <= self.now.date():
            raise forms.ValidationError(_("Please choose a day of the last four weeks, or leave the field empty."))
        return day

    def was_stored(self) -> bool:
        """Tell whether the same words came with the same form before."""
        return Report.objects.filter(submission=self.submission).exists()

    def store(self, sender: Sender, address: Address) -> None:
        """Store what was found; when somebody else found the same within a day, tell the office at once."""
        same = Report.objects.waiting().filter(
            kind=self.cleaned_data["kind"],
            standort=self.subject.standort,
            received_at__gt=self.now - DAY,
        )
        if self.subject.standort is None:
            same = same.filter(sprechstunde=self.subject.sprechstunde)
        by_others = same.exclude(mark__in=(sender.today, sender.yesterday))
        is_backed = by_others.exists()
        is_news = is_backed and not same.filter(is_backed=True).exists()
        by_others.update(is_backed=True)
        report = Report.objects.create(
            submission=self.submission,
            received_at=self.now,
            standort=self.subject.standort,
            sprechstunde=self.subject.sprechstunde,
            kind=self.cleaned_data["kind"],
            day=self.cleaned_data["day"],
            text=self.cleaned_data["text"],
            mark=sender.today,
            is_backed=is_backed,
        )
        if is_news:
            tell_of_report(report, self.subject.responsible, address, self.now)
