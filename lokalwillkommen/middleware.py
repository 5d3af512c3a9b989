"""Headers of every page, German for staff, and what a page reads of its query."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from lokalwillkommen.context import operator_is_known
from standorte.languages import site_languages

GetResponse = Callable[[HttpRequest], HttpResponse]
STAFF_PREFIX = "/admin/"
# All words that public pages read in a query; each stands in a dozen links of the page, or in two.
QUERY_WORDS = (
    *("seite", "zeit", "woche", "wochentag", "sprache", "thema", "art", "stadtbezirk", "standort"),
    *("ort", "angebot"),
)
LONGEST_VALUE = 60  # letters; a slug is not longer


def page_headers(get_response: GetResponse) -> GetResponse:
    """Add the security headers Django does not know, and keep unfinished or staff pages out of indexes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-cache")
        if not operator_is_known() or request.path.startswith(STAFF_PREFIX):
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware


def german_for_staff(get_response: GetResponse) -> GetResponse:
    """Show the admin in German, whatever the browser prefers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(STAFF_PREFIX):
            return get_response(request)
        with translation.override(settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            return get_response(request)

    return middleware


def known_query(get_response: GetResponse) -> GetResponse:
    """Leave of the query of a public page what pages read, once and cut: its links repeat it again and again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.GET and request.path.split("/")[1] in site_languages():
            request.GET = known_words(request.GET)  # type: ignore[assignment]  # Django never changes it either
        return get_response(request)

    return middleware


def known_words(query: QueryDict) -> QueryDict:
    """Give of a query what pages read, in the order in which it came."""
    known = QueryDict(mutable=True)
    for word in query:
        if word in QUERY_WORDS:
            known[word] = str(query[word])[:LONGEST_VALUE]
    return known
