"""Every version of every row that staff write: who, when, and how it stood then. django-simple-history keeps it."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_update_with_history, get_history_model_for_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.contrib.auth.models import AbstractBaseUser

Row = TypeVar("Row", bound=models.Model)


class Why(models.TextChoices):
    """Why a version came to be, where no page of the admin wrote it."""

    BEGINNING = "beginning", _("how it stood when the history began")
    FACTS = "facts", _("facts loaded")
    RESTORED = "restored", _("earlier state brought back")


class _Saved(TypedDict, total=False):
    raw: bool
    update_fields: frozenset[str] | None


class History(HistoricalRecords):  # type: ignore[misc]  # the package carries no types
    """The history of a model. Nobody edits it, so it needs no permissions of its own."""

    def get_meta_options(self, model: type[models.Model]) -> dict[str, object]:
        """Name the table as the model is named."""
        names = {
            "verbose_name": model._meta.verbose_name,  # noqa: SLF001  # public as well
            "verbose_name_plural": model._meta.verbose_name_plural,  # noqa: SLF001
        }
        return {**super().get_meta_options(model), **names, "default_permissions": ()}

    def get_meta_options_m2m(self, through_model: type[models.Model]) -> dict[str, object]:
        """Ask for no permissions here either."""
        return {**super().get_meta_options_m2m(through_model), "default_permissions": ()}

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: object) -> None:  # noqa: FBT001  # as Django sends it
        """Keep no version where nothing that is kept was written, such as the moment of a login."""
        written: _Saved = kwargs  # type: ignore[assignment]  # what Django sends
        names = written.get("update_fields")
        if names is None or names & {field.name for field in self.fields_included(instance)}:
            super().post_save(instance, created, using=using, **kwargs)


def is_history(model: type[models.Model]) -> bool:
    """Tell whether a model holds versions of rows of another one."""
    return hasattr(model, "instance_type")


def has_history(model: type[models.Model]) -> bool:
    """Tell whether versions of the rows of a model are kept."""
    return hasattr(model._meta, "simple_history_manager_attribute")  # noqa: SLF001  # the package's own mark


def history_of(model: type[models.Model]) -> type[models.Model]:
    """Give the model that holds the versions of another one."""
    found: type[models.Model] = get_history_model_for_model(model)
    return found


def versions_of(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """Give all versions of all rows of a model, also of those that are gone; newest first."""
    return history_of(model)._default_manager.all()  # noqa: SLF001  # public as well


def because(row: models.Model, why: Why) -> None:
    """Note why the next versions of a row come to be."""
    row._change_reason = why.value  # type: ignore[attr-defined]  # noqa: SLF001  # the package reads it there


@contextmanager
def without_versions(row: models.Model) -> "Iterator[None]":
    """Keep no version of a row that is written in several steps; the next save keeps the one of all of them."""
    row.skip_history_when_saving = True  # type: ignore[attr-defined]  # the package reads it there
    try:
        yield
    finally:
        del row.skip_history_when_saving  # type: ignore[attr-defined]


def update_with_history(
    model: type[Row], rows: "Sequence[Row]", names: "Iterable[str]", by: "AbstractBaseUser | None"
) -> None:
    """Write some fields of several rows at once, and keep their versions; two queries, however many there are.

    The package does not look at many-to-many fields here, so rows must have none that are kept.
    """
    bulk_update_with_history(rows, model, list(names), default_user=by)
