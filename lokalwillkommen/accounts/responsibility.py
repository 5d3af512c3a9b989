"""Which places a person looks after, and so whose dates this person sees and changes: the one rule."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from sprechstunden.models import Change, Schedule
from sprechstunden.models.schedule import ScheduleQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """The primary keys of places; None stands for all."""

    places: frozenset[int] | None = None

    @classmethod
    def of(cls, user: "User | AnonymousUser") -> Self:
        """Give the places of a person; who has none looks after all."""
        if user.is_anonymous:
            return cls(frozenset())
        if user.is_superuser:
            return cls()
        return cls(frozenset(user.standorte.values_list("pk", flat=True)) or None)

    def covers(self, *places: int | None) -> bool:
        """Tell whether one of some places is looked after, such as where a date is and whose office answers for it."""
        return self.places is None or not self.places.isdisjoint(places)

    def covers_date(self, schedule: Schedule, change: Change | None = None) -> bool:
        """Tell whether a date of some times, perhaps one that a change puts elsewhere, may be changed."""
        return self.covers(schedule.sprechstunde.office_id, schedule.place_id, change.standort_id if change else None)

    def schedules(self, rows: ScheduleQuerySet) -> ScheduleQuerySet:
        """Keep all versions of the offers of which a date may be at one of the places, or whose office is one."""
        if self.places is None:
            return rows
        here = Q(standort__in=self.places) | Q(
            pk__in=Change.objects.filter(standort__in=self.places).values("schedule")
        )
        is_here = Exists(Schedule.objects.filter(here, sprechstunde=OuterRef("sprechstunde")))
        return rows.filter(Q(sprechstunde__office__in=self.places) | is_here)

    def changes(self, rows: QuerySet[Change]) -> QuerySet[Change]:
        """Keep the changes of dates that this person may change, as `covers_date` tells for one."""
        if self.places is None:
            return rows
        by_rule = Q(schedule__standort__in=self.places) | Q(schedule__sprechstunde__office__in=self.places)
        return rows.filter(by_rule | Q(standort__in=self.places))

    def at_places(self, rows: "QuerySet[Row]", *paths: str) -> "QuerySet[Row]":
        """Keep the rows of which one of these relations leads to a place that is looked after."""
        if self.places is None:
            return rows
        return rows.filter(reduce(or_, (Q(**{f"{path}__in": self.places}) for path in paths)))
