"""What narrows the page of staff, and which offer an extra date is for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sprechstunden.models import ChangeKind, Schedule, Sprechstunde
from sprechstunden.placing_forms import AS_USUAL, ExtraForm
from sprechstunden.templatetags.timetable import hours
from sprechstunden.timetable import Version
from sprechstunden.wording import sentence_of
from standorte.models import Standort
from standorte.sorting import german_key, in_german_order

DAYS, MOST_DAYS = 14, 180
_SPANS = ((14, _("14 days")), (30, _("30 days")), (60, _("60 days")), (180, _("180 days")))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which dates staff want to see: of one offer, at one place, for so many days; None does not matter."""

    offer: int | None = None
    place: int | None = None
    days: int = DAYS

    def keeps(self, version: Version) -> bool:
        """Tell whether a date of some times can be among them."""
        is_wanted = self.offer in {None, version.schedule.sprechstunde_id}
        return is_wanted and (self.place is None or self.place in version.places)


class Places:
    """The places to which a date can go, fetched once and drawn once for all forms of a page."""

    def __init__(self, places: QuerySet[Standort]) -> None:
        found = in_german_order(places.only("pk", "name"))
        self.choices = [("", AS_USUAL), *((place.pk, place.name) for place in found)]
        self._drawn = SafeString()

    def drawn(self, draw: Callable[[], str]) -> SafeString:
        """Give the options with none chosen; who asks first draws them."""
        # Hundreds of options on dozens of forms would take seconds.
        self._drawn = self._drawn or SafeString(draw().partition(">")[2])
        return self._drawn


class PlaceSelect(forms.Select):
    """A choice of places."""

    def __init__(self, places: Places) -> None:
        super().__init__(choices=places.choices)
        self.places = places

    def render(
        self, name: str, value: object, attrs: Mapping[str, object] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Draw the choice; where no place is chosen its options are those of all other forms."""
        if value:
            return super().render(name, value, dict(attrs or {}), renderer)
        options = self.places.drawn(lambda: super(PlaceSelect, self).render(name, None, {}, renderer))
        return format_html("<select{}>{}", flatatt({"name": name, **(attrs or {})}), options)


class NarrowForm(forms.Form):
    """Words that stand in the address; what is not understood does not narrow."""

    url_names: ClassVar = {"offer": "sprechstunde", "place": "standort", "days": "tage"}

    place = forms.ChoiceField(required=False, label=_("place"))
    days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        label=_("how far ahead"),
        widget=forms.Select(choices=_SPANS),
    )
    offer = forms.TypedChoiceField(coerce=int, required=False, empty_value=None, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object], versions: Iterable[Version]) -> None:
        super().__init__(data, auto_id="zeigen_%s")
        versions = list(versions)
        self.places = {place.slug: place for version in versions for place in _places(version)}
        self.offers = {version.schedule.sprechstunde_id: version.schedule.sprechstunde for version in versions}
        named = sorted(((slug, place.name) for slug, place in self.places.items()), key=lambda one: german_key(one[1]))
        self.fields["place"].choices = [("", _("all my places")), *named]  # type: ignore[attr-defined]  # known field
        self.fields["offer"].choices = [("", ""), *self.offers.items()]  # type: ignore[attr-defined]

    def narrowed(self) -> Narrowed:
        """Give what is asked for."""
        self.full_clean()
        found = self.cleaned_data
        place = self.places.get(found.get("place", ""))
        return Narrowed(found.get("offer"), place.pk if place else None, found.get("days") or DAYS)

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in the address."""
        return self.url_names.get(field_name, field_name)


class ExtraDateForm(ExtraForm):
    """An extra date, with the offer it is for."""

    sprechstunde = forms.ModelChoiceField(Sprechstunde.objects.published(), label=_("offer"))

    field_order = ("sprechstunde", "day", "opens", "closes", "standort", "note")


class WhichDateForm(forms.Form):
    """Which date a form is about, and what becomes of it; nobody types it.

    The change is the one that has moved or added a date which now is off.
    """

    schedule = forms.UUIDField()
    change = forms.UUIDField(required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"])
    kind = forms.ChoiceField(
        choices=[(kind.value, "") for kind in (ChangeKind.CANCELLED, ChangeKind.MOVED, ChangeKind.HELD)]
    )


class WhichOfferForm(forms.Form):
    """Which offer an extra date is for, if one was chosen."""

    sprechstunde = forms.ModelChoiceField(Sprechstunde.objects.published(), required=False)


class WhichChangeForm(forms.Form):
    """Which change is taken back; nobody types it."""

    change = forms.UUIDField()


def offers_to_choose(versions: Iterable[Version], today: date) -> list[tuple[object, str]]:
    """Name each offer whose times have not ended, by those that end first."""
    named: dict[object, str] = {}
    for version in versions:
        if (version.series.valid_until or today) >= today:
            named.setdefault(version.schedule.sprechstunde_id, offer_name(version.schedule))
    return sorted(named.items(), key=lambda one: german_key(one[1]))


def offer_name(schedule: Schedule) -> str:
    """Name an offer so that it is told apart from others: by place, kind and times."""
    offer = schedule.sprechstunde
    place = schedule.standort or offer.office or offer.partner
    words = f"{offer}, {sentence_of(schedule)} {hours(schedule)}".strip()
    return f"{place}: {words}" if place else words


def _places(version: Version) -> Iterable[Standort]:
    usual = version.schedule.standort or version.schedule.sprechstunde.office
    moved = (row.standort for row in version.decided.rows.values())
    return (place for place in (usual, *moved) if place)
