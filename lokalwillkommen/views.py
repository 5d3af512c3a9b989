"""Start page, pages about the network, and pages for errors."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lokalwillkommen.district_map import AREAS
from lokalwillkommen.facts.models import Figure
from lokalwillkommen.finder_forms import FinderForm
from lokalwillkommen.gone import answer_for_gone
from lokalwillkommen.offline import copy_at
from sprechstunden import timetable
from sprechstunden.entries import by_day, first_of
from sprechstunden.models import Topic
from standorte import clock
from standorte.languages import site_languages
from standorte.models import Partner, Stadtbezirk, Standort
from standorte.sorting import in_german_order

DATES_ON_START = 10
# The article that names the goals of the network and its brochure, October 2021.
JUBILEE = "https://www.nordstadtblogger.de/fuenf-jahre-lokal-willkommen-in-dortmund-das-integrationsnetzwerk-feiert-geburtstag/"


@csrf_exempt
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send people to the start page in the first language of their browser that the site has."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@csrf_exempt
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the next dates of the network, the districts and the offices."""
    now = clock.now()
    outlook = timetable.outlook(timetable.versions(timetable.all_schedules(), now.date()), now, DATES_ON_START)
    confirmed = first_of(outlook.confirmed, DATES_ON_START)
    unconfirmed = first_of(outlook.unconfirmed, DATES_ON_START - len(confirmed))
    context = {
        "form": FinderForm(),
        "dates": [*confirmed, *unconfirmed],
        "confirmed": by_day(confirmed),
        "unconfirmed": by_day(unconfirmed),
        "offices": in_german_order(Standort.objects.published().offices().for_lists()),
        "stadtbezirke": in_german_order(Stadtbezirk.objects.all()),
        "areas": AREAS,
        "topics": Topic.objects.listed(),
    }
    return render(request, "lokalwillkommen/start.html", context)


@csrf_exempt
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show what the network is, and its figures as their sources word them."""
    context = {
        "figures": Figure.objects.published().select_related("standort"),
        "first_address": Partner.objects.published().filter(is_first_address=True).first(),
        "offices": in_german_order(Standort.objects.published().offices()),
        "jubilee": JUBILEE,
        "drafts": [code for code in site_languages() if code not in settings.REVIEWED_LANGUAGES],
    }
    return render(request, "lokalwillkommen/about.html", context)


@csrf_exempt
@require_safe
def take_part(request: HttpRequest) -> HttpResponse:
    """Show what neighbours, landlords, volunteers and organisations can do, and whom they ask."""
    context = {"stadtbezirke": in_german_order(Stadtbezirk.objects.all())}
    return render(request, "lokalwillkommen/take_part.html", context)


@csrf_exempt
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a visitor can keep on the phone: places and dates as they are now, never what is open now."""
    return render(request, "lokalwillkommen/offline.html", {"copy": copy_at(clock.now())})


def not_there(request: HttpRequest, row: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer as where there is nothing."""
    raise Http404


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Say that there is no such page, or no longer, and where to go on."""
    return answer_for_gone(request) or render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Say that something could not be read, without asking the request: it may name a host that is none of ours."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Say that something broke here, without asking the database or the request anything."""
    return HttpResponse(render_to_string("500.html"), status=500)
