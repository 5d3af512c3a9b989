"""Every version of every text that staff write."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextVersion(models.Model):
    """One text in one language became another: who, when, before and after.

    Written by `standorte.text_history` only. It outlives the row it is about.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField(_("number of the row"))
    row = GenericForeignKey()
    field = models.CharField(_("text"), max_length=60)
    language = models.CharField(_("language"), max_length=20)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    state = models.CharField(_("state afterwards"), max_length=10)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        indexes = (models.Index(fields=("content_type", "object_id", "field"), name="text_versions_of_a_row"),)

    def __str__(self) -> str:
        return f"{self.language}: {self.after or self.before}"
