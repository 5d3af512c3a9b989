"""Calendar feeds over HTTP, in any language of the site."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sprechstunden import feeds, timetable
from standorte import clock
from standorte.languages import site_languages
from standorte.models import Standort


@csrf_exempt
@require_safe
def all_dates(request: HttpRequest) -> HttpResponseBase:
    """Give the dates of the whole network."""
    return _feed(request, timetable.versions(timetable.all_schedules(), feeds.SINCE), feeds.NAME)


@csrf_exempt
@require_safe
def of_place(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the dates at one place."""
    standort = get_object_or_404(Standort.objects.published(), slug=slug)
    return _feed(request, timetable.versions_at(standort, feeds.SINCE), f"lokal willkommen {standort.name}")


def _feed(request: HttpRequest, found: Iterable[timetable.Version], name: str) -> HttpResponseBase:
    language = request.GET.get("sprache", settings.LANGUAGE_CODE)
    if language not in site_languages():
        message = "This is no language of the site."
        raise Http404(message)
    origin = request.build_absolute_uri("/").rstrip("/")
    with translation.override(language):
        made = feeds.calendar(found, feeds.newest_times(), name, origin, clock.today())
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    set_response_etag(response)
    answer = get_conditional_response(request, etag=response["ETag"], response=response) or response
    # On "304 Not Modified" too: it updates the headers of what a client has kept (RFC 9111 3.2).
    answer["Content-Language"] = language
    return answer
