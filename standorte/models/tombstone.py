"""Addresses that were printed on paper and lead to nothing any more."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Printed(StrEnum):
    """What has an address that people print."""

    PLACE = "place"
    PARTNER = "partner"
    OFFER = "offer"


class Tombstone(models.Model):
    """What was at an address, and at which address of the same kind it goes on, if it does."""

    kind = models.CharField(_("kind"), max_length=7)
    address = models.CharField(_("address of its page"), max_length=60, help_text=_("Its last part only."))
    row = models.CharField(_("number of the row"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    gone_at = models.DateTimeField(_("gone since"))
    successor = models.CharField(_("goes on at"), max_length=60, blank=True)
    has_moved = models.BooleanField(_("is the same thing at another address"), default=False)

    class Meta:
        ordering = ("-gone_at", "-pk")
        verbose_name = _("address that is gone")
        verbose_name_plural = _("addresses that are gone")
        constraints = (
            models.UniqueConstraint(fields=("kind", "address"), name="tombstone_stands_once_at_an_address"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Printed]), name="tombstone_has_a_known_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.address})"


def refuse_printed(kind: Printed, address: str, row: object) -> None:
    """Refuse an address that stands on paper for something else; one query."""
    taken = Tombstone.objects.filter(kind=kind, address=address).exclude(row=str(row or "")).first()
    if taken:
        sentence = _("This address stands on paper for “%(name)s”. Please choose another.")
        raise ValidationError({"slug": ValidationError(sentence, params={"name": taken.name})})
