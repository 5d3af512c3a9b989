"""Mails to staff: written in one transaction with what they tell about, sent by `send_mails`."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# How long to wait after each failed attempt; after the last the mail has failed, and the admin says so.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
TOO_LATE = timedelta(hours=1)
KEPT_AFTER_SENDING = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=180)
# Stands in a text where a secret key belongs, which is made when the mail is sent: no row ever holds it.
KEY = "[key]"
KEY_HOLDS = timedelta(days=14)


class MailState(models.TextChoices):
    """How far a mail is."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails in the words commands and pages ask with."""

    def due(self, now: datetime) -> "MailQuerySet":
        """Keep what is to be sent now, oldest first."""
        return self.filter(state=MailState.WAITING, next_attempt_at__lte=now).order_by("pk")

    def troubled(self, now: datetime) -> "MailQuerySet":
        """Keep what somebody should look after: failed, or written an hour ago and still not sent."""
        is_late = models.Q(state=MailState.WAITING, created_at__lte=now - TOO_LATE)
        return self.filter(is_late | models.Q(state=MailState.FAILED))

    def with_key(self, digest: str, now: datetime) -> "MailQuerySet":
        """Keep the mail whose key has a digest, as long as the key holds."""
        return self.filter(key_hash=digest, created_at__gt=now - KEY_HOLDS).exclude(key_hash="")

    def with_old_key(self, now: datetime) -> "MailQuerySet":
        """Keep the mails whose key no longer holds but is still known."""
        return self.filter(created_at__lte=now - KEY_HOLDS).exclude(key_hash="")

    def expired(self, now: datetime) -> "MailQuerySet":
        """Keep what must be deleted."""
        was_sent = models.Q(sent_at__lte=now - KEPT_AFTER_SENDING)
        return self.filter(was_sent | models.Q(created_at__lte=now - KEPT_AT_MOST))


class Mail(models.Model):
    """A mail to staff. It never holds what people wrote: only that something waits, and where."""

    recipient = models.EmailField(_("to"), blank=True)
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("written at"))
    state = models.CharField(_("state"), max_length=7, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    key_hash = models.CharField(max_length=64, blank=True, editable=False)  # SHA-256 of the key that was sent
    fault = models.CharField(_("what went wrong"), max_length=80, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("mail to staff")
        verbose_name_plural = _("mails to staff")
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_has_a_known_state"),
            models.CheckConstraint(
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | ~models.Q(state=MailState.SENT) & models.Q(sent_at=None),
                name="mail_that_is_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(recipient="") | models.Q(state=MailState.FAILED),
                name="mail_without_a_recipient_has_failed",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
