"""Headers of every page, and German for staff."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from lokalwillkommen.context import operator_is_known

GetResponse = Callable[[HttpRequest], HttpResponse]
STAFF_PREFIX = "/admin/"


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
