"""What staff type into the form of a notice, and the sentences about what is wrong with it."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.notices.models import Notice
from sprechstunden.closure_forms import RowsField
from standorte.looking_after import LooksAfter
from standorte.models import Standort

LONGEST = timedelta(days=366)


class NoticeForm(forms.ModelForm[Notice]):
    """A notice: short, for some days, and for some place or for all."""

    # Declared here, so that Django puts no buttons to add and delete places beside the boxes.
    standorte = RowsField(
        queryset=Standort.objects.all(),
        required=False,
        label=_("places"),
        help_text=_("Stands on the pages of these places and of the offers there."),
        widget=forms.CheckboxSelectMultiple({"class": "columns"}),
    )

    looks_after: LooksAfter | None = None

    class Meta:
        model = Notice
        fields = ("text", "first", "last", "whole_network", "standorte")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives them
        if self.looks_after and not self.looks_after.everything and "standorte" in self.fields:
            places, network = self.fields["standorte"], self.fields["whole_network"]
            places.queryset = self.looks_after.rows(Standort.objects.all())  # type: ignore[attr-defined]  # known field
            network.disabled, self.initial["whole_network"] = True, False
            network.help_text = _("Only the coordination writes to the whole network.")

    def clean(self) -> dict[str, object]:
        """Say what is wrong with the days together, and with what the notice is for."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and (sentence := _fault_of_days(first, last, timezone.localdate(), self.changed_data)):
            self.add_error("last", sentence)
        if "standorte" in cleaned and (sentence := _fault_of_scope(cleaned)):
            self.add_error("whole_network", sentence)
        return cleaned


def _fault_of_days(first: date, last: date, today: date, changed: list[str]) -> str:
    if last < first:
        return _now("The last day comes before the first day.")
    if last - first > LONGEST:
        return _now("That is more than a year. Please check the year.")
    # An old notice keeps its days when only its words are mended.
    if last < today and "last" in changed:
        return _now("This day is past: nobody would ever read the notice.")
    return ""


def _fault_of_scope(cleaned: dict[str, object]) -> str:
    if cleaned["whole_network"] and cleaned["standorte"]:
        return _now("Please choose either the whole network or single places.")
    if not cleaned["whole_network"] and not cleaned["standorte"]:
        return _now("Please say where the notice stands: the whole network, or at least one place.")
    return ""
