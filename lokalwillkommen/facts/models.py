"""The network's figures, and what the data files last said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from standorte.history import History
from standorte.models import Evidence, Standort
from standorte.models.standort import validate_partial_date


class Unit(models.TextChoices):
    """What is counted. Different units are never added up."""

    PEOPLE = "people", _("people")
    HOUSEHOLDS = "households", _("households")
    CONTACTS = "contacts", _("contacts")
    CONSULTATIONS = "consultations", _("consultations")
    CLIENTS_PER_YEAR = "clients_per_year", _("clients a year")
    NETWORK_MEETINGS = "network_meetings", _("network meetings")
    OFFERS = "offers", _("offers")
    PLACES_PLANNED = "places_planned", _("flexible places planned")
    PLACES_OPENED = "places_opened", _("flexible places opened")
    WEEKS_WAITING = "weeks_waiting", _("weeks of waiting for an appointment")


class Qualifier(models.TextChoices):
    """How the source limits a number."""

    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    UP_TO = "up_to", _("up to")


class FigureQuerySet(models.QuerySet["Figure"]):
    """Figures in the words pages ask with."""

    def published(self) -> "FigureQuerySet":
        """Keep those of the whole network and of places that residents may see."""
        return self.filter(models.Q(standort=None) | models.Q(standort__is_published=True))


class Figure(Evidence):
    """A number about the network as its source words it."""

    key = models.SlugField(_("key in the data files"), unique=True, null=True, blank=True, editable=False)
    standort = models.ForeignKey(
        Standort,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("place"),
        help_text=_("Empty: the whole network."),
    )
    period_first = models.CharField(_("period from"), max_length=10, blank=True, validators=[validate_partial_date])
    period_last = models.CharField(_("period until"), max_length=10, blank=True, validators=[validate_partial_date])
    qualifier = models.CharField(_("wording"), max_length=9, choices=Qualifier, default=Qualifier.EXACTLY)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=16, choices=Unit)

    objects = FigureQuerySet.as_manager()
    history = History()

    class Meta(Evidence.Meta):
        ordering = ("period_first", "period_last", "pk")
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = (
            *Evidence.Meta.constraints,
            models.CheckConstraint(condition=models.Q(unit__in=Unit.values), name="figure_has_a_known_unit"),
            models.CheckConstraint(
                condition=models.Q(qualifier__in=Qualifier.values), name="figure_has_a_known_qualifier"
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} {self.get_unit_display()}"


class LoadedFact(models.Model):
    """What a data file last said about one record and how the row then stood, to see what staff have changed since."""

    key = models.CharField(max_length=200, primary_key=True)
    values_in_file = models.JSONField()
    values_loaded = models.JSONField()

    class Meta:
        verbose_name = _("loaded fact")
        verbose_name_plural = _("loaded facts")

    def __str__(self) -> str:
        return self.key
