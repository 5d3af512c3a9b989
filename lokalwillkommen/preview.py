"""Preview: staff see any public page as people will, in any language, on any day: /admin/vorschau/."""

from collections.abc import Callable
from functools import partial, wraps

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.preview_forms import PreviewForm, pages_to_choose
from lokalwillkommen.preview_page import Asked, may_preview, page
from standorte.languages import own_name

View = Callable[[HttpRequest], HttpResponseBase]
INVALID = 422


def for_previewers(view: View) -> View:
    """Let in staff who may see pages before others do; strangers are asked to log in, and no cache keeps the page."""

    @wraps(view)
    def allowed(request: HttpRequest) -> HttpResponseBase:
        if not may_preview(request.user):
            raise PermissionDenied
        return view(request)

    return admin.site.admin_view(allowed)


@for_previewers
@require_safe
def preview(request: HttpRequest) -> HttpResponseBase:
    """Show the page that is asked for; without one, or where there is none, the form."""
    # Whoever wants another day or language gets the form with what was asked before.
    is_asked = "adresse" in request.GET and "aendern" not in request.GET
    form = PreviewForm(request.GET if "adresse" in request.GET else None, request.get_host())
    if is_asked and form.is_valid():
        try:
            # What somebody writes into a form of a preview would really be sent.
            return csp_replace({"form-action": [NONE]})(partial(_shown, asked=form.asked()))(request)
        except Http404:
            form.add_error("address", _("People will find no page here."))
    context = {"form": form, "pages": pages_to_choose(Responsibility.of(request.user))}
    return render(request, "lokalwillkommen/preview.html", context, status=INVALID if is_asked else 200)


def _shown(request: HttpRequest, asked: Asked) -> HttpResponse:
    shown = page(request, asked)
    change = request.GET.copy()
    change["aendern"] = "1"
    context = {"asked": asked, "language": own_name(asked.language), "held_back": shown.held_back, "change": change}
    strip = render_to_string("components/staff/preview_strip.html", context)
    style = render_to_string("components/staff/preview_style.html")
    # Below the link that skips, which must come first.
    html = shown.html.replace("</head>", f"{style}</head>", 1).replace("<header>", f"{strip}<header>", 1)
    return HttpResponse(html, headers={"Content-Language": asked.language})
