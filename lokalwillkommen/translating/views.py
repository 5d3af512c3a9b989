"""The page of translators: only open work, German beside it, save and go on to the next text."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lokalwillkommen.translating.forms import CHECKED, TranslationForm
from lokalwillkommen.translating.machine import machine_for
from lokalwillkommen.translating.rights import for_translators, languages_of
from standorte.admin import staff_user
from standorte.formfields import MOST_CHARACTERS, state_label
from standorte.languages import direction, language_name
from standorte.text_history import german_before, write_text
from standorte.text_places import FoundText, find_text, open_texts
from standorte.texts import State
from standorte.word_changes import Part, word_changes

ON_ONE_PAGE = 50
CONFLICT, GONE = 409, 410


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the page names it."""

    code: str
    name: str
    direction: str

    @classmethod
    def of(cls, code: str) -> "Language":
        """Name a language."""
        return cls(code, language_name(code), direction(code))


@dataclass(frozen=True, slots=True)
class Line:
    """A text that waits for a translation, as the list shows it."""

    found: FoundText
    state: str


@for_translators
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """Show how much is to do in each of one's languages; who has one only goes there at once."""
    mine = languages_of(request.user)
    if len(mine) == 1:
        return redirect("translating", language=mine[0])
    today = timezone.localdate()
    counted = [(Language.of(code), len(open_texts(code, today))) for code in mine]
    return render(request, "lokalwillkommen/translating/languages.html", {"counted": counted})


@for_translators
@require_safe
def work(request: HttpRequest, language: str) -> HttpResponse:
    """List what waits for a translation into a language."""
    found = open_texts(language, timezone.localdate())
    page = Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("seite"))
    lines = [Line(one, state_label(one.text.state(language))) for one in page]
    context = {"language": Language.of(language), "page": page, "lines": lines, "has_others": _has_others(request)}
    return render(request, "lokalwillkommen/translating/work.html", context)


@for_translators
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Show one text with its German, or write its translation."""
    if request.method == "POST":
        return _written(request, language, key)
    found = find_text(key)
    if found is None or not found.text:
        raise Http404
    return text_page(request, language, found, TranslationForm.about(found.text, language))


@transaction.atomic
def _written(request: HttpRequest, language: str, key: str) -> HttpResponse:
    found = find_text(key, to_write=True)
    form = TranslationForm(language, request.POST, longest=found.field.longest if found else MOST_CHARACTERS)
    is_right = form.is_valid()
    if found is None or not found.text:
        return _gone(request, language, form)
    if not form.fits(found.text, language):
        return _meanwhile(request, language, found, form)
    if not is_right:
        return text_page(request, language, found, form)
    following = _following(language, found)
    state = State.CHECKED if request.POST.get("state") == CHECKED else State.DRAFT
    said = _("Saved as checked: %(text)s") if state is State.CHECKED else _("Saved as a draft: %(text)s")
    written = found.text.translated(language, form.cleaned_data["words"], state)
    write_text(found, written, staff_user(request), timezone.now())
    messages.success(request, said % {"text": found.where})
    if following is None:
        return redirect("translating", language=language)
    return redirect("translating_text", language=language, key=following.key)


def text_page(  # noqa: PLR0913  # what the page shows
    request: HttpRequest,
    language: str,
    found: FoundText,
    form: TranslationForm,
    *,
    changes: tuple[Part, ...] | None = None,
    meanwhile: bool = False,
    proposed: str = "",
    failed: str = "",
) -> HttpResponse:
    """Show a text with its German; what a machine proposes, or why it does not, is said above."""
    state = found.text.state(language)
    before = german_before(found, language) if state is State.OUTDATED and changes is None else None
    context = {
        "language": Language.of(language),
        "found": found,
        "form": form,
        "state": state_label(state),
        "is_outdated": state is State.OUTDATED,
        "changes": word_changes(before, found.text.german) if before else changes,
        "meanwhile": meanwhile,
        "stored": found.text.words(language),
        "proposed": proposed,
        "failed": failed,
        "has_machine": machine_for(language) is not None,
        "following": _following(language, found),
    }
    status = CONFLICT if meanwhile else None
    return render(request, "lokalwillkommen/translating/text.html", context, status=status)


def _meanwhile(request: HttpRequest, language: str, found: FoundText, form: TranslationForm) -> HttpResponse:
    """Show what somebody else wrote beside what was typed; saving again is then a decision."""
    seen, now = form.cleaned_data.get("german", ""), found.text.german
    again = TranslationForm.about(found.text, language, typed=form.data.get("words", ""))
    changes = word_changes(seen, now) if seen and seen != now else None
    return text_page(request, language, found, again, changes=changes, meanwhile=True)


def _gone(request: HttpRequest, language: str, form: TranslationForm) -> HttpResponse:
    """Say that the German is gone, and give back what was typed."""
    context = {"language": Language.of(language), "typed": form.data.get("words", "")}
    return render(request, "lokalwillkommen/translating/gone.html", context, status=GONE)


def _following(language: str, found: FoundText) -> FoundText | None:
    """Give the open text after this one, or the first, or None where no other is open."""
    waiting = open_texts(language, timezone.localdate())
    keys = [one.key for one in waiting]
    at = keys.index(found.key) if found.key in keys else -1
    others = [*waiting[at + 1 :], *waiting[: max(at, 0)]]
    return others[0] if others else None


def _has_others(request: HttpRequest) -> bool:
    return len(languages_of(request.user)) > 1
