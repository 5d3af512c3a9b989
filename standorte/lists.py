"""Lists of staff, in which rows are ticked for an action."""

from typing import TypeVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from standorte.history import has_history
from standorte.primary_keys import primary_keys

Row = TypeVar("Row", bound=Model)


class ListAdmin(admin.ModelAdmin[Row]):
    """A list whose actions take only what can be a row."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Leave out of the ticked rows what can be no primary key: databases refuse it."""
        if ACTION_CHECKBOX_NAME in request.POST:
            data = request.POST.copy()
            data.setlist(ACTION_CHECKBOX_NAME, primary_keys(data.getlist(ACTION_CHECKBOX_NAME)))
            request.POST = data  # type: ignore[assignment]  # only Django's own is immutable
        return super().changelist_view(request, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Lead to the history of this row, which tells what belongs to it too; of the rest show what Django noted."""
        if not has_history(self.model):
            return super().history_view(request, object_id, extra_context)
        return HttpResponseRedirect(reverse("history_of", args=[self.opts.label_lower, object_id]))
