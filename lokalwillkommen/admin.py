"""What staff read at the head of every page of the admin, and what of it depends on who they are."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.accounts.responsibility import Responsibility
from sprechstunden.admin.change import ChangeAdmin
from sprechstunden.models import Change

admin.site.site_header = "lokal willkommen"
admin.site.site_title = "lokal willkommen"
admin.site.index_title = _("What would you like to change?")


@admin.register(Change)
class MyChangesAdmin(ChangeAdmin):
    """Changes of the dates that a person looks after."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        """Keep those of one's places."""
        return Responsibility.of(request.user).changes(super().get_queryset(request))
