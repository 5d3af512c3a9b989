"""Changing several offers at once: a closure, a last day."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sprechstunden.deciding import lock_offers
from sprechstunden.ending import ending_everywhere
from sprechstunden.last_day_forms import LastDayForm
from sprechstunden.last_days import Plan, plan, set_last_day
from sprechstunden.models import Sprechstunde
from standorte.admin import StaffAdmin, staff_user
from standorte.templatetags.words import long_date

APPLY = "_apply"


class EndingFilter(admin.SimpleListFilter):
    """Finds the offers whose times end soon or have just ended."""

    title = _("end of the times")
    parameter_name = "endet"

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002  # Django's signature
        model_admin: admin.ModelAdmin[Sprechstunde],  # noqa: ARG002
    ) -> list[tuple[str, str]]:
        """Offer one choice."""
        return [("bald", _now("within six weeks, or just over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Sprechstunde]) -> QuerySet[Sprechstunde]:  # noqa: ARG002  # Django's signature
        """Keep the offers of which nothing follows."""
        if self.value() is None:
            return queryset
        found = ending_everywhere(timezone.localdate())
        return queryset.filter(pk__in={one.schedule.sprechstunde_id for one in found})


class SeveralAdmin(StaffAdmin[Sprechstunde]):
    """The list of offers, with what can be done to several of them."""

    actions = ("enter_closure", "set_last_day")

    def has_close_permission(self, request: HttpRequest) -> bool:
        """Tell whether somebody may enter closures."""
        return request.user.has_perm("sprechstunden.add_closure")

    @admin.action(description=_("Enter a closure for the selected"), permissions=("close",))
    def enter_closure(self, request: HttpRequest, queryset: QuerySet[Sprechstunde]) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead to the form of a closure that is for these offers."""
        chosen = ",".join(str(offer.pk) for offer in queryset)
        form = reverse("admin:app_list", args=["sprechstunden"]) + "closure/add/"
        return HttpResponseRedirect(f"{form}?{urlencode({'sprechstunden': chosen})}")

    def has_last_day_permission(self, request: HttpRequest) -> bool:
        """Let set a last day who may change times: it can take decisions about single dates away."""
        return request.user.has_perms(("sprechstunden.change_schedule", "sprechstunden.delete_change"))

    @admin.action(description=_("Set the last day of the selected"), permissions=("last_day",))
    def set_last_day(self, request: HttpRequest, queryset: QuerySet[Sprechstunde]) -> HttpResponse | None:
        """Ask for a last day, say what it takes away, and set it for all offers or for none."""
        now = timezone.localtime()
        form = LastDayForm(request.POST if "last_day" in request.POST else None, today=now.date())
        found = None
        with transaction.atomic():
            if form.is_valid():
                found = plan(_locked(queryset), form.cleaned_data["last_day"], now)
                if APPLY in request.POST and form.agrees_to(found):
                    set_last_day(found, staff_user(request), now)
                    self._say_so(request, found)
                    return None
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Set the last day"),
            "opts": self.opts,
            "form": form,
            "plan": found,
            "offers": queryset,
            "apply": APPLY,
        }
        return TemplateResponse(request, "admin/sprechstunden/sprechstunde/last_day.html", context)

    def _say_so(self, request: HttpRequest, found: Plan) -> None:
        said = _now("Last day: %(day)s.") % {"day": long_date(found.last)}
        for effect in found.effects:
            self.log_change(request, effect.offer, said)
        count = len(found.effects)
        done = ngettext(
            "The last day of %(count)d offer is %(day)s.", "The last day of %(count)d offers is %(day)s.", count
        )
        self.message_user(request, done % {"count": count, "day": long_date(found.last)}, messages.SUCCESS)


def _locked(queryset: QuerySet[Sprechstunde]) -> list[Sprechstunde]:
    """Fetch offers so that nobody changes them until the last day is set; of joined rows nothing can be locked."""
    found = list(queryset)
    lock_offers(offer.pk for offer in found)
    return found
