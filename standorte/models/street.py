"""Streets, where a list of them has been imported."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from standorte.models.stadtbezirk import Stadtbezirk

LONGEST_NAME, LONGEST_STADTTEIL = 120, 80


class Street(models.Model):
    """A street, or the part of it in one postal code and one Stadtbezirk; only `import_streets` writes it."""

    name = models.CharField(_("street"), max_length=LONGEST_NAME)
    folded = models.CharField(max_length=LONGEST_NAME)  # as finding.fold_street writes the name
    postal_code = models.CharField(
        _("postal code"), max_length=5, validators=[RegexValidator(r"^[0-9]{5}$", _("Five digits, please."))]
    )
    stadtbezirk = models.ForeignKey(
        Stadtbezirk, on_delete=models.CASCADE, related_name="streets", verbose_name=_("city district")
    )
    # As the list words it: there is no official list of these names, so one may be missing among ours.
    stadtteil = models.CharField(_("neighbourhood"), max_length=LONGEST_STADTTEIL, blank=True)

    class Meta:
        ordering = ("name", "postal_code", "stadtbezirk", "stadtteil")
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        constraints = (
            models.UniqueConstraint(
                fields=("name", "postal_code", "stadtbezirk", "stadtteil"), name="street_stands_once_in_each_area"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.postal_code}"
