"""The agenda's filter."""

from dataclasses import dataclass
from typing import ClassVar

from babel.dates import get_day_names
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sprechstunden.models import SprechstundeKind, Topic
from sprechstunden.wanted import TODAY, Wanted
from standorte.languages import SPOKEN, babel_locale, own_name
from standorte.models import Stadtbezirk, Standort
from standorte.plain_text import in_plain_text
from standorte.sorting import in_german_order


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """Something that narrows the agenda, and the query of the same page without it."""

    label: str
    value: str
    without: str


class AgendaForm(forms.Form):
    """Which dates to show; its words stand in the address of the page, in German as all addresses."""

    url_names: ClassVar = {
        "language": "sprache",
        "kind": "art",
        "topic": "thema",
        "weekday": "wochentag",
        "week": "woche",
        "span": "zeit",
    }

    language = forms.ChoiceField(required=False, label=_("language spoken"))
    topic = forms.ModelChoiceField(Topic.objects.none(), to_field_name="slug", required=False, label=_("topic"))
    kind = forms.ChoiceField(required=False, label=pgettext_lazy("of an offer", "Kind"))
    stadtbezirk = forms.ModelChoiceField(
        Stadtbezirk.objects.none(), to_field_name="slug", required=False, label=_("city district")
    )
    standort = forms.ModelChoiceField(Standort.objects.none(), to_field_name="slug", required=False, label=_("place"))
    weekday = forms.TypedChoiceField(coerce=int, required=False, label=_("weekday"), empty_value=None)
    week = forms.DateField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    span = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[(TODAY, TODAY)])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.query = data
        places, districts, topics = Standort.objects.published(), Stadtbezirk.objects.all(), Topic.objects.listed()
        querysets = {"standort": places, "stadtbezirk": districts, "topic": topics}
        for name, queryset in querysets.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # known field
        names = get_day_names("wide", "stand-alone", babel_locale())
        choices = {
            "standort": [("", _("all places")), *((row.slug, row.name) for row in in_german_order(places))],
            "stadtbezirk": [("", _("all of Dortmund")), *((row.slug, row.name) for row in in_german_order(districts))],
            "topic": [("", _("all topics")), *((row.slug, in_plain_text(row.name)) for row in topics)],
            "kind": [("", _("all kinds")), *((kind.value, capfirst(kind.label)) for kind in SprechstundeKind)],
            "weekday": [("", _("all weekdays")), *((day, names[day]) for day in range(7))],
            "language": [("", _("all languages")), *((code, own_name(code)) for code in SPOKEN)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # known field
        for field in self.fields.values():
            # Nothing of an address comes back as words of the page.
            field.error_messages["invalid_choice"] = _("We do not know a choice in this address.")
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = "#termine"  # on a small screen the answer is not to stand below the form
        self.helper.form_class = "filter"
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", _("Show")))

    def wanted(self) -> Wanted:
        """Give what is looked for; words that are not understood do not filter."""
        self.full_clean()
        found = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return Wanted(**found)

    def active(self) -> list[ActiveFilter]:
        """Give what narrows the dates beside the days that are shown, each with the way to do without it."""
        fields = [field for field in self.visible_fields() if self.cleaned_data.get(field.name) not in ("", None)]
        return [
            ActiveFilter(
                str(field.label), _shown(field, self.cleaned_data[field.name]), self._query_without(field.html_name)
            )
            for field in fields
        ]

    def whole_week(self) -> str:
        """Give the query of the same days with nothing else chosen."""
        kept = QueryDict(mutable=True)
        for name in ("woche", "zeit"):
            if name in self.query:
                kept[name] = self.query.get(name, "")
        return f"?{kept.urlencode()}"

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in the address."""
        return self.url_names.get(field_name, field_name)

    def _query_without(self, name: str) -> str:
        left = self.query.copy()
        left.pop(name, None)
        left.pop("seite", None)
        return f"?{left.urlencode()}"


def _shown(field: forms.BoundField, value: object) -> str:
    """Give the words with which somebody has chosen a value."""
    code = getattr(value, "slug", value) if isinstance(value, Model) else value
    return str(dict(field.field.choices)[code])  # type: ignore[attr-defined]  # all visible fields have choices
