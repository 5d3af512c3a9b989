"""Where a fact comes from and whether somebody confirmed it."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from standorte import clock
from standorte.freshness import Freshness, counts_since, freshness

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

OWN_SOURCE = "lokal willkommen"


def is_confirmed_on(day: date) -> models.Q:
    """Give the condition for rows whose confirmation counts on a day, as `is_confirmed` tells for one."""
    return models.Q(confirmed_on__gte=counts_since(day))


class Evidence(models.Model):
    """Source, age and confirmation of a group of facts; inherited by what carries them."""

    source = models.TextField(
        _("source"), blank=True, max_length=600, help_text=_("An address on the web, or words such as “call of 3 May”.")
    )
    as_of = models.CharField(
        _("as of"),
        max_length=60,
        blank=True,
        help_text=_("As the source words it: 2018, ca. 2018, 2018-03-09. Empty means undated."),
    )
    as_of_earliest = models.DateField(_("earliest day that can mean"), null=True, blank=True)
    as_of_latest = models.DateField(_("latest day that can mean"), null=True, blank=True)
    stated = models.BooleanField(
        _("stated in the source"),
        default=True,
        help_text=_("Not ticked: derived from something else, or told indirectly."),
    )
    note = models.TextField(
        _("note for staff"),
        blank=True,
        help_text=_("Doubts and contradictions. Not public. Write nothing about a person."),
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=models.Q(as_of_earliest__lte=models.F("as_of_latest")),
                name="%(class)s_as_of_begins_before_it_ends",
                violation_error_message=_("The earliest day comes after the latest day."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | models.Q(confirmed_on__isnull=False),
                name="%(class)s_confirmed_by_somebody_has_a_day",
            ),
        )

    @property
    def is_confirmed(self) -> bool:
        """Tell whether staff have confirmed these facts, and lately enough for those who read now."""
        return self.freshness.counts

    @property
    def freshness(self) -> Freshness:
        """Tell how much their confirmation is worth to those who read now."""
        return self.freshness_on(clock.today())

    def freshness_on(self, day: date) -> Freshness:
        """Tell how much their confirmation is worth on a day."""
        return freshness(self.confirmed_on, day)

    @property
    def sureness(self) -> tuple[int, str, bool]:
        """Give what a list is sorted and grouped by: what was confirmed last first, then by age in words."""
        return -self.confirmed_on.toordinal() if self.confirmed_on else 0, self.as_of, self.stated

    def confirm(self, on: date, by: "AbstractBaseUser | None") -> None:
        """Note who confirmed on which day; the caller saves."""
        self.confirmed_on = on
        self.confirmed_by = by  # type: ignore[assignment]  # the user model is swappable, the app knows none

    def state_own(self, on: date, by: "AbstractBaseUser") -> None:
        """Note that staff stated these facts themselves on a day, which also confirms them; the caller saves."""
        self.source = OWN_SOURCE
        self.as_of = on.isoformat()
        self.as_of_earliest = self.as_of_latest = on
        self.stated = True
        self.confirm(on, by)
