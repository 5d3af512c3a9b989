"""What the self-check of all dates found."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _


class Difference(TypedDict):
    """A date about which the engine and the second computation do not agree; without a day: times that are no rule.

    Without an offer (0) it is about a closure.
    """

    offer: int
    name: str
    day: str
    engine: str
    second: str


class DateCheck(models.Model):
    """One run of the self-check. Only the newest are kept."""

    TOO_OLD = timedelta(days=2)

    checked_at = models.DateTimeField(_("checked at"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    offers = models.PositiveIntegerField(_("offers"))
    dates = models.PositiveIntegerField(_("dates"))
    difference_count = models.PositiveIntegerField(_("differences"))
    # The first of them: one fault of the engine can make thousands.
    differences = models.JSONField(_("differences"), default=list)

    class Meta:
        ordering = ("-checked_at", "-pk")
        verbose_name = _("check of all dates")
        verbose_name_plural = _("checks of all dates")

    def __str__(self) -> str:
        return f"{self.first:%d.%m.%Y} – {self.last:%d.%m.%Y}"

    def is_too_old(self, now: datetime) -> bool:
        """Tell whether nobody can rely on it any more."""
        return now - self.checked_at > self.TOO_OLD
