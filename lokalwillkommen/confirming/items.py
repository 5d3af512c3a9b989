"""What somebody should confirm again: groups of facts of places and times of offers, each in words."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.today_forms import offer_name
from sprechstunden.decided import Decisions
from sprechstunden.models import Schedule
from sprechstunden.recurrence import Once
from sprechstunden.templatetags.staff import times_in_full
from sprechstunden.timetable import Version, in_force
from standorte.freshness import Freshness
from standorte.models import Answer, FactGroup, Standort, StandortEvidence
from standorte.templatetags.words import listed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

TIMES, FACTS = "sprechstunden.change_schedule", "standorte.change_standort"
_NOTHING_DECIDED = Decisions({}, (), (), {}, {})


@dataclass(frozen=True, slots=True)
class Item:
    """Facts that are confirmed together, as words in German, and the row that knows by whom they are confirmed."""

    key: str
    title: str
    words: tuple[str, ...]
    row: Schedule | StandortEvidence
    freshness: Freshness

    @property
    def edit(self) -> str:
        """Give the address in the admin where staff put it right."""
        if isinstance(self.row, Schedule):
            return reverse("admin:sprechstunden_sprechstunde_change", args=[self.row.sprechstunde_id])
        return reverse("admin:standorte_standort_change", args=[self.row.standort_id])

    @property
    def fingerprint(self) -> str:
        """Give what is another as soon as the facts are."""
        return _digest([self.key, self.title, *self.words])


def fingerprint_of(items: Iterable[Item]) -> str:
    """Give what is another as soon as one of some facts is, or as one comes or goes."""
    return _digest([item.fingerprint for item in items])


def due(responsibility: Responsibility, day: date) -> list[Item]:
    """Give what nobody has confirmed for three months, at the places of a person: times first, as these mislead most.

    A fixed number of queries, however many places there are.
    """
    items = [*_times(responsibility, day), *_facts(responsibility, day)]
    return [item for item in items if item.freshness is not Freshness.FRESH]


def allowed(user: "User | AnonymousUser", items: Iterable[Item]) -> list[Item]:
    """Keep what a person may change: times, facts of places, or both."""
    may_times, may_facts = user.has_perm(TIMES), user.has_perm(FACTS)
    return [item for item in items if (may_times if isinstance(item.row, Schedule) else may_facts)]


def _times(responsibility: Responsibility, day: date) -> Iterator[Item]:
    rows = responsibility.schedules(Schedule.objects.of_published_offers().for_pages())
    for version in in_force(rows, _NOTHING_DECIDED):
        if not _is_over(version, day):
            schedule = version.schedule
            yield Item(
                f"zeiten-{schedule.pk}",
                offer_name(schedule),
                tuple(_words_of_times(schedule)),
                schedule,
                schedule.freshness_on(day),
            )


def _is_over(version: Version, day: date) -> bool:
    last, rule = version.series.valid_until, version.series.rule
    return (last is not None and last < day) or (isinstance(rule, Once) and rule.day < day)


def _words_of_times(schedule: Schedule) -> Iterator[str]:
    if schedule.is_dated:
        yield times_in_full(schedule)
    if schedule.words:
        yield schedule.words.german
    if schedule.languages:
        yield _("Languages spoken: %(languages)s") % {"languages": listed(schedule.languages)}


def _facts(responsibility: Responsibility, day: date) -> Iterator[Item]:
    rows = responsibility.rows(Standort.objects.published().for_pages())
    for standort in rows.order_by("name"):
        for group, evidence in standort.evidence_by_group.items():
            words = tuple(word for word in _words_of_facts(standort, FactGroup(group)) if word)
            if words:
                title = f"{standort}: {evidence.get_group_display()}"
                yield Item(f"ort-{evidence.pk}", title, words, evidence, evidence.freshness_on(day))


def _words_of_facts(standort: Standort, group: FactGroup) -> Sequence[str]:
    """Say what is known; nothing where nobody can confirm anything."""
    if group is FactGroup.GENERAL:
        districts = [row.name for row in (standort.stadtbezirk, *standort.serves.all()) if row]
        return (standort.name, standort.other_name, capfirst(standort.get_kind_display()), ", ".join(districts))
    if group is FactGroup.ADDRESS:
        place = (standort.building.german, standort.street, standort.city_line if standort.street else "")
        return (*place, standort.directions.german)
    if group is FactGroup.CONTACT:
        return (*(phone.number for phone in standort.phones.all()), standort.email)
    if group is FactGroup.LANGUAGES:
        return (listed(standort.languages),)
    answers = [(name, answer) for name, answer in standort.access_answers() if answer != Answer.UNKNOWN]
    return [f"{capfirst(name)}: {answer.label}" for name, answer in answers]


def _digest(parts: Sequence[str]) -> str:
    return sha256(json.dumps(list(parts)).encode()).hexdigest()
