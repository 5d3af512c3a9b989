"""Start page, pages about the network, legal pages, and pages for errors."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from lokalwillkommen.facts.models import Figure
from sprechstunden import timetable
from sprechstunden.models import Topic
from standorte.models import Partner, Stadtbezirk, Standort

DATES_ON_START = 10


def choose_language(request: HttpRequest) -> HttpResponse:
    """Send people to the start page in the first language of their browser that the site has."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def start(request: HttpRequest) -> HttpResponse:
    """Show the next dates of the network, the districts and the offices."""
    outlook = timetable.outlook(timetable.versions(timetable.all_schedules()), timezone.localtime(), DATES_ON_START)
    context = {
        "confirmed": timetable.by_day(outlook.confirmed),
        "unconfirmed": timetable.by_day(outlook.unconfirmed[: DATES_ON_START - len(outlook.confirmed)]),
        "offices": Standort.objects.published().offices().for_lists(),
        "stadtbezirke": Stadtbezirk.objects.select_related("office"),
        "topics": Topic.objects.filter(is_sensitive=False),
    }
    return render(request, "lokalwillkommen/start.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """Show what the network is, and its figures as their sources word them."""
    context = {
        "figures": Figure.objects.select_related("standort"),
        "first_address": Partner.objects.published().filter(is_first_address=True).first(),
        "offices": Standort.objects.published().offices(),
    }
    return render(request, "lokalwillkommen/about.html", context)


def imprint(request: HttpRequest) -> HttpResponse:
    """Show who runs the portal (§ 5 DDG, § 18 MStV)."""
    return render(request, "lokalwillkommen/imprint.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what happens with data: for visitors, nothing is kept."""
    return render(request, "lokalwillkommen/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the portal is (§ 10b BGG NRW)."""
    return render(request, "lokalwillkommen/accessibility.html")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Say that there is no such page, and where to go on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Say that something broke here, without asking the database or the request anything."""
    return HttpResponse(render_to_string("500.html"), status=500)
