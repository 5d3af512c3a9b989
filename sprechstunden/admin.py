"""Hours in the admin: what runs now, new times from a day on, and the next dates of each."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db import IntegrityError
from django.db.models import Model, Q, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden import closure_admin  # noqa: F401  # Django looks for pages of staff in this module only
from sprechstunden.decided import Decisions, decisions
from sprechstunden.models import Schedule, Sprechstunde, Topic
from sprechstunden.schedule_forms import (
    NewTimesForm,
    NewTimesFormSet,
    RunningTimesForm,
    TimesFormSet,
    begun,
    copy_of_present,
    last_times,
)
from sprechstunden.templatetags.timetable import hours, reason_words
from sprechstunden.timetable import next_dates
from sprechstunden.wording import rule_sentence
from standorte.admin import CONFIRM, ConfirmableAdmin, StaffAdmin, StandortAdmin, staff_user
from standorte.models import Standort
from standorte.templatetags.words import as_of, long_date

SHOWN_DATES = 5


class ScheduleColumns:
    """What is worth knowing about times, for reading; made anew for every request."""

    _decisions: Decisions | None = None

    @admin.display(description=_("times"))
    def sentence(self, schedule: Schedule) -> str:
        """Say the rule as a sentence, with the times."""
        return times_in_words(schedule)

    @admin.display(description=_("next five dates"))
    def five_dates(self, schedule: Schedule) -> SafeString | str:
        """List the next dates, those that are off with their reason, so that a wrong rule is seen."""
        now = timezone.localtime()
        self._decisions = self._decisions or decisions(None, now.date())
        entries = next_dates(schedule, now, SHOWN_DATES, self._decisions)
        rows = [(long_date(e.day), reason_words(e.occurrence.reason) if e.occurrence.reason else "") for e in entries]
        return format_html_join("", "<div>{} {}</div>", rows) or "-"

    @admin.display(description=_("as of"))
    def confirmation(self, schedule: Schedule) -> str:
        """Say how old the times are and whether somebody confirmed them."""
        if schedule.confirmed_on:
            return _now("confirmed on %(day)s") % {"day": long_date(schedule.confirmed_on)}
        return _now("as of %(age)s, not confirmed yet") % {"age": as_of(schedule)}


class RunningTimesInline(ScheduleColumns, admin.StackedInline[Schedule, Sprechstunde]):
    """Times that have begun. Past dates never change: only an end can be set."""

    model = Schedule
    form = RunningTimesForm
    formset = TimesFormSet
    verbose_name = _("times that hold now or held before")
    verbose_name_plural = _("times that hold now or held before")
    fields = (
        *("sentence", "standort", "valid_from", "valid_until", "five_dates"),
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


class NewTimesInline(admin.StackedInline[Schedule, Sprechstunde]):
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        """Keep what has no past dates."""
        return super().get_queryset(request).exclude(begun(timezone.localtime()))


@admin.register(Sprechstunde)
class SprechstundeAdmin(StaffAdmin[Sprechstunde]):
    """An offer and its times."""

    list_display = ("__str__", "place", "times", "responsible", "is_confirmed", "is_published")
    list_filter = ("kind", "office", "is_published")
    search_fields = ("office__name", "partner__name", "schedules__standort__name")
    autocomplete_fields = ("office", "partner")
    filter_horizontal = ("topics",)
    inlines = (RunningTimesInline, NewTimesInline)
    save_on_top = True  # so that Enter presses "save", never one of the buttons that confirm
    fieldsets = (
        (_("What"), {"fields": ("kind", "title", "walk_in", "topics")}),
        (_("Who"), {"fields": ("office", "partner")}),
        (_("Publish"), {"fields": ("is_published",)}),
    )

    class Media:
        css: ClassVar = {"all": ("staff.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sprechstunde]:
        """Fetch what the list shows with a fixed number of queries."""
        offers = super().get_queryset(request).select_related("office", "partner")
        return offers.prefetch_related("schedules__standort")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Sprechstunde], search_term: str
    ) -> tuple[QuerySet[Sprechstunde], bool]:
        """Search the German titles too, which no database finds in their stored form."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        words = search_term.casefold().split()
        if not words:
            return found, has_duplicates
        titled = [
            offer.pk
            for offer in Sprechstunde.objects.only("title")
            if all(word in str(offer.title).casefold() for word in words)
        ]
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=titled)), False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show or save the form. Where somebody else was faster, the second look sees their times and says so."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: Sprechstunde | None = None) -> bool:
        """Refuse to delete what has past dates; taking it off the pages is enough."""
        has_past = obj is None or obj.schedules.filter(begun(timezone.localtime())).exists()
        return not has_past and super().has_delete_permission(request, obj)

    def get_formset_kwargs(
        self,
        request: HttpRequest,
        obj: Sprechstunde,
        inline: admin.options.InlineModelAdmin[Model, Sprechstunde],
        prefix: str,
    ) -> dict[str, object]:
        """Begin new times with a copy of the present ones."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, NewTimesInline):
            kwargs["initial"] = [copy_of_present(obj, timezone.localtime())]
        return kwargs

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[Sprechstunde],
        formset: BaseModelFormSet[Model, ModelForm[Model]],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Save times; new ones are the word of whoever wrote them, an end alone is not."""
        if issubclass(formset.form, RunningTimesForm):
            formset.save()
        else:
            super().save_formset(request, form, formset, change)

    def response_change(self, request: HttpRequest, obj: Sprechstunde) -> HttpResponse:
        """Confirm times if their button was pressed, and stay on the page."""
        found = {str(row.pk): row for row in obj.schedules.select_related("standort")}
        schedule = found.get(request.POST.get(CONFIRM, ""))
        if schedule is None:
            return super().response_change(request, obj)
        schedule.confirm(timezone.localdate(), staff_user(request))
        schedule.save()
        self.message_user(
            request, _now("Confirmed today: %(facts)s.") % {"facts": times_in_words(schedule)}, messages.SUCCESS
        )
        return HttpResponseRedirect(request.path)

    @admin.display(description=_("place"))
    def place(self, sprechstunde: Sprechstunde) -> str:
        """Name the places of the last times."""
        return str(last_times(sprechstunde).standort or "-") if sprechstunde.schedules.all() else "-"

    @admin.display(description=_("times"))
    def times(self, sprechstunde: Sprechstunde) -> str:
        """Say the last times as a sentence."""
        return times_in_words(last_times(sprechstunde)) if sprechstunde.schedules.all() else "-"

    @admin.display(description=_("responsible"))
    def responsible(self, sprechstunde: Sprechstunde) -> str:
        """Name the office or partner."""
        return str(sprechstunde.office or sprechstunde.partner or "-")

    @admin.display(description=_("confirmed"), boolean=True)
    def is_confirmed(self, sprechstunde: Sprechstunde) -> bool:
        """Tell whether the last times are confirmed."""
        return bool(sprechstunde.schedules.all()) and last_times(sprechstunde).is_confirmed


class HoursInline(ScheduleColumns, admin.TabularInline[Schedule, Standort]):
    """The hours at a place, to read; a link leads to where they change."""

    model = Schedule
    verbose_name = _("hours here")
    verbose_name_plural = _("hours here")
    fields = ("offer", "sentence", "five_dates", "confirmation")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        """Fetch what the rows show with a fixed number of queries."""
        rows = super().get_queryset(request).select_related("sprechstunde", "standort")
        return rows.prefetch_related("sprechstunde__schedules__standort")

    def has_add_permission(self, request: HttpRequest, obj: Standort | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Hours begin with an offer, not here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Standort | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Hours change where their offer is."""
        return False

    @admin.display(description=_("offer"))
    def offer(self, schedule: Schedule) -> SafeString:
        """Lead to the offer."""
        url = reverse("admin:sprechstunden_sprechstunde_change", args=[schedule.sprechstunde_id])
        return format_html('<a href="{}">{}</a>', url, schedule.sprechstunde)


@admin.register(Topic)
class TopicAdmin(ConfirmableAdmin[Topic]):
    """What people come for."""

    list_display = ("__str__", "position", "is_sensitive", "confirmed_on")
    fields = ("name", "slug", "position", "is_sensitive", "source", "as_of", "note")


admin.site.unregister(Standort)


@admin.register(Standort)
class StandortWithHoursAdmin(StandortAdmin):
    """A place with its hours."""

    def get_inlines(
        self, request: HttpRequest, obj: Standort | None
    ) -> list[type[admin.options.InlineModelAdmin[Model, Standort]]]:
        """Add the hours to what a place has."""
        return [*super().get_inlines(request, obj), HoursInline]


def times_in_words(schedule: Schedule) -> str:
    """Say the rule as a sentence, with the times and what else is known in words."""
    return f"{rule_sentence(schedule.rule())} {hours(schedule)} {schedule.words}".strip()
