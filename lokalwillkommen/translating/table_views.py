"""Texts out to translators elsewhere and back: a table to load, and one to read in after looking at it."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lokalwillkommen.spreadsheet import BrokenTableError, decoded
from lokalwillkommen.translating.forms import AgreedForm, FileForm
from lokalwillkommen.translating.rights import for_translators
from lokalwillkommen.translating.table import rows_of, table
from lokalwillkommen.translating.taking_in import (
    ChangedMeanwhileError,
    Line,
    Outcome,
    agreement,
    looked_at,
    take_in,
)
from lokalwillkommen.translating.views import Language
from standorte.admin import staff_user
from standorte.text_places import open_texts, written_texts
from standorte.texts import State

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Look:
    """What a table would change, as the page shows it."""

    lines: list[Line]
    form: AgreedForm

    @property
    def shown(self) -> list[Line]:
        """Give the rows worth looking at."""
        return [line for line in self.lines if line.outcome is not Outcome.SAME]

    @property
    def count(self) -> int:
        """Give how many texts would change."""
        return sum(line.becomes is not None for line in self.lines)

    @property
    def same(self) -> int:
        """Give how many rows say what stands here already."""
        return Counter(line.outcome for line in self.lines)[Outcome.SAME]


@for_translators
@require_safe
def load(request: HttpRequest, language: str) -> HttpResponse:
    """Give the open texts of a language as a table, or all of them."""
    today = timezone.localdate()
    texts = written_texts(today) if request.GET.get("umfang") == "alles" else open_texts(language, today)
    response = HttpResponse(table(texts, language), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="texte-{language}.csv"'
    return response


@for_translators
@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, language: str) -> HttpResponse:
    """Look at a table, or write it when somebody has agreed to what was seen."""
    if "agreed" in request.POST:
        return _agreed(request, language)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        return _page(request, language, form)
    try:
        look = _look(decoded(form.cleaned_data["file"].read()), language, checked=form.cleaned_data["checked"])
    except BrokenTableError as broken:
        form.add_error("file", list(broken.faults))
        return _page(request, language, form)
    return _page(request, language, form, look)


def _agreed(request: HttpRequest, language: str) -> HttpResponse:
    form = AgreedForm(request.POST)
    if not form.is_valid():
        return redirect("translating_read_in", language=language)
    seen = form.cleaned_data
    try:
        rows = rows_of(seen["content"], language)
        looked_at(rows, language, _state(seen["checked"]))
        count = take_in(rows, language, _state(seen["checked"]), staff_user(request), timezone.now(), seen["agreed"])
    except BrokenTableError:
        return redirect("translating_read_in", language=language)
    except ChangedMeanwhileError:
        look = _look(seen["content"], language, checked=seen["checked"])
        return _page(request, language, FileForm(), look, meanwhile=True)
    said = ngettext("%(count)d translation is written.", "%(count)d translations are written.", count)
    messages.success(request, said % {"count": count})
    return redirect("translating", language=language)


def _look(content: str, language: str, *, checked: bool) -> Look:
    lines = looked_at(rows_of(content, language), language, _state(checked))
    return Look(lines, AgreedForm(initial={"content": content, "checked": checked, "agreed": agreement(lines)}))


def _page(
    request: HttpRequest, language: str, form: forms.Form, look: Look | None = None, *, meanwhile: bool = False
) -> HttpResponse:
    context = {"language": Language.of(language), "form": form, "look": look, "meanwhile": meanwhile}
    status = CONFLICT if meanwhile else None
    return render(request, "lokalwillkommen/translating/read_in.html", context, status=status)


def _state(checked: bool) -> State:  # noqa: FBT001  # what a box says
    return State.CHECKED if checked else State.DRAFT
