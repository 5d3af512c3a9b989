"""Asking staff what becomes of changes of single dates that fit the times no longer."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sprechstunden import changes as values
from sprechstunden.changes import hours
from sprechstunden.models import ChangeKind
from sprechstunden.refits import Refit
from sprechstunden.refitting import Choice, slot
from sprechstunden.timetable import series_of
from standorte.templatetags.words import long_date

LABELS = {
    Choice.CARRY: _("keep it with the times that hold then"),
    Choice.EXTRA: _("keep it as an extra date"),
    Choice.STAY: _("leave it as people have been told"),
    Choice.DROP: _("leave it out"),
}
_OF_DOUBLED_MOVES = {
    Choice.CANCEL: _("its old day stays off, and then the other date takes place"),
    Choice.DROP: _("put it back on its old day"),
}


class MisfitsForm(forms.Form):
    """One question for each decision that fits no longer; nothing is chosen in advance."""

    def __init__(self, found: Sequence[Refit], data: Mapping[str, object] | None = None) -> None:
        self.found = {_name(one): one for one in found}
        # Who has not seen the questions yet has not left them open.
        super().__init__(data if data is not None and any(name in data for name in self.found) else None)
        for name, one in self.found.items():
            if one.misfit.choices:
                self.fields[name] = _question(one)

    @property
    def settles_all(self) -> bool:
        """Tell whether everything is decided; with no questions there is nothing to decide."""
        return not self.found or (not self.stuck and self.is_valid())

    @property
    def stuck(self) -> list[str]:
        """Say which dates have been and would be gone: for them there is no choice, and so no such edit."""
        return [in_words(one) for one in self.found.values() if not one.misfit.choices]

    def chosen(self) -> list[tuple[Refit, Choice]]:
        """Give what becomes of each, once all is settled."""
        return [(one, Choice(self.cleaned_data[name])) for name, one in self.found.items()]

    def refuse_doubles(self, days: Sequence[date]) -> None:
        """Say on which days two dates would be at once with what was chosen."""
        if days:
            sentence = _now(
                "Two dates of this offer would then be at the same time: %(days)s. Please choose otherwise."
            )
            self.add_error(None, sentence % {"days": ", ".join(map(long_date, days))})

    def clean(self) -> None:
        """Refuse what cannot be kept beside something else that is kept."""
        super().clean()
        taken = set()
        for name, one in self.found.items():
            choice = self.cleaned_data.get(name)
            becomes = one.misfit.choices[Choice(choice)] if choice else None
            if becomes is None:
                continue
            if slot(becomes) in taken:
                self.add_error(name, _("Something else is already kept for this date. Please leave one of them out."))
            taken.add(slot(becomes))


class UndecidedError(Exception):
    """Times were to be saved while it is open what becomes of changes that do not fit them."""

    def __init__(self, questions: MisfitsForm) -> None:
        super().__init__()
        self.questions = questions


def in_words(one: Refit) -> str:
    """Say what was decided, as a sentence, whether it is off there, and whether that doubles a date."""
    said = [_what(one)]
    if one.called_off_by:
        said.append(_now("It is off there."))
    if one.misfit.is_doubled:
        said.append(_now("Another date of this offer takes place then."))
    return " ".join(said)


def _what(one: Refit) -> str:
    change, value = one.change, one.misfit.change
    if change is None:
        return _now("%(day)s: takes place in spite of a closure.") % {"day": long_date(value.day)}
    sentences = {
        ChangeKind.CANCELLED: _now("%(day)s: cancelled (%(reason)s)."),
        ChangeKind.MOVED: _now("%(day)s: moved to %(new_day)s, %(span)s, %(place)s (%(reason)s)."),
        ChangeKind.EXTRA: _now("%(day)s: extra date, %(span)s, %(place)s."),
        ChangeKind.HELD: _now("%(day)s: takes place all the same."),
    }
    return sentences[ChangeKind(change.kind)] % {
        "day": long_date(value.day),
        "new_day": long_date(value.lands_on),
        "span": _span(one),
        "place": change.standort
        or one.schedule.standort
        or one.schedule.sprechstunde.office
        or _now("place not known"),
        "reason": change.get_reason_display(),
    }


def _span(one: Refit) -> str:
    span = hours(series_of(one.schedule), one.misfit.change)
    return f"{span[0]:%H:%M} – {span[1]:%H:%M}" if span else _now("times not known")


def _question(one: Refit) -> forms.ChoiceField:
    is_doubled_move = one.misfit.is_doubled and one.misfit.change.kind is values.ChangeKind.MOVED
    labels = _OF_DOUBLED_MOVES if is_doubled_move else LABELS
    return forms.ChoiceField(
        label=in_words(one),
        choices=[(choice.value, labels[choice]) for choice in one.misfit.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what becomes of it.")},
    )


def _name(one: Refit) -> str:
    return f"change-{one.misfit.change.key}"
