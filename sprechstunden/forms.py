"""The agenda's filter, and what staff may change about times."""

from datetime import date, timedelta
from typing import ClassVar

from babel.dates import get_day_names
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sprechstunden.models import Schedule
from sprechstunden.timetable import Wanted
from standorte.languages import SPOKEN, babel_locale, own_name
from standorte.models import Standort


class AgendaForm(forms.Form):
    """Which dates to show; its words stand in the address of the page, in German as all addresses."""

    url_names: ClassVar = {"standort": "standort", "weekday": "wochentag", "language": "sprache", "week": "woche"}

    standort = forms.ModelChoiceField(
        Standort.objects.none(), to_field_name="slug", required=False, label=_("place"), empty_label=_("all places")
    )
    weekday = forms.TypedChoiceField(coerce=int, required=False, label=_("weekday"), empty_value=None)
    language = forms.ChoiceField(required=False, label=_("language spoken"))
    week = forms.DateField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the QueryDict of a request
        names = get_day_names("wide", "stand-alone", babel_locale())
        self.fields["standort"].queryset = Standort.objects.published()  # type: ignore[attr-defined]  # known field
        self.fields["weekday"].choices = [("", _("all weekdays")), *((day, names[day]) for day in range(7))]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("all languages")), *((c, own_name(c)) for c in SPOKEN)]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "filter"
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", _("Show")))

    def wanted(self) -> Wanted:
        """Give what is looked for; words that are not understood do not filter."""
        self.full_clean()
        found = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return Wanted(**found)

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in the address."""
        return self.url_names.get(field_name, field_name)


class RunningTimesForm(forms.ModelForm[Schedule]):
    """Times that have begun: their last day may move, but never so that a past date comes or goes."""

    class Meta:
        model = Schedule
        fields = ("valid_until",)

    def clean_valid_until(self) -> date | None:
        """Refuse a last day that would change the past."""
        before, after = self.initial.get("valid_until"), self.cleaned_data.get("valid_until")
        yesterday = timezone.localdate() - timedelta(days=1)
        if before != after and min(before or date.max, after or date.max) < yesterday:
            raise forms.ValidationError(_("This would change dates that are past. Please choose today or a later day."))
        return after


class NewTimesForm(forms.ModelForm[Schedule]):
    """Times from a day on, which may not be past where there are earlier times."""

    class Meta:
        model = Schedule
        fields = (
            *("valid_from", "frequency", "weekdays", "opens", "closes", "standort", "interval", "anchor"),
            *("positions", "valid_until", "languages", "words"),
        )

    def clean_valid_from(self) -> date | None:
        """Refuse a first day that would change the past."""
        first = self.cleaned_data.get("valid_from")
        offer = self.instance.sprechstunde if self.instance.sprechstunde_id else None
        others = offer.schedules.exclude(pk=self.instance.pk) if offer and offer.pk else Schedule.objects.none()
        if others.exists() and (first is None or first < timezone.localdate()):
            raise forms.ValidationError(
                _("There are earlier times. Please choose today or a later day: past dates stay as they were.")
            )
        return first
