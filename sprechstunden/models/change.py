"""What staff decide about one date."""

from datetime import UTC, date, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _

from sprechstunden import changes as values
from sprechstunden.models.decision import Decision
from sprechstunden.models.schedule import Schedule
from sprechstunden.occurrences import BERLIN
from standorte.history import History
from standorte.models import Standort


class ChangeKind(models.TextChoices):
    """What becomes of a date."""

    CANCELLED = values.ChangeKind.CANCELLED.value, _("cancelled")
    MOVED = values.ChangeKind.MOVED.value, _("moved")
    EXTRA = values.ChangeKind.EXTRA.value, _("extra date")
    HELD = values.ChangeKind.HELD.value, _("takes place all the same")


_NOT_MOVED = models.Q(new_day=None, opens=None, closes=None, standort=None)
_CALLS_OFF = models.Q(kind=ChangeKind.CANCELLED, calls_off__isnull=False)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes in the words pages ask with."""

    def since(self, day: date) -> "ChangeQuerySet":
        """Keep what can matter on a day or later, the day included."""
        return self.filter(models.Q(day__gte=day) | models.Q(new_day__gte=day))


class Change(Decision):
    """One date of some times is cancelled, moved, added, or held in spite of a closure or a holiday.

    Taking it back means deleting it: then the dates are exactly what they were before.

    A moved or an extra date that is off after all has a second change, which calls off the first. It names the day, the
    times and the place where people have been told that it is, and belongs to the same times.
    """

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="changes", verbose_name=_("times"))
    kind = models.CharField(_("what becomes of it"), max_length=9, choices=ChangeKind)
    day = models.DateField(
        _("day"), help_text=_("The day on which the date would be by its rule; for an extra date its own day.")
    )
    new_day = models.DateField(_("new day"), null=True, blank=True)
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True)
    standort = models.ForeignKey(
        Standort,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("place"),
    )
    calls_off: "models.OneToOneField[Change | None, Change | None]" = models.OneToOneField(
        "self",
        to_field="uid",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="called_off_by",
        verbose_name=_("calls off"),
    )

    objects = ChangeQuerySet.as_manager()
    history = History()

    class Meta(Decision.Meta):
        ordering = ("day", "pk")
        verbose_name = _("change of a date")
        verbose_name_plural = _("changes of dates")
        constraints = (
            *Decision.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="change_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.EXTRA)
                | models.Q(kind=ChangeKind.MOVED) & ~_NOT_MOVED
                | models.Q(kind__in=(ChangeKind.CANCELLED, ChangeKind.HELD)) & _NOT_MOVED
                | _CALLS_OFF & models.Q(new_day=None),
                name="change_that_moves_a_date_says_where_to",
                violation_error_message=_("Please give a new day, new times or a new place."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ChangeKind.EXTRA)
                | models.Q(opens__isnull=False, closes__isnull=False, new_day=None),
                name="change_that_adds_a_date_gives_its_times",
                violation_error_message=_("Please give the times from and to."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens=None) | models.Q(closes=None) | models.Q(opens__lt=models.F("closes")),
                name="change_opens_before_it_closes",
                violation_error_message=_("It must open before it closes."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=(ChangeKind.EXTRA, ChangeKind.HELD)) | ~models.Q(reason=""),
                name="change_that_takes_a_date_away_gives_a_reason",
                violation_error_message=_("Please choose a reason."),
            ),
            models.CheckConstraint(
                condition=models.Q(calls_off=None) | _CALLS_OFF,
                name="change_that_calls_off_another_is_a_cancellation",
            ),
            models.UniqueConstraint(
                fields=("schedule", "day"),
                condition=~models.Q(kind=ChangeKind.EXTRA) & models.Q(calls_off=None),
                name="change_is_the_only_one_of_its_date",
                violation_error_message=_("This date has been changed already: please take that back first."),
            ),
            models.UniqueConstraint(
                fields=("schedule", "day", "opens"),
                condition=models.Q(kind=ChangeKind.EXTRA),
                name="change_adds_one_date_at_a_time",
                violation_error_message=_("There is already an extra date at this time."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.get_kind_display()}"

    @property
    def identity(self) -> tuple[str, date]:
        """Give what names the date it is about, as the engine does; `schedule` and `calls_off` should be fetched."""
        first = self.calls_off or self
        return first.key if first.kind == ChangeKind.EXTRA else str(self.schedule.uid), first.day

    @property
    def places_a_date(self) -> bool:
        """Tell whether it puts a date where the rule does not: such a date can be called off there."""
        return self.kind in {ChangeKind.MOVED, ChangeKind.EXTRA}

    @property
    def lands_on(self) -> date:
        """Give the day on which staff want the date."""
        return self.new_day or self.day

    def is_over(self, now: datetime) -> bool:
        """Tell whether the date, where staff wanted it, is over at an aware moment: then it stays as it was."""
        return _ends(self.lands_on, self.closes or self.schedule.closes) <= now

    def has_missed_its_day(self, now: datetime) -> bool:
        """Tell whether the date would be over by its rule, though not where staff have moved it.

        Then it can be called off, but not be taken back: it would be gone, and nobody could bring it back.
        """
        return self.kind == ChangeKind.MOVED and _ends(self.day, self.schedule.closes) <= now

    def value(self) -> values.Change:
        """Give this change as the engine reads it; its times must be there, `schedule` fetched."""
        return values.Change(
            key=self.key,
            series_key=str(self.schedule.uid),
            day=self.day,
            kind=values.ChangeKind(self.kind),
            new_day=self.new_day,
            opens=self.opens,
            closes=self.closes,
            place=str(self.standort_id) if self.standort_id else None,
            reason=self.public_reason(),
            calls_off=str(self.calls_off_id) if self.calls_off_id else None,
        )


def _ends(day: date, closes: time | None) -> datetime:
    # As an instant: two times of one zone are compared by wall clock, wrong in the hour that the clock repeats.
    return datetime.combine(day, closes or time.max, BERLIN).astimezone(UTC)
