"""Looking at the dates of what is typed before it is saved, and deciding what becomes of changes that fit no longer."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import date
from typing import cast

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _now

from sprechstunden.admin.columns import times_in_words
from sprechstunden.deciding import lock_closures, lock_offers, lock_times
from sprechstunden.ending import ending_of
from sprechstunden.misfit_forms import MisfitsForm, UndecidedError
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.preview import preview
from sprechstunden.refits import Before, before_edit, doubled, refit, refits
from sprechstunden.schedule_forms import OfferForm, TypedTimes, begun_today, digest, first_free_day, typed_times
from standorte.admin import StaffAdmin, staff_user
from standorte.primary_keys import primary_keys

PREVIEW = "_preview"
SEEN = "_seen"


class PastChangedError(Exception):
    """What was typed would make a date of today come or go that has begun; nothing of it is saved."""


class LookingAdmin(StaffAdmin[Sprechstunde]):
    """The form of an offer, which shows the dates of what is typed and leaves no change of a date behind."""

    form = OfferForm
    looks_for_others = False  # it has its own, which tells the times

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show or save the form. Where somebody else was faster, the second look sees their times and says so."""
        try:
            return self._saved_or_asked(request, object_id, form_url, extra_context)
        except IntegrityError:
            return self._saved_or_asked(request, object_id, form_url, extra_context)

    def get_form(
        self,
        request: HttpRequest,
        obj: Sprechstunde | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **kwargs: object,
    ) -> type[ModelForm[Sprechstunde]]:
        """Make a form that is never saved where somebody only looks."""
        form = cast("type[OfferForm]", super().get_form(request, obj, change, **kwargs))  # made for this request
        form.only_looks = PREVIEW in request.POST
        form.is_outdated = _is_outdated(request, obj)
        return form

    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm[Sprechstunde],
        formsets: Iterable[BaseModelFormSet[Model, ModelForm[Model]]],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Save the times, and with them what becomes of changes that do not fit them; all or nothing."""
        now, offer = timezone.localtime(), form.instance
        lock_closures()
        lock_times(Q(sprechstunde=offer))
        first = first_free_day(offer, now)
        before = before_edit([offer], now.date())[offer.pk]
        begun = begun_today(offer, now)
        super().save_related(request, form, formsets, change)
        if before.schedules and begun_today(offer, now) != begun:
            raise PastChangedError
        after = list(Schedule.objects.filter(sprechstunde=offer))
        questions = MisfitsForm(refits(before, after, first), request.POST)
        if questions.settles_all:
            questions.refuse_doubles(doubled(before, after, first, questions.chosen()))
        if not questions.settles_all:
            raise UndecidedError(questions)
        refit(questions.chosen(), after, staff_user(request), now)

    def render_change_form(  # noqa: PLR0913, PLR0917  # Django's signature
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Sprechstunde | None = None,
    ) -> HttpResponse:
        """Show the dates of what is typed, what no longer fits it, and what ends soon."""
        now, offer = timezone.localtime(), context["adminform"].form.instance  # type: ignore[attr-defined]  # Django's
        typed = typed_times(inline.formset for inline in context["inline_admin_formsets"])  # type: ignore[attr-defined]
        found: dict[str, object] = {
            "preview": None if typed.faults else preview(offer, typed.rows, now),
            "faults": typed.faults,
            "preview_name": PREVIEW,
            "seen_name": SEEN,
            "seen": digest(obj) if obj else "",
            "stored": _stored_times(obj) if obj and _is_outdated(request, obj) else None,
            "ending": ending_of(obj.schedules.all(), now.date()) if obj and obj.is_published else (),
        }
        if PREVIEW in request.POST and obj and not typed.faults:
            found["misfits"] = self._questions(request, obj, typed)
        return super().render_change_form(request, {**found, **context}, add, change, form_url, obj)

    def _saved_or_asked(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, object] | None
    ) -> HttpResponse:
        try:
            with transaction.atomic() if request.method == "POST" else nullcontext():
                if request.method == "POST":
                    # Who saves the same offer waits here, and then sees what was saved.
                    lock_offers(int(key) for key in primary_keys([object_id or ""]))
                return super().changeform_view(request, object_id, form_url, extra_context)
        except UndecidedError as undecided:
            # Nothing is saved; the same page asks, with all that was typed.
            _only_look(request)
            asking = {**(extra_context or {}), "misfits": undecided.questions, "is_refused": True}
            return super().changeform_view(request, object_id, form_url, asking)
        except PastChangedError:
            _only_look(request)
            self.message_user(
                request,
                _now("A date of today that has begun would come, go or change. Please choose tomorrow or a later day."),
                messages.ERROR,
            )
            return super().changeform_view(request, object_id, form_url, extra_context)

    @staticmethod
    def _questions(request: HttpRequest, offer: Sprechstunde, typed: TypedTimes) -> MisfitsForm:
        now = timezone.localtime()
        found: Mapping[int, Before] = before_edit([offer], now.date())
        return MisfitsForm(refits(found[offer.pk], typed.rows, first_free_day(offer, now)), request.POST)


def _is_outdated(request: HttpRequest, offer: Sprechstunde | None) -> bool:
    """Tell whether somebody has saved an offer or its times since the form that is sent was opened."""
    return offer is not None and request.method == "POST" and request.POST.get(SEEN) != digest(offer)


def _stored_times(offer: Sprechstunde) -> list[str]:
    """Say each version of times with its first and its last day, as far as they are set."""
    rows = sorted(offer.schedules.all(), key=lambda row: row.valid_from or date.min)
    return [f"{_day(row.valid_from)} – {_day(row.valid_until)}: {times_in_words(row)}" for row in rows]


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "…"


def _only_look(request: HttpRequest) -> None:
    data = request.POST.copy()
    data[PREVIEW] = "1"
    request.POST = data  # type: ignore[assignment]  # only Django's own is immutable
