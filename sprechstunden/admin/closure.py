"""Closures in the admin: what falls away is said before it is saved, and the past never changes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, ManyToManyField, Model, QuerySet
from django.forms import Field as FormField
from django.forms import ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden.closing import has_begun
from sprechstunden.closure_forms import PARTS, SCOPE, ClosureForm
from sprechstunden.deciding import close, reopen
from sprechstunden.models import Closure, Sprechstunde
from sprechstunden.offer_choice import OffersField, OffersView, OffersWidget
from sprechstunden.reopening import doubled_dates
from standorte.admin import StaffAdmin, staff_user
from standorte.lists import OwnRelatedFilter
from standorte.primary_keys import primary_keys

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec


@admin.register(Closure)
class ClosureAdmin(StaffAdmin[Closure]):
    """Days on which nothing takes place. The form is saved in two steps: see ClosureForm."""

    form = ClosureForm
    looks_for_others = False  # what somebody agrees to is compared by itself
    list_display = ("days", "what", "reason", "decided_at", "decided_by")
    list_filter = ("whole_network", "reason", ("standorte", OwnRelatedFilter))
    list_select_related = ("decided_by",)
    actions = ("delete_selected",)

    class Media:
        css: ClassVar = {"all": ("staff.css",)}

    def get_urls(self) -> list[URLPattern]:
        """Add the view that finds offers."""
        view = OffersView.as_view(admin_site=self.admin_site)
        found = path("offers/", self.admin_site.admin_view(view), name="sprechstunden_closure_offers")
        return [found, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Closure]:
        """Fetch what the list shows with a fixed number of queries."""
        return super().get_queryset(request).prefetch_related(*PARTS, "partner_places")

    def get_fieldsets(self, request: HttpRequest, obj: Closure | None = None) -> "_FieldsetSpec":  # noqa: ARG002  # Django's signature
        """Ask for days and reason, for what is closed, for a note; of what has begun just name what is closed."""
        return (
            (None, {"fields": (("first", "last"), "reason")}),
            (_("What is closed"), {"fields": _scope_fields(obj)}),
            (_("More"), {"fields": ("note",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Closure | None = None) -> tuple[str, ...]:  # noqa: ARG002  # Django's signature
        """Leave of what has begun only its end and its note to change."""
        return ("first", "reason", "what") if _has_begun(obj) else ("what",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Closure | None = None) -> bool:
        """Refuse to delete what has begun: its past days stay as they were."""
        return not _has_begun(obj) and super().has_delete_permission(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Begin with what the address of the page says, as far as it can be read."""
        found = super().get_changeform_initial_data(request)
        return {name: primary_keys(value) if name in PARTS else value for name, value in found.items()}

    def formfield_for_dbfield(
        self, db_field: Field[object, object], request: HttpRequest, **kwargs: object
    ) -> FormField | None:
        """Offer no buttons to add or change places from here."""
        found = super().formfield_for_dbfield(db_field, request, **kwargs)
        if found and isinstance(found.widget, RelatedFieldWidgetWrapper):
            found.widget = found.widget.widget
        return found

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Model, Model]", request: HttpRequest, **kwargs: object
    ) -> ModelMultipleChoiceField[Model] | None:
        """Find single offers while somebody types: there are many."""
        if db_field.name == "sprechstunden":
            kwargs["form_class"] = OffersField
            kwargs["widget"] = OffersWidget(db_field, self.admin_site)
            offers = Sprechstunde.objects.select_related("office", "partner")
            kwargs["queryset"] = offers.prefetch_related("schedules__standort")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show or save the form; after sending it the browser goes to what falls away."""
        buttons = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().changeform_view(request, object_id, form_url or "#effect", {**buttons, **(extra_context or {})})

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Ask first, and say which dates would then be there twice."""
        if request.method == "GET" and self.has_delete_permission(request):
            self._name_doubles(request, self.get_queryset(request).filter(pk__in=primary_keys([object_id])))
        return super().delete_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: Closure, form: ModelForm[Closure], change: bool) -> None:  # noqa: ARG002, FBT001  # Django's signature
        """Write the closure and what it is for, all at once."""
        chosen = form.chosen() if isinstance(form, ClosureForm) else None
        close(obj, chosen, staff_user(request), timezone.now())

    def save_related(self, request: HttpRequest, form: ModelForm[Closure], formsets: object, change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Do nothing: what it is for has been written with it."""

    def delete_model(self, request: HttpRequest, obj: Closure) -> None:  # noqa: ARG002  # Django's signature
        """Undo the closure."""
        reopen([obj], timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Closure]) -> None:  # noqa: ARG002  # Django's signature
        """Undo the closures."""
        reopen(queryset, timezone.now())

    @admin.action(description=_("Delete the chosen closures: the dates take place again"), permissions=("delete",))
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Closure]) -> HttpResponse | None:
        """Ask, and delete; what has begun stays, with a sentence."""
        now = timezone.localtime()
        if any(has_begun(closure, now) for closure in queryset.filter(first__lte=now.date())):
            sentence = _now("A closure that has begun cannot be deleted. Please open it and set its last day.")
            self.message_user(request, sentence, messages.ERROR)
            return None
        if "post" not in request.POST:
            self._name_doubles(request, queryset)
        return delete_selected(self, request, queryset)

    def _name_doubles(self, request: HttpRequest, closures: Iterable[Closure]) -> None:
        now, gone = timezone.localtime(), list(closures)
        found = [pair for one in gone for pair in doubled_dates(one.scope(), one.first, one.last, now, gone)]
        if found:
            named = dict.fromkeys(f"{one.sprechstunde} ({one.starts:%d.%m.%Y, %H:%M})" for one, _other in found)
            sentence = _now(
                "Without this closure two dates of one offer are at the same time, because staff have put one there: "
                "%(dates)s. Please take that back first, or cancel one of the two."
            )
            self.message_user(request, sentence % {"dates": ", ".join(named)}, messages.WARNING)

    @admin.display(description=_("days"), ordering="first")
    def days(self, closure: Closure) -> str:
        """Name the days, a single one once."""
        return f"{closure.first:%d.%m.%Y}" if closure.first == closure.last else str(closure)

    @admin.display(description=_("what is closed"))
    def what(self, closure: Closure) -> str:
        """Name what it is for; of partners also the places that are closed, which stay when roles become others."""
        if closure.whole_network:
            return _now("the whole network")
        partners = (_now("all places of %(partner)s") % {"partner": partner} for partner in closure.partners.all())
        places = dict.fromkeys([*closure.standorte.all(), *closure.partner_places.all()])
        return ", ".join(map(str, (*partners, *places, *closure.sprechstunden.all()))) or "–"


def _scope_fields(closure: Closure | None) -> tuple[str, ...]:
    """Name what is closed as it is saved, also because of a partner that is gone; then what can be chosen."""
    if closure is None:
        return SCOPE
    return ("what",) if _has_begun(closure) else ("what", *SCOPE)


def _has_begun(closure: Closure | None) -> bool:
    return closure is not None and has_begun(closure, timezone.localtime())
