"""Changes of single dates in the admin: to read and to take back; they are made on the page of staff."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.change_forms import is_in_the_way
from sprechstunden.deciding import ITS_OLD_DAY_IS_PAST, lock_offers, take_back
from sprechstunden.entries import Entry
from sprechstunden.models import Change
from sprechstunden.offer_dates import OfferDates
from standorte.admin import StaffAdmin
from standorte.primary_keys import primary_keys


@admin.register(Change)
class ChangeAdmin(StaffAdmin[Change]):
    """What was decided about single dates, by whom and when."""

    list_display = ("day", "kind", "offer", "place", "decided_by", "decided_at")
    list_filter = ("kind", "reason")
    list_select_related = ("schedule__sprechstunde__office", "schedule__standort", "standort", "decided_by")
    search_fields = ("schedule__standort__name", "standort__name", "schedule__sprechstunde__office__name")
    date_hierarchy = "day"
    ordering = ("-decided_at",)
    readonly_fields = ("taking_back",)
    actions = None  # deleting many at once would leave behind what closures keep because of them

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """Leave adding to the page of staff, which knows what clashes."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Leave changing to nobody: a change is taken back and made anew."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        """Refuse to take back what is past, and what would bring a date back to a day that is."""
        return (obj is None or not _why_it_stays(obj)) and super().has_delete_permission(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Take the change back, unless its date would then be at the time of another one."""
        with transaction.atomic():
            found = self.get_queryset(request).filter(pk__in=primary_keys([object_id])).first()
            may = found is not None and self.has_delete_permission(request, found)
            if found and may and (meeting := self._in_the_way(found)):
                self.message_user(request, is_in_the_way(meeting), messages.ERROR)
                return redirect("admin:sprechstunden_change_changelist")
            return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Change) -> None:  # noqa: ARG002  # Django's signature
        """Take the change back: closures that kept its date forget it, and feeds learn of it."""
        take_back(obj, timezone.localtime())

    @admin.display(description=_("taking back"))
    def taking_back(self, change: Change) -> str:
        """Say what deleting does, or why it cannot be done."""
        return _why_it_stays(change) or _now("By “Delete”: then all is as it was before.")

    @staticmethod
    def _in_the_way(change: Change) -> Entry | None:
        now, offer = timezone.localtime(), change.schedule.sprechstunde
        lock_offers([offer.pk])
        return OfferDates.fetch(offer, now.date(), now).in_the_way_of_taking_back(change)

    @admin.display(description=_("offer"))
    def offer(self, change: Change) -> str:
        """Name the offer."""
        return str(change.schedule.sprechstunde)

    @admin.display(description=_("place"))
    def place(self, change: Change) -> str:
        """Name where the date is by its rule, and where it went."""
        usual = change.schedule.standort or change.schedule.sprechstunde.office
        names = dict.fromkeys(str(place) for place in (usual, change.standort) if place)
        return " → ".join(names) or "-"


def _why_it_stays(change: Change) -> str:
    """Say why a change cannot be taken back; nothing where it can."""
    now = timezone.localtime()
    if change.is_over(now):
        return _now("This date is past: it stays as it was.")
    return str(ITS_OLD_DAY_IS_PAST) if change.has_missed_its_day(now) else ""
