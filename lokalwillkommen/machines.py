"""Pages that machines read."""

from datetime import UTC, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache

from lokalwillkommen.context import operator_is_known
from standorte import clock

# RFC 9116 (2.5.5) recommends less than a year: whoever reads a forgotten copy asks again.
_SECURITY_CONTACT_HOLDS = timedelta(days=180)


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers; it asks no database."""
    return HttpResponse("ok\n", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of staff pages; while the portal is a preview, out of everything."""
    if operator_is_known():
        sitemap = request.build_absolute_uri(reverse("sitemap"))
        text = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n"
    else:
        text = "User-agent: *\nDisallow: /\n"
    return HttpResponse(text, content_type="text/plain")


@never_cache
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the script that answers without network; browsers fetch it only for visitors who have kept a copy."""
    return HttpResponse(render_to_string("worker.js"), content_type="text/javascript; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a weakness (RFC 9116); nobody can be told while nobody is named."""
    if not operator_is_known():
        message = "Nobody is named as running the portal."
        raise Http404(message)
    midnight = clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: mailto:{quote(settings.OPERATOR['email'], safe='@+')}",
        f"Expires: {midnight + _SECURITY_CONTACT_HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
