"""Partners that take part in an offer beside whoever is responsible for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sprechstunden.models.sprechstunde import Sprechstunde
from standorte.history import History
from standorte.models import Evidence, Partner


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Participations in the words pages ask with."""

    def visible(self) -> "ParticipationQuerySet":
        """Keep those whose partner residents may see; offers are asked for by themselves."""
        return self.filter(partner__is_published=True)


class Participation(Evidence):
    """A partner takes part in an offer, as a source says."""

    sprechstunde = models.ForeignKey(
        Sprechstunde, on_delete=models.CASCADE, related_name="participations", verbose_name=_("offer")
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="participations", verbose_name=_("partner")
    )

    objects = ParticipationQuerySet.as_manager()
    history = History()

    class Meta(Evidence.Meta):
        ordering = ("partner__name",)
        verbose_name = _("offer it takes part in")
        verbose_name_plural = _("offers it takes part in")
        constraints = (
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                fields=("sprechstunde", "partner"), name="partner_takes_part_once_in_a_sprechstunde"
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner}: {self.sprechstunde}"
