"""Lists and forms of staff: everybody sees and chooses only rows that they look after."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from standorte.history import has_history
from standorte.looking_after import looks_after
from standorte.meanwhile import MeanwhileAdmin
from standorte.primary_keys import primary_keys

if TYPE_CHECKING:
    from django.db.models.fields.related import RelatedField
    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row", bound=Model)


class OwnChoices(admin.options.BaseModelAdmin[Row]):
    """A form, or rows in one, in which a field offers what a person may choose."""

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Model, Model]", request: HttpRequest, **kwargs: object
    ) -> ModelChoiceField[Model] | None:
        """Offer one row of those that may be chosen."""
        found = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if found is not None and found.queryset is not None:  # pragma: no branch  # as Django's types have it
            found.queryset = looks_after(request).choices(db_field.model, db_field.name, found.queryset)
        return found

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Model, Model]", request: HttpRequest, **kwargs: object
    ) -> ModelMultipleChoiceField[Model] | None:
        """Offer some rows of those that may be chosen."""
        found = super().formfield_for_manytomany(db_field, request, **kwargs)
        if found is not None and found.queryset is not None:  # pragma: no branch  # as Django's types have it
            found.queryset = looks_after(request).choices(db_field.model, db_field.name, found.queryset)
        return found


class ListAdmin(OwnChoices[Row], MeanwhileAdmin[Row]):
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

    def get_view_on_site_url(self, obj: Row | None = None) -> str | None:
        """Lead to the public page by its own address: Django's way there tells the address of any row to anybody."""
        return str(obj.get_absolute_url()) if obj is not None and hasattr(obj, "get_absolute_url") else None

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


class OwnRelatedFilter(admin.RelatedFieldListFilter):
    """Narrows a list by rows that this person may choose; of others not even the names stand there."""

    def field_choices(
        self, field: "RelatedField[Any, Any]", request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> "list[tuple[str, StrOrPromise]]":
        """Name them."""
        named = super().field_choices(field, request, model_admin)
        if looks_after(request).everything:
            return named
        rows = looks_after(request).choices(field.model, field.name, field.related_model._default_manager.all())  # noqa: SLF001  # public as well
        mine = set(rows.values_list("pk", flat=True))
        return [one for one in named if one[0] in mine]
