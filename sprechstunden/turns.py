"""When pages next say something else because time goes on, though nobody has changed anything."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from django.db.models import Q

from sprechstunden.fields import WeekdaysField
from sprechstunden.models import Change, Frequency, Schedule
from sprechstunden.occurrences import BERLIN, span
from sprechstunden.recurrence import ONE_DAY


def next_turn(now: datetime) -> datetime:
    """Give the next moment after now at which a date of today can begin or end, at the latest midnight in Dortmund.

    Two queries. Times whose rule leaves this day out count as well: a moment too many costs one page made anew,
    and all offers need not be asked for their dates.
    """
    day = now.astimezone(BERLIN).date()
    moments = [
        moment for opens, closes in _hours_on(day) for moment in span(day, opens, closes) if _instant(moment) > now
    ]
    return min([datetime.combine(day + ONE_DAY, time(), BERLIN), *moments], key=_instant)


def _hours_on(day: date) -> Iterator[tuple[time, time]]:
    """Give the hours at which dates of this day are by their rules, or because staff have put them there."""
    weekday = WeekdaysField.codes[day.weekday()]
    by_rule = Schedule.objects.filter(Q(weekdays__contains=weekday) | Q(frequency=Frequency.ONCE, anchor=day))
    for opens, closes in by_rule.values_list("opens", "closes").order_by().distinct():
        yield from _whole(opens, closes)
    decided = Change.objects.filter(Q(day=day) | Q(new_day=day))
    fields = ("opens", "closes", "schedule__opens", "schedule__closes")
    for opens, closes, usual_opens, usual_closes in decided.values_list(*fields):
        yield from _whole(opens or usual_opens, closes or usual_closes)


def _whole(opens: time | None, closes: time | None) -> list[tuple[time, time]]:
    """Give the hours where both ends are known."""
    return [(opens, closes)] if opens and closes else []


def _instant(moment: datetime) -> datetime:
    # Two times of one zone are compared by wall clock, wrong in the hour that the clock repeats.
    return moment.astimezone(UTC)
