"""Why a date is there, or is not: for staff, with who decided and when. Residents read the reason only."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from django.utils import timezone
from django.utils.translation import gettext as _

from sprechstunden.entries import Entry
from sprechstunden.models import Change, ChangeKind, Closure, Decision
from sprechstunden.precedence import Layer
from sprechstunden.wording import reason_words, sentence_of
from standorte.languages import babel_locale


def why(entry: Entry) -> str:
    """Say what decided about a date, in the active language; `decided_by` of its decision should be fetched."""
    if entry.decision is not None:
        return what_was_decided(entry.decision)
    if entry.occurrence.because.layer in {Layer.SCHOOL_HOLIDAYS, Layer.CLOSING_DAY} and entry.occurrence.reason:
        return reason_words(entry.occurrence.reason)
    return _("By its rule: %(rule)s") % {"rule": sentence_of(entry.schedule)}


def why_unusual(entry: Entry) -> str:
    """Say what decided about a date where that was not its rule, else nothing."""
    return "" if entry.occurrence.because.layer is Layer.RULE else why(entry)


def what_was_decided(decision: Change | Closure) -> str:
    """Say what was decided, by whom and when; `decided_by` should be fetched."""
    what = (
        _what_was_closed(decision)
        if isinstance(decision, Closure)
        else what_was_changed(decision, _short(decision.day))
    )
    return f"{what} {_who(decision)}"


def _what_was_closed(closure: Closure) -> str:
    return _("Closure from %(first_day)s to %(last_day)s: %(reason)s.") % {
        "first_day": _short(closure.first),
        "last_day": _short(closure.last),
        "reason": closure.get_reason_display(),
    }


def what_was_changed(change: Change, day: str) -> str:
    """Say what was decided about one date, whose original day is given in words."""
    sentences = {
        ChangeKind.CANCELLED: _("Cancelled: %(reason)s."),
        ChangeKind.MOVED: _("Moved from %(day)s: %(reason)s."),
        ChangeKind.EXTRA: _("An extra date."),
        ChangeKind.HELD: _("Takes place all the same."),
    }
    return sentences[ChangeKind(change.kind)] % {"reason": change.get_reason_display(), "day": day}


def _who(decision: Decision) -> str:
    words = {"moment": _moment(decision.decided_at), "who": decision.decided_by}
    if decision.decided_by is None:
        return _("Decided on %(moment)s.") % words
    return _("Decided on %(moment)s by %(who)s.") % words


def _short(day: date) -> str:
    return format_date(day, "medium", babel_locale())


def _moment(moment: datetime) -> str:
    return format_datetime(timezone.localtime(moment), "d. MMM, HH:mm", locale=babel_locale())
