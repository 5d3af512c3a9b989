"""What staff should see about times, wherever they are."""

from django import template
from django.utils.translation import gettext as _

from sprechstunden.clashes import ClashKind
from sprechstunden.ending import Ending
from sprechstunden.explaining import why_unusual
from sprechstunden.misfit_forms import in_words
from sprechstunden.models import Schedule
from sprechstunden.refits import Refit
from sprechstunden.templatetags.timetable import hours
from sprechstunden.wording import sentence_of
from standorte.templatetags.words import long_date

register = template.Library()
register.filter("why_unusual", why_unusual)


@register.filter
def times_in_full(schedule: Schedule) -> str:
    """Say the rule with its times, its place, and from when until when it holds."""
    sentences = {
        (False, False): _("%(rule)s, %(hours)s, %(place)s"),
        (True, False): _("from %(first)s: %(rule)s, %(hours)s, %(place)s"),
        (False, True): _("until %(last)s: %(rule)s, %(hours)s, %(place)s"),
        (True, True): _("from %(first)s until %(last)s: %(rule)s, %(hours)s, %(place)s"),
    }
    first, last = schedule.valid_from, schedule.valid_until
    return sentences[first is not None, last is not None] % {
        "rule": sentence_of(schedule),
        "hours": hours(schedule) or _("times not known"),
        "place": schedule.standort or schedule.sprechstunde.office or _("place not known"),
        "first": long_date(first) if first else "",
        "last": long_date(last) if last else "",
    }


@register.filter
def ends_on(ending: Ending) -> str:
    """Say that times end, and what follows."""
    sentences = {
        (False, False): _("Ends on %(day)s, nothing follows."),
        (False, True): _("Ends on %(day)s, only a single date follows."),
        (True, False): _("Ended on %(day)s, nothing follows."),
        (True, True): _("Ended on %(day)s, only a single date follows."),
    }
    return sentences[ending.is_over, ending.single_date_follows] % {"day": long_date(ending.last)}


@register.filter
def clash_words(kind: ClashKind) -> str:
    """Say what two dates cannot both have."""
    words = {
        ClashKind.ROOM: _("The room is taken"),
        ClashKind.TEAM: _("The same team is elsewhere"),
        ClashKind.OFFER: _("Two dates of this offer at the same time"),
    }
    return words[kind]


@register.filter
def decision_words(one: Refit) -> str:
    """Say what was decided about a date."""
    return in_words(one)
