"""Two people have the same form open: who saves second sees first what the other changed, and decides."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now

from standorte.history import has_history, versions_of
from standorte.primary_keys import primary_keys
from standorte.retyping import Values, as_new_rows, as_they_stood, show_what_is_stored, without_gone_rows

if TYPE_CHECKING:
    from django.contrib.admin.options import InlineModelAdmin

Row = TypeVar("Row", bound=Model)
# What a form carries: the newest versions when it was opened, and, once somebody was faster, those it is behind.
SEEN, BEHIND = "_version", "_behind"
# What was typed into a row that is gone by now.
GONE = "_gone"
CONFLICT = 409

Numbers = Mapping[type[Model], int]
VersionKey = tuple[str, int, datetime]


class NotYet:
    """A form, or a set of them, that is not saved but where it says exactly what is stored now: pressed twice."""

    def is_valid(self) -> bool:
        """Look for faults all the same, so that they are shown."""
        return super().is_valid() and not self.has_changed()  # type: ignore[misc,attr-defined]  # of the form


class MeanwhileAdmin(admin.ModelAdmin[Row]):
    """A form that is saved only if nobody has saved the same row, or what belongs to it, since it was opened.

    A form that does not say what it has seen is saved as it is: the portal makes none, and a script has seen nothing
    that it could be asked to compare.
    """

    # Offers and closures have their own: what counts there is which dates come of it.
    looks_for_others: ClassVar[bool] = True

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Show the form with what its reader sees; save it, or show it again. Who saves the same row waits here."""
        keys = primary_keys([unquote(object_id or "")])
        if not keys or not self._looks():
            return super().changeform_view(request, object_id, form_url, extra_context)
        is_sent = request.method == "POST"
        with transaction.atomic() if is_sent else nullcontext():
            if is_sent:
                rows = self.model._base_manager.select_for_update(no_key=True)  # noqa: SLF001  # public as well
                list(rows.filter(pk__in=keys).values_list("pk"))
            # Before the row is read: a version in between is one too many to look at, never one too few.
            newest = self._newest(request, keys[0])
            if is_sent and not newest and SEEN in request.POST and self.has_add_permission(request):
                return self._typed_anew(request, keys[0])
            if is_sent:
                self._compare(request, keys[0], newest)
            context = {**(extra_context or {}), "version_name": SEEN, "version": newest}
            try:
                with transaction.atomic() if is_sent else nullcontext():
                    return super().changeform_view(request, object_id, form_url, context)
            except IntegrityError:
                # A form does not hold the rows that others added, so it cannot tell that one of its own is the same.
                data = request.POST.copy()
                data[BEHIND] = newest
                request.POST = data  # type: ignore[assignment]  # only Django's own is immutable
                said = _now("A row that you added is stored already. Please take it out, then save again.")
                self.message_user(request, said, messages.ERROR)
                return super().changeform_view(request, object_id, form_url, context)

    def get_form(
        self,
        request: HttpRequest,
        obj: Row | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **kwargs: object,
    ) -> type[ModelForm[Row]]:
        """Make a form that is not saved yet where somebody else was faster."""
        form = super().get_form(request, obj, change=change, **kwargs)
        is_not_yet = self._is_behind(request, obj) or (obj is None and GONE in request.POST)
        return type(form.__name__, (NotYet, form), {}) if is_not_yet else form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Row | None = None) -> "Iterator[Any]":
        """Save no rows that belong to it either."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            is_behind = self._is_behind(request, obj) and inline.has_change_permission(request, obj)
            yield (type(formset.__name__, (NotYet, formset), {}) if is_behind else formset), inline

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Row, inline: "InlineModelAdmin[Any, Any]", prefix: str
    ) -> dict[str, Any]:
        """Leave out of the rows that belong to it those that are gone by now."""
        found: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if self._is_behind(request, obj) and inline.has_change_permission(request, obj):
            then = self._numbers(request, request.POST[BEHIND])
            form_class = inline.get_formset(request, obj).form
            key = inline.model._meta.pk.name  # noqa: SLF001  # public as well
            rows = set(self._versions(request, obj.pk)[inline.model].values_list(key, flat=True))
            stood = as_they_stood(inline.model, rows, then[inline.model])
            there = set(map(str, found["queryset"].filter(pk__in=stood).values_list("pk", flat=True)))
            found["data"] = without_gone_rows(found["data"], form_class, prefix, stood, there)
        return found

    def render_change_form(  # noqa: PLR0913, PLR0917  # Django's signature
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Row | None = None,
    ) -> HttpResponse:
        """Show what the other person changed, and what was typed; what nobody touched here is as it is stored now."""
        if obj is None or not self._is_behind(request, obj):
            return super().render_change_form(request, context, add, change, form_url, obj)
        then, now = self._numbers(request, request.POST[BEHIND]), self._numbers(request, request.POST[SEEN])
        forms = {self.model: [context["adminform"].form]}
        for inline in context["inline_admin_formsets"]:
            forms.setdefault(inline.formset.model, []).extend(inline.formset.forms)
        for model in forms.keys() & then.keys():
            stood = as_they_stood(model, [form.instance.pk for form in forms[model]], then[model])
            for form in forms[model]:
                show_what_is_stored(form, stood.get(form.instance.pk, {}))
        newer = self._between(request, obj.pk, then, now)
        response = super().render_change_form(request, {**context, "newer": newer}, add, change, form_url, obj)
        response.status_code = CONFLICT
        return response

    def _typed_anew(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Show what was typed into a row that is gone: saving makes a new one."""
        data = request.POST.copy()
        del data[SEEN]
        data[GONE] = "1"
        for inline in self.get_inline_instances(request):
            key = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
            data = as_new_rows(data, inline.get_formset(request).get_default_prefix(), key)
        request.POST = data  # type: ignore[assignment]  # only Django's own is immutable
        key, label = self.model._meta.pk.name, self.model._meta.label_lower  # noqa: SLF001  # public as well
        deletion = versions_of(self.model).filter(**{key: pk}, history_type="-").order_by("-history_id")[:1]
        newer = [(label, *row) for row in deletion.values_list("history_id", "history_date")]
        add_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        response = super().changeform_view(request, None, add_url, {"newer": newer, "is_gone": True})
        response.status_code = CONFLICT
        return response

    def _looks(self) -> bool:
        return self.looks_for_others and has_history(self.model)

    def _is_behind(self, request: HttpRequest, obj: Row | None) -> bool:
        return obj is not None and BEHIND in request.POST and self._looks()

    def _written_with(self, request: HttpRequest) -> "list[InlineModelAdmin[Any, Any]]":
        """Give the kinds of rows that this person writes in the form of another one."""
        return [one for one in self.get_inline_instances(request) if one.has_change_permission(request)]

    def _versions(self, request: HttpRequest, pk: object) -> dict[type[Model], QuerySet[Model]]:
        """Give the versions of a row, and of each kind of row that is written with it, gone ones too."""
        about = {self.model._meta.pk.name: pk}  # noqa: SLF001  # public as well
        found: dict[type[Model], QuerySet[Model]] = {self.model: versions_of(self.model).filter(**about)}
        for inline in self._written_with(request):
            name = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
            key = inline.model._meta.pk.name  # noqa: SLF001  # public as well
            mine = versions_of(inline.model).filter(**{name: pk}).values(key)
            found[inline.model] = versions_of(inline.model).filter(**{f"{key}__in": mine})
        return found

    def _newest(self, request: HttpRequest, pk: object) -> str:
        """Give the numbers of the newest versions as a form carries them; one query, and nothing of what is gone."""
        tops = [
            Coalesce(Subquery(versions.order_by("-history_id").values("history_id")[:1]), 0)
            for versions in self._versions(request, pk).values()
        ]
        found = self.model._base_manager.filter(pk=pk).values_list(*tops).first()  # noqa: SLF001
        return "-".join(map(str, found or ()))

    def _compare(self, request: HttpRequest, pk: str, newest: str) -> None:
        """Note in what was sent what it is behind, if it is; nobody else can say that."""
        data = request.POST.copy()
        data.pop(BEHIND, None)
        seen, data[SEEN] = str(data.get(SEEN, newest)), newest
        if seen != newest and self._has_become_another(request, pk, seen, newest):
            data[BEHIND] = seen
        request.POST = data  # type: ignore[assignment]  # only Django's own is immutable

    def _has_become_another(self, request: HttpRequest, pk: str, seen: str, newest: str) -> bool:
        """Tell whether something that stands in the form is not as it was: a save may have changed nothing."""
        then, now = self._numbers(request, seen), self._numbers(request, newest)
        obj = self.get_object(request, pk)
        in_form = {
            inline.model: inline.get_fieldsets(request, obj) for inline in self.get_inline_instances(request, obj)
        }
        in_form[self.model] = self.get_fieldsets(request, obj)
        for model, versions in self._versions(request, pk).items():
            rows = set(versions.values_list(model._meta.pk.name, flat=True))  # noqa: SLF001  # public as well
            names = set(flatten_fieldsets(in_form[model]))
            before, after = (_only(names, as_they_stood(model, rows, numbers[model])) for numbers in (then, now))
            # Later than the newest: a backup was restored in between.
            if before != after or then[model] > now[model]:
                return True
        return False

    def _numbers(self, request: HttpRequest, sent: str) -> Numbers:
        """Read such numbers; who sends others has seen nothing."""
        models = list(self._versions(request, None))
        numbers = primary_keys(sent.split("-"))
        return dict(zip(models, map(int, numbers if len(numbers) == len(models) else "0" * len(models)), strict=True))

    def _between(self, request: HttpRequest, pk: object, then: Numbers, now: Numbers) -> list[VersionKey]:
        """Name the versions by which somebody was faster, newest first: label, number, moment."""
        found: list[VersionKey] = []
        for model, versions in self._versions(request, pk).items():
            newer = versions.filter(history_id__gt=then[model], history_id__lte=now[model])
            label = model._meta.label_lower  # noqa: SLF001  # public as well
            found += ((label, *row) for row in newer.values_list("history_id", "history_date"))
        return sorted(found, key=lambda one: (one[2], one[1]), reverse=True)


def _only(names: set[str], stood: Mapping[object, Values]) -> dict[object, Values]:
    return {pk: {name: values[name] for name in names & values.keys()} for pk, values in stood.items()}
