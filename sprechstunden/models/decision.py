"""What staff decide about dates: who, when, and the reason for residents."""

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sprechstunden.reasons import Reason, ReasonKind
from standorte.fields import TranslatableTextField

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser


class StaffReason(models.TextChoices):
    """The reasons staff may give; never the illness or leave of a person."""

    STAFF_SHORTAGE = ReasonKind.STAFF_SHORTAGE.value, _("not enough staff")
    TRAINING = ReasonKind.TRAINING.value, _("training")
    PUBLIC_HOLIDAY = ReasonKind.PUBLIC_HOLIDAY.value, _("public holiday")
    ROOM_NOT_AVAILABLE = ReasonKind.ROOM_NOT_AVAILABLE.value, _("room not available")
    EVENT = ReasonKind.EVENT.value, _("event")
    OTHER = ReasonKind.OTHER.value, _("other reason")


class Decision(models.Model):
    """A decision of staff; the reason and the note are public, who decided is not."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    reason = models.CharField(
        _("reason"),
        max_length=20,
        choices=StaffReason,
        blank=True,
        help_text=_("Public. Never the illness or leave of a person: that is “not enough staff”."),
    )
    note = TranslatableTextField(_("note"), help_text=_("Public, beside the reason. Write nothing about a person."))
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=models.Q(reason__in=("", *StaffReason.values)), name="%(class)s_has_a_known_reason"
            ),
        )

    @property
    def key(self) -> str:
        """Give the name of this decision in the values of the engine."""
        return str(self.uid)

    def public_reason(self) -> Reason | None:
        """Give the reason as the engine reads it; nothing where none is needed."""
        return Reason(ReasonKind(self.reason)) if self.reason else None

    def note_who(self, at: "datetime", by: "AbstractBaseUser | None") -> None:
        """Note who decided, and the aware moment; the caller saves."""
        self.decided_at = at
        self.decided_by = by  # type: ignore[assignment]  # the user model is swappable, the app knows none
