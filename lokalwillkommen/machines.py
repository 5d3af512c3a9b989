"""Pages that machines read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from lokalwillkommen.context import operator_is_known


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers; it asks no database."""
    return HttpResponse("ok\n", content_type="text/plain")


def robots(_request: HttpRequest) -> HttpResponse:
    """Keep robots out of staff pages; while the portal is a preview, out of everything."""
    disallowed = "/admin/" if operator_is_known() else "/"
    return HttpResponse(f"User-agent: *\nDisallow: {disallowed}\n", content_type="text/plain")
