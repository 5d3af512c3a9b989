"""What people did in the admin as Django notes it, to read: exports and messages that are done stand only there."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from standorte.admin import StaffAdmin


@admin.register(LogEntry)
class LogEntryAdmin(StaffAdmin[LogEntry]):
    """Who did what and when, without what it said before and after."""

    list_display = ("action_time", "user", "content_type", "object_repr", "said")
    list_filter = ("action_flag", "content_type")
    list_select_related = ("user", "content_type")
    search_fields = ("user__email", "object_repr")
    show_full_result_count = False
    fields = list_display
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """Leave out what was done to accounts for those who do not see accounts."""
        rows = super().get_queryset(request)
        if request.user.has_perm("accounts.view_user"):
            return rows
        return rows.exclude(content_type__app_label="accounts")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """Leave writing to the admin."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Nobody rewrites what was noted."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Old lines go by themselves."""
        return False

    @admin.display(description=_("what was noted"))
    def said(self, entry: LogEntry) -> str:
        """Give the sentence that Django makes of it."""
        return entry.get_change_message()
