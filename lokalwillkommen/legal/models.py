"""What administration writes on the legal pages."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.legal.sections import Section
from standorte.fields import TranslatableTextField
from standorte.history import History


class LegalText(models.Model):
    """One detail of the legal pages, in every language; without words its place says that they are missing."""

    section = models.CharField(_("detail"), max_length=20, choices=Section, unique=True)
    text = TranslatableTextField(_("text"), longest=3000)
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

    history = History()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(section__in=Section.values), name="legal_text_is_about_a_known_detail"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_section_display())
