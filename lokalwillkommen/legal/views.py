"""The legal pages; while one of them lacks something, it says so, and the whole portal is a preview."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lokalwillkommen.legal.details import details, statement_day
from lokalwillkommen.legal.sections import LegalPage


@csrf_exempt
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Show who runs the portal (§ 5 DDG, § 18 MStV)."""
    return _page(request, LegalPage.IMPRINT)


@csrf_exempt
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what happens with data: of visitors nothing is kept but what they write to us."""
    return _page(request, LegalPage.PRIVACY)


@csrf_exempt
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the portal is (§ 10b BGG NRW), in the form of Implementing Decision (EU) 2018/1523."""
    return _page(request, LegalPage.ACCESSIBILITY)


def _page(request: HttpRequest, page: LegalPage) -> HttpResponse:
    found = details(page)
    is_incomplete = any(detail.is_missing for detail in found.values())
    context = {
        "details": found,
        "is_incomplete": is_incomplete,
        "statement_day": statement_day(found.values()),
        "keep_names_days": settings.KEEP_NAMES_DAYS,
    }
    return render(request, f"legal/{page.value}.html", context)
