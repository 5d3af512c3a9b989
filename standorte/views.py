"""Pages about places and partners."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from standorte.models import Partner, PartnerRole, Standort

PLACES_PER_PAGE = 50


def standort_list(request: HttpRequest) -> HttpResponse:
    """Show all places, offices first."""
    places = Standort.objects.published().in_order_of_kind().for_lists()
    page = Paginator(places, PLACES_PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "standorte/list.html", {"page": page})


def standort_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place."""
    standorte = Standort.objects.published().for_pages().prefetch_related(_visible_roles())
    standort = get_object_or_404(standorte, slug=slug)
    first_address = Partner.objects.published().filter(is_first_address=True).first()
    return render(request, "standorte/detail.html", {"standort": standort, "first_address": first_address})


def partner_list(request: HttpRequest) -> HttpResponse:
    """Show all partners."""
    partners = Partner.objects.published().prefetch_related(_visible_roles())
    page = Paginator(partners, PLACES_PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "standorte/partner_list.html", {"page": page})


def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one partner, what it does in the network, and what else it offers."""
    partners = Partner.objects.published().prefetch_related(_visible_roles(), "offers")
    return render(request, "standorte/partner_detail.html", {"partner": get_object_or_404(partners, slug=slug)})


def _visible_roles() -> Prefetch[str]:
    return Prefetch("roles", queryset=PartnerRole.objects.select_related("partner", "standort").visible())
