"""Times in words, for staff."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sprechstunden.decided import Decisions, decisions
from sprechstunden.explaining import why_unusual
from sprechstunden.models import Schedule
from sprechstunden.templatetags.timetable import hours
from sprechstunden.timetable import Version, dates, next_dates
from sprechstunden.wording import sentence_of
from standorte.templatetags.words import as_of, long_date

SHOWN_DATES = 5


class ScheduleColumns:
    """What is worth knowing about times, for reading; made anew for every request."""

    _decisions: Decisions | None = None

    @admin.display(description=_("times"))
    def sentence(self, schedule: Schedule) -> str:
        """Say the rule as a sentence, with the times."""
        return times_in_words(schedule)

    @admin.display(description=_("next five dates"))
    def five_dates(self, schedule: Schedule) -> SafeString | str:
        """List the next dates, each with what decided about it beside its rule, so that a wrong rule is seen."""
        now = timezone.localtime()
        self._decisions = self._decisions or decisions(None, now.date(), with_who=True)
        entries = next_dates(schedule, now, SHOWN_DATES, self._decisions)
        rows = [(long_date(entry.day), why_unusual(entry)) for entry in entries]
        return format_html_join("", "<div>{} {}</div>", rows) or "-"

    @admin.display(description=_("as of"))
    def confirmation(self, schedule: Schedule) -> str:
        """Say how old the times are and whether somebody confirmed them."""
        if schedule.confirmed_on:
            return _now("confirmed on %(day)s") % {"day": long_date(schedule.confirmed_on)}
        return _now("as of %(age)s, not confirmed yet") % {"age": as_of(schedule)}


def dates_ahead(found: Iterable[Version], now: datetime) -> str:
    """Say how many dates take place in the next eight weeks."""
    last = now.date() + timedelta(weeks=8)
    count = sum(entry.takes_place and not entry.has_ended(now) for entry in dates(found, now.date(), last, now))
    said = ngettext("%(count)d date in the next eight weeks", "%(count)d dates in the next eight weeks", count)
    return said % {"count": count}


def times_in_words(schedule: Schedule) -> str:
    """Say the rule as a sentence, with the times and what else is known in words."""
    return f"{sentence_of(schedule)} {hours(schedule)} {schedule.words}".strip()
