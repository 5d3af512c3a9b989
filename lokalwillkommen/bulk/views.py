"""Tables of places, offers and partners: one page to load them, and to read one in after looking at it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lokalwillkommen.accounts.asking_again import asks_again
from lokalwillkommen.bulk.cells import text_of
from lokalwillkommen.bulk.reading_in import ChangedMeanwhileError, agreement, look, read_in
from lokalwillkommen.bulk.sheets import SHEETS, Sheet
from lokalwillkommen.spreadsheet import BrokenTableError, decoded, written
from standorte.admin import staff_user

CONFLICT = 409
Rest = ParamSpec("Rest")


class SheetFileForm(forms.Form):
    """A table to look at before anything is written."""

    file = forms.FileField(label=gettext_lazy("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class AgreedForm(forms.Form):
    """The same table again, and the differences that somebody has seen and agreed to."""

    content = forms.CharField(strip=False, widget=forms.HiddenInput)
    agreed = forms.CharField(widget=forms.HiddenInput)


def _for_readers_of_the_sheet(
    view: Callable[Concatenate[HttpRequest, Sheet, Rest], HttpResponse],
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def allowed(request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        sheet = SHEETS.get(slug)
        if sheet is None:
            raise Http404
        if not sheet.admin.has_view_or_change_permission(request):
            raise PermissionDenied
        return view(request, sheet, *args, **kwargs)

    return admin.site.admin_view(allowed)


@require_safe
def _sheets(request: HttpRequest) -> HttpResponse:
    mine = [sheet for sheet in SHEETS.values() if sheet.admin.has_view_or_change_permission(request)]
    if not mine:
        raise PermissionDenied
    shown = [(sheet, sheet.admin.has_change_permission(request)) for sheet in mine]
    return render(request, "lokalwillkommen/bulk/sheets.html", {"sheets": shown})


sheets = admin.site.admin_view(_sheets)


@asks_again
@_for_readers_of_the_sheet
@require_safe
@transaction.atomic
def load(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Give all rows that this person sees as a table, and note that somebody has loaded them."""
    # What this person's form only shows stands in no column: it could not be read in again.
    fields = sheet.form(request, None, sheet.columns).base_fields
    rows = list(sheet.whole_rows(request))
    table = written(
        [sheet.heads[name] for name in (sheet.key, *fields)],
        (
            [str(getattr(row, sheet.key)), *(text_of(row, name, field) for name, field in fields.items())]
            for row in rows
        ),
    )
    said = ngettext("Loaded as a table: %(count)d row.", "Loaded as a table: %(count)d rows.", len(rows))
    LogEntry.objects.create(
        user_id=staff_user(request).pk,
        content_type=ContentType.objects.get_for_model(sheet.model),
        object_repr=sheet.name,
        action_flag=CHANGE,
        change_message=said % {"count": len(rows)},
    )
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{sheet.slug}.csv"'
    return response


@_for_readers_of_the_sheet
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Look at a table, or write it when somebody has agreed to what was seen."""
    if not sheet.admin.has_change_permission(request):
        raise PermissionDenied
    if "agreed" in request.POST:
        return _agreed(request, sheet)
    form = SheetFileForm(request.POST, request.FILES) if request.method == "POST" else SheetFileForm()
    if not form.is_valid():
        return _page(request, sheet, form)
    try:
        content = decoded(form.cleaned_data["file"].read())
        return _page(request, sheet, form, content)
    except BrokenTableError as broken:
        form.add_error("file", list(broken.faults))
        return _page(request, sheet, form)


def _agreed(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    form = AgreedForm(request.POST)
    if not form.is_valid():
        return redirect("bulk_read_in", slug=sheet.slug)
    seen = form.cleaned_data
    try:
        count = read_in(request, sheet, seen["content"], seen["agreed"])
    except BrokenTableError as broken:
        again = SheetFileForm({}, MultiValueDict())
        again.add_error("file", list(broken.faults))
        return _page(request, sheet, again)
    except ChangedMeanwhileError:
        return _page(request, sheet, SheetFileForm(), seen["content"], meanwhile=True)
    said = ngettext("%(count)d row is written.", "%(count)d rows are written.", count)
    messages.success(request, said % {"count": count})
    return redirect("bulk_sheets")


def _page(
    request: HttpRequest, sheet: Sheet, form: forms.Form, content: str | None = None, *, meanwhile: bool = False
) -> HttpResponse:
    lines = look(request, sheet, content) if content is not None else []
    agreed = AgreedForm(initial={"content": content, "agreed": agreement(lines)})
    context = {
        "sheet": sheet,
        "form": form,
        "lines": lines,
        "is_look": content is not None,
        "agreed": agreed,
        "meanwhile": meanwhile,
    }
    status = CONFLICT if meanwhile else None
    return render(request, "lokalwillkommen/bulk/read_in.html", context, status=status)
