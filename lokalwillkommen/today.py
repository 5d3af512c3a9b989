"""Today: the page on which staff cancel, move, add and take back single dates, from a phone."""

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.accounts.staff_pages import for_staff
from lokalwillkommen.suggestions.deciding import suggest
from lokalwillkommen.today_board import anchor_of, board
from lokalwillkommen.today_clashes import clashes_of
from lokalwillkommen.today_forms import ExtraDateForm, WhichChangeForm, WhichDateForm, WhichOfferForm
from sprechstunden.change_forms import CallOffForm, CancelForm, ChangeForm, HoldForm, OneDateForm, is_in_the_way
from sprechstunden.decided import collect
from sprechstunden.deciding import ITS_OLD_DAY_IS_PAST, lock_offers, take_back
from sprechstunden.models import Change, ChangeKind, Schedule, Sprechstunde
from sprechstunden.offer_dates import OfferDates
from sprechstunden.placing_forms import MoveForm, PlacedForm
from standorte.models import Standort
from standorte.text_places import text_of_field
from standorte.texts import Text

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

Form = TypeVar("Form", bound=ChangeForm)
_ONCE_MORE = "noch-einmal-%s"
FORMS: dict[str, type[OneDateForm]] = {form.kind.value: form for form in (CancelForm, MoveForm, HoldForm)}


@for_staff("sprechstunden.view_change", "sprechstunden.change_schedule")
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show today's and the next dates of the places that a person looks after."""
    return _page(request)


@for_staff("sprechstunden.add_change")
@require_POST
@transaction.atomic
def change(request: HttpRequest) -> HttpResponse:
    """Cancel, move or hold one date."""
    asked = WhichDateForm(request.POST)
    if not asked.is_valid():
        raise Http404
    return _written(request, _one_date_form(request, asked))


@for_staff("sprechstunden.add_change")
@require_POST
@transaction.atomic
def add(request: HttpRequest) -> HttpResponse:
    """Add an extra date."""
    asked = WhichOfferForm(request.POST)
    if not asked.is_valid():
        raise Http404
    return _written(request, _extra_form(request, asked.cleaned_data["sprechstunde"]))


@for_staff("sprechstunden.delete_change")
@require_POST
@transaction.atomic
def undo(request: HttpRequest) -> HttpResponse:
    """Take a change back."""
    found, now = _change(request), timezone.localtime()
    if found is None:
        messages.info(request, _("This has been taken back already."))
    elif found.is_over(now):
        messages.error(request, _("This date is past: it stays as it was."))
    elif found.has_missed_its_day(now):
        messages.error(request, str(ITS_OLD_DAY_IS_PAST))
    elif Change.objects.filter(calls_off=found).exists():
        messages.error(request, _("This date is off by now. Please take that back first."))
    elif meeting := _dates(found.schedule.sprechstunde, now).in_the_way_of_taking_back(found):
        messages.error(request, is_in_the_way(meeting))
    else:
        where = anchor_of(found)
        take_back(found, now)
        messages.success(request, _("Taken back: all is as it was before."), extra_tags=where)
        return _back(request, where)
    return _back(request)


def _one_date_form(request: HttpRequest, asked: WhichDateForm) -> OneDateForm:
    uid, day, kind, placed_by = (asked.cleaned_data[name] for name in ("schedule", "day", "kind", "change"))
    schedule = Schedule.objects.of_published_offers().for_pages().filter(uid=uid).first()
    dates = _dates(schedule.sprechstunde if schedule else None, timezone.localtime())
    change = dates.placed_by(str(placed_by)) if placed_by else None
    if schedule and not Responsibility.of(request.user).covers_date(schedule, change or dates.change_of(schedule, day)):
        raise Http404
    if placed_by:
        call_off = CallOffForm(request.POST, dates=dates, auto_id=_ONCE_MORE)
        call_off.about_placed(schedule, change, day)
        return call_off
    form = FORMS[kind](request.POST, dates=dates, auto_id=_ONCE_MORE)
    form.about(schedule, day)
    return _with_own_places(request, form)


def _extra_form(request: HttpRequest, offer: Sprechstunde | None) -> ExtraDateForm:
    dates = _dates(offer, timezone.localtime())
    mine = Responsibility.of(request.user)
    if offer and not any(mine.covers_date(schedule) for schedule in dates.schedules):
        raise Http404
    return _with_own_places(request, ExtraDateForm(request.POST, dates=dates, auto_id=_ONCE_MORE))


def _with_own_places(request: HttpRequest, form: Form) -> Form:
    """Let a date go only where this person may let dates take place."""
    if isinstance(form, PlacedForm):
        places = Responsibility.of(request.user).places_for_dates(Standort.objects.published())
        form.fields["standort"].queryset = places  # type: ignore[attr-defined]  # known field
    return form


def _dates(offer: Sprechstunde | None, now: datetime) -> OfferDates:
    """Fetch the dates of an offer. Until all is written nobody else decides about them here."""
    if offer is None:
        return OfferDates((), collect((), ()), now)
    lock_offers([offer.pk])
    return OfferDates.fetch(offer, now.date(), now)


def _change(request: HttpRequest) -> Change | None:
    asked = WhichChangeForm(request.POST)
    if not asked.is_valid():
        raise Http404
    rows = Change.objects.filter(uid=asked.cleaned_data["change"])
    # Who waits here for somebody else sees afterwards that it has been taken back.
    lock_offers(rows.values_list("schedule__sprechstunde", flat=True))
    found = rows.select_related("schedule__sprechstunde").first()
    if found and not Responsibility.of(request.user).covers_date(found.schedule, found):
        raise Http404
    return found


def _written(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    """Write the change and go back to its date; where it is refused, show the form again with all that was typed."""
    now, user = timezone.localtime(), cast("User", request.user)
    change = form.change if form.is_valid() else None
    note = change.note if change else Text()
    if change and not user.looks_after.writes_texts:
        change.note = Text()
    if change is None or not form.save(user, now):
        return _page(request, form)
    if note and user.partner and not user.looks_after.writes_texts:
        suggest(text_of_field(change, "note"), note.german, user.partner, user, now)
        messages.info(request, _("Your note can be read as soon as the coordination has accepted it."))
    said = {
        ChangeKind.CANCELLED: _("This date is off. Everybody can read it now."),
        ChangeKind.MOVED: _("This date has been moved. Everybody can read it now."),
        ChangeKind.HELD: _("This date takes place. Everybody can read it now."),
        ChangeKind.EXTRA: _("The extra date has been added. Everybody can read it now."),
    }
    where = anchor_of(change)
    messages.success(request, said[form.kind], extra_tags=where)
    for sentence in clashes_of(change, now):
        messages.warning(request, sentence)
    return _back(request, where)


def _back(request: HttpRequest, where: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('today')}{_query(request)}{f'#{where}' if where else ''}")


def _query(request: HttpRequest) -> str:
    """Give what narrows the page, so that it stays while things are done there."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _page(request: HttpRequest, refused: ChangeForm | None = None) -> HttpResponse:
    said = [(message.extra_tags, str(message)) for message in messages.get_messages(request)]
    shown = board(Responsibility.of(request.user), request.GET, dict(said), timezone.localtime())
    extra = ExtraDateForm(initial={"day": shown.today}, auto_id="zusatz-%s")
    for form in (extra, refused):
        if form:
            shown.fill(form)
    context = {
        "board": shown,
        "refused": refused,
        "extra": extra,
        "said": [words for where, words in said if where not in shown.anchors],
        "query": _query(request),
        "may_change": request.user.has_perm("sprechstunden.add_change"),
        "may_take_back": request.user.has_perm("sprechstunden.delete_change"),
    }
    return render(request, "lokalwillkommen/today.html", context, status=422 if refused else 200)
