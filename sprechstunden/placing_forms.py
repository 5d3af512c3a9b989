"""What staff type to put a date somewhere: another day, other times, another place, or an extra date."""

from collections.abc import Sequence
from datetime import date, time
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.change_forms import ChangeForm, OneDateForm, ReasonField, meets
from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Closure, Schedule
from sprechstunden.offer_dates import FARTHEST, OfferDates
from sprechstunden.validation import clock_errors
from standorte.models import Standort

AS_USUAL = _("as usual")
# The first is what browsers send, the others what people type where a browser has no picker.
_DAYS = ("%Y-%m-%d", "%d.%m.%Y")
_CLOCKS = ("%H:%M", "%H:%M:%S", "%H.%M", "%H")


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput({"type": "date"}, format=_DAYS[0])
        super().__init__(widget=widget, input_formats=_DAYS, **kwargs)  # type: ignore[arg-type]  # passed on


class ClockField(forms.TimeField):
    """A time of day, picked or typed."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.TimeInput({"type": "time"}, format=_CLOCKS[0])
        super().__init__(widget=widget, input_formats=_CLOCKS, **kwargs)  # type: ignore[arg-type]  # passed on


class PlacedForm(ChangeForm):
    """Where and when staff want a date: moved or extra."""

    opens = ClockField(label=_("from"))
    closes = ClockField(label=_("to"))
    standort = forms.ModelChoiceField(
        Standort.objects.published(), required=False, label=_("place"), empty_label=AS_USUAL
    )
    anyway = forms.BooleanField(required=False, label=_("takes place all the same"))
    day_field: ClassVar[str]

    @property
    def meets_a_closure(self) -> bool:
        """Tell whether somebody was asked if the date takes place in spite of a closure."""
        return self.is_bound and ("anyway" in self.errors or bool(self["anyway"].value()))

    def clean(self) -> None:
        """Say first what is wrong with the times alone."""
        opens, closes = self.given("opens"), self.given("closes")
        if isinstance(opens, time) and isinstance(closes, time) and closes <= opens:
            self.add_error("closes", _("It must open before it closes: this end is not after the beginning."))
        super().clean()

    def check(self, change: Change, dates: OfferDates) -> None:
        """Refuse the past, the far future, hours that the clock skips, and what meets another date or a closure."""
        today, typed = dates.now.date(), self.cleaned_data
        skipped = clock_errors(change.lands_on, typed["opens"], typed["closes"])
        if not today <= change.lands_on <= today + FARTHEST:
            self.add_error(self.day_field, _("Please choose a day from today on, within the next two years."))
        elif skipped:
            self.add_error(None, dict(skipped))
        elif (landed := dates.under(change).landed(change)) and landed.ends <= dates.now:
            self.add_error("closes", _("This is past already. Please choose a later time."))
        elif meeting := dates.at_the_same_time(change):
            self.add_error(self.day_field, meets(meeting))
        elif closures := dates.closures_against(change):
            self._ask_about(closures)

    def _ask_about(self, closures: Sequence[Closure]) -> None:
        self.in_spite_of = closures
        if not self.given("anyway"):
            named = ", ".join(f"{closure} ({closure.get_reason_display()})" for closure in closures)
            sentence = _now("Nothing takes place there on that day: %(closures)s. If this date does, please tick here.")
            self.add_error("anyway", sentence % {"closures": named})


class MoveForm(PlacedForm, OneDateForm):
    """A date takes place on another day, at another time or at another place."""

    kind = ChangeKind.MOVED
    day_field = "new_day"

    new_day = DayField(label=_("new day"))
    reason = ReasonField()

    def fault_of(self, entry: Entry) -> str:  # noqa: ARG002  # whatever has become of a date, it can be moved
        """Let any date be moved, also one that is off."""
        return ""

    def made(self, schedule: Schedule) -> Change:
        """Make the change, with no more than what is different."""
        change, typed = super().made(schedule), self.cleaned_data
        if typed["new_day"] != change.day:
            change.new_day = typed["new_day"]
        if (typed["opens"], typed["closes"]) != (schedule.opens, schedule.closes):
            change.opens, change.closes = typed["opens"], typed["closes"]
        if typed["standort"] and typed["standort"].pk != schedule.place_id:
            change.standort = typed["standort"]
        return change

    def check(self, change: Change, dates: OfferDates) -> None:
        """Refuse what is no move; then what cannot be."""
        if change.new_day or change.opens or change.standort:
            super().check(change, dates)
        else:
            self.add_error("new_day", _("Nothing is different yet. Please give a new day, new times or a new place."))


class ExtraForm(PlacedForm):
    """A date beside those that the rule gives."""

    kind = ChangeKind.EXTRA
    day_field = "day"

    day = DayField(label=_("day"))

    def times(self, dates: OfferDates) -> Schedule | None:
        """Give the times that are in force on the day, or say that there are none."""
        day = self.given("day")
        if not isinstance(day, date):
            return None  # the field has said so
        found = dates.in_force_on(day)
        if found is None:
            self.add_error("day", _("On this day no times of this offer are in force, so no date can be added."))
        return found

    def made(self, schedule: Schedule) -> Change:
        """Make the change; it belongs to the times that are in force on its day.

        Its place stands in it, also the usual one: what becomes of the times later moves no date that is announced.
        """
        typed = self.cleaned_data
        return Change(
            schedule=schedule,
            day=typed["day"],
            kind=self.kind,
            opens=typed["opens"],
            closes=typed["closes"],
            standort=typed["standort"] or schedule.standort,
            note=self.note_text,
        )

    def check(self, change: Change, dates: OfferDates) -> None:
        """Refuse what is there already, even if a closure takes it away; then what cannot be."""
        if dates.has_extra(change):
            self.add_error("opens", _("There is already an extra date at this time."))
        else:
            super().check(change, dates)
