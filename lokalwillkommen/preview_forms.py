"""Which page staff want to see, as of when and in which language."""

from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.preview_page import NINE, Asked
from lokalwillkommen.sitemaps import PAGES
from sprechstunden.occurrences import BERLIN
from standorte import clock
from standorte.languages import own_name, site_languages
from standorte.models import Standort
from standorte.sorting import in_german_order

FIRST_YEAR, YEARS_AHEAD = 2016, 10  # the network began in 2016; nobody plans for longer


class PreviewForm(forms.Form):
    """Words that stand in the address, in German as all addresses."""

    url_names: ClassVar = {
        "address": "adresse",
        "language": "sprache",
        "day": "tag",
        "time": "zeit",
        "only_published": "ohne",
    }

    address = forms.CharField(
        label=_("address of the page"),
        max_length=500,
        help_text=_("Copy it from the browser, or choose one of the list."),
        widget=forms.TextInput({"list": "seiten", "dir": "ltr", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("language"), required=False)
    day = forms.DateField(label=_("day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    time = forms.TimeField(label=_("time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    only_published = forms.BooleanField(label=_("without what is not published yet"), required=False)

    def __init__(self, data: QueryDict | None, host: str, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.host = host
        named = [(code, own_name(code)) for code in site_languages()]
        self.fields["language"].choices = [("", _("as in the address")), *named]  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        """Give the word for a field in the address."""
        return self.url_names.get(field_name, field_name)

    def clean_address(self) -> tuple[str, str]:
        """Give path and query of a page of this site, the path with a language first."""
        try:
            found = urlsplit(self.cleaned_data["address"])
        except ValueError as error:
            raise forms.ValidationError(_("This is no address of a page.")) from error
        if found.netloc not in {"", self.host}:
            raise forms.ValidationError(_("This page is not on this site."))
        words = [word for word in found.path.split("/") if word]
        language = words.pop(0) if words and words[0] in site_languages() else site_languages()[0]
        return "/" + "".join(f"{word}/" for word in (language, *words)), found.query

    def clean_day(self) -> object:
        """Refuse days of which nobody plans anything."""
        day = self.cleaned_data["day"]
        if day and not FIRST_YEAR <= day.year <= clock.today().year + YEARS_AHEAD:
            raise forms.ValidationError(
                _("Please choose a day from %(first)s to %(last)s.")
                % {"first": FIRST_YEAR, "last": clock.today().year + YEARS_AHEAD}
            )
        return day

    def asked(self) -> Asked:
        """Give what is asked for; without a day and a time it is now, on another day without a time nine o'clock."""
        found, now = self.cleaned_data, clock.now()
        path, query = found["address"]
        if found["language"]:
            path = "/".join(("", found["language"], *path.split("/")[2:]))
        day, of_day = found["day"], found["time"]
        moment = datetime.combine(day or now.date(), of_day or (NINE if day else now.time()), BERLIN)
        return Asked(path, query, moment, found["only_published"])


def pages_to_choose(mine: Responsibility) -> list[tuple[str, str]]:
    """Give addresses with names: pages that stand alone, and places, one's own held back ones too; two queries."""
    places = [*Standort.objects.published(), *mine.rows(Standort.objects.filter(is_published=False))]
    named = ((place.get_absolute_url(), place.name) for place in in_german_order(places))
    return [*((path, "") for path in map(reverse, PAGES)), *named]
