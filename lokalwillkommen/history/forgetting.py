"""Who did something is forgotten after some time; what was done stays."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from lokalwillkommen.history.kinds import recorded
from standorte.history import history_of, versions_of
from standorte.models import TextVersion

# The field that says when, for each that says who.
_MOMENTS = {"confirmed_by": "confirmed_on", "decided_by": "decided_at", "written_by": "written_at"}


@transaction.atomic
def forget_people(before: datetime) -> int:
    """Forget who did what before an aware moment; give in how many places somebody stood.

    That leaves no version itself. Django's log names a person in each line, so its old lines go as a whole.
    """
    found = 0
    for model in recorded():
        old = versions_of(model).filter(history_date__lt=before)
        found += old.exclude(history_user=None).update(history_user=None)
        for name in _people_in(model):
            found += old.exclude(**{name: None}).update(**{name: None})
            found += _done(model, name, before).update(**{name: None})
    found += _forget_accounts(before)
    found += TextVersion.objects.filter(written_at__lt=before).exclude(written_by=None).update(written_by=None)
    return found + LogEntry.objects.filter(action_time__lt=before).delete()[0]


def _people_in(model: type[Model]) -> Iterable[str]:
    user = get_user_model()
    fields = (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))  # noqa: SLF001  # public as well
    return [field.name for field in fields if field.related_model is user]


def _done(model: type[Model], name: str, before: datetime) -> "QuerySet[Model]":
    moment = model._meta.get_field(_MOMENTS[name])  # noqa: SLF001
    # A day without a time is over once it is past in Dortmund.
    limit = before if isinstance(moment, models.DateTimeField) else timezone.localdate(before)
    rows = model._base_manager.exclude(**{name: None})  # noqa: SLF001
    return rows.filter(**{f"{moment.name}__lt": limit})


def _forget_accounts(before: datetime) -> int:
    """Delete old versions of accounts: they hold addresses, and without them they say nothing."""
    accounts = get_user_model()
    old = versions_of(accounts).filter(history_date__lt=before)
    for field in history_of(accounts)._history_m2m_fields:  # type: ignore[attr-defined]  # noqa: SLF001  # the package's
        getattr(history_of(accounts), field.name).filter(history__in=old.values("history_id")).delete()
    return old.delete()[0]
