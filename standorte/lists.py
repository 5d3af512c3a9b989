"""Lists and forms of staff: everybody sees and chooses only rows that they look after."""

from typing import TypeVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Field, ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse

from standorte.looking_after import looks_after
from standorte.primary_keys import primary_keys

Row = TypeVar("Row", bound=Model)


class OwnChoices(admin.options.BaseModelAdmin[Row]):
    """A form, or rows in one, in which a field offers what a person may choose."""

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Model, Model]", request: HttpRequest, **kwargs: object
    ) -> ModelChoiceField[Model] | None:
        """Offer one row of those that may be chosen."""
        found = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if found is not None and found.queryset is not None:
            found.queryset = looks_after(request).choices(db_field, found.queryset)
        return found

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Model, Model]", request: HttpRequest, **kwargs: object
    ) -> ModelMultipleChoiceField[Model] | None:
        """Offer some rows of those that may be chosen."""
        found = super().formfield_for_manytomany(db_field, request, **kwargs)
        if found is not None and found.queryset is not None:
            found.queryset = looks_after(request).choices(db_field, found.queryset)
        return found


class ListAdmin(OwnChoices[Row], admin.ModelAdmin[Row]):
    """A list of the rows that a person looks after, whose actions take only what can be a row."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        """Keep what this person looks after; with it go forms, history, deletion, actions and choices elsewhere."""
        return looks_after(request).rows(super().get_queryset(request))

    def get_form(
        self,
        request: HttpRequest,
        obj: Row | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **kwargs: object,
    ) -> type[ModelForm[Row]]:
        """Tell a form that asks who fills it in; the class is made for this request."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if hasattr(form, "looks_after"):
            form.looks_after = looks_after(request)
        return form

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Leave out of the ticked rows what can be no primary key: databases refuse it."""
        if ACTION_CHECKBOX_NAME in request.POST:
            data = request.POST.copy()
            data.setlist(ACTION_CHECKBOX_NAME, primary_keys(data.getlist(ACTION_CHECKBOX_NAME)))
            request.POST = data  # type: ignore[assignment]  # only Django's own is immutable
        return super().changelist_view(request, extra_context)


class OwnRelatedFilter(admin.RelatedFieldListFilter):
    """Narrows a list by rows that this person may choose; of others not even the names stand there."""

    def field_choices(
        self, field: "Field[object, object]", request: HttpRequest, model_admin: admin.ModelAdmin[Model]
    ) -> list[tuple[str, str]]:
        """Name them."""
        choices = super().field_choices(field, request, model_admin)
        found = looks_after(request).choices(field, field.remote_field.model._default_manager.all())  # noqa: SLF001  # public as well
        if looks_after(request).everything:
            return choices
        mine = set(found.values_list("pk", flat=True))
        return [one for one in choices if one[0] in mine]
