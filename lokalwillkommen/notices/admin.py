"""Notices in the admin."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.notices.forms import NoticeForm
from lokalwillkommen.notices.models import Notice
from standorte.admin import StaffAdmin, staff_user
from standorte.lists import OwnRelatedFilter


@admin.register(Notice)
class NoticeAdmin(StaffAdmin[Notice]):
    """What people should know for some days: the words, the days, the places."""

    form = NoticeForm
    list_display = ("__str__", "where", "first", "last", "written_at", "written_by")
    list_filter = ("whole_network", ("standorte", OwnRelatedFilter))
    list_select_related = ("written_by",)
    fieldsets = (
        (None, {"fields": ("text", ("first", "last"))}),
        (_("Where it stands"), {"fields": ("whole_network", "standorte")}),
    )

    class Media:
        css: ClassVar = {"all": ("staff.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Fetch what the list shows with a fixed number of queries."""
        return super().get_queryset(request).prefetch_related("standorte")

    @admin.display(description=_("where it stands"))
    def where(self, notice: Notice) -> str:
        """Name the places."""
        if notice.whole_network:
            return _now("the whole network")
        return ", ".join(map(str, notice.standorte.all()))

    def save_model(self, request: HttpRequest, obj: Notice, form: ModelForm[Notice], change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Note who wrote it, and when."""
        obj.written_at = timezone.now()
        obj.written_by = staff_user(request)  # type: ignore[assignment]  # the user model is swappable
        super().save_model(request, obj, form, change)
