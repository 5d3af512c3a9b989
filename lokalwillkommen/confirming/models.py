"""Where offices are asked by mail to confirm their facts, and what came of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.contact.models import Mail
from standorte.models import Kind, Standort

# Longer than a confirmation counts, so that who confirmed what can be told as long as it does.
KEPT = timedelta(days=365)


class OfficeAddress(models.Model):
    """The address at which an office is asked once a month; only after an administrator has checked it."""

    office = models.OneToOneField(
        Standort,
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"kind": Kind.OFFICE},
        verbose_name=_("office"),
    )
    email = models.EmailField(
        _("e-mail address"), help_text=_("No address of a person: it must stay when people change.")
    )
    is_verified = models.BooleanField(
        _("checked"),
        default=False,
        help_text=_(
            "Tick it when you know that mails to this address reach this office and nobody else: whoever gets them can"
            " confirm facts without logging in."
        ),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    asked_on = models.DateField(_("last asked on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("office",)
        permissions = (("verify_officeaddress", _("Can check addresses for confirming")),)
        verbose_name = _("address for confirming")
        verbose_name_plural = _("addresses for confirming")

    def __str__(self) -> str:
        return f"{self.office}: {self.email}"


class ConfirmationRequestQuerySet(models.QuerySet["ConfirmationRequest"]):
    """Requests in the words commands and pages ask with."""

    def expired(self, now: datetime) -> "ConfirmationRequestQuerySet":
        """Keep what must be deleted."""
        return self.filter(created_at__lte=now - KEPT)


class ConfirmationRequest(models.Model):
    """What an office was asked to confirm, and what somebody confirmed who got the mail.

    The key of its link is known to nobody but the mail that was sent: its digest stands at the mail (`Mail.key_hash`).
    """

    office = models.ForeignKey(Standort, on_delete=models.CASCADE, related_name="+", verbose_name=_("office"))
    email = models.EmailField(_("e-mail address"))
    mail = models.OneToOneField(Mail, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("mail"))
    # Of the facts as the mail listed them.
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed = models.JSONField(_("what was confirmed"), default=list, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("confirmation by mail")
        verbose_name_plural = _("confirmations by mail")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, confirmed=[]) | models.Q(confirmed_at__isnull=False),
                name="confirmation_of_something_has_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.office}, {self.email}"
