"""Copying an offer to another place: a new form, filled with what the other one has."""

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sprechstunden.admin.times import NewTimesInline
from sprechstunden.models import Sprechstunde
from sprechstunden.schedule_forms import OfferForm, copy_elsewhere, copy_of_present, present_times
from standorte.admin import StaffAdmin
from standorte.primary_keys import primary_keys

COPY = "kopie"


class CopyingAdmin(StaffAdmin[Sprechstunde]):
    """The form of a new offer, which may begin as a copy."""

    def get_form(
        self,
        request: HttpRequest,
        obj: Sprechstunde | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **kwargs: object,
    ) -> type[ModelForm[Sprechstunde]]:
        """Let the name keep the states of its translations."""
        form = super().get_form(request, obj, change, **kwargs)
        copied = None if obj else self._copied(request)
        if copied is not None and issubclass(form, OfferForm):
            form.title_begins_as = copied.title
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, object]:  # type: ignore[override]  # forms take more than words
        """Begin with what the copied offer has."""
        copied = self._copied(request)
        if copied is None:
            given = {**super().get_changeform_initial_data(request)}
            # What can be no primary key is not asked for: databases refuse it.
            wrong = {name for name in ("office", "partner") if name in given and not primary_keys([str(given[name])])}
            return {name: value for name, value in given.items() if name not in wrong}
        return {
            **{name: getattr(copied, name) for name in ("kind", "title", "walk_in", "bring", "is_published")},
            "office": copied.office_id,
            "partner": copied.partner_id,
            "topics": [topic.pk for topic in copied.topics.all()],
        }

    def get_formset_kwargs(
        self,
        request: HttpRequest,
        obj: Sprechstunde,
        inline: admin.options.InlineModelAdmin[Model, Sprechstunde],
        prefix: str,
    ) -> dict[str, object]:
        """Begin new times with a copy of the present ones, of this offer or of the copied one."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if not isinstance(inline, NewTimesInline):
            return kwargs
        now, copied = timezone.localtime(), None if obj.pk else self._copied(request)
        if copied is None or not copied.schedules.all():
            return {**kwargs, "initial": [copy_of_present(obj, now)]}
        return {**kwargs, "initial": [copy_elsewhere(copied, now)], "form_kwargs": {"is_copy": True}}

    def render_change_form(  # noqa: PLR0913, PLR0917  # Django's signature
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Sprechstunde | None = None,
    ) -> HttpResponse:
        """Say at the buttons that saving confirms times which nobody had confirmed where they come from."""
        copied, today = None if obj else self._copied(request), timezone.localdate()
        times = present_times(copied, today) if copied and copied.schedules.all() else None
        confirms = times is not None and not times.freshness_on(today).counts
        return super().render_change_form(request, {"confirms_a_copy": confirms, **context}, add, change, form_url, obj)

    def _copied(self, request: HttpRequest) -> Sprechstunde | None:
        """Give the offer that is to be copied, if there is one and it may be seen."""
        wanted = request.GET.get(COPY)
        found = self.get_object(request, wanted) if wanted else None
        return found if found is not None and self.has_view_permission(request, found) else None
