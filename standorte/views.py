"""Pages about places and partners."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from standorte.models import Kind, Partner, PartnerRole, Standort
from standorte.sorting import german_key, in_german_order

PLACES_PER_PAGE = 50


@csrf_exempt
@require_safe
def standort_list(request: HttpRequest) -> HttpResponse:
    """Show all places, offices first."""
    ranks = {kind: rank for rank, kind in enumerate(Kind.values)}
    rows = Standort.objects.published().order_by().values_list("kind", "name", "pk")
    ordered = sorted((ranks[kind], german_key(name), pk) for kind, name, pk in rows)
    page = Paginator([pk for _rank, _key, pk in ordered], PLACES_PER_PAGE).get_page(request.GET.get("seite"))
    shown = Standort.objects.for_lists().in_bulk(list(page))
    places = [shown[pk] for pk in page]
    return render(request, "standorte/list.html", {"page": page, "places": places})


@csrf_exempt
@require_safe
def standort_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place."""
    standorte = Standort.objects.published().for_pages().prefetch_related(_visible_roles())
    standort = get_object_or_404(standorte, slug=slug)
    first_address = Partner.objects.published().filter(is_first_address=True).first()
    return render(request, "standorte/detail.html", {"standort": standort, "first_address": first_address})


@csrf_exempt
@require_safe
def standort_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the address of a place in large German letters, for a driver or somebody in the street."""
    standorte = Standort.objects.published().prefetch_related("phones").exclude(street="")
    return render(request, "standorte/card.html", {"standort": get_object_or_404(standorte, slug=slug)})


@csrf_exempt
@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    """Show all partners."""
    partners = in_german_order(Partner.objects.published().prefetch_related(_visible_roles()))
    page = Paginator(partners, PLACES_PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "standorte/partner_list.html", {"page": page})


@csrf_exempt
@require_safe
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one partner, what it does in the network, and what else it offers."""
    partners = Partner.objects.published().prefetch_related(_visible_roles(), "offers")
    return render(request, "standorte/partner_detail.html", {"partner": get_object_or_404(partners, slug=slug)})


def _visible_roles() -> Prefetch[str]:
    return Prefetch("roles", queryset=PartnerRole.objects.select_related("partner", "standort").visible())
