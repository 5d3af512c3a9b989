"""The agenda's filter."""

from typing import ClassVar

from babel.dates import get_day_names
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sprechstunden.models import SprechstundeKind
from sprechstunden.timetable import Wanted
from standorte.languages import SPOKEN, babel_locale, own_name
from standorte.models import Standort
from standorte.sorting import in_german_order


class AgendaForm(forms.Form):
    """Which dates to show; its words stand in the address of the page, in German as all addresses."""

    url_names: ClassVar = {
        "standort": "standort",
        "weekday": "wochentag",
        "language": "sprache",
        "kind": "art",
        "week": "woche",
    }

    standort = forms.ModelChoiceField(
        Standort.objects.none(), to_field_name="slug", required=False, label=_("place"), empty_label=_("all places")
    )
    weekday = forms.TypedChoiceField(coerce=int, required=False, label=_("weekday"), empty_value=None)
    language = forms.ChoiceField(required=False, label=_("language spoken"))
    kind = forms.ChoiceField(required=False, label=pgettext_lazy("of an offer", "Kind"))
    week = forms.DateField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the QueryDict of a request
        names = get_day_names("wide", "stand-alone", babel_locale())
        places = Standort.objects.published()
        self.fields["standort"].queryset = places  # type: ignore[attr-defined]  # known field
        named = [("", _("all places")), *((place.slug, place.name) for place in in_german_order(places))]
        self.fields["standort"].choices = named  # type: ignore[attr-defined]
        self.fields["weekday"].choices = [("", _("all weekdays")), *((day, names[day]) for day in range(7))]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("all languages")), *((c, own_name(c)) for c in SPOKEN)]  # type: ignore[attr-defined]
        kinds = ((kind.value, capfirst(kind.label)) for kind in SprechstundeKind)
        self.fields["kind"].choices = [("", _("all kinds")), *kinds]  # type: ignore[attr-defined]
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
