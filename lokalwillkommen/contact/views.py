"""Write to us, and report a closed door: /de/kontakt/ and /de/kontakt/melden/.

What is typed stays in the body of a request: in no address, no log, no cache.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lokalwillkommen.contact.forms import PublicForm
from lokalwillkommen.contact.legible import in_one_line
from lokalwillkommen.contact.limiter import Sender, forget
from lokalwillkommen.contact.message_form import MessageForm
from lokalwillkommen.contact.models import MessageTopic
from lokalwillkommen.contact.report_form import ReportForm, Subject
from sprechstunden import timetable
from sprechstunden.models import Sprechstunde
from standorte import clock
from standorte.models import Partner, Standort

View = Callable[[HttpRequest], HttpResponse]
GOOD, INVALID, TOO_MANY = 200, 422, 429
_NUMBER = re.compile(r"[0-9]{1,9}")


def for_everybody(view: View) -> View:
    """Take a form from everybody without a cookie, but not from other sites, and keep its page out of all caches."""

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def taken(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            words = _("Please open this page itself and write there.")
            response: HttpResponse = HttpResponseForbidden(words, content_type="text/plain; charset=utf-8")
        else:
            response = view(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return taken


@for_everybody
def write(request: HttpRequest) -> HttpResponse:
    """Write to an office or to the coordination."""
    topic = request.GET.get("thema", "")
    prefilled = {
        "standort": request.GET.get("ort", ""),
        "topic": topic if topic in MessageTopic.values else MessageTopic.QUESTION,
    }
    form = MessageForm(_sent(request), clock.now(), prefilled)
    return _answer(request, form, "contact/write.html", {"standort": form.place})


@for_everybody
def report(request: HttpRequest) -> HttpResponse:
    """Say that a door was closed, or that something on a page is wrong."""
    subject = _subject(request)
    form = ReportForm(_sent(request), clock.now(), subject, reverse("contact:report"))
    return _answer(request, form, "contact/report.html", {"subject": subject, "standort": subject.standort})


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _answer(request: HttpRequest, form: PublicForm, template: str, context: dict[str, object]) -> HttpResponse:
    """Store what was sent and say so; else show the form, with all that was typed and other ways to reach us."""
    status = GOOD
    if form.is_bound:
        status = (GOOD if _stored(request, form) else TOO_MANY) if form.is_valid() else INVALID
    context |= {
        "form": form,
        "is_sent": form.is_bound and status == GOOD,
        "is_too_many": status == TOO_MANY,
        "first_address": Partner.objects.published().filter(is_first_address=True).first(),
    }
    return render(request, template, context, status=status)


@transaction.atomic
def _stored(request: HttpRequest, form: PublicForm) -> bool:
    """Store what was sent, unless too much came from there; what was sent twice is stored once."""
    sender = Sender.of(request, form.now)
    forget(form.now)
    if form.was_stored():
        return True
    if not sender.may_send(form.now):
        return False
    sender.count(form.now)
    form.store(sender, request.build_absolute_uri)
    return True


def _subject(request: HttpRequest) -> Subject:
    """Find the place or the offer that residents may see and that the link named."""
    number = request.GET.get("angebot", "")
    if not number:
        slug = in_one_line(request.GET.get("ort", ""))
        standort = get_object_or_404(Standort.objects.published().prefetch_related("phones"), slug=slug)
        return Subject(f"ort={standort.slug}", standort)
    if not _NUMBER.fullmatch(number):
        raise Http404
    offer = get_object_or_404(Sprechstunde.objects.published().select_related("office"), pk=int(number))
    places = {schedule.standort or offer.office for schedule in timetable.in_use(offer, clock.today())}
    if places and not any(place is None or place.is_published for place in places):
        message = "All its places are held back."
        raise Http404(message)
    # With two places it is not known which door was closed.
    (place,) = places if len(places) == 1 else (None,)
    return Subject(f"angebot={offer.pk}", place, offer)
