"""The hours of a place as a week, as they would stand on its door. Rows in, values out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sprechstunden.fields import WeekdaysField
from sprechstunden.models import Schedule
from sprechstunden.recurrence import Weekly
from sprechstunden.timetable import Version


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of one weekday: from when on where they begin later, until when where they end; both days included."""

    weekday: str
    schedule: Schedule
    first: date | None
    last: date | None

    @property
    def name(self) -> str:
        """Name the weekday in the active language."""
        return WeekdaysField().label(self.weekday)

    @property
    def is_every_week(self) -> bool:
        """Tell whether they are held in each week, so that weekday and hours say all."""
        rule = self.schedule.rule()
        return isinstance(rule, Weekly) and rule.interval == 1


@dataclass(frozen=True, slots=True)
class Week:
    """Times that are all confirmed, or all are not, Monday first."""

    hours: tuple[Hours, ...]

    @property
    def evidence(self) -> Schedule | None:
        """Give the times whose age and confirmation are those of all, if they have these in common."""
        first = self.hours[0].schedule
        return first if all(hours.schedule.sureness == first.sureness for hours in self.hours) else None


def weeks(found: Iterable[Version], today: date) -> list[Week]:
    """Give the hours of some versions by weekday, the confirmed ones first; what repeats in no week is left out."""
    ordered = sorted((hours for version in found for hours in _hours(version, today)), key=_is_unsure)
    by_sureness = (list(group) for _key, group in groupby(ordered, key=_is_unsure))
    return [Week(tuple(sorted(group, key=_order))) for group in by_sureness]


def _hours(version: Version, today: date) -> Iterator[Hours]:
    schedule, series = version.schedule, version.series
    first = series.valid_from if series.valid_from and series.valid_from > today else None
    for weekday in schedule.weekdays:
        yield Hours(weekday, schedule, first, series.valid_until)


def _is_unsure(hours: Hours) -> bool:
    return not hours.schedule.is_confirmed


def _order(hours: Hours) -> tuple[int, str, int]:
    return WeekdaysField.codes.index(hours.weekday), f"{hours.schedule.opens}", hours.schedule.pk
