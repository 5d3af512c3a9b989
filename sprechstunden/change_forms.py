"""What staff type to change one date: it is off, or takes place in spite of what takes it away."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.deciding import decide
from sprechstunden.entries import Entry
from sprechstunden.explaining import what_was_decided, why
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, StaffReason
from sprechstunden.offer_dates import FARTHEST, OfferDates
from standorte.texts import Text

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class ReasonField(forms.ChoiceField):
    """Why a date is off or moved; in a page each reason is a button."""

    def __init__(self) -> None:
        sentence = _("Please choose a reason.")
        super().__init__(choices=StaffReason, error_messages={"required": sentence, "invalid_choice": sentence})


class ChangeForm(forms.Form):
    """What all changes share: a note, how they are refused and how they are written.

    Without dates it only stands in a page.
    """

    kind: ClassVar[ChangeKind]

    note = forms.CharField(
        required=False,
        max_length=300,
        label=_("note"),
        help_text=_("Public, beside the reason. Write nothing about a person."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        dates: OfferDates | None = None,
        initial: Mapping[str, object] | None = None,
        auto_id: str = "id_%s",
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id=auto_id)
        self.dates = dates
        self.change: Change | None = None
        self.in_spite_of: Sequence[Closure] = ()

    def clean(self) -> None:
        """Make the change, and refuse it with a sentence where it cannot be."""
        super().clean()
        schedule = self.times(self.dates) if self.dates else None
        if self.dates and schedule and not self.errors:
            self.change = self.made(schedule)
            self.check(self.change, self.dates)

    def save(self, by: "AbstractBaseUser", now: datetime) -> bool:
        """Write the change unless it was refused, or somebody else was faster; tell whether it is written."""
        if self.change is None or self.errors:
            return False
        try:
            decide(self.change, by, now, self.in_spite_of)
        except IntegrityError:
            self.add_error(None, _("Somebody else has just changed this date. Please look at it once more."))
            return False
        return True

    def times(self, dates: OfferDates) -> Schedule | None:
        """Give the times to which the change belongs, or say why there are none to change."""
        raise NotImplementedError

    def made(self, schedule: Schedule) -> Change:
        """Make the change from what was typed."""
        raise NotImplementedError

    def check(self, change: Change, dates: OfferDates) -> None:
        """Say what is wrong with the change itself."""

    def given(self, name: str) -> object:
        """Give what was typed in a field, if it was understood."""
        return self.cleaned_data.get(name)

    @property
    def note_text(self) -> Text:
        """Give the note as it is stored."""
        return Text(str(self.given("note") or "").replace("\r\n", "\n"))


class OneDateForm(ChangeForm):
    """A change of a date that the rule gives."""

    schedule: Schedule | None = None
    day = date.min

    def about(self, schedule: Schedule | None, day: date) -> None:
        """Say which date the form is for; its times may be gone."""
        self.schedule, self.day = schedule, day

    def times(self, dates: OfferDates) -> Schedule | None:
        """Give the times of the date, or say why it cannot be changed."""
        entry, earlier = self._entry(dates), self._earlier(dates)
        if self.day < dates.now.date() or (entry and entry.ends <= dates.now and not earlier):
            self.add_error(None, _("This date is past: it stays as it was."))
        elif earlier:
            sentence = _now("This date has been changed already. %(decision)s Please take that back first.")
            self.add_error(None, sentence % {"decision": what_was_decided(earlier)})
        elif entry is None:
            self.add_error(None, _("There is no such date any more: its times have changed."))
        elif fault := self.fault_of(entry):
            self.add_error(None, fault)
        return self.schedule

    def made(self, schedule: Schedule) -> Change:
        """Make the change."""
        reason = str(self.given("reason") or "")
        return Change(schedule=schedule, day=self.day, kind=self.kind, reason=reason, note=self.note_text)

    def fault_of(self, entry: Entry) -> str:
        """Say why a date cannot be changed in this way; nothing where it can."""
        raise NotImplementedError

    def _entry(self, dates: OfferDates) -> Entry | None:
        is_near = dates.now.date() <= self.day <= dates.now.date() + FARTHEST
        return dates.date_of(self.schedule, self.day) if self.schedule and is_near else None

    def _earlier(self, dates: OfferDates) -> Change | None:
        return dates.change_of(self.schedule, self.day) if self.schedule else None


class CancelForm(OneDateForm):
    """A date does not take place."""

    kind = ChangeKind.CANCELLED

    reason = ReasonField()

    def fault_of(self, entry: Entry) -> str:
        """Refuse to cancel what is off anyway."""
        return "" if entry.takes_place else _now("This date is off already. %(why)s") % {"why": why(entry)}


class CallOffForm(CancelForm):
    """A date does not take place where staff have moved or added it; it stays in view there, with the reason."""

    placed_by: Change | None = None

    def about_placed(self, schedule: Schedule | None, placed_by: Change | None, day: date) -> None:
        """Say which change has put the date where it is; somebody may have taken that back."""
        self.placed_by = placed_by
        self.about(schedule, placed_by.lands_on if placed_by else day)

    def made(self, schedule: Schedule) -> Change:
        """Make the change, with the times and the place that people have been told."""
        change = super().made(schedule)
        return _as_told(change, self.placed_by) if self.placed_by else change

    def _entry(self, dates: OfferDates) -> Entry | None:
        return dates.landed(self.placed_by) if self.placed_by else None

    def _earlier(self, dates: OfferDates) -> Change | None:
        return dates.calling_off(self.placed_by) if self.placed_by else None


class HoldForm(OneDateForm):
    """A date takes place in spite of a closure or a holiday."""

    kind = ChangeKind.HELD

    def fault_of(self, entry: Entry) -> str:
        """Refuse to hold what takes place anyway."""
        return _now("This date takes place anyway.") if entry.takes_place else ""

    def check(self, change: Change, dates: OfferDates) -> None:
        """Refuse what meets another date, which staff have put there meanwhile."""
        if meeting := dates.at_the_same_time(change):
            self.add_error(None, is_in_the_way(meeting))


def meets(entry: Entry) -> str:
    """Say that somebody wants a date where another one of the offer is."""
    return _now("Another date of this offer takes place then: %(starts)s to %(ends)s. Please choose another time.") % {
        "starts": f"{entry.starts:%H:%M}",
        "ends": f"{entry.ends:%H:%M}",
    }


def is_in_the_way(entry: Entry) -> str:
    """Say that a date cannot come back because staff have put another one of the offer there."""
    sentence = _now("Another date of this offer takes place then: %(starts)s to %(ends)s. Please take that back first.")
    return sentence % {"starts": f"{entry.starts:%H:%M}", "ends": f"{entry.ends:%H:%M}"}


def _as_told(change: Change, placed_by: Change) -> Change:
    change.calls_off, change.standort = placed_by, placed_by.standort
    change.opens, change.closes = placed_by.opens, placed_by.closes
    return change
