"""Suggestions: partners write them and see what waits, the coordination decides with both texts side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalwillkommen.accounts.staff_pages import for_staff
from lokalwillkommen.suggestions.deciding import decide, mark_of, suggest, text_of, texts_of
from lokalwillkommen.suggestions.forms import DecisionForm, SuggestionForm
from lokalwillkommen.suggestions.models import Outcome, Suggestion
from standorte.text_places import FoundText, find_text, find_texts
from standorte.word_changes import word_changes

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

CONFLICT = 409
MOST_DECIDED = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A text with what is suggested for it, or a suggestion with its text; one of them may be missing."""

    found: FoundText | None
    suggestion: Suggestion | None

    @property
    def where(self) -> str:
        """Name the text."""
        return self.found.where if self.found else _("a text that is gone")


@for_staff("suggestions.add_suggestion", "suggestions.change_suggestion")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, or one's own texts with what waits for them."""
    user = cast("User", request.user)
    if user.has_perm("suggestions.change_suggestion"):
        waiting = Suggestion.objects.waiting().select_related("partner", "suggested_by")
        return render(request, "lokalwillkommen/suggestions/waiting.html", {"lines": _lines(waiting)})
    mine = user.looks_after.rows(Suggestion.objects.all())
    waits = {one.key: one for one in mine if one.outcome == Outcome.WAITING}
    lines = [Line(found, waits.get(found.key)) for found in texts_of(user)]
    context = {"lines": lines, "decided": _lines(mine.exclude(outcome=Outcome.WAITING)[:MOST_DECIDED])}
    return render(request, "lokalwillkommen/suggestions/own.html", context)


@for_staff("suggestions.add_suggestion")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Suggest words for one of one's own texts."""
    user = cast("User", request.user)
    found = text_of(user, key)
    if found is None or user.partner is None:
        raise Http404
    waits = Suggestion.objects.waiting().filter(key=found.key).first()
    typed = request.POST if request.method == "POST" else None
    form = SuggestionForm(typed, initial={"words": waits.german if waits else found.text.german})
    if not form.is_valid():
        context = {"found": found, "form": form, "waits": waits}
        return render(request, "lokalwillkommen/suggestions/write.html", context)
    suggest(found, form.cleaned_data["words"], user.partner, user, timezone.now())
    messages.success(request, _("Thank you. The coordination looks at it: %(text)s") % {"text": found.where})
    return redirect("suggestions")


@for_staff("suggestions.change_suggestion")
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, number: int) -> HttpResponse:
    """Show both texts, and accept or refuse what is suggested."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("partner", "suggested_by"), pk=number)
    form = DecisionForm(request.POST) if request.method == "POST" else None
    is_other = False
    if suggestion.outcome == Outcome.WAITING and form and form.is_valid():
        asked = form.cleaned_data
        if decide(suggestion, asked["outcome"], asked["seen"], cast("User", request.user), timezone.now()):
            words = _("Accepted. Everybody can read it now.") if asked["outcome"] is Outcome.ACCEPTED else _("Refused.")
            messages.success(request, words)
            return redirect("suggestions")
        is_other = True
        suggestion.refresh_from_db()
    found = find_text(suggestion.key)
    context = {
        "line": Line(found, suggestion),
        "changes": word_changes(found.text.german if found else "", suggestion.german),
        "form": DecisionForm(initial={"seen": mark_of(suggestion, found)}),
        "waits": suggestion.outcome == Outcome.WAITING,
        "is_other": is_other,
    }
    return render(request, "lokalwillkommen/suggestions/look.html", context, status=CONFLICT if is_other else 200)


def _lines(suggestions: Iterable[Suggestion]) -> list[Line]:
    rows = list(suggestions)
    found = find_texts(one.key for one in rows)
    return [Line(found.get(one.key), one) for one in rows]
