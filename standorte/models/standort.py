"""Places where people are met."""

from collections.abc import Iterator
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from standorte.address import is_phone, partial_date, tel_uri
from standorte.fields import LanguageCodesField, TranslatableTextField
from standorte.history import History
from standorte.models.evidence import Evidence
from standorte.models.stadtbezirk import Stadtbezirk, Stadtteil
from standorte.models.tombstone import Printed, refuse_printed

# Their addresses are taken: /kalender/alle.ics is the calendar of all places.
RESERVED_SLUGS = frozenset({"alle"})


class Kind(models.TextChoices):
    """What a place is to the network."""

    OFFICE = "office", _("office")
    OUTREACH = "outreach", _("outreach consultation")
    FLEXIBLE = "flexible", _("flexible place")
    VENUE = "venue", _("somebody else's room")


class Answer(models.TextChoices):
    """An answer that may be missing: not known is never "no"."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known")


class FactGroup(models.TextChoices):
    """Facts of a place that come from one source and are confirmed together."""

    GENERAL = "general", _("name, kind, districts")
    ADDRESS = "address", _("address")
    CONTACT = "contact", _("phone and e-mail")
    LANGUAGES = "languages", _("languages spoken")
    ACCESS = "access", _("access")


def validate_phone(number: str) -> None:
    """Refuse what nobody could dial."""
    if not is_phone(number):
        raise ValidationError(_("Please write the number with its area code, for example 0231 123456."))


def validate_partial_date(text: str) -> None:
    """Refuse what is neither a year, a month nor a day."""
    if partial_date(text) is None:
        raise ValidationError(_("Please write 2018, 2018-02 or 2018-02-09."))


class StandortQuerySet(models.QuerySet["Standort"]):
    """Places in the words pages ask with."""

    def published(self) -> "StandortQuerySet":
        """Keep what residents may see."""
        return self.filter(is_published=True)

    def offices(self) -> "StandortQuerySet":
        """Keep the offices of the network."""
        return self.filter(kind=Kind.OFFICE)

    def for_people_from(self, stadtbezirk: Stadtbezirk) -> "StandortQuerySet":
        """Keep places that stand in a district, answer for it, or are for one of its neighbourhoods."""
        there = models.Q(stadtbezirk=stadtbezirk) | models.Q(stadtbezirke=stadtbezirk)
        return self.filter(there | models.Q(serves__stadtbezirk=stadtbezirk)).distinct()

    def for_lists(self) -> "StandortQuerySet":
        """Fetch with a fixed number of queries what a list shows of each place."""
        return self.select_related("office", "stadtbezirk").prefetch_related("stadtbezirke")

    def for_pages(self) -> "StandortQuerySet":
        """Fetch with a fixed number of queries what a page shows of a place."""
        return self.select_related("stadtbezirk", "office").prefetch_related(
            "phones",
            "evidence",
            "stadtbezirke",
            "serves",
        )


class Standort(models.Model):
    """A place where people are met: one of the seven offices, or a room the team comes to."""

    # Fields whose names stand on pages, each with an Answer; so their names are translated for readers.
    named_to_readers: ClassVar = ("step_free", "lift", "accessible_toilet")

    name = models.CharField(
        _("name"), max_length=80, unique=True, help_text=_("Short, as people say it: Mengede/Huckarde.")
    )
    other_name = models.CharField(_("also called"), max_length=80, blank=True)
    slug = models.SlugField(
        _("address of its page"), unique=True, help_text=_("It is printed on paper: please do not change it.")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    office = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outreach",
        limit_choices_to={"kind": Kind.OFFICE},
        verbose_name=_("office whose team comes here"),
    )
    stadtbezirk = models.ForeignKey(
        Stadtbezirk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standorte",
        verbose_name=_("city district it stands in"),
    )
    serves: "models.ManyToManyField[Stadtteil, models.Model]" = models.ManyToManyField(
        Stadtteil, blank=True, related_name="standorte", verbose_name=_("neighbourhoods it is for")
    )
    building = TranslatableTextField(
        _("building"), help_text=_("What it says on the door, for example the name of the house.")
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{5}$", _("Five digits, please."))],
    )
    postal_code_stated = models.BooleanField(
        _("postal code is stated with the address"),
        default=True,
        help_text=_("Not ticked: it was added from the neighbourhood, and the page says so."),
    )
    city = models.CharField(_("city"), max_length=60, default="Dortmund")
    directions = TranslatableTextField(_("how to find it"), help_text=_("Entrance, floor, bell, nearest stop."))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    email = models.EmailField(
        _("e-mail of the place"), blank=True, help_text=_("No address of a person: it must stay when people change.")
    )
    languages = LanguageCodesField(_("languages spoken"), help_text=_("Tick none if it is not known."))
    step_free = models.CharField(_("step-free entrance"), max_length=7, choices=Answer, default=Answer.UNKNOWN)
    lift = models.CharField(_("lift"), max_length=7, choices=Answer, default=Answer.UNKNOWN)
    accessible_toilet = models.CharField(_("accessible toilet"), max_length=7, choices=Answer, default=Answer.UNKNOWN)
    access_checked_on = models.DateField(_("access checked on"), null=True, blank=True)
    opened = models.CharField(
        _("opened"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("2018, 2018-02 or 2018-02-09"),
    )
    is_published = models.BooleanField(_("published"), default=True)
    modified_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = StandortQuerySet.as_manager()
    history = History(m2m_fields=("serves",))

    class Meta:
        ordering = ("name",)
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="standort_has_a_known_kind"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=(Kind.OUTREACH, Kind.FLEXIBLE)) | models.Q(office__isnull=False),
                name="standort_with_a_visiting_team_names_its_office",
                violation_error_message=_("Please choose the office whose team comes here."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.OFFICE) | models.Q(office=None),
                name="standort_that_is_an_office_has_no_other_office",
                violation_error_message=_("An office is its own team: leave the other office empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(step_free=Answer.UNKNOWN, lift=Answer.UNKNOWN, accessible_toilet=Answer.UNKNOWN)
                | models.Q(access_checked_on__isnull=False),
                name="standort_with_known_access_has_a_day_of_check",
                violation_error_message=_("Please say on which day the access was checked."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    step_free__in=Answer.values, lift__in=Answer.values, accessible_toilet__in=Answer.values
                ),
                name="standort_has_known_access_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="standort_has_both_coordinates_or_none",
                violation_error_message=_("Please give both coordinates or none."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("standorte:detail", args=[self.slug])

    def clean(self) -> None:
        """Refuse an office that is none, and an address that means something else."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is that of all places together. Please choose another.")})
        refuse_printed(Printed.PLACE, self.slug, self.pk)
        if self.office and self.office.kind != Kind.OFFICE:
            raise ValidationError({"office": _("This place is not an office.")})

    @property
    def city_line(self) -> str:
        """Give the second line of a postal address."""
        return f"{self.postal_code} {self.city}".strip()

    @property
    def evidence_by_group(self) -> dict[str, "StandortEvidence"]:
        """Give the evidence of each group of facts that has one."""
        return {evidence.group: evidence for evidence in self.evidence.all()}

    def access_answers(self) -> Iterator[tuple[str, Answer]]:
        """Give the name and answer of each access fact, not known ones included."""
        for name in self.named_to_readers:
            yield str(self._meta.get_field(name).verbose_name), Answer(getattr(self, name))  # type: ignore[union-attr]


class Phone(models.Model):
    """A phone number of a place."""

    standort = models.ForeignKey(Standort, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("number"), max_length=30, validators=[validate_phone])

    history = History()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("phone number")
        verbose_name_plural = _("phone numbers")
        constraints = (
            models.UniqueConstraint(fields=("standort", "number"), name="phone_number_stands_once_at_a_standort"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def uri(self) -> str:
        """Give the address a phone can dial."""
        return tel_uri(self.number)


class StandortEvidence(Evidence):
    """The evidence of one group of facts of a place."""

    standort = models.ForeignKey(Standort, on_delete=models.CASCADE, related_name="evidence")
    group = models.CharField(_("facts"), max_length=9, choices=FactGroup)

    history = History()

    class Meta(Evidence.Meta):
        ordering = ("standort", "group")
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = (
            *Evidence.Meta.constraints,
            models.UniqueConstraint(fields=("standort", "group"), name="standort_has_one_evidence_per_group"),
            models.CheckConstraint(condition=models.Q(group__in=FactGroup.values), name="evidence_has_a_known_group"),
        )

    def __str__(self) -> str:
        return f"{self.standort}: {self.get_group_display()}"
