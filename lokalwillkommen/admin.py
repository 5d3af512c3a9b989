"""What staff read at the head of every page of the admin, and versions of texts."""

from django.contrib import admin
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from standorte.admin import StaffAdmin
from standorte.formfields import state_label
from standorte.languages import language_name
from standorte.models import TextVersion
from standorte.text_places import FoundText, models_with_texts, text_fields
from standorte.texts import State

admin.site.site_header = "lokal willkommen"
admin.site.site_title = "lokal willkommen"
admin.site.index_title = _("What would you like to change?")


@admin.register(TextVersion)
class TextVersionAdmin(StaffAdmin[TextVersion]):
    """Every version of every text, to read; nobody writes history by hand."""

    list_display = ("written_at", "written_by", "where", "language_named", "before", "after", "state_named")
    list_filter = ("language", "content_type")
    list_select_related = ("written_by", "content_type")
    search_fields = ("before", "after")
    show_full_result_count = False
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[TextVersion]:
        """Fetch what the list shows with a fixed number of queries."""
        rows = [model._default_manager.select_related() for model in models_with_texts()]  # noqa: SLF001  # public as well
        return super().get_queryset(request).prefetch_related(GenericPrefetch("row", rows))

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """Versions come from writing texts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TextVersion | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Nobody rewrites history."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TextVersion | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Nobody takes history away by hand."""
        return False

    @admin.display(description=_("text"))
    def where(self, version: TextVersion) -> str:
        """Name the text; of a row that is gone, its kind and number."""
        row: Model | None = version.row
        if row is None:
            return f"{version.content_type.name} {version.object_id}: {version.field}"
        field = next((one for one in text_fields(type(row)) if one.name == version.field), None)
        return FoundText(row, field).where if field else f"{row}: {version.field}"

    @admin.display(description=_("language"), ordering="language")
    def language_named(self, version: TextVersion) -> str:
        """Name the language."""
        return language_name(version.language)

    @admin.display(description=_("state afterwards"), ordering="state")
    def state_named(self, version: TextVersion) -> str:
        """Say how far the translation was after it."""
        return state_label(State(version.state))
