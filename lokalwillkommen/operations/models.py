"""When the daily work was done."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyRun(models.Model):
    """One run of `daily`, and which of its parts failed. Only the newest are kept."""

    TOO_OLD = timedelta(days=2)

    started_at = models.DateTimeField(_("started at"))
    # Names of commands, in the order in which they ran.
    failed = models.JSONField(_("what failed"), default=list)

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = _("run of the daily work")
        verbose_name_plural = _("runs of the daily work")

    def __str__(self) -> str:
        return f"{self.started_at:%d.%m.%Y}"

    def is_too_old(self, now: datetime) -> bool:
        """Tell whether somebody should find out why it runs no more."""
        return now - self.started_at > self.TOO_OLD
