"""The times of an offer in its form: what runs now, and new times from a day on."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.admin.columns import ScheduleColumns
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.schedule_forms import NewTimesForm, NewTimesFormSet, RunningTimesForm, TimesFormSet, begun
from standorte.admin import CONFIRM
from standorte.lists import OwnChoices
from standorte.looking_after import looks_after

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec


class RunningTimesInline(ScheduleColumns, admin.StackedInline[Schedule, Sprechstunde]):
    """Times that have begun. Past dates never change: only an end can be set."""

    model = Schedule
    form = RunningTimesForm
    formset = TimesFormSet
    verbose_name = _("times that hold now or held before")
    verbose_name_plural = _("times that hold now or held before")
    fields = (
        *("sentence", "standort", "valid_from", "valid_until", "five_dates"),
        *("held_on_closing_days", "follows_school_holidays"),
        *("confirmation", "source", "note", "confirm_button"),
    )
    readonly_fields = tuple(name for name in fields if name != "valid_until")
    can_delete = False
    max_num = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        """Keep what has begun."""
        return super().get_queryset(request).filter(begun(timezone.localtime())).select_related("standort")

    def has_add_permission(self, request: HttpRequest, obj: Sprechstunde | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Leave adding to new times: what is added has not begun."""
        return False

    @admin.display(description=_("Still true?"))
    def confirm_button(self, schedule: Schedule) -> SafeString:
        """Offer to confirm these times as they are."""
        label = _now("These times are right: confirm today")
        return format_html(
            '<button type="submit" class="button" name="{}" value="{}">{}</button>', CONFIRM, schedule.pk, label
        )


class NewTimesInline(OwnChoices[Schedule], admin.StackedInline[Schedule, Sprechstunde]):
    """Times from a day on; the form begins with a copy of the present ones."""

    model = Schedule
    form = NewTimesForm
    formset = NewTimesFormSet
    verbose_name = _("new times from a day on")
    verbose_name_plural = _("new times from a day on")
    extra = 1
    fieldsets = (
        (None, {"fields": ("valid_from", "frequency", "weekdays", ("opens", "closes"), "standort")}),
        (_("Only for every 2, 3, … weeks, every month, or once"), {"fields": ("interval", "anchor", "positions")}),
        (_("Holidays"), {"fields": ("held_on_closing_days", "follows_school_holidays")}),
        (_("More"), {"fields": ("valid_until", "languages", "words")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Sprechstunde | None = None) -> "_FieldsetSpec":  # type: ignore[override]  # rows of an offer
        """Leave words out for those who propose theirs; a copy of times keeps the words that they have."""
        found = super().get_fieldsets(request, obj)
        if looks_after(request).writes_texts:
            return found
        return [(name, {"fields": [one for one in about["fields"] if one != "words"]}) for name, about in found]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        """Keep what has no past dates."""
        return super().get_queryset(request).exclude(begun(timezone.localtime())).select_related("standort")
