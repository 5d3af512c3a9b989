"""What people come for."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from standorte.fields import TranslatableTextField
from standorte.history import History
from standorte.models import Evidence


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics in the words pages ask with."""

    def listed(self) -> "TopicQuerySet":
        """Keep what may be named to everybody: who chooses a sensitive topic from a list may be watched."""
        return self.filter(is_sensitive=False)


class Topic(Evidence):
    """Something people come for, in residents' words."""

    name = TranslatableTextField(_("name"), blank=False)
    slug = models.SlugField(_("address of its page"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("People who ask about it may be watched by somebody.")
    )

    objects = TopicQuerySet.as_manager()
    history = History()

    class Meta(Evidence.Meta):
        ordering = ("position", "slug")
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("sprechstunden:topic", args=[self.slug])
