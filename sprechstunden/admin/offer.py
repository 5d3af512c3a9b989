"""Offers in the admin."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.admin.columns import dates_ahead, times_in_words
from sprechstunden.admin.copying import CopyingAdmin
from sprechstunden.admin.looking import LookingAdmin
from sprechstunden.admin.several import EndingFilter, SeveralAdmin
from sprechstunden.admin.times import NewTimesInline, RunningTimesInline
from sprechstunden.deciding import lock_offers
from sprechstunden.ending import ending_of
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.schedule_forms import OfferForm, RunningTimesForm, begun, last_times
from sprechstunden.templatetags.staff import ends_on
from sprechstunden.timetable import schedules_of, versions
from standorte.admin import CONFIRM, staff_user
from standorte.deleting import PrintedAdmin
from standorte.lists import OwnRelatedFilter
from standorte.looking_after import looks_after
from standorte.models import Printed


@admin.register(Sprechstunde)
class SprechstundeAdmin(PrintedAdmin[Sprechstunde], LookingAdmin, CopyingAdmin, SeveralAdmin):
    """An offer and its times."""

    printed = Printed.OFFER
    list_display = ("__str__", "place", "times", "responsible", "is_confirmed", "is_published")
    list_filter = ("kind", ("office", OwnRelatedFilter), "is_published", EndingFilter)
    search_fields = ("office__name", "partner__name", "schedules__standort__name")
    autocomplete_fields = ("office", "partner")
    filter_horizontal = ("topics",)
    inlines = (RunningTimesInline, NewTimesInline)
    save_on_top = True  # so that Enter presses "save", never one of the buttons that confirm
    fieldsets = (
        (_("What"), {"fields": ("kind", "title", "walk_in", "topics", "bring")}),
        (_("Who"), {"fields": ("office", "partner")}),
        (_("Publish"), {"fields": ("is_published",)}),
    )

    class Media:
        css: ClassVar = {"all": ("staff.css",)}
        js = (Script("staff.js", defer=True),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sprechstunde]:
        """Fetch what the list shows with a fixed number of queries."""
        offers = super().get_queryset(request).select_related("office", "partner")
        return offers.prefetch_related("schedules__standort")

    def get_readonly_fields(self, request: HttpRequest, obj: Sprechstunde | None = None) -> tuple[str, ...]:  # noqa: ARG002  # Django's signature
        """Leave who is responsible to those who look after all; who proposes texts changes nothing but times."""
        mine = looks_after(request)
        if mine.everything:
            return ()
        return ("partner",) if mine.writes_texts else OfferForm.Meta.fields

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

    def has_delete_permission(self, request: HttpRequest, obj: Sprechstunde | None = None) -> bool:
        """Refuse to delete what has past dates; taking it off the pages is enough."""
        has_past = obj is None or obj.schedules.filter(begun(timezone.localtime())).exists()
        return not has_past and super().has_delete_permission(request, obj)

    def name_of_use(self, row: Model) -> str:
        """Name times as a sentence."""
        return times_in_words(row) if isinstance(row, Schedule) else super().name_of_use(row)

    def used_in(self, obj: Sprechstunde) -> list[str]:
        """Add how many dates are ahead."""
        now = timezone.localtime()
        return [*super().used_in(obj), dates_ahead(versions(schedules_of(obj), now.date()), now)]

    def may_follow(self, obj: Sprechstunde) -> QuerySet[Sprechstunde]:
        """Give the other offers of whoever is responsible."""
        return super().may_follow(obj).filter(office=obj.office_id, partner=obj.partner_id)

    def delete_model(self, request: HttpRequest, obj: Sprechstunde) -> None:
        """Delete the offer with its times, and let nobody decide about one of its dates meanwhile."""
        lock_offers([obj.pk])
        super().delete_model(request, obj)

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
        if schedule is None or not request.user.has_perm("sprechstunden.change_schedule"):
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
        """Say the last times as a sentence, and whether they end soon."""
        if not sprechstunde.schedules.all():
            return "-"
        words = times_in_words(last_times(sprechstunde))
        found = ending_of(sprechstunde.schedules.all(), timezone.localdate()) if sprechstunde.is_published else []
        marks = format_html_join("", '<div class="ends-soon">{}</div>', ((ends_on(one),) for one in found))
        return format_html("{}{}", words, marks)

    @admin.display(description=_("responsible"))
    def responsible(self, sprechstunde: Sprechstunde) -> str:
        """Name the office or partner."""
        return str(sprechstunde.office or sprechstunde.partner or "-")

    @admin.display(description=_("confirmed"), boolean=True)
    def is_confirmed(self, sprechstunde: Sprechstunde) -> bool:
        """Tell whether the last times are confirmed."""
        return bool(sprechstunde.schedules.all()) and last_times(sprechstunde).is_confirmed
