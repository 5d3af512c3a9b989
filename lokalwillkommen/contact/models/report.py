"""Reports that a door was closed, or that something on the page of a place is wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.contact.models.todo import Todo, TodoQuerySet
from sprechstunden.models import Sprechstunde
from standorte.models import Standort


class ReportKind(models.TextChoices):
    """What somebody found; its value is sent by the form."""

    CLOSED = "zu", _("The door was closed")
    WRONG = "falsch", _("Something is wrong here")


class ReportQuerySet(TodoQuerySet["Report"]):
    """Reports in the words staff and commands ask with."""


class Report(Todo):
    """What somebody found at a place on a day, without a word about who."""

    kind = models.CharField(_("what happened"), max_length=6, choices=ReportKind)
    standort = models.ForeignKey(
        Standort, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    sprechstunde = models.ForeignKey(
        Sprechstunde, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("offer")
    )
    day = models.DateField(_("day"), null=True, blank=True)
    text = models.TextField(_("in their words"), blank=True)
    # Tells two people apart for a day, then it is emptied.
    mark = models.CharField(max_length=64, blank=True, editable=False)
    is_backed = models.BooleanField(_("two people say so"), default=False, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta(Todo.Meta):
        verbose_name = _("report from people")
        verbose_name_plural = _("reports from people")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(standort__isnull=False) | models.Q(sprechstunde__isnull=False),
                name="report_is_about_a_standort_or_a_sprechstunde",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ReportKind.values), name="report_has_a_known_kind"),
        )

    def __str__(self) -> str:
        # Ends up in the admin's history: nothing of what was written.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def where(self) -> str:
        """Name the place, or the offer where its place is not known."""
        return str(self.standort or self.sprechstunde)
