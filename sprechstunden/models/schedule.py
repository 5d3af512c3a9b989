"""One version of the times of an offer."""

from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sprechstunden.fields import PositionsField, WeekdaysField
from sprechstunden.models.sprechstunde import Sprechstunde
from sprechstunden.recurrence import Monthly, Once, Rule, RuleError, RuleFault, Undated, Weekly
from sprechstunden.series import Series
from sprechstunden.validation import schedule_errors
from standorte.fields import LanguageCodesField, TranslatableTextField
from standorte.history import History
from standorte.models import Evidence, Standort


class Frequency(models.TextChoices):
    """How often."""

    WEEKLY = "weekly", _("every week, or every 2, 3, … weeks")
    MONTHLY = "monthly", _("every month")
    ONCE = "once", _("once")
    NONE = "none", _("no fixed times, or not known")


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Times in the words pages ask with."""

    def of_published_offers(self) -> "ScheduleQuerySet":
        """Keep the times of offers that residents may see; what a partner offers goes with the partner."""
        partner = models.Q(sprechstunde__partner=None) | models.Q(sprechstunde__partner__is_published=True)
        return self.filter(partner, sprechstunde__is_published=True)

    def since(self, day: date) -> "ScheduleQuerySet":
        """Keep those that have not ended before a day."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gte=day))

    def for_pages(self) -> "ScheduleQuerySet":
        """Fetch with one query what a page shows of a date."""
        return self.select_related("sprechstunde__office", "sprechstunde__partner", "standort__stadtbezirk")


class Schedule(Evidence):
    """A version of times. It is in force from its first day until the next version begins.

    So two versions can never overlap, and adding one never changes an earlier row.
    """

    sprechstunde = models.ForeignKey(Sprechstunde, on_delete=models.CASCADE, related_name="schedules")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    frequency = models.CharField(_("how often"), max_length=7, choices=Frequency, default=Frequency.WEEKLY)
    interval = models.PositiveSmallIntegerField(
        _("every … weeks"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_("1 = every week, 2 = every second week."),
    )
    weekdays = WeekdaysField(_("weekdays"))
    positions = PositionsField(_("which one in the month"))
    anchor = models.DateField(
        _("first date"),
        null=True,
        blank=True,
        help_text=_("Only for “once” and for every 2, 3, … weeks: weeks are counted from this date."),
    )
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True)
    valid_from = models.DateField(
        _("valid from"),
        null=True,
        blank=True,
        help_text=_("The first day of these times. Earlier dates stay as they were."),
    )
    valid_until = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: until further notice."))
    standort = models.ForeignKey(
        Standort, on_delete=models.PROTECT, null=True, blank=True, related_name="schedules", verbose_name=_("place")
    )
    languages = LanguageCodesField(
        _("languages spoken at this hour"), help_text=_("Tick none if they are those of the place, or not known.")
    )
    held_on_closing_days = models.BooleanField(
        _("takes place on public holidays"),
        default=False,
        help_text=_("Not ticked: it is off on public holidays of North Rhine-Westphalia and on 24 and 31 December."),
    )
    follows_school_holidays = models.BooleanField(
        _("is off in school holidays"),
        default=False,
        help_text=_("Ticked: it is off in the school holidays of North Rhine-Westphalia."),
    )
    words = TranslatableTextField(
        _("in words"),
        help_text=_("What is known where there are no fixed times, or what people should know beside the times."),
    )
    # From here feeds know that an event is another than before (RFC 5545 3.8.7.3).
    modified_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ScheduleQuerySet.as_manager()
    history = History()

    class Meta(Evidence.Meta):
        ordering = ("sprechstunde", models.F("valid_from").asc(nulls_first=True))
        verbose_name = _("times")
        verbose_name_plural = _("times")
        constraints = (
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(frequency__in=Frequency.values), name="schedule_has_a_known_frequency"
            ),
            models.CheckConstraint(
                condition=models.Q(opens__isnull=False, closes__isnull=False, opens__lt=models.F("closes"))
                | models.Q(opens=None, closes=None),
                name="schedule_opens_before_it_closes",
                violation_error_message=_("It must open before it closes."),
            ),
            models.CheckConstraint(
                condition=models.Q(frequency=Frequency.NONE) | models.Q(opens__isnull=False, closes__isnull=False),
                name="schedule_with_dates_has_times",
                violation_error_message=_("Please give the times from and to."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__lte=models.F("valid_until"))
                | models.Q(valid_from=None)
                | models.Q(valid_until=None),
                name="schedule_first_day_is_not_after_its_last",
                violation_error_message=_("The last day comes before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(frequency=Frequency.ONCE, anchor__isnull=False, interval=1)
                | models.Q(frequency=Frequency.WEEKLY, interval=1, anchor=None)
                | models.Q(frequency=Frequency.WEEKLY, interval__gt=1, anchor__isnull=False)
                | models.Q(frequency__in=(Frequency.MONTHLY, Frequency.NONE), anchor=None, interval=1),
                name="schedule_has_a_first_date_just_where_weeks_are_counted",
                violation_error_message=_("Please give the first date: the weeks are counted from it."),
            ),
            models.CheckConstraint(
                condition=models.Q(frequency=Frequency.WEEKLY, positions="") & ~models.Q(weekdays="")
                | models.Q(frequency=Frequency.MONTHLY, weekdays__in=[(code,) for code in WeekdaysField.codes])
                & ~models.Q(positions="")
                | models.Q(frequency__in=(Frequency.ONCE, Frequency.NONE), weekdays="", positions=""),
                name="schedule_has_the_weekdays_its_frequency_needs",
                violation_error_message=_("Please tick the weekdays; for every month exactly one."),
            ),
            models.CheckConstraint(
                condition=models.Q(interval__gte=1, interval__lte=52), name="schedule_interval_is_1_to_52_weeks"
            ),
            models.UniqueConstraint(
                fields=("sprechstunde", "valid_from"),
                name="schedule_versions_begin_on_different_days",
                violation_error_message=_("There are already times that begin on this day."),
            ),
            models.UniqueConstraint(
                fields=("sprechstunde",),
                condition=models.Q(valid_from=None),
                name="schedule_without_a_first_day_stands_once",
                violation_error_message=_(
                    "There are already times without a first day: please say from when the new ones hold."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sprechstunde} {self.opens or ''}".strip()

    def clean(self) -> None:
        """Put what was typed in its one form; refuse what is no rule, at the field where it is wrong."""
        super().clean()
        if self.frequency not in Frequency.values:
            return  # the field has said so
        self._keep_what_the_frequency_needs()
        errors = schedule_errors(self)
        if errors:
            raise ValidationError({field: [message] for field, message in errors.items()})

    @property
    def is_dated(self) -> bool:
        """Tell whether these times give dates."""
        return self.frequency != Frequency.NONE

    @property
    def place_id(self) -> int | None:
        """Give the primary key of the place: without one of its own, these times are at the office of the offer."""
        return self.standort_id or self.sprechstunde.office_id

    @property
    def is_monthly(self) -> bool:
        """Tell whether these times are for a position in the month, and so for exactly one weekday."""
        return self.frequency == Frequency.MONTHLY

    def rule(self) -> Rule:
        """Give the rule as the engine reads it. Raises RuleError where the row is no rule."""
        days = tuple(WeekdaysField.codes.index(code) for code in self.weekdays)
        if self.frequency == Frequency.ONCE:
            return Once(self._first_date())
        if self.frequency == Frequency.WEEKLY:
            return Weekly(days, self.interval, self.anchor)
        if self.frequency == Frequency.MONTHLY:
            return Monthly(self._only_weekday(days), tuple(int(position) for position in self.positions))
        return Undated()

    def series(self) -> Series:
        """Give this version as the engine reads it."""
        return Series(
            key=str(self.uid),
            rule=self.rule(),
            opens=self.opens,
            closes=self.closes,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            held_on_closing_days=self.held_on_closing_days,
            follows_school_holidays=self.follows_school_holidays,
            place=str(self.place_id) if self.place_id else None,
        )

    def spoken(self) -> tuple[str, ...]:
        """Give the languages of this hour, else those of its place, else none: not known."""
        return self.languages or (self.standort.languages if self.standort else ())

    def _first_date(self) -> date:
        if self.anchor is None:
            fault: RuleFault = "anchor_missing"
            raise RuleError(fault)
        return self.anchor

    def _only_weekday(self, days: tuple[int, ...]) -> int:
        if len(days) != 1:
            fault: RuleFault = "no_weekday"
            raise RuleError(fault)
        return days[0]

    def _keep_what_the_frequency_needs(self) -> None:
        if self.frequency == Frequency.WEEKLY:
            self.positions = ()
            if self.interval == 1 and self.anchor:
                # Somebody who says "every Tuesday, first on the 3rd" means the day from which it holds.
                self.valid_from, self.anchor = self.valid_from or self.anchor, None
            return
        self.interval = 1
        if self.frequency != Frequency.MONTHLY:
            self.weekdays, self.positions = (), ()
        if self.frequency != Frequency.ONCE:
            self.anchor = None
