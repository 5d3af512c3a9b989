"""What staff answer and then mark as done; what was written is gone some time after that."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Said on the pages with the forms and on the privacy page: change both together.
KEPT_AFTER_DONE = timedelta(days=90)
KEPT_AT_MOST = timedelta(days=180)
Row = TypeVar("Row", bound=models.Model)


class TodoQuerySet(models.QuerySet[Row]):
    """What people wrote, in the words staff and commands ask with."""

    def waiting(self) -> Self:
        """Keep what nobody has marked as done."""
        return self.filter(done_at=None)

    def expired(self, now: datetime) -> Self:
        """Keep what must be deleted: 90 days after it was done, 180 after it came."""
        is_old = models.Q(received_at__lte=now - KEPT_AT_MOST)
        return self.filter(is_old | models.Q(done_at__lte=now - KEPT_AFTER_DONE))


class Todo(models.Model):
    """Something that came in by a form."""

    submission = models.CharField(_("form"), max_length=64, unique=True, editable=False)
    received_at = models.DateTimeField(_("received at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )

    class Meta:
        abstract = True
        ordering = ("-received_at", "-pk")
