"""Pages of the history: of one thing, of everything, and bringing an earlier state back."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalwillkommen.history.acts import VersionKey, acts, version_keys
from lokalwillkommen.history.forms import WantedForm
from lokalwillkommen.history.kinds import recorded_by_label, versions_about
from lokalwillkommen.history.restoring import Plan, RefusedError, bring_back, plan
from lokalwillkommen.history.rights import EVERYTHING, kinds_to_bring_back, may_bring_back, visible_row
from standorte.admin import staff_user

Rest = ParamSpec("Rest")
PER_PAGE = 50
CONFLICT = 409


def for_staff(view: Callable[Concatenate[HttpRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask strangers to log in, as all pages of the admin do; no cache keeps the page."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    return admin.site.admin_view(inside)


@for_staff
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Show what happened last, to rows that are gone too."""
    if not request.user.has_perm(EVERYTHING):
        raise PermissionDenied
    form = WantedForm(request.GET, request.user)
    page = _page(request, version_keys(form.about(), form.condition()))
    context = {
        "title": _("What happened last"),
        "form": form,
        "page": page,
        "acts": acts(page),
        "restorable": kinds_to_bring_back(request),
        "query": form.query,
    }
    return render(request, "admin/history/everything.html", {**admin.site.each_context(request), **context})


@for_staff
@require_safe
def of_row(request: HttpRequest, label: str, key: str) -> HttpResponse:
    """Show the history of one thing and of what belongs to it."""
    model = recorded_by_label().get(label)
    row = visible_row(request, model, key) if model else None
    if model is None or row is None:
        message = "There is no such row, or it is not for this person."
        raise Http404(message)
    page = _page(request, version_keys(versions_about(model, row.pk)))
    context = {
        "title": _("History: %(name)s") % {"name": row},
        "row": row,
        "opts": model._meta,  # noqa: SLF001  # public as well
        "page": page,
        "acts": acts(page),
        "restorable": recorded_by_label() if may_bring_back(request, row) else (),
        "query": "",
    }
    return render(request, "admin/history/of_row.html", {**admin.site.each_context(request), **context})


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, label: str, version: int) -> HttpResponse:
    """Show what an earlier state would make of the present one; write it when somebody agrees."""
    model = recorded_by_label().get(label)
    found = plan(model, version, timezone.localtime()) if model else None
    if model is None or found is None:
        message = "There is no such version."
        raise Http404(message)
    if not may_bring_back(request, found.target.row):
        raise PermissionDenied
    if request.method != "POST":
        return _asked(request, model, found)
    try:
        done = bring_back(found, request.POST.get("agreed", ""), staff_user(request), timezone.localtime())
    except RefusedError:
        now = plan(model, version, timezone.localtime())
        return _asked(request, model, now or found, status=CONFLICT)
    messages.success(request, _("Brought back: %(name)s.") % {"name": done.name})
    if visible_row(request, model, found.target.row.pk) is None:
        return redirect("admin:index")
    return redirect("history_of", label=label, key=found.target.row.pk)


def _asked(request: HttpRequest, model: type[Model], found: Plan, status: int = 200) -> HttpResponse:
    context = {
        "title": _("Bring back: %(name)s") % {"name": found.name},
        "kind": capfirst(model._meta.verbose_name or ""),  # noqa: SLF001
        "plan": found,
        "is_refused": status == CONFLICT,
    }
    return render(request, "admin/history/restore.html", {**admin.site.each_context(request), **context}, status=status)


def _page(request: HttpRequest, keys: "QuerySet[Model, VersionKey]") -> "Page[VersionKey]":
    return Paginator(keys, PER_PAGE).get_page(request.GET.get("seite"))
