"""What people should know for some days, such as that an office moves."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from standorte.fields import TranslatableTextField
from standorte.history import History
from standorte.models import Standort


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices in the words pages ask with."""

    def in_force(self, day: date) -> "NoticeQuerySet":
        """Keep those that are shown on a day in Dortmund; their first and last day are included."""
        return self.filter(first__lte=day, last__gte=day)

    def since(self, day: date) -> "NoticeQuerySet":
        """Keep those that are shown on a day or later, the day included."""
        return self.filter(last__gte=day)


class Notice(models.Model):
    """Shown from the first to the last day, both included: on every page, or on those of some places."""

    text = TranslatableTextField(
        _("notice"),
        blank=False,
        # A page must stay small, and who is under stress reads two sentences, not ten.
        longest=300,
        help_text=_("Public. What changes, and what people should do now, in short sentences."),
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"), help_text=_("On the day after it the notice disappears by itself."))
    whole_network = models.BooleanField(_("the whole network"), default=False, help_text=_("Stands on every page."))
    standorte: "models.ManyToManyField[Standort, models.Model]" = models.ManyToManyField(
        Standort, blank=True, related_name="notices", verbose_name=_("places")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = NoticeQuerySet.as_manager()
    history = History(m2m_fields=("standorte",))

    class Meta:
        ordering = ("-last", "-pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")),
                name="notice_first_day_is_not_after_its_last",
                violation_error_message=_("The last day comes before the first day."),
            ),
        )

    def __str__(self) -> str:
        return str(self.text)
