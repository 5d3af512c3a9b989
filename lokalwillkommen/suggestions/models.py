"""A German text that a partner organisation suggests for one of its own rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from standorte.models import Partner


class Outcome(models.TextChoices):
    """What became of a suggestion."""

    WAITING = "waiting", _("waits")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not accepted")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions in the words pages ask with."""

    def waiting(self) -> "SuggestionQuerySet":
        """Keep what nobody has decided yet, the oldest first."""
        return self.filter(outcome=Outcome.WAITING).order_by("suggested_at", "pk")


class Suggestion(models.Model):
    """German words for one text of one row. Accepted, they are written there; before that nobody else reads them."""

    key = models.CharField(_("text"), max_length=120)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+", verbose_name=_("partner"))
    german = models.TextField(_("suggested words"), blank=True)
    suggested_at = models.DateTimeField(_("suggested at"))
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("suggested by")
    )
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ("-suggested_at", "-pk")
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = (
            models.UniqueConstraint(
                fields=("key",),
                condition=models.Q(outcome=Outcome.WAITING),
                name="suggestion_is_the_only_one_that_waits_for_its_text",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.WAITING, decided_at=None)
                | models.Q(outcome__in=(Outcome.ACCEPTED, Outcome.REFUSED), decided_at__isnull=False),
                name="suggestion_that_is_decided_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner}: {self.key}"
