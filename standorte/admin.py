"""Places, districts and partners in the admin, in the order in which staff think."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, TypeVar, cast

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Field, Model, QuerySet, TextField, URLField
from django.forms import BaseModelFormSet, ModelForm, Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from standorte.deleting import PrintedAdmin
from standorte.lists import ListAdmin, OwnChoices
from standorte.models import (
    Evidence,
    FactGroup,
    Offer,
    Partner,
    PartnerRole,
    Phone,
    PostalCode,
    PostalCodeArea,
    Printed,
    Stadtbezirk,
    Stadtteil,
    Standort,
    StandortEvidence,
)
from standorte.text_history import versions_kept

# Which facts come from one source and are confirmed together.
FIELDS_OF_GROUP = {
    FactGroup.GENERAL: ("name", "other_name", "kind", "office", "stadtbezirk", "serves", "opened"),
    FactGroup.ADDRESS: (
        *("building", "street", "postal_code", "postal_code_stated", "city"),
        *("directions", "latitude", "longitude"),
    ),
    FactGroup.CONTACT: ("email",),
    FactGroup.LANGUAGES: ("languages",),
    FactGroup.ACCESS: ("step_free", "lift", "accessible_toilet", "access_checked_on"),
}
# What can change without the facts of a row being other facts.
NO_FACTS = frozenset(
    {"source", "as_of", "as_of_earliest", "as_of_latest", "stated", "note", "is_published", "slug", "position"}
)
CONFIRM = "_confirm"
SHORT_TEXTS: Mapping[type[Field[object, object]], Mapping[str, object]] = {
    TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 30})}
}

Row = TypeVar("Row", bound=Model)
EvidenceRow = TypeVar("EvidenceRow", bound=Evidence)


class StaffAdmin(ListAdmin[Row]):
    """What all pages of staff share: a search that takes any character, versions of texts, whose word rows are."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """Search without NUL, which PostgreSQL refuses."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def save_model(self, request: HttpRequest, obj: Row, form: ModelForm[Row], change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Save the row, and keep the versions of its texts."""
        with versions_kept([obj], staff_user(request), timezone.now()):
            super().save_model(request, obj, form, change)

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[Row],
        formset: BaseModelFormSet[Model, ModelForm[Model]],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Save rows that belong to this one; changed facts are the word of whoever changed them."""
        for row in formset.forms:
            if isinstance(row.instance, Evidence):
                note_whose_word(request, row.instance, row.changed_data)
        changed = [row.instance for row in formset.forms if row.has_changed()]
        with versions_kept(changed, staff_user(request), timezone.now()):
            super().save_formset(request, form, formset, change)


class ConfirmableAdmin(StaffAdmin[EvidenceRow]):
    """Rows that carry their own evidence can be confirmed from their list; who changes their facts confirms them."""

    actions = ("confirm_selected",)

    def save_model(
        self,
        request: HttpRequest,
        obj: EvidenceRow,
        form: ModelForm[EvidenceRow],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Save the row, with whose word it now is."""
        note_whose_word(request, obj, form.changed_data)
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Right: confirm today"), permissions=("change",))
    def confirm_selected(self, request: HttpRequest, queryset: QuerySet[EvidenceRow]) -> None:
        """Confirm the rows that are ticked."""
        for row in queryset:
            row.confirm(timezone.localdate(), staff_user(request))
            row.save()
        self.message_user(request, _now("Confirmed today: %(facts)s.") % {"facts": ", ".join(map(str, queryset))})


class PhoneInline(admin.TabularInline[Phone, Standort]):
    """Phone numbers of a place."""

    model = Phone
    extra = 1


class RoleAtPlaceInline(OwnChoices[PartnerRole], admin.TabularInline[PartnerRole, Standort]):
    """Partners that run, host or fund a place."""

    model = PartnerRole
    fields = ("partner", "kind", "source", "as_of")
    formfield_overrides = SHORT_TEXTS
    autocomplete_fields = ("partner",)
    extra = 0


@admin.register(Standort)
class StandortAdmin(PrintedAdmin[Standort], StaffAdmin[Standort]):
    """A place. Saving changed facts confirms them: whoever writes them knows them."""

    printed = Printed.PLACE
    list_display = ("name", "kind", "street", "city_line", "office", "is_published")
    list_filter = ("kind", "is_published", "stadtbezirk")
    list_select_related = ("office",)
    search_fields = ("name", "other_name", "street")
    autocomplete_fields = ("office", "stadtbezirk", "serves")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    change_form_template = "admin/standorte/standort/change_form.html"
    save_on_top = True  # so that Enter presses "save", never one of the buttons that confirm
    inlines = (PhoneInline, RoleAtPlaceInline)
    fieldsets = (
        (None, {"fields": ("name", "other_name", "kind", "office", "stadtbezirk", "serves", "opened")}),
        (_("Where"), {"fields": ("building", "street", ("postal_code", "city"), "postal_code_stated", "directions")}),
        (_("How to reach it"), {"fields": ("email",)}),
        (_("Languages"), {"fields": ("languages",)}),
        (_("Access"), {"fields": ("step_free", "lift", "accessible_toilet", "access_checked_on")}),
        (_("Publish"), {"fields": ("is_published", "slug", ("latitude", "longitude"))}),
    )

    class Media:
        css: ClassVar = {"all": ("staff.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Standort | None = None) -> tuple[str, ...]:  # noqa: ARG002  # Django's signature
        """Leave what a place is to the network, and its address, to those who may add places."""
        return () if self.has_add_permission(request) else ("kind", "office", "slug", "is_published")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Standort | None = None) -> dict[str, Sequence[str]]:
        """Make the address out of the name, where somebody can."""
        found = super().get_prepopulated_fields(request, obj)
        return {**found} if self.has_add_permission(request) else {}

    def save_related(
        self,
        request: HttpRequest,
        form: ModelForm[Standort],
        formsets: Iterable[BaseModelFormSet[Model, ModelForm[Model]]],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Save what belongs to the place, then note whose word the changed facts now are."""
        super().save_related(request, form, formsets, change)
        phones_changed = any(formset.model is Phone and formset.has_changed() for formset in formsets)
        for group, fields in FIELDS_OF_GROUP.items():
            if set(fields) & set(form.changed_data) or (group is FactGroup.CONTACT and phones_changed):
                evidence = self._evidence(form.instance, group)
                evidence.state_own(timezone.localdate(), staff_user(request))
                evidence.save()

    def response_change(self, request: HttpRequest, obj: Standort) -> HttpResponse:
        """Confirm a group of facts if its button was pressed, and stay on the page."""
        group = request.POST.get(CONFIRM)
        if group not in FactGroup.values:
            return super().response_change(request, obj)
        evidence = self._evidence(obj, FactGroup(group))
        evidence.confirm(timezone.localdate(), staff_user(request))
        evidence.save()
        said = _now("Confirmed today: %(facts)s.") % {"facts": evidence.get_group_display()}
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def render_change_form(  # noqa: PLR0913, PLR0917  # Django's signature
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Standort | None = None,
    ) -> HttpResponse:
        """Show beside the form where each group of facts comes from."""
        evidence = obj.evidence.select_related("confirmed_by") if obj else None
        return super().render_change_form(
            request, {"evidence": evidence, "confirm": CONFIRM, **context}, add, change, form_url, obj
        )

    def _evidence(self, standort: Standort, group: FactGroup) -> StandortEvidence:
        found, _created = StandortEvidence.objects.get_or_create(standort=standort, group=group)
        return found


@admin.register(Stadtbezirk)
class StadtbezirkAdmin(ConfirmableAdmin[Stadtbezirk]):
    """The twelve districts; only the responsible office ever changes."""

    list_display = ("name", "office", "confirmed_on")
    list_select_related = ("office",)
    search_fields = ("name",)
    readonly_fields = ("slug",)
    fields = ("name", "slug", "office", "source", "as_of", "note")


@admin.register(Stadtteil)
class StadtteilAdmin(StaffAdmin[Stadtteil]):
    """Names people use for where they live."""

    list_display = ("name", "stadtbezirk", "statistical_district")
    list_filter = ("stadtbezirk",)
    list_select_related = ("stadtbezirk",)
    search_fields = ("name", "other_names")
    autocomplete_fields = ("postal_codes",)
    fields = ("name", "other_names", "stadtbezirk", "statistical_district", "postal_codes", "source", "as_of", "note")


class PostalCodeAreaInline(admin.TabularInline[PostalCodeArea, PostalCode]):
    """Districts that a postal code reaches into."""

    model = PostalCodeArea
    extra = 1


@admin.register(PostalCode)
class PostalCodeAdmin(StaffAdmin[PostalCode]):
    """Postal codes and how sure their districts are."""

    list_display = ("code",)
    search_fields = ("code",)
    inlines = (PostalCodeAreaInline,)
    fields = ("code", ("latitude", "longitude"), "source", "as_of", "note")


class RoleInline(admin.TabularInline[PartnerRole, Partner]):
    """What a partner does for places."""

    model = PartnerRole
    fields = ("standort", "kind", "source", "as_of")
    formfield_overrides = SHORT_TEXTS
    autocomplete_fields = ("standort",)
    extra = 0


class OfferInline(admin.StackedInline[Offer, Partner]):
    """What a partner offers beside the network."""

    model = Offer
    fields = ("title", "stadtteil", "since", "source", "as_of")
    extra = 0


@admin.register(Partner)
class PartnerAdmin(PrintedAdmin[Partner], ConfirmableAdmin[Partner]):
    """Organisations in the network."""

    printed = Printed.PARTNER
    list_display = ("name", "kind", "website", "confirmed_on", "is_published")
    list_filter = ("kind", "is_published")
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (RoleInline, OfferInline)
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"fields": ("name", "kind", "website", "description", "is_first_address")}),
        (_("Where we know it from"), {"fields": ("source", "as_of", "note")}),
        (_("Publish"), {"fields": ("is_published", "slug")}),
    )


def staff_user(request: HttpRequest) -> AbstractBaseUser:
    """Give the account that is logged in: nobody else gets into the admin."""
    return cast("AbstractBaseUser", request.user)


def note_whose_word(request: HttpRequest, row: Evidence, changed: Iterable[str]) -> None:
    """Note that changed facts are the word of staff, under the source that staff gave with them; the caller saves."""
    names = set(changed)
    if "as_of" in names:
        row.as_of_earliest = row.as_of_latest = None
    if names <= NO_FACTS:
        return
    if names & {"source", "as_of"}:
        row.confirm(timezone.localdate(), staff_user(request))
    else:
        row.state_own(timezone.localdate(), staff_user(request))
