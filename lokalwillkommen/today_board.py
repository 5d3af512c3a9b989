"""What the page of staff shows: the dates of a person's places, what can be done with each, what was just decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.today_forms import NarrowForm, Places, PlaceSelect, offers_to_choose
from sprechstunden import timetable
from sprechstunden.change_forms import CancelForm
from sprechstunden.decided import Decisions, decisions
from sprechstunden.ending import Ending, ending
from sprechstunden.entries import Entry
from sprechstunden.explaining import why
from sprechstunden.models import Change, ChangeKind, Schedule
from sprechstunden.placing_forms import MoveForm
from standorte.models import Standort

CARDS_PER_PAGE = 40
# Long enough to notice a mistake on the next morning.
_FRESH = timedelta(days=1)

Choices = list[tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """One date, why it is there or not, what staff have changed about it, and what was just said about it."""

    entry: Entry
    change: Change | None
    cancel: CancelForm
    move: MoveForm
    said: str
    anchor: str

    @property
    def why(self) -> str:
        """Say what decided about it."""
        return why(self.entry)


@dataclass(frozen=True, slots=True)
class DayOfCards:
    """The dates of one day."""

    day: date
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Board:
    """All that the page shows."""

    today: date
    days: Sequence[DayOfCards]
    page: "Page[Entry]"
    fresh: Sequence[Change]
    narrow: NarrowForm
    offers: Choices
    places: Places
    ending: Sequence[Ending]

    @property
    def anchors(self) -> set[str]:
        """Give the ids of the dates."""
        return {card.anchor for day in self.days for card in day.cards}

    def fill(self, form: forms.Form) -> None:
        """Let a form offer what there is to choose, fetched once."""
        if "standort" in form.fields:
            form.fields["standort"].widget = PlaceSelect(self.places)
        if "sprechstunde" in form.fields:
            form.fields["sprechstunde"].choices = [("", _("Please choose")), *self.offers]  # type: ignore[attr-defined]

    @property
    def of_today(self) -> Sequence[Card]:
        """Give the dates of today."""
        return next((day.cards for day in self.days if day.day == self.today), ())

    @property
    def ahead(self) -> Sequence[DayOfCards]:
        """Give the days after today."""
        return [day for day in self.days if day.day != self.today]


def board(responsibility: Responsibility, asked: Mapping[str, str], said: Mapping[str, str], now: datetime) -> Board:
    """Fetch what a person sees; a fixed number of queries, however many dates there are."""
    today = now.date()
    rows = list(responsibility.schedules(Schedule.objects.of_published_offers().for_pages()))
    decided = decisions(rows, today, with_who=True)
    changes = _all(decided, rows)
    versions = list(timetable.in_force(rows, decided))
    narrow = NarrowForm(asked, versions)
    wanted = narrow.narrowed()
    here = None if wanted.place is None else frozenset({wanted.place})
    found = [replace(version, at=here) for version in versions if wanted.keeps(version)]
    entries = [
        entry
        for entry in timetable.dates(found, today, today + timedelta(wanted.days), now)
        if not entry.has_ended(now) and responsibility.covers(entry.sprechstunde, entry.place_id)
    ]
    page = Paginator(entries, CARDS_PER_PAGE).get_page(asked.get("seite"))
    places = Places(responsibility.places_for_dates(Standort.objects.published()))
    mine = [version for version in versions if responsibility.covers_date(version.schedule)]
    return Board(
        today=today,
        days=_by_day(_cards(page.object_list, _by_identity(changes), said, places)),
        page=page,
        fresh=_fresh(responsibility, changes, now),
        narrow=narrow,
        offers=offers_to_choose(mine, today),
        places=places,
        ending=ending(mine, today),
    )


def anchor(key: str, day: date) -> str:
    """Give the id of a date on the page."""
    return f"termin-{key}-{day}"


def anchor_of(change: Change) -> str:
    """Give the id of the date of a change: where it would be by its rule, or where it was added."""
    return anchor(*change.identity)


def _cards(
    entries: Iterable[Entry], changes: Mapping[tuple[str, date], Change], said: Mapping[str, str], places: Places
) -> Iterable[Card]:
    for entry in entries:
        identity = entry.identity
        change = changes.get(identity)
        # A moved date is there twice with one identity: where it was, and where it is now.
        is_new = change is not None and change.kind == ChangeKind.MOVED and entry.target is None
        name = anchor(*identity) + ("-neu" if is_new else "")
        cancel = CancelForm(auto_id=f"{name}-aus-%s")
        yield Card(entry, change, cancel, _move_form(entry, name, places), said.get(name, ""), name)


def _move_form(entry: Entry, name: str, places: Places) -> MoveForm:
    initial = {"new_day": entry.day, "opens": entry.starts.time(), "closes": entry.ends.time()}
    form = MoveForm(initial=initial, auto_id=f"{name}-%s")
    form.fields["standort"].widget = PlaceSelect(places)
    return form


def _by_day(cards: Iterable[Card]) -> list[DayOfCards]:
    return [DayOfCards(day, list(group)) for day, group in groupby(cards, key=attrgetter("entry.day"))]


def _by_identity(changes: Iterable[Change]) -> dict[tuple[str, date], Change]:
    return {change.identity: change for change in changes}


def _all(decided: Decisions, rows: Iterable[Schedule]) -> list[Change]:
    """Give all changes with their times, which are fetched already."""
    changes = []
    for schedule in rows:
        # Where there are many times, changes of all others were fetched too.
        for change in decided.changes.get(schedule.pk, ()):
            change.schedule = schedule
            changes.append(change)
    return changes


def _fresh(responsibility: Responsibility, changes: Iterable[Change], now: datetime) -> list[Change]:
    """Give what was decided a short time ago, the latest first."""
    found = [
        change
        for change in changes
        if change.decided_at > now - _FRESH and responsibility.covers_date(change.schedule, change)
    ]
    return sorted(found, key=attrgetter("decided_at"), reverse=True)
