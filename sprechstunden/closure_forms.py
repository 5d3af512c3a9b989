"""What staff may say about a closure, and what they agree to before it is saved: the dates it takes away."""

import copy
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.closing import Proposal, effect, over_today, propose, reopened, value_of
from sprechstunden.deciding import Chosen
from sprechstunden.models import Closure
from sprechstunden.models.closure import KeptDate, Scope, places_of_partners
from sprechstunden.offer_dates import FARTHEST
from sprechstunden.recurrence import ONE_DAY
from standorte.looking_after import LooksAfter
from standorte.primary_keys import primary_keys

LONGEST = timedelta(days=366)
PARTS = ("standorte", "partners", "sprechstunden")
SCOPE = ("whole_network", *PARTS)


Row = TypeVar("Row", bound=Model)


class RowsField(forms.ModelMultipleChoiceField[Row]):
    """Rows by their primary keys, whatever was sent."""

    def clean(self, value: object) -> QuerySet[Row]:
        """Refuse what can be no primary key before the database has to."""
        typed = [str(part) for part in value] if isinstance(value, (list, tuple)) else []
        if primary_keys(typed) != typed:
            raise forms.ValidationError(_now("Please choose from the list."))
        return super().clean(value)


class Ticks(forms.MultipleChoiceField):
    """The boxes that somebody ticked."""

    def valid_value(self, value: str) -> bool:  # noqa: ARG002  # Django's signature
        """Take any: one that stands for no date has no effect."""
        return True


class ClosureForm(forms.ModelForm[Closure]):
    """A closure. It is valid only once somebody has seen the dates it takes away, exactly these.

    Seen is the digest of what was shown, keep what was ticked there. Without both it is valid for nobody, though
    nothing is wrong: then the form is shown again, with its proposal.
    """

    seen = forms.CharField(required=False)
    keep = Ticks(required=False, label=_("dates that take place all the same"))
    looks_after: LooksAfter | None = None

    class Meta:
        model = Closure
        fields = ("first", "last", "reason", "note", *SCOPE)
        widgets: Mapping[str, forms.Widget] = {
            "standorte": forms.CheckboxSelectMultiple({"class": "columns"}),
            "partners": forms.CheckboxSelectMultiple({"class": "columns"}),
        }
        field_classes: Mapping[str, type[forms.Field]] = {"standorte": RowsField, "partners": RowsField}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives them
        self.now = timezone.localtime()
        self.saved = copy.copy(self.instance) if self.instance.pk else None
        self.had = (self.instance.first, self.instance.last) if self.instance.pk else None
        self.over = over_today(self.instance, self.now) if self.had else frozenset()
        self.initial["keep"] = [_value(kept) for kept in self.instance.kept_dates if not kept["change"]]
        if (network := self.fields.get("whole_network")) and self.looks_after and not self.looks_after.everything:
            network.disabled, self.initial["whole_network"] = True, False
            network.help_text = _("Only the coordination closes the whole network, or all places of a partner.")
        if last := self.fields.get("last"):
            last.required = False
            last.help_text = _("Empty: only one day.") if "first" in self.fields else ""
        if reason := self.fields.get("reason"):
            reason.required = True
            reason.error_messages["required"] = _("Please choose a reason.")

    @cached_property
    def changed_data(self) -> list[str]:
        """Name what was changed; looking at dates is no change."""
        return [name for name in super().changed_data if name != "seen"]

    @cached_property
    def proposal(self) -> Proposal | None:
        """Give what this closure does to dates, once that can be said."""
        if self.errors or not (self.is_bound or self.had):
            return None
        scope = self._scope()
        found = effect(self.instance, scope, self.now)
        over = {value_of(entry) for entry in found.losses if entry.has_ended(self.now)}
        # What is over is as it was: off where this closure has taken it away, else it took place.
        kept = {*(self.ticked if self.seen_before else self.initial["keep"])} - over | (over - self.over)
        by_changes = {_value(kept) for kept in self.instance.kept_dates if kept["change"]}
        wanted = (self.instance.first, self.instance.last, scope.whole_network, sorted(scope.places))
        # What somebody else has saved meanwhile is shown before it is overwritten.
        stored = (self.instance.decided_at, sorted(self.initial["keep"])) if self.had else ()
        again = reopened(self.saved, self.saved.scope(), found, self.now) if self.saved and self.is_bound else ()
        return propose(found, kept, by_changes, (*wanted, sorted(scope.offers), *stored), over, again=again)

    @property
    def seen_before(self) -> str:
        """Give the digest of what somebody has seen, nothing where they have seen nothing yet."""
        return str(self.cleaned_data.get("seen", "")) if self.is_bound else ""

    @property
    def ticked(self) -> list[str]:
        """Give the dates that somebody ticked."""
        return list(self.cleaned_data.get("keep", ())) if self.is_bound else []

    @property
    def is_outdated(self) -> bool:
        """Tell whether somebody has seen something else than what would happen now."""
        return bool(self.seen_before and self.proposal and self.seen_before != self.proposal.digest)

    def is_valid(self) -> bool:
        """Tell whether nothing is wrong and somebody has seen what the closure does."""
        return super().is_valid() and self.proposal is not None and self.seen_before == self.proposal.digest

    def clean_first(self) -> date:
        """Refuse a first day that would change the past, or that is a slip."""
        first: date = self.cleaned_data["first"]
        if first < self.now.date():
            raise forms.ValidationError(_("This would change dates that are past. Please choose today or a later day."))
        if first > self.now.date() + FARTHEST:
            raise forms.ValidationError(_("This day is more than two years away. Please check the year."))
        return first

    def clean(self) -> dict[str, object]:
        """Say what is wrong with the days together, and with what is chosen."""
        cleaned = super().clean() or self.cleaned_data
        first = cleaned.get("first") if "first" in self.fields else self.instance.first
        if first and "last" in cleaned:
            cleaned["last"] = cleaned["last"] or first
            if sentence := self._fault_of_last(first, cleaned["last"]):
                self.add_error("last", sentence)
        stay = () if self._chooses_partners() else self._stay()
        if all(name in cleaned for name in SCOPE) and (sentence := _fault_of_scope(cleaned, stay)):
            self.add_error("whole_network", sentence)
        return cleaned

    def save(self, commit: bool = True) -> Closure:  # noqa: FBT001, FBT002  # Django's signature
        """Give the closure with the dates that it keeps; those that were not listed stay as they are."""
        listed = self.proposal.listed if self.proposal else ()
        values = {line.value for line in listed}
        others = [kept for kept in self.instance.kept_dates if kept["change"] or _value(kept) not in values]
        ticked = {line.value for line in listed if line.is_kept and not line.is_kept_by_change}
        self.instance.kept = [*others, *(_kept(value) for value in sorted(ticked))]
        return super().save(commit)

    def chosen(self) -> Chosen | None:
        """Give what was chosen, nothing where it could not be."""
        if "whole_network" not in self.cleaned_data:
            return None
        chosen = Chosen(**{name: self.cleaned_data[name] for name in PARTS})
        return chosen._replace(partner_places=self._partner_places(chosen))

    def _partner_places(self, chosen: Chosen) -> Collection[int]:
        """Give the places of the chosen partners: as long as nobody chooses others they stay those of before.

        Whoever corrects a note decides nothing about places, whatever has become of the partner.
        """
        if self.instance.whole_network:
            return ()
        return places_of_partners(chosen.partners) if self._chooses_partners() else self._stay()

    def _chooses_partners(self) -> bool:
        return self.saved is None or "partners" in self.changed_data

    def _stay(self) -> Collection[int]:
        """Give the places that are closed because of a partner, as it is saved."""
        return [place.pk for place in self.instance.partner_places.all()]

    def _scope(self) -> Scope:
        chosen = self.chosen() if self.is_bound else None
        if chosen is None:
            return self.instance.scope()
        places = {place.pk for place in chosen.standorte} | {*(chosen.partner_places or ())}
        offers = frozenset(offer.pk for offer in chosen.sprechstunden)
        return Scope(self.instance.whole_network, frozenset(places), offers)

    def _fault_of_last(self, first: date, last: date) -> str:
        if self.had == (first, last):
            return ""
        if self.had and (self.had[0] < self.now.date() or self.over):
            return self._fault_of_end(self.had[1], last)
        if last < first:
            return _now("The last day comes before the first day.")
        return _fault_of_length(first, last)

    def _fault_of_end(self, before: date, after: date) -> str:
        """Say what is wrong with another end of what has begun: no past day may open or close."""
        earliest = self.now.date() - ONE_DAY
        if before < earliest:
            return _now("This closure is over. Please enter a new one: past days stay as they were.")
        if self.over and after <= earliest:
            return _now(
                "Dates of today are over already and stay off: the last day can be today at the earliest. "
                "Tick the dates of today that take place all the same."
            )
        if after < earliest:
            return _now("Past days stay as they were: the last day can be yesterday at the earliest.")
        return _fault_of_length(self.now.date(), after)


def _fault_of_length(first: date, last: date) -> str:
    if last - first <= LONGEST:
        return ""
    return _now(
        "That is more than a year. Please check the year; "
        "for an offer that comes to its end, set the last day of its times."
    )


def _fault_of_scope(cleaned: Mapping[str, object], stay: Collection[int]) -> str:
    """Say what is wrong with what is chosen; places that stay closed though their partner is gone are something."""
    is_single = any(cleaned[name] for name in PARTS)
    if cleaned["whole_network"] and is_single:
        return _now("Please choose either the whole network or single places, partners or offers.")
    if not cleaned["whole_network"] and not is_single and not stay:
        return _now("Please say what is closed: the whole network, places, all places of a partner, or single offers.")
    return ""


def _value(kept: KeptDate) -> str:
    return f"{kept['uid']} {kept['day']}"


def _kept(value: str) -> KeptDate:
    uid, _space, day = value.partition(" ")
    return {"uid": uid, "day": day, "change": None}
