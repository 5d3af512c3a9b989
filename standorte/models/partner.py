"""Partner organisations, what they do for places, and what else they offer."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from standorte.fields import TranslatableTextField
from standorte.history import History
from standorte.models.evidence import Evidence
from standorte.models.standort import Standort, validate_partial_date
from standorte.models.tombstone import Printed, refuse_printed


class PartnerKind(models.TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("city administration")
    MUNICIPAL_FACILITY = "municipal_facility", _("facility of the city")
    WELFARE_ASSOCIATION = "welfare_association", _("welfare association")
    UMBRELLA_ASSOCIATION = "umbrella_association", _("umbrella association")
    ASSOCIATION = "association", _("association")
    PARISH = "parish", _("parish")
    RELIEF_ORGANISATION = "relief_organisation", _("relief organisation")
    EDUCATION = "education", _("educational organisation")
    INSTITUTE = "institute", _("institute")
    COMPANY = "company", _("company")
    BANK = "bank", _("bank")


class RoleKind(models.TextChoices):
    """What a partner does for a place or for the whole network."""

    RUNS = "runs", _("runs")
    HOSTS = "hosts", _("hosts")
    FUNDS = "funds", _("funds")


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Partners in the words pages ask with."""

    def published(self) -> "PartnerQuerySet":
        """Keep what residents may see."""
        return self.filter(is_published=True)


class Partner(Evidence):
    """An organisation that runs, hosts or funds something in the network."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address of its page"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PartnerKind)
    website = models.URLField(_("website"), blank=True)
    description = TranslatableTextField(_("description"))
    is_first_address = models.BooleanField(
        _("first address for newcomers"), default=False, help_text=_("It is named wherever we cannot help ourselves.")
    )
    is_published = models.BooleanField(_("published"), default=True)

    objects = PartnerQuerySet.as_manager()
    history = History()

    class Meta(Evidence.Meta):
        ordering = ("name",)
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = (
            *Evidence.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=PartnerKind.values), name="partner_has_a_known_kind"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner:detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address that stands on paper for something else."""
        super().clean()
        refuse_printed(Printed.PARTNER, self.slug, self.pk)


class PartnerRoleQuerySet(models.QuerySet["PartnerRole"]):
    """Roles in the words pages ask with."""

    def visible(self) -> "PartnerRoleQuerySet":
        """Keep roles whose partner and place residents may see."""
        published_place = models.Q(standort=None) | models.Q(standort__is_published=True)
        return self.filter(published_place, partner__is_published=True)


class PartnerRole(Evidence):
    """A partner runs, hosts or funds a place; without a place, the whole network."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="roles", verbose_name=_("partner"))
    standort = models.ForeignKey(
        Standort, on_delete=models.CASCADE, null=True, blank=True, related_name="roles", verbose_name=_("place")
    )
    kind = models.CharField(_("role"), max_length=5, choices=RoleKind)

    objects = PartnerRoleQuerySet.as_manager()
    history = History()

    class Meta(Evidence.Meta):
        ordering = ("kind", "partner", "standort")
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                fields=("partner", "standort", "kind"), name="partner_has_a_role_once_at_a_standort"
            ),
            models.UniqueConstraint(
                fields=("partner", "kind"),
                condition=models.Q(standort=None),
                name="partner_has_a_role_once_in_the_whole_network",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=RoleKind.values), name="role_is_a_known_one"),
        )

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_kind_display()} {self.standort or ''}".strip()


class Offer(Evidence):
    """Something a partner offers beside the network, in words."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="offers", verbose_name=_("partner"))
    title = TranslatableTextField(_("offer"), blank=False)
    stadtteil = models.CharField(_("neighbourhood"), max_length=80, blank=True)
    since = models.CharField(
        _("since"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("2018, 2018-02 or 2018-02-09"),
    )

    history = History()

    class Meta(Evidence.Meta):
        ordering = ("partner", "pk")
        verbose_name = _("further offer")
        verbose_name_plural = _("further offers")

    def __str__(self) -> str:
        return str(self.title)
