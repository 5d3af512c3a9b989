"""An offer that keeps its identity and its address for ever."""

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sprechstunden.models.topic import Topic
from sprechstunden.things import ThingsToBringField
from standorte.fields import TranslatableTextField
from standorte.history import History
from standorte.models import Answer, Kind, Partner, Standort


class SprechstundeKind(models.TextChoices):
    """How people get help there."""

    DROP_IN = "drop_in", pgettext_lazy("kind of offer", "consultation hour")
    BY_APPOINTMENT = "by_appointment", pgettext_lazy("kind of offer", "consultation by appointment")
    PHONE = "phone", pgettext_lazy("kind of offer", "consultation by phone")
    MEETING_PLACE = "meeting_place", pgettext_lazy("kind of offer", "meeting place")
    EVENT = "event", pgettext_lazy("kind of offer", "event")


# Design rule: only these can make a place open; appointment and phone hours are named as such.
OPENING_KINDS = frozenset({SprechstundeKind.DROP_IN, SprechstundeKind.MEETING_PLACE, SprechstundeKind.EVENT})


# People come to these with any question.
ADVISING_KINDS = (SprechstundeKind.DROP_IN, SprechstundeKind.BY_APPOINTMENT, SprechstundeKind.PHONE)


class SprechstundeQuerySet(models.QuerySet["Sprechstunde"]):
    """Offers in the words pages ask with."""

    def published(self) -> "SprechstundeQuerySet":
        """Keep what residents may see; what a partner offers goes with the partner."""
        return self.filter(models.Q(partner=None) | models.Q(partner__is_published=True), is_published=True)

    def of_partner(self, partner: Partner) -> "SprechstundeQuerySet":
        """Keep what a partner answers for or takes part in, as far as it has times at a place residents may see."""
        has_times = models.Q(schedules__standort__is_published=True)
        has_times |= models.Q(schedules__standort=None, schedules__isnull=False)
        mine = models.Q(partner=partner) | models.Q(participations__partner=partner)
        return self.filter(pk__in=self.filter(has_times, mine).values("pk"))

    def serving(self, topic: Topic) -> "SprechstundeQuerySet":
        """Keep offers for a topic; advice that names no topics serves all of them, a café or an event does not."""
        # No offer twice: either it has no topics, or this one once.
        return self.filter(models.Q(topics=None, kind__in=ADVISING_KINDS) | models.Q(topics=topic))


class Sprechstunde(models.Model):
    """An offer: a consultation hour, a café, an event. Its times are in its schedules."""

    key = models.SlugField(_("key in the data files"), unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=SprechstundeKind, default=SprechstundeKind.DROP_IN)
    title = TranslatableTextField(
        _("name"), help_text=_("Only if it has a name of its own, for example a café. Else the kind is shown.")
    )
    office = models.ForeignKey(
        Standort,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sprechstunden",
        limit_choices_to={"kind": Kind.OFFICE},
        verbose_name=_("responsible office"),
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sprechstunden",
        verbose_name=_("responsible partner"),
        help_text=_("Office or partner, not both."),
    )
    walk_in = models.CharField(_("without an appointment"), max_length=7, choices=Answer, default=Answer.UNKNOWN)
    topics: "models.ManyToManyField[Topic, models.Model]" = models.ManyToManyField(
        Topic, blank=True, related_name="sprechstunden", verbose_name=_("topics")
    )
    bring = ThingsToBringField(_("what to bring"), help_text=_("Tick none if it is not known."))
    is_published = models.BooleanField(_("published"), default=True)
    modified_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = SprechstundeQuerySet.as_manager()
    history = History(m2m_fields=("topics",))

    class Meta:
        ordering = ("pk",)
        verbose_name = _("consultation hour or offer")
        verbose_name_plural = _("consultation hours and offers")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(office=None) | models.Q(partner=None),
                name="sprechstunde_has_an_office_or_a_partner_not_both",
                violation_error_message=_("Please choose a responsible office or a partner, not both."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=SprechstundeKind.values), name="sprechstunde_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(walk_in__in=Answer.values), name="sprechstunde_has_a_known_walk_in_answer"
            ),
        )

    def __str__(self) -> str:
        return str(self.title) or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("sprechstunden:detail", args=[self.pk])

    @property
    def is_sensitive(self) -> bool:
        """Tell whether one of its topics is that of people who may be watched."""
        return any(topic.is_sensitive for topic in self.topics.all())

    @property
    def listed_topics(self) -> list[Topic]:
        """Give the topics that may be named to everybody."""
        return [topic for topic in self.topics.all() if not topic.is_sensitive]

    @property
    def opens_its_place(self) -> bool:
        """Tell whether people find an open door: by its kind, and because nobody says that it needs an appointment."""
        return self.kind in OPENING_KINDS and self.walk_in != Answer.NO

    @property
    def needs_appointment(self) -> bool:
        """Tell whether an appointment is needed although its kind does not say so."""
        return self.walk_in == Answer.NO and self.kind != SprechstundeKind.BY_APPOINTMENT

    @property
    def kind_in_words(self) -> str:
        """Say how people get help in the active language, beside a date; nothing where a team is simply there."""
        kind = "" if self.kind == SprechstundeKind.DROP_IN else capfirst(self.get_kind_display())
        needed = gettext("only with an appointment") if self.needs_appointment else ""
        return " · ".join(part for part in (kind, needed) if part)

    @property
    def things_to_bring(self) -> list[str]:
        """Name what people need with them in the active language; nothing where it is not known."""
        field = ThingsToBringField()
        return [field.label(code) for code in self.bring]
