"""What somebody agrees to before a closure is saved: dates by day, those that are kept, and a digest of it all."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from sprechstunden.closing import LISTED, Line, effect, propose, value_of
from sprechstunden.models import Closure, StaffReason
from sprechstunden.models.closure import Scope
from sprechstunden.occurrences import BERLIN
from tests.factories import make_office, make_schedule, make_standort

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
FIRST, LAST = date(2026, 12, 7), date(2026, 12, 20)
TUESDAY, NEXT = date(2026, 12, 8), date(2026, 12, 15)
EVERYTHING = Scope(whole_network=True, places=frozenset(), offers=frozenset())


def _unsaved(last: date = LAST) -> Closure:
    return Closure(first=FIRST, last=last, reason=StaffReason.EVENT)


def test_a_proposal_lists_days_and_counts_what_falls_away() -> None:
    first, second = make_schedule(), make_schedule(standort=make_standort())
    found = effect(_unsaved(), EVERYTHING, NOW)
    kept, by_change = value_of(found.losses[0]), value_of(found.losses[3])

    proposal = propose(found, {kept, "of nothing"}, {by_change}, "wanted")

    lines = [
        Line(found.losses[0], kept, is_kept=True, is_kept_by_change=False),
        Line(found.losses[1], value_of(found.losses[1]), is_kept=False, is_kept_by_change=False),
        Line(found.losses[2], value_of(found.losses[2]), is_kept=False, is_kept_by_change=False),
        Line(found.losses[3], by_change, is_kept=True, is_kept_by_change=True),
    ]
    assert proposal.days == [(TUESDAY, lines[:2]), (NEXT, lines[2:])]
    assert [entry.schedule for entry in proposal.falling] == [second, first]
    assert (proposal.places, proposal.not_listed) == (2, [])


def test_a_digest_names_what_is_wanted_and_the_dates_but_not_the_ticks() -> None:
    make_schedule()
    found, fewer = effect(_unsaved(), EVERYTHING, NOW), effect(_unsaved(last=TUESDAY), EVERYTHING, NOW)
    ticked = {value_of(found.losses[0])}

    digests = [
        propose(found, set(), set(), "wanted").digest,
        propose(found, ticked, set(), "wanted").digest,
        propose(found, set(), set(), "other").digest,
        propose(fewer, set(), set(), "wanted").digest,
        propose(found, set(), ticked, "wanted").digest,
        propose(replace(found, held=found.losses[:1]), set(), set(), "wanted").digest,
    ]

    assert digests[0] == digests[1]
    assert len(set(digests)) == 5


def test_what_is_not_listed_is_counted_by_place() -> None:
    office, marten = make_office(), make_standort("Marten")
    for minute in range(50):
        make_schedule(weekdays=("MO", "TU", "WE", "TH"), opens=time(8, minute), standort=None)
    make_schedule(weekdays=("FR",), standort=marten)

    proposal = propose(effect(_unsaved(), EVERYTHING, NOW), set(), set(), "wanted")

    assert (len(proposal.listed), len(proposal.lines), len(proposal.falling)) == (LISTED, 402, 402)
    assert proposal.not_listed == [(office, 101), (marten, 1)]
    assert (proposal.lines[LISTED].entry.day, proposal.places) == (NEXT, 2)
