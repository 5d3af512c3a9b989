"""Which tables staff can load and read in; who may see and change what of them is as on the pages of the admin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import admin
from django.db.models import Field, ForeignKey, ManyToManyField, Model, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from sprechstunden.models import Sprechstunde
from standorte.models import Partner, Standort


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what is in it, what names a row, and its columns, each a field of the form in the admin."""

    slug: str
    model: type[Model]
    key: str
    columns: tuple[str, ...]
    # Who answers for an offer is decided on its form, beside its dates; only new rows say it here.
    only_new: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name what is in it."""
        return str(capfirst(self.model._meta.verbose_name_plural))  # noqa: SLF001  # public as well

    @property
    def admin(self) -> "admin.ModelAdmin[Model]":
        """Give the pages on which the same is done by hand: they know who may do what."""
        return admin.site.get_model_admin(self.model)

    @property
    def heads(self) -> Mapping[str, str]:
        """Give the heads of the columns, by the names of their fields: the labels that staff know from the form."""
        return {name: str(capfirst(self._field(name).verbose_name)) for name in (self.key, *self.columns)}

    def rows(self, request: HttpRequest) -> "QuerySet[Model]":
        """Give the rows that this person sees in the admin."""
        return self.admin.get_queryset(request).order_by(self.key)

    def whole_rows(self, request: HttpRequest) -> "QuerySet[Model]":
        """Give these rows with all that their columns name; a fixed number of queries."""
        fields = [self.model._meta.get_field(name) for name in self.columns]  # noqa: SLF001  # public as well
        to_one = [field.name for field in fields if isinstance(field, ForeignKey)]
        to_many = [field.name for field in fields if isinstance(field, ManyToManyField)]
        return self.rows(request).select_related(*to_one).prefetch_related(*to_many)

    def form(self, request: HttpRequest, row: Model | None, names: Iterable[str]) -> type[forms.ModelForm[Model]]:
        """Give the form of the admin with some of its fields."""
        fields = tuple(names)
        form: type[forms.ModelForm[Model]] = self.admin.get_form(request, row, change=row is not None, fields=fields)
        # Nobody has looked at an offer before: it is read and written in one transaction.
        form.is_outdated = False  # type: ignore[attr-defined]  # the form of an offer knows it, others do not mind
        return form

    def _field(self, name: str) -> "Field[object, object]":
        return cast("Field[object, object]", self.model._meta.get_field(name))  # noqa: SLF001  # public as well


SHEETS: Mapping[str, Sheet] = {
    sheet.slug: sheet
    for sheet in (
        Sheet(
            "orte",
            Standort,
            "slug",
            (
                *("name", "other_name", "kind", "office", "stadtbezirk", "serves"),
                *("building", "street", "postal_code", "city", "directions", "email", "languages"),
                *("step_free", "lift", "accessible_toilet", "is_published"),
            ),
        ),
        Sheet(
            "sprechstunden",
            Sprechstunde,
            "id",
            ("kind", "title", "walk_in", "topics", "bring", "office", "partner", "is_published"),
            only_new=("office", "partner"),
        ),
        Sheet("partner", Partner, "slug", ("name", "kind", "website", "description", "is_published")),
    )
}
