"""A partner in the admin, with the offers it takes part in."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from sprechstunden.models import Participation
from standorte.admin import SHORT_TEXTS, PartnerAdmin
from standorte.models import Partner


class ParticipationInline(admin.TabularInline[Participation, Partner]):
    """Offers a partner takes part in without being responsible for them."""

    model = Participation
    fields = ("sprechstunde", "source", "as_of")
    formfield_overrides = SHORT_TEXTS
    autocomplete_fields = ("sprechstunde",)
    extra = 0


admin.site.unregister(Partner)


@admin.register(Partner)
class PartnerWithOffersAdmin(PartnerAdmin):
    """A partner with the offers it takes part in."""

    def get_inlines(
        self, request: HttpRequest, obj: Partner | None
    ) -> list[type[admin.options.InlineModelAdmin[Model, Partner]]]:
        """Add the offers to what a partner has."""
        return [*super().get_inlines(request, obj), ParticipationInline]
