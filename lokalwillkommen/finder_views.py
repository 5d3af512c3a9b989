"""Find my place: /de/finden/."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lokalwillkommen import finder
from lokalwillkommen.context import alternates
from lokalwillkommen.district_map import AREAS
from lokalwillkommen.finder_forms import ChoiceForm, FinderForm
from standorte import clock
from standorte.finding import Finding, find
from standorte.models import Partner

_BETWEEN = "."  # slugs hold none


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def find_place(request: HttpRequest) -> HttpResponse:
    """Answer what was typed or chosen; without either, offer to."""
    is_typed = request.method == "POST"
    if is_typed and request.headers.get("Sec-Fetch-Site") == "cross-site":
        return HttpResponseForbidden(
            _("Please open this page itself and write there."), content_type="text/plain; charset=utf-8"
        )
    form = FinderForm(request.POST if is_typed else None)
    found = _typed(request, form) if is_typed else _chosen(request)
    stadtbezirke = finder.all_stadtbezirke()
    context = {"form": form, "stadtbezirke": stadtbezirke, "areas": AREAS, **found}
    response = render(request, "lokalwillkommen/finder.html", context)
    if found:
        # Whoever uses the phone next must not find the answer with "back".
        response.headers["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest, form: FinderForm) -> Mapping[str, object]:
    if not form.is_valid():
        return {"fault": form.errors["place"]}
    finding = find(form.cleaned_data["place"], finder.known_names())
    if finding.is_sure:
        (slug,) = finding.stadtbezirke
        return {
            **_answered(finder.answer(slug, clock.now())),
            "by_postal_code": finding.by_postal_code,
            # Whoever chooses another language keeps the answer. What was typed stays out of the address.
            "alternates": alternates(request, urlencode({"stadtbezirk": slug})),
        }
    return _asked(request, finding) if finding.stadtbezirke else _answered(None)


def _asked(request: HttpRequest, finding: Finding) -> Mapping[str, object]:
    """Give the one question; in another language it is the same, without what was typed."""
    query = urlencode({"stadtbezirk": _BETWEEN.join(finding.stadtbezirke)})
    return {"choices": finder.choices(finding), "alternates": alternates(request, query)}


def _chosen(request: HttpRequest) -> Mapping[str, object]:
    if "stadtbezirk" not in request.GET:
        return {}
    slugs = request.GET["stadtbezirk"].split(_BETWEEN)
    if len(slugs) > 1 and (known := finder.known(slugs)):
        return _asked(request, Finding(known))
    form = ChoiceForm(request.GET)
    return _answered(finder.answer(form.cleaned_data["stadtbezirk"], clock.now()) if form.is_valid() else None)


def _answered(answer: finder.Answer | None) -> Mapping[str, object]:
    """Give what the page shows; where no office can be named, also who can be asked instead."""
    if answer and answer.office:
        return {"answer": answer}
    return {"answer": answer, "nothing": answer is None, "first_address": _first_address()}


def _first_address() -> Partner | None:
    return Partner.objects.published().filter(is_first_address=True).first()
