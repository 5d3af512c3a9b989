"""A place in the admin, with its hours."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sprechstunden.admin.columns import ScheduleColumns, dates_ahead, times_in_words
from sprechstunden.models import Schedule
from sprechstunden.timetable import versions_at
from standorte.admin import StandortAdmin
from standorte.models import Standort


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


admin.site.unregister(Standort)


@admin.register(Standort)
class StandortWithHoursAdmin(StandortAdmin):
    """A place with its hours."""

    def name_of_use(self, row: Model) -> str:
        """Name times by their offer and as a sentence."""
        return f"{row.sprechstunde}: {times_in_words(row)}" if isinstance(row, Schedule) else super().name_of_use(row)

    def used_in(self, obj: Standort) -> list[str]:
        """Add how many dates are ahead."""
        now = timezone.localtime()
        return [*super().used_in(obj), dates_ahead(versions_at(obj, now.date()), now)]

    def get_inlines(
        self, request: HttpRequest, obj: Standort | None
    ) -> list[type[admin.options.InlineModelAdmin[Model, Standort]]]:
        """Add the hours to what a place has."""
        return [*super().get_inlines(request, obj), HoursInline]
