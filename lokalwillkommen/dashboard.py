"""What a person can put right now, by harm to residents: what sends somebody to a closed door soon comes first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.confirming.items import FACTS, TIMES, allowed, due
from lokalwillkommen.confirming.models import OfficeAddress
from lokalwillkommen.today_forms import offer_name
from lokalwillkommen.translating.rights import languages_of
from sprechstunden import timetable
from sprechstunden.clashes import ClashKind, clashes
from sprechstunden.decided import decisions
from sprechstunden.ending import ending
from sprechstunden.entries import Entry
from sprechstunden.models import Schedule, Sprechstunde
from sprechstunden.nearby import instead
from sprechstunden.preview import presence
from sprechstunden.templatetags.staff import ends_on
from sprechstunden.timetable import Version
from standorte.models import Standort
from standorte.templatetags.words import long_date
from standorte.text_places import written_texts
from standorte.texts import State

if TYPE_CHECKING:
    from lokalwillkommen.accounts.models import User

MOST = 7
AHEAD = timedelta(days=14)
_SEE_DATES = ("sprechstunden.view_sprechstunde", "sprechstunden.change_schedule", "sprechstunden.view_change")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is not right, in a sentence, and the page on which it is put right."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The first tasks, and how many more there are."""

    tasks: Sequence[Task]
    more: int


@dataclass(frozen=True, slots=True)
class _Dates:
    """Times of a person's places, their versions that residents see, and their dates of the next days."""

    rows: Sequence[Schedule] = ()
    versions: Sequence[Version] = ()
    entries: Sequence[Entry] = ()


def dashboard(user: "User", now: datetime) -> Dashboard:
    """Give what is to do at the places of a person; a fixed number of queries, however much it is."""
    tasks = list(_tasks(user, Responsibility.of(user), now))
    return Dashboard(tasks[:MOST], max(len(tasks) - MOST, 0))


def _tasks(user: "User", responsibility: Responsibility, now: datetime) -> Iterator[Task]:
    may_confirm = user.has_perm(TIMES) or user.has_perm(FACTS)
    unconfirmed = allowed(user, due(responsibility, now.date())) if may_confirm else []
    lapsed = [item for item in unconfirmed if not item.freshness.counts]
    may_see = any(user.has_perm(right) for right in _SEE_DATES)
    found = _dates(responsibility, now) if may_see else _Dates()
    yield from _soon(found, now)
    yield from _without_a_page(found)
    yield from _to_confirm(len(lapsed), is_lapsed=True)
    for one in ending(found.versions, now.date()):
        yield Task(f"{offer_name(one.schedule)}: {ends_on(one)}", _edit(one.schedule))
    yield from _to_confirm(len(unconfirmed) - len(lapsed), is_lapsed=False)
    yield from _without_address(user, responsibility)
    yield from _outdated(user, now)


def _dates(responsibility: Responsibility, now: datetime) -> _Dates:
    rows = list(responsibility.schedules(Schedule.objects.of_published_offers().for_pages()))
    versions = list(timetable.in_force(rows, decisions(rows, now.date())))
    entries = timetable.dates(versions, now.date(), now.date() + AHEAD, now)
    mine = [
        entry
        for entry in entries
        if not entry.has_ended(now) and responsibility.covers(entry.sprechstunde, entry.place_id)
    ]
    return _Dates(rows, versions, mine)


def _soon(found: _Dates, now: datetime) -> Iterator[Task]:
    """Give dates that are in each other's way and dates that are off with nothing instead, in the order of time."""
    dated = sorted(chain(_clashing(found.entries), _off(found.entries, now)), key=lambda one: one[0])
    return (task for _moment, task in dated)


def _clashing(entries: Iterable[Entry]) -> Iterator[tuple[datetime, Task]]:
    held = [presence(entry, entry) for entry in entries if entry.takes_place]
    sentences = {
        ClashKind.ROOM: _("%(day)s: two dates are in one room at the same time, “%(first)s” and “%(second)s”."),
        ClashKind.TEAM: _("%(day)s: one team is at two places at the same time, “%(first)s” and “%(second)s”."),
    }
    said = set()
    for entry, in_the_way in clashes(held, held).items():
        for clash in in_the_way:
            other = clash.other.key
            # Every week again it would be one sentence too many.
            pair = frozenset({entry.schedule.pk, other.schedule.pk})
            if other.sprechstunde != entry.sprechstunde and pair not in said:
                said.add(pair)
                names = {"first": offer_name(entry.schedule), "second": offer_name(other.schedule)}
                sentence = sentences[clash.kind] % {"day": long_date(entry.day), **names}
                yield entry.starts, Task(sentence, _edit(entry.schedule))


def _off(entries: Iterable[Entry], now: datetime) -> Iterator[tuple[datetime, Task]]:
    """Give what staff have cancelled or closed where nothing stands in; a public holiday is nobody's mistake."""
    off = [entry for entry in entries if not entry.takes_place and entry.goes_to is None and entry.decision]
    helped = instead(off, now)
    for entry in off:
        if entry not in helped:
            said = {"day": long_date(entry.day), "offer": offer_name(entry.schedule)}
            sentence = _("%(day)s: “%(offer)s” is off, and no confirmed date stands in for it.") % said
            yield entry.starts, Task(sentence, reverse("today"))


def _without_a_page(found: _Dates) -> Iterator[Task]:
    """Give offers that are published, but at held back places only: links to their pages lead nowhere."""
    seen = {version.schedule.sprechstunde_id for version in found.versions}
    hidden: dict[Sprechstunde, bool] = {}
    for row in found.rows:
        is_held_back = row.standort is not None and not row.standort.is_published
        hidden[row.sprechstunde] = hidden.get(row.sprechstunde, True) and is_held_back
    for offer, is_hidden in hidden.items():
        if is_hidden and offer.pk not in seen:
            sentence = _("“%(offer)s” is published, but none of its places: links to its page lead nowhere.")
            yield Task(sentence % {"offer": offer}, _edit_offer(offer.pk))


def _to_confirm(count: int, *, is_lapsed: bool) -> Iterator[Task]:
    lapsed = ngettext(
        "%(count)s group of facts or times is not confirmed, so nothing is “open now” there.",
        "%(count)s groups of facts or times are not confirmed, so nothing is “open now” there.",
        count,
    )
    aging = ngettext(
        "%(count)s group of facts or times was confirmed more than three months ago.",
        "%(count)s groups of facts or times were confirmed more than three months ago.",
        count,
    )
    if count:
        yield Task((lapsed if is_lapsed else aging) % {"count": count}, reverse("to_confirm"))


def _without_address(user: "User", responsibility: Responsibility) -> Iterator[Task]:
    if not user.has_perm("confirming.view_officeaddress"):
        return
    checked = OfficeAddress.objects.filter(office=OuterRef("pk"), is_verified=True)
    offices = responsibility.rows(Standort.objects.published().offices())
    if count := offices.exclude(Exists(checked)).count():
        sentence = ngettext(
            "%(count)s office is not asked to confirm by mail: it has no checked address.",
            "%(count)s offices are not asked to confirm by mail: they have no checked address.",
            count,
        )
        yield Task(sentence % {"count": count}, reverse("admin:confirming_officeaddress_changelist"))


def _outdated(user: "User", now: datetime) -> Iterator[Task]:
    languages = languages_of(user)
    texts = (one.text for one in written_texts(now.date())) if languages else iter(())
    count = sum(text.state(language) is State.OUTDATED for text in texts for language in languages)
    if count:
        sentence = ngettext(
            "%(count)s translation no longer fits its German text.",
            "%(count)s translations no longer fit their German text.",
            count,
        )
        yield Task(sentence % {"count": count}, reverse("translating_languages"))


def _edit(schedule: Schedule) -> str:
    return _edit_offer(schedule.sprechstunde_id)


def _edit_offer(number: int) -> str:
    return reverse("admin:sprechstunden_sprechstunde_change", args=[number])
