"""Pages about dates and offers."""

from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sprechstunden import timetable
from sprechstunden.forms import AgendaForm
from sprechstunden.models import Sprechstunde
from sprechstunden.offer_dates import FARTHEST
from sprechstunden.recurrence import ONE_DAY

DATES_PER_PAGE = 100
DATES_PER_OFFER = 8
UNDATED_OFFERS = 30
_WEEK = timedelta(days=7)


@csrf_exempt
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Show the dates of a week by day, filtered by what stands in the address."""
    now = timezone.localtime()
    form = AgendaForm(request.GET)
    wanted = form.wanted()
    monday = _monday(wanted.week or now.date(), now.date())
    found = list(timetable.matching(timetable.all_schedules(), wanted, now.date()))
    entries = timetable.dates(found, *_span(monday, now), now)
    entries = [entry for entry in entries if wanted.weekday in (None, entry.day.weekday()) and not entry.has_ended(now)]
    page = Paginator(entries, DATES_PER_PAGE).get_page(request.GET.get("seite"))
    # Listed once, after the last dates: offers without dates belong to no weekday and to no page.
    is_last = wanted.weekday is None and not page.has_next()
    undated = timetable.undated(found, now.date())[:UNDATED_OFFERS] if is_last else []
    context = {"form": form, "page": page, "monday": monday, "undated": undated}
    return render(request, "sprechstunden/agenda.html", context | _neighbours(monday, now.date()))


@csrf_exempt
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one offer with its next dates."""
    offers = Sprechstunde.objects.published().select_related("office", "partner").prefetch_related("topics")
    sprechstunde = get_object_or_404(offers, pk=pk)
    now = timezone.localtime()
    rows = list(timetable.schedules_of(sprechstunde))
    if not any(row.standort is None or row.standort.is_published for row in rows):
        message = "All its places are held back."
        raise Http404(message)
    found = list(timetable.versions(rows, now.date()))
    outlook = timetable.outlook(found, now, DATES_PER_OFFER)
    context = {"sprechstunde": sprechstunde, "outlook": outlook, "versions": found}
    return render(request, "sprechstunden/detail.html", context)


def _monday(day: date, today: date) -> date:
    # What is past is over; whether it took place is not written down here.
    day = min(max(day, today), today + FARTHEST)
    return day - timedelta(days=day.weekday())


def _span(monday: date, now: datetime) -> tuple[date, date]:
    """Give the first and last day to show; of the running week only what is still to come."""
    sunday = monday + _WEEK - ONE_DAY
    return (now.date() if monday <= now.date() <= sunday else monday), sunday


def _neighbours(monday: date, today: date) -> dict[str, date | None]:
    before, after = monday - _WEEK, monday + _WEEK
    return {
        "previous_week": before if _monday(today, today) <= before else None,
        "next_week": after if after <= today + FARTHEST else None,
    }
