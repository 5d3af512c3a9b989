"""Confirm facts: on a page of staff with one tap each, and with the link of a mail without logging in."""

from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.accounts.staff_pages import for_staff
from lokalwillkommen.confirming.asking import scope
from lokalwillkommen.confirming.forms import ConfirmForm
from lokalwillkommen.confirming.items import FACTS, TIMES, Item, allowed, due, fingerprint_of
from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from lokalwillkommen.confirming.writing import confirm, locked
from lokalwillkommen.contact.models import Mail
from lokalwillkommen.contact.outbox import digest
from lokalwillkommen.contact.views import for_everybody
from standorte.admin import staff_user


@for_staff(TIMES, FACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def to_confirm(request: HttpRequest) -> HttpResponse:
    """Show what wants to be confirmed at one's places, each with its button."""
    if request.method == "POST":
        return _confirmed_by_staff(request)
    items = allowed(request.user, due(Responsibility.of(request.user), timezone.localdate()))
    return render(request, "lokalwillkommen/confirming/to_confirm.html", {"items": items})


@csrf_exempt
def by_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Show an office what it is asked about, or write that it is right; opening the link changes nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        response = for_everybody(partial(_answer, key=key))(request)
    # The address is a secret: it goes to nobody with a link, and into no list.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@transaction.atomic
def _confirmed_by_staff(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    items = allowed(request.user, locked(Responsibility.of(request.user), today))
    form = ConfirmForm(request.POST, items)
    asked = [item for item in items if form.is_valid() and item.key in form.cleaned_data["facts"]]
    if asked and form.cleaned_data["seen"] == asked[0].fingerprint:
        said = confirm(items, {asked[0].key}, today, staff_user(request))
        messages.success(request, _("Confirmed today: %(facts)s.") % {"facts": ", ".join(said)})
    else:
        messages.warning(request, _("Some of it has changed or was confirmed meanwhile. Please look once more."))
    return redirect("to_confirm")


def _answer(request: HttpRequest, key: str) -> HttpResponse:
    asked = _asked(key)
    if asked is None:
        return render(request, "lokalwillkommen/confirming/gone.html", status=HTTPStatus.GONE)
    if request.method == "POST":
        return _confirmed_by_mail(request, asked, key)
    items = due(scope(asked.office_id), timezone.localdate())
    has_changed = asked.confirmed_at is None and fingerprint_of(items) != asked.fingerprint
    return _page(request, asked, items, has_changed=has_changed)


def _asked(key: str) -> ConfirmationRequest | None:
    """Find what a key asks about, as long as it holds and the address of the office counts as checked."""
    mail = Mail.objects.with_key(digest(key), timezone.now()).first()
    found = ConfirmationRequest.objects.select_related("office").filter(mail=mail).first() if mail else None
    if found is None:
        return None
    addresses = OfficeAddress.objects.filter(office=found.office, email=found.email, is_verified=True)
    return found if addresses.exists() else None


@transaction.atomic
def _confirmed_by_mail(request: HttpRequest, asked: ConfirmationRequest, key: str) -> HttpResponse:
    today = timezone.localdate()
    items = locked(scope(asked.office_id), today)
    form = ConfirmForm(request.POST, items)
    form.full_clean()
    if form.cleaned_data.get("seen") != fingerprint_of(items):
        return _page(request, asked, items, has_changed=True, status=HTTPStatus.CONFLICT)
    if not form.is_valid():
        return _page(request, asked, items, fault=str(form.errors["facts"][0]), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    row = ConfirmationRequest.objects.select_for_update().get(pk=asked.pk)
    row.confirmed = [*row.confirmed, *confirm(items, form.cleaned_data["facts"], today, None)]
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed", "confirmed_at"])
    return redirect("confirm_by_mail", key=key)


def _page(  # noqa: PLR0913  # what the page says
    request: HttpRequest,
    asked: ConfirmationRequest,
    items: list[Item],
    *,
    has_changed: bool = False,
    fault: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "asked": asked,
        "items": items,
        "seen": fingerprint_of(items),
        "has_changed": has_changed,
        "fault": fault,
    }
    return render(request, "lokalwillkommen/confirming/by_mail.html", context, status=status)
