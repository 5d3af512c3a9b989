"""Choosing single offers in the admin by words that tell them apart: many are just called consultation hour."""

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.urls import reverse

from sprechstunden.closure_forms import RowsField
from sprechstunden.models import Sprechstunde
from sprechstunden.schedule_forms import last_times
from sprechstunden.templatetags.timetable import hours
from sprechstunden.wording import sentence_of
from standorte.primary_keys import primary_keys


def offer_in_words(offer: Sprechstunde) -> str:
    """Name an offer with its last place and times; its schedules with their places should be fetched."""
    if not offer.schedules.all():
        return f"{offer}, {offer.office or offer.partner or '–'}"
    times = last_times(offer)
    place = times.standort or offer.office or offer.partner or "–"
    return f"{offer}, {place}: {sentence_of(times)} {hours(times)}".strip()


class OffersView(AutocompleteJsonView):
    """Answers while somebody types."""

    def serialize_result(self, obj: Sprechstunde, to_field_name: str) -> dict[str, str]:  # type: ignore[override]  # of offers only
        """Give the words of an offer."""
        return {"id": str(getattr(obj, to_field_name)), "text": offer_in_words(obj)}


class OffersWidget(AutocompleteSelectMultiple):
    """Asks that view."""

    url_name = "%s:sprechstunden_closure_offers"

    def format_value(self, value: object) -> list[str]:
        """Keep of what is chosen what can stand for an offer."""
        return primary_keys(super().format_value(value))

    def get_url(self) -> str:
        """Give the address of the view."""
        return reverse(self.url_name % self.admin_site.name)


class OffersField(RowsField[Sprechstunde]):
    """Shows the words of an offer where one is chosen."""

    def label_from_instance(self, obj: Sprechstunde) -> str:
        """Give the words of an offer."""
        return offer_in_words(obj)
