"""Deleting what has a printed address: first it is said where it is used, and that it can just leave the pages."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import ForeignObjectRel, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _now

from standorte.burying import bury, note_move
from standorte.history import is_history
from standorte.lists import ListAdmin
from standorte.models import Partner, Printed, Standort

Row = TypeVar("Row", bound=Model)
UNPUBLISH, SUCCESSOR = "_unpublish", "successor"
_NAMED = 5


class PrintedAdmin(ListAdmin[Row]):
    """Rows with an address that people print, and `is_published`."""

    printed: ClassVar[Printed]
    delete_confirmation_template = "admin/delete_printed.html"

    def address_of(self, obj: Row) -> str:
        """Give the last part of the address of its page."""
        return str(getattr(obj, "slug", obj.pk))

    def may_follow(self, obj: Row) -> "QuerySet[Row]":
        """Give the rows at which it may go on."""
        return type(obj)._default_manager.filter(is_published=True).exclude(pk=obj.pk)  # noqa: SLF001  # public as well

    def used_in(self, obj: Row) -> list[str]:
        """Say in words where it is used."""
        return list(uses(obj, self.name_of_use))

    def name_of_use(self, row: Model) -> str:
        """Name a row that leads to it."""
        return str(row)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Take it off the pages where somebody chose that; else ask, and delete."""
        obj = self.get_object(request, object_id)
        if obj is None or request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        if UNPUBLISH in request.POST and self.has_change_permission(request, obj):
            return self._taken_off(request, obj)
        if self._chosen(request, obj) is None:
            self.message_user(request, _now("Please choose where it goes on from the list."), messages.ERROR)
            return HttpResponseRedirect(request.path)
        return super().delete_view(request, object_id, extra_context)

    def render_delete_form(self, request: HttpRequest, context: dict[str, object]) -> HttpResponse:
        """Add where it is used, and where it may go on."""
        obj: Row = context["object"]  # type: ignore[assignment]  # what Django puts there
        about = {
            "used_in": self.used_in(obj),
            "may_follow": [(self.address_of(row), str(row)) for row in self.may_follow(obj)],
            "unpublish": UNPUBLISH if self.has_change_permission(request, obj) and _is_published(obj) else "",
            "successor": SUCCESSOR,
            "is_published": _is_published(obj),
        }
        return super().render_delete_form(request, {**context, **about})

    def delete_model(self, request: HttpRequest, obj: Row) -> None:
        """Delete it; an address that residents knew remembers it."""
        if _is_published(obj):
            found = self._chosen(request, obj) or ""
            bury(self.printed, self.address_of(obj), obj, timezone.now(), found)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Row]") -> None:
        """Delete several; each address that residents knew remembers what was there."""
        for obj in queryset:
            if _is_published(obj):
                bury(self.printed, self.address_of(obj), obj, timezone.now())
        super().delete_queryset(request, queryset)

    def save_model(self, request: HttpRequest, obj: Row, form: ModelForm[Row], change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Save it; an address that residents knew leads to the new one."""
        before = type(obj)._default_manager.get(pk=obj.pk) if change and "slug" in form.changed_data else None  # noqa: SLF001
        super().save_model(request, obj, form, change)
        if isinstance(before, (Standort, Partner)) and isinstance(obj, (Standort, Partner)):
            note_move(before, obj, timezone.now())

    def _chosen(self, request: HttpRequest, obj: Row) -> str | None:
        """Give the address at which it goes on, nothing where it does not; None where that is none to choose."""
        wanted = request.POST.get(SUCCESSOR, "")
        return wanted if wanted in {"", *map(self.address_of, self.may_follow(obj))} else None

    def _taken_off(self, request: HttpRequest, obj: Row) -> HttpResponse:
        obj.is_published = False  # type: ignore[attr-defined]  # what such rows have
        obj.save()
        said = _now("No longer on the pages: %(name)s. Nothing is deleted.") % {"name": obj}
        self.log_change(request, obj, said)
        self.message_user(request, said, messages.SUCCESS)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[quote(obj.pk)]))


def uses(obj: Model, name: Callable[[Model], str]) -> list[str]:
    """Say for each kind of row that leads to a row how many there are, and which."""
    found = []
    relations = (one for one in obj._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel))  # noqa: SLF001
    for relation in relations:
        model, field = relation.related_model, relation.remote_field
        # Tables that only connect others say nothing, nor does what is past.
        if model._meta.auto_created or is_history(model):  # noqa: SLF001
            continue
        rows = model._base_manager.filter(**{field.name: obj.pk}).select_related()  # noqa: SLF001
        names = [name(row) for row in rows[: _NAMED + 1]]
        if names:
            listed = ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
            said = {"kind": capfirst(model._meta.verbose_name_plural), "count": rows.count(), "names": listed}  # noqa: SLF001
            found.append(_now("%(kind)s (%(count)d): %(names)s") % said)
    return found


def _is_published(obj: Model) -> bool:
    return bool(getattr(obj, "is_published", False))
