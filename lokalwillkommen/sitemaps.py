"""The addresses of all public pages for search engines, each with its twins in the other languages.

No page says when it was last changed: what people come for, the next dates, moves on with the clock.
"""

from typing import TypeAlias

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from lokalwillkommen.context import operator_is_known
from sprechstunden.models import Change, Schedule, Sprechstunde, Topic
from standorte import clock
from standorte.models import Partner, Standort

# Pages that stand alone, by the name of their address.
PAGES = (
    "start",
    "finder",
    "standorte:list",
    "sprechstunden:agenda",
    "partner:list",
    "about",
    "take_part",
    "offline",
    "contact:write",
    "imprint",
    "privacy",
    "accessibility",
)
_Row: TypeAlias = Standort | Sprechstunde | Topic | Partner


class _Translated:
    """What all have in common: each page stands in every language of the site, and names its twins."""

    i18n = True
    alternates = True


class Pages(_Translated, Sitemap[str]):
    """Pages that stand alone."""

    def items(self) -> list[str]:
        """Give the names of their addresses."""
        return list(PAGES)

    def location(self, item: str) -> str:
        """Give the address in the active language."""
        return reverse(item)


class Rows(_Translated, Sitemap[_Row]):
    """Pages of places, offers, topics and partners; those that answer 404 are left out."""

    def items(self) -> list[_Row]:
        """Fetch what residents may see, with one query each."""
        return [
            *Standort.objects.published().order_by("slug"),
            *_offers(),
            *Topic.objects.listed(),
            *Partner.objects.published().order_by("slug"),
        ]


def public_pages(request: HttpRequest) -> HttpResponse:
    """List all public pages; while the portal is a preview there is no list."""
    if not operator_is_known():
        message = "A preview is not indexed."
        raise Http404(message)
    return sitemap(request, {"pages": Pages(), "rows": Rows()})


def _offers() -> list[Sprechstunde]:
    """Fetch the offers that have a page: one whose places are all held back has none, unless a date was moved."""
    seen = Q(standort=None) | Q(standort__is_published=True)
    times = Schedule.objects.filter(seen, sprechstunde=OuterRef("pk"))
    changes = Change.objects.since(clock.today()).filter(standort__is_published=True)
    moved = changes.filter(schedule__sprechstunde=OuterRef("pk"))
    return list(Sprechstunde.objects.published().filter(Exists(times) | Exists(moved)))
