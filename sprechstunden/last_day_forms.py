"""Asking for the last day of several offers."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from sprechstunden.last_days import Plan
from sprechstunden.timetable import FARTHEST


class LastDayForm(forms.Form):
    """The last day, and whether somebody agrees to what it takes away."""

    last_day = forms.DateField(label=_("last day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    agreed = forms.BooleanField(label=_("Yes, leave out the changes that are listed here"), required=False)
    # What they had before their eyes when they agreed.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives them
        self.today = today

    def clean_last_day(self) -> date:
        """Refuse what is past, and what nobody plans."""
        last: date = self.cleaned_data["last_day"]
        if last < self.today:
            raise forms.ValidationError(_("This would change dates that are past. Please choose today or a later day."))
        if last > self.today + FARTHEST:
            raise forms.ValidationError(_("Please check the year: this day is too far away."))
        return last

    def agrees_to(self, plan: Plan) -> bool:
        """Tell whether a plan is possible and somebody has seen it, and agrees to what it leaves out."""
        has_seen = plan.is_possible and self.cleaned_data["seen"] == plan.fingerprint
        if has_seen and plan.leaves_out and not self.cleaned_data["agreed"]:
            self.add_error("agreed", _("Please tick that these changes can be left out."))
        return has_seen and self.is_valid()
