"""Pages about dates and offers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sprechstunden import timetable
from sprechstunden.entries import Entry, first_of
from sprechstunden.forms import AgendaForm
from sprechstunden.models import Participation, Schedule, Sprechstunde, Topic
from sprechstunden.offer_dates import FARTHEST
from sprechstunden.recurrence import ONE_DAY
from sprechstunden.timetable import Version
from sprechstunden.wanted import Wanted, matching
from standorte import clock

# So many fit into 14 KB in every language, with names, languages and offers without dates.
DATES_PER_PAGE = 50
DATES_SEARCHED = 100  # for the next one that fits, where a page shows none
DATES_PER_OFFER = 8
DATES_PER_TOPIC = 10
UNDATED_OFFERS = 13
_WEEK = timedelta(days=7)


@csrf_exempt
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Show the dates of a week or of today, filtered by what stands in the address."""
    now = clock.now()
    form = AgendaForm(request.GET)
    wanted = form.wanted()
    monday = _monday(now.date() if wanted.is_today else wanted.week or now.date(), now.date())
    there = list(matching(timetable.all_schedules(), replace(wanted, language=None), now.date()))
    found = [version for version in there if wanted.is_spoken(version.schedule)]
    entries = timetable.dates(found, *_span(wanted, monday, now), now)
    entries = [entry for entry in entries if wanted.weekday in (None, entry.day.weekday()) and not entry.has_ended(now)]
    page = Paginator(entries, DATES_PER_PAGE).get_page(request.GET.get("seite"))
    # Listed once, after the last dates: offers without dates belong to no weekday and to no page.
    is_last = wanted.weekday is None and not page.has_next()
    undated = _undated(timetable.undated(found, now.date()) if is_last else (), UNDATED_OFFERS)
    context = {"form": form, "wanted": wanted, "page": page, "monday": monday, **undated}
    context["of_unknown_languages"] = wanted.language and any(not version.schedule.spoken() for version in there)
    context["next_match"] = None if entries else _next_match(found, wanted, now)
    return render(request, "sprechstunden/agenda.html", context | _neighbours(monday, now.date()))


@csrf_exempt
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what people come for, and the next dates that serve it."""
    topics = list(Topic.objects.all())
    shown = next((row for row in topics if row.slug == slug), None)
    if shown is None:
        message = "There is no such topic."
        raise Http404(message)
    now = clock.now()
    found = matching(timetable.all_schedules(), Wanted(topic=shown), now.date())
    outlook = timetable.outlook(found, now, DATES_PER_TOPIC)
    confirmed = first_of(outlook.confirmed, DATES_PER_TOPIC)
    entries = [*confirmed, *first_of(outlook.unconfirmed, DATES_PER_TOPIC - len(confirmed))]
    others = [row for row in topics if row != shown and not row.is_sensitive]
    context = {"topic": shown, "entries": entries, "others": others, **_undated(outlook.undated, DATES_PER_TOPIC)}
    response = render(request, "sprechstunden/topic.html", context)
    if shown.is_sensitive:
        # In no list, so in none of a search engine either.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one offer with its next dates."""
    taking_part = Prefetch("participations", queryset=Participation.objects.visible().select_related("partner"))
    offers = Sprechstunde.objects.published().select_related("office", "partner")
    offers = offers.prefetch_related("topics", taking_part)
    sprechstunde = get_object_or_404(offers, pk=pk)
    now = clock.now()
    rows = list(timetable.schedules_of(sprechstunde))
    found = list(timetable.versions(rows, now.date()))
    if not found and not any(row.standort is None or row.standort.is_published for row in rows):
        message = "All its places are held back."
        raise Http404(message)
    outlook = timetable.outlook(found, now, DATES_PER_OFFER)
    shown = [version for version in found if version.is_here]
    places = [sprechstunde.office, *(version.schedule.standort for version in shown)]
    ask = next((place for place in places if place and place.is_published), None)
    context = {"sprechstunde": sprechstunde, "outlook": outlook, "versions": shown, "ask": ask}
    return render(request, "sprechstunden/detail.html", context)


def _undated(schedules: Sequence[Schedule], limit: int) -> dict[str, object]:
    """Give the first offers without dates, and whether there are more."""
    return {"undated": schedules[:limit], "has_more_undated": len(schedules) > limit}


def _next_match(found: Sequence[Version], wanted: Wanted, now: datetime) -> Entry | None:
    """Give the next date that takes place and fits, a confirmed one first, where the days that are shown have none."""
    coming = timetable.upcoming(found, now, DATES_SEARCHED)
    fitting = [entry for entry in coming if entry.takes_place and wanted.weekday in (None, entry.day.weekday())]
    return next((entry for entry in fitting if entry.is_confirmed), next(iter(fitting), None))


def _monday(day: date, today: date) -> date:
    # What is past is over; whether it took place is not written down here.
    day = min(max(day, today), today + FARTHEST)
    return day - timedelta(days=day.weekday())


def _span(wanted: Wanted, monday: date, now: datetime) -> tuple[date, date]:
    """Give the first and last day to show; of the running week only what is still to come."""
    if wanted.is_today:
        return now.date(), now.date()
    sunday = monday + _WEEK - ONE_DAY
    return (now.date() if monday <= now.date() <= sunday else monday), sunday


def _neighbours(monday: date, today: date) -> dict[str, date | None]:
    before, after = monday - _WEEK, monday + _WEEK
    return {
        "previous_week": before if _monday(today, today) <= before else None,
        "next_week": after if after <= today + FARTHEST else None,
    }
