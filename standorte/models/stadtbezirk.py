"""City districts, the names people use for where they live, and postal codes."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from standorte.history import History
from standorte.models.evidence import Evidence


class Stadtbezirk(Evidence):
    """One of the twelve city districts; one office is responsible for each."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address of its page"), unique=True)
    office = models.ForeignKey(
        "standorte.Standort",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stadtbezirke",
        limit_choices_to={"kind": "office"},
        verbose_name=_("responsible office"),
    )

    history = History()

    class Meta(Evidence.Meta):
        ordering = ("name",)
        verbose_name = _("city district")
        verbose_name_plural = _("city districts")

    def __str__(self) -> str:
        return self.name


class Certainty(models.TextChoices):
    """How sure it is that a postal code reaches into a district."""

    SURE = "sure", _("sure")
    POSSIBLE = "possible", _("possible")
    DERIVED = "derived", _("derived from the centre point only")


class PostalCode(Evidence):
    """A postal code and the centre of its area; the borders are not known."""

    code = models.CharField(
        _("postal code"),
        max_length=5,
        primary_key=True,
        validators=[RegexValidator(r"^[0-9]{5}$", _("Five digits, please."))],
    )
    latitude = models.DecimalField(_("latitude of the centre"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude of the centre"), max_digits=8, decimal_places=5)
    stadtbezirke: "models.ManyToManyField[Stadtbezirk, PostalCodeArea]" = models.ManyToManyField(
        Stadtbezirk, through="PostalCodeArea", related_name="postal_codes", verbose_name=_("city districts")
    )

    history = History()

    class Meta(Evidence.Meta):
        ordering = ("code",)
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")

    def __str__(self) -> str:
        return self.code


class PostalCodeArea(models.Model):
    """A postal code reaches into a district, with a certainty."""

    postal_code = models.ForeignKey(PostalCode, on_delete=models.CASCADE, related_name="areas")
    stadtbezirk = models.ForeignKey(
        Stadtbezirk, on_delete=models.CASCADE, related_name="postal_code_areas", verbose_name=_("city district")
    )
    certainty = models.CharField(_("certainty"), max_length=8, choices=Certainty)

    history = History()

    class Meta:
        ordering = ("postal_code", "stadtbezirk")
        verbose_name = _("area of a postal code")
        verbose_name_plural = _("areas of a postal code")
        constraints = (
            models.UniqueConstraint(fields=("postal_code", "stadtbezirk"), name="postal_code_names_a_stadtbezirk_once"),
            models.CheckConstraint(
                condition=models.Q(certainty__in=Certainty.values), name="postal_code_area_has_a_known_certainty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.postal_code_id} {self.stadtbezirk}"


class Stadtteil(Evidence):
    """A name people use for where they live. There is no official list below the Stadtbezirk."""

    name = models.CharField(_("name"), max_length=80)
    stadtbezirk = models.ForeignKey(
        Stadtbezirk, on_delete=models.PROTECT, related_name="stadtteile", verbose_name=_("city district")
    )
    statistical_district = models.CharField(_("statistical district"), max_length=80, blank=True)
    other_names = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("One per line: other spellings, old names, names in other scripts."),
    )
    postal_codes: "models.ManyToManyField[PostalCode, models.Model]" = models.ManyToManyField(
        PostalCode, blank=True, related_name="stadtteile", verbose_name=_("postal codes")
    )

    history = History(m2m_fields=("postal_codes",))

    class Meta(Evidence.Meta):
        ordering = ("name", "stadtbezirk")
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        constraints = (
            *Evidence.Meta.constraints,
            models.UniqueConstraint(fields=("stadtbezirk", "name"), name="stadtteil_name_is_unique_in_its_stadtbezirk"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Give the name and its other spellings."""
        return (self.name, *self.other_names.splitlines())
