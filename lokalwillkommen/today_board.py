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
from sprechstunden.deciding import ITS_OLD_DAY_IS_PAST
from sprechstunden.ending import Ending, ending
from sprechstunden.entries import Entry
from sprechstunden.explaining import why
from sprechstunden.models import Change, ChangeKind, Schedule
from sprechstunden.placing_forms import MoveForm
from standorte.models import Standort

CARDS_PER_PAGE = 40
# Long enough to notice a mistake on the next morning.
_FRESH = timedelta(days=1)
_WHERE_IT_IS = "-neu"

Choices = list[tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """One date, why it is there or not, what staff have changed about it last, and what was just said about it.

    Placed by is the change that has moved or added the date, on the card of where it is now.
    """

    entry: Entry
    change: Change | None
    placed_by: Change | None
    has_missed_its_day: bool
    cancel: CancelForm
    move: MoveForm
    said: str
    anchor: str

    @property
    def why(self) -> str:
        """Say what decided about it."""
        return why(self.entry)

    @property
    def why_it_stays(self) -> str:
        """Say why its change cannot be taken back just so, if it cannot."""
        return str(ITS_OLD_DAY_IS_PAST) if self.has_missed_its_day else ""

    @property
    def why_there(self) -> str:
        """Say why it is off where it went, if it is."""
        target = self.entry.target
        return why(target) if target and not target.takes_place else ""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was decided a short time ago, and whether it can be taken back just so."""

    change: Change
    can_be_taken_back: bool


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
    fresh: Sequence[Fresh]
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
        days=_by_day(_cards(page.object_list, changes, said, places, now)),
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
    """Give the id of the date of a change: where it would be by its rule, or where it was added or called off."""
    is_off_there = change.calls_off is not None and change.calls_off.kind == ChangeKind.MOVED
    return anchor(*change.identity) + (_WHERE_IT_IS if is_off_there else "")


def _cards(
    entries: Iterable[Entry], changes: Sequence[Change], said: Mapping[str, str], places: Places, now: datetime
) -> Iterable[Card]:
    first = {change.identity: change for change in changes if change.calls_off is None}
    last = first | {change.identity: change for change in changes if change.calls_off}
    for entry in entries:
        change, placed_by = last.get(entry.identity), first.get(entry.identity)
        # A moved date is there twice with one identity: where it was, and where it is now.
        is_here = placed_by is not None and placed_by.places_a_date and entry.target is None
        is_new = is_here and placed_by is not None and placed_by.kind == ChangeKind.MOVED
        name = anchor(*entry.identity) + (_WHERE_IT_IS if is_new else "")
        yield Card(
            entry=entry,
            change=change,
            placed_by=placed_by if is_here else None,
            has_missed_its_day=change is not None and change.has_missed_its_day(now),
            cancel=CancelForm(auto_id=f"{name}-aus-%s"),
            move=_move_form(entry, name, places),
            said=said.get(name, ""),
            anchor=name,
        )


def _move_form(entry: Entry, name: str, places: Places) -> MoveForm:
    initial = {"new_day": entry.day, "opens": entry.starts.time(), "closes": entry.ends.time()}
    form = MoveForm(initial=initial, auto_id=f"{name}-%s")
    form.fields["standort"].widget = PlaceSelect(places)
    return form


def _by_day(cards: Iterable[Card]) -> list[DayOfCards]:
    return [DayOfCards(day, list(group)) for day, group in groupby(cards, key=attrgetter("entry.day"))]


def _all(decided: Decisions, rows: Iterable[Schedule]) -> list[Change]:
    """Give all changes with their times, which are fetched already."""
    changes = []
    for schedule in rows:
        # Where there are many times, changes of all others were fetched too.
        for change in decided.changes.get(schedule.pk, ()):
            change.schedule = schedule
            changes.append(change)
    return changes


def _fresh(responsibility: Responsibility, changes: Sequence[Change], now: datetime) -> list[Fresh]:
    """Give what was decided a short time ago, the latest first."""
    called_off = {change.calls_off_id for change in changes}
    found = [
        change
        for change in changes
        if change.decided_at > now - _FRESH and responsibility.covers_date(change.schedule, change)
    ]
    return [
        Fresh(change, change.uid not in called_off and not change.has_missed_its_day(now))
        for change in sorted(found, key=attrgetter("decided_at"), reverse=True)
    ]
