"""What staff may change about times: nothing that is past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django import forms
from django.db.models import Q
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sprechstunden.models import Frequency, Schedule, Sprechstunde
from sprechstunden.recurrence import ONE_DAY
from sprechstunden.timetable import dates, versions
from standorte.formfields import TextFormField
from standorte.looking_after import LooksAfter
from standorte.models import Standort
from standorte.texts import Text

COPIED = (
    *("frequency", "interval", "weekdays", "positions", "anchor"),
    *("opens", "closes", "standort", "languages", "words"),
    *("held_on_closing_days", "follows_school_holidays"),
)


def begun(now: datetime) -> Q:
    """Give the condition for times that have begun: those of today, once a date of today has started."""
    today = now.date()
    rows = Schedule.objects.filter(sprechstunde__schedules__valid_from=today).for_pages()
    started = {entry.schedule.pk for entry in dates(versions(rows, today), today, today, now) if entry.has_begun(now)}
    return Q(valid_from=None) | Q(valid_from__lt=today) | Q(valid_from=today, pk__in=started)


def first_free_day(offer: Sprechstunde, now: datetime) -> date:
    """Give the first day on which no date of an offer has started: today or tomorrow."""
    today = now.date()
    found = dates(versions(offer.schedules.all(), today), today, today, now) if offer.pk else []
    return today + ONE_DAY if any(entry.has_begun(now) for entry in found) else today


def begun_today(offer: Sprechstunde, now: datetime) -> set[tuple[datetime, datetime, bool, int | None]]:
    """Give the dates of today that have begun, as the times of an offer are stored: when, whether held, where."""
    today = now.date()
    rows = Schedule.objects.filter(sprechstunde=offer).for_pages()
    found = dates(versions(rows, today), today, today, now)
    return {(entry.starts, entry.ends, entry.takes_place, entry.place_id) for entry in found if entry.has_begun(now)}


def copy_of_present(offer: Sprechstunde, now: datetime) -> Mapping[str, object]:
    """Give what new times begin with: the last ones, from the first day that is free."""
    first = {"valid_from": first_free_day(offer, now)}
    if not offer.pk or not offer.schedules.all():
        return first
    present = last_times(offer)
    return {**first, **{name: getattr(present, name) for name in COPIED}}


def copy_elsewhere(offer: Sprechstunde, now: datetime) -> Mapping[str, object]:
    """Give what the times of a copy begin with: the present ones, from today."""
    today = now.date()
    present = present_times(offer, today)
    return {"valid_from": today, **{name: getattr(present, name) for name in COPIED}}


def present_times(offer: Sprechstunde, today: date) -> Schedule:
    """Give the times that hold on a day, else the last ones; there must be some."""
    begun_first = sorted(offer.schedules.all(), key=lambda row: row.valid_from or date.min)
    return ([row for row in begun_first if row.valid_from is None or row.valid_from <= today] or begun_first)[-1]


def digest(offer: Sprechstunde) -> str:
    """Name how an offer and its times are stored now: whoever saves any of them makes it another."""
    rows = sorted((row.pk, row.modified_at.isoformat()) for row in offer.schedules.all())
    return sha256(repr((offer.modified_at.isoformat(), rows)).encode()).hexdigest()


def last_times(offer: Sprechstunde) -> Schedule:
    """Give the version that begins last; there must be one."""
    return max(offer.schedules.all(), key=lambda schedule: schedule.valid_from or date.min)


@dataclass(frozen=True, slots=True)
class TypedTimes:
    """All times of an offer as they stand in its form; what is wrong with them, as labels and sentences."""

    rows: list[Schedule]
    faults: list[tuple[str, str]]


def typed_times(formsets: Iterable[forms.BaseModelFormSet[Schedule, forms.ModelForm[Schedule]]]) -> TypedTimes:
    """Read the times from their forms, sent or not: without those to be deleted and those that nobody filled in."""
    found = [
        form
        for formset in formsets
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or (form.is_bound and form.has_changed()))
    ]
    faults = [
        (str(form.fields[name].label if name in form.fields else ""), str(sentence))
        for form in found
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    return TypedTimes([form.instance for form in found], faults)


class OfferForm(forms.ModelForm[Sprechstunde]):
    """An offer without its times; it is not saved where somebody only looks, or where others have saved meanwhile."""

    only_looks = False
    is_outdated = False
    looks_after: LooksAfter | None = None
    title_begins_as: Text | None = None

    class Meta:
        model = Sprechstunde
        fields = ("kind", "title", "walk_in", "topics", "bring", "office", "partner", "is_published")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives them
        if self.title_begins_as is not None:
            # A translation that nobody touches keeps the state it has in the offer that is copied.
            self.instance.title = self.title_begins_as

    def clean_office(self) -> Standort | None:
        """Refuse another office where past dates would move with it: times without a place of their own are there."""
        office: Standort | None = self.cleaned_data["office"]
        if office is None and self.looks_after and not self.looks_after.everything:
            raise forms.ValidationError(_("Please choose your office: else nobody would look after this offer."))
        if "office" in self.changed_data and self.instance.pk:
            there = self.instance.schedules.filter(begun(timezone.localtime()), standort=None)
            if there.exclude(frequency=Frequency.NONE).exists():
                raise forms.ValidationError(
                    _(
                        "Times of this offer have no place of their own and so are at its office, on past days too. "
                        "Please set its last day, and copy it for the other office."
                    )
                )
        return office

    def is_valid(self) -> bool:
        """Check everything; what is only looked at is never saved."""
        return super().is_valid() and not self.only_looks and not self.is_outdated


class RunningTimesForm(forms.ModelForm[Schedule]):
    """Times that have begun: their last day may move, but never so that a past date comes or goes."""

    class Meta:
        model = Schedule
        fields = ("valid_until",)

    def __init__(self, *args: object, offer: Sprechstunde, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives them
        self.offer = offer
        _remember_what_is_shown(self)

    def add_error(self, field: str | None, error: forms.ValidationError | str) -> None:  # type: ignore[override]  # as it is called here
        """Leave out what is wrong with the rest of these times: nobody can mend it here, but they can be ended."""
        if isinstance(error, forms.ValidationError) and hasattr(error, "error_dict"):
            error = forms.ValidationError({name: one for name, one in error.error_dict.items() if name in self.fields})
        super().add_error(field, error)

    def clean_valid_until(self) -> date | None:
        """Refuse a last day that would change the past."""
        before, after = self.initial.get("valid_until"), self.cleaned_data.get("valid_until")
        earliest = first_free_day(self.offer, timezone.localtime()) - ONE_DAY
        if before != after and min(before or date.max, after or date.max) < earliest:
            raise forms.ValidationError(_("This would change dates that are past. Please choose today or a later day."))
        return after


class NewTimesForm(forms.ModelForm[Schedule]):
    """Times from a day on, which may not be past where there are earlier times."""

    class Meta:
        model = Schedule
        fields = (
            *("valid_from", "frequency", "weekdays", "opens", "closes", "standort", "interval", "anchor"),
            *("positions", "valid_until", "languages", "words", "held_on_closing_days", "follows_school_holidays"),
        )

    def __init__(self, *args: object, offer: Sprechstunde, is_copy: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives them
        self.offer = offer
        self.is_copy = is_copy
        _remember_what_is_shown(self)
        if not self.instance.pk:
            # A translation that nobody touches keeps the state it has in the times that were copied.
            self.instance.words = self.initial.get("words", Text())

    def has_changed(self) -> bool:
        """Tell whether something was typed; a copy from another offer is new even if nobody touches it."""
        return self.is_copy or super().has_changed()

    def clean_valid_from(self) -> date | None:
        """Refuse a first day that would change the past."""
        first, now = self.cleaned_data.get("valid_from"), timezone.localtime()
        others = [row for row in self.offer.schedules.all() if row != self.instance] if self.offer.pk else []
        if not others or (first and first >= first_free_day(self.offer, now)):
            return first
        if first == now.date():
            raise forms.ValidationError(
                _("A date of today has begun. Please choose tomorrow or a later day: past dates stay as they were.")
            )
        raise forms.ValidationError(
            _("There are earlier times. Please choose today or a later day: past dates stay as they were.")
        )


def _remember_what_is_shown(form: forms.ModelForm[Schedule]) -> None:
    """Send along what a form begins with: while it is open, days pass and others save, and that alone is no change.

    Texts remember by themselves what was shown.
    """
    for field in form.fields.values():
        field.show_hidden_initial = not isinstance(field, TextFormField)


class TimesFormSet(forms.BaseInlineFormSet[Schedule, Sprechstunde, forms.ModelForm[Schedule]]):
    """Times of one offer, which each form knows."""

    def get_form_kwargs(self, index: int | None) -> dict[str, object]:
        """Give each form the offer, with the times that were fetched with it; only the first may be a copy."""
        kwargs = {**super().get_form_kwargs(index), "offer": self.instance}
        return kwargs if index == 0 else {name: value for name, value in kwargs.items() if name != "is_copy"}

    def add_fields(self, form: forms.ModelForm[Schedule], index: int | None) -> None:
        """Give the times of each form the offer too, so that nothing is fetched again."""
        super().add_fields(form, index)
        form.instance.sprechstunde = self.instance


class NewTimesFormSet(TimesFormSet):
    """New times: each from another day on; all forms offer the same places, fetched once."""

    places: list[object] | None = None

    def add_fields(self, form: forms.ModelForm[Schedule], index: int | None) -> None:
        """Give each form the places."""
        super().add_fields(form, index)
        field = form.fields["standort"]
        self.places = self.places or list(field.choices)  # type: ignore[attr-defined]  # known field
        field.choices = self.places  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a first day that other times have, or had until now: rows are saved one after the other.

        Times that are deleted go before new ones come, so their day is free for these.
        """
        stored = list(self.instance.schedules.all()) if self.instance.pk else []
        deleted = [form for form in self.forms if form.cleaned_data.get(DELETION_FIELD_NAME)]
        gone = {form.instance.pk for form in deleted}
        typed: set[date | None] = set()
        for form in self.forms:
            if not form.has_changed() or form in deleted:
                continue
            first, leaving = form.instance.valid_from, set() if form.instance.pk else gone
            taken = {row.valid_from for row in stored if row != form.instance and row.pk not in leaving}
            if first in typed or first in taken:
                form.add_error("valid_from", _("There are already times that begin on this day."))
            typed.add(first)
        super().clean()
