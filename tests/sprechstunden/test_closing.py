"""What a closure takes away is the difference of the dates without it and with it; undoing it restores them all."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.closing import Effect, effect, propose, value_of
from sprechstunden.deciding import Chosen, close, reopen
from sprechstunden.entries import Entry, EntryState
from sprechstunden.models import ChangeKind, Closure, Schedule, Sprechstunde, StaffReason
from sprechstunden.models.closure import Scope
from sprechstunden.occurrences import BERLIN
from standorte.models import Partner, PartnerRole, Standort
from standorte.models.partner import RoleKind
from tests.factories import (
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_user,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
FIRST, LAST = date(2026, 12, 7), date(2026, 12, 20)
TUESDAY, NEXT = date(2026, 12, 8), date(2026, 12, 15)
EVERYTHING = Scope(whole_network=True, places=frozenset(), offers=frozenset())


def _unsaved(first: date = FIRST, last: date = LAST) -> Closure:
    return Closure(first=first, last=last, reason=StaffReason.EVENT)


def _at(*places: Standort) -> Scope:
    return Scope(whole_network=False, places=frozenset(place.pk for place in places), offers=frozenset())


def _of(*offers: Sprechstunde) -> Scope:
    return Scope(whole_network=False, places=frozenset(), offers=frozenset(offer.pk for offer in offers))


def _days(found: Effect) -> list[date]:
    return [entry.day for entry in found.losses]


def _all_dates(first: date, last: date) -> list[Entry]:
    rows = list(timetable.all_schedules())
    return timetable.dates(timetable.versions(rows, first), first, last, NOW)


def _seen(entries: Sequence[Entry]) -> list[tuple[str, datetime, EntryState, str]]:
    return [(value_of(entry), entry.starts, entry.state, str(entry.occurrence.because)) for entry in entries]


def test_a_closure_takes_the_dates_of_its_days() -> None:
    make_schedule()

    assert _days(effect(_unsaved(), EVERYTHING, NOW)) == [TUESDAY, NEXT]
    assert _days(effect(_unsaved(TUESDAY, TUESDAY), EVERYTHING, NOW)) == [TUESDAY]
    assert effect(_unsaved(date(2026, 12, 9), date(2026, 12, 14)), EVERYTHING, NOW) == Effect()


def test_a_closure_of_a_place_takes_what_is_there_and_what_comes_there() -> None:
    marten = make_standort("Marten")
    here, coming, leaving, elsewhere = (make_schedule(standort=place) for place in (marten, None, marten, None))
    make_change(coming, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 9), standort=marten)
    make_change(leaving, TUESDAY, ChangeKind.MOVED, standort=make_standort("Lanstrop"))
    make_change(elsewhere, TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(16), standort=marten)

    found = effect(_unsaved(), _at(marten), NOW)

    assert [(entry.schedule, entry.day) for entry in found.losses] == [
        (here, TUESDAY),
        (elsewhere, TUESDAY),
        (coming, date(2026, 12, 9)),
        (here, NEXT),
        (leaving, NEXT),
    ]
    assert found.off_anyway == 0


def test_a_closure_of_an_offer_takes_its_dates_everywhere() -> None:
    mine, _other = make_schedule(), make_schedule()
    make_change(mine, TUESDAY, ChangeKind.MOVED, standort=make_standort())

    found = effect(_unsaved(), _of(mine.sprechstunde), NOW)

    assert [(entry.schedule, entry.day) for entry in found.losses] == [(mine, TUESDAY), (mine, NEXT)]


def test_dates_that_are_off_anyway_are_counted_apart() -> None:
    cancelled, closed, moved, holidays = (make_schedule() for _number in range(4))
    make_change(cancelled, TUESDAY)
    make_closure(TUESDAY, TUESDAY, sprechstunden=[closed.sprechstunde])
    make_change(moved, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 22))
    Schedule.objects.filter(pk=holidays.pk).update(follows_school_holidays=True)

    one_day = effect(_unsaved(TUESDAY, TUESDAY), EVERYTHING, NOW)
    holiday = effect(_unsaved(date(2026, 12, 29), date(2026, 12, 29)), EVERYTHING, NOW)

    assert ([entry.schedule for entry in one_day.losses], one_day.off_anyway) == ([holidays], 2)
    assert ([entry.schedule for entry in holiday.losses], holiday.off_anyway) == ([cancelled, closed, moved], 1)


def test_a_date_that_another_closure_of_the_network_takes_is_off_anyway() -> None:
    make_schedule()
    make_closure(TUESDAY, TUESDAY)

    found = effect(_unsaved(), _at(make_office("Mengede/Huckarde 2"), Standort.objects.earliest("pk")), NOW)

    assert (_days(found), found.off_anyway) == ([NEXT], 1)


def test_held_dates_are_not_touched_and_named_apart_where_the_closure_would_take_them() -> None:
    marten = make_standort("Marten")
    here, elsewhere = make_schedule(standort=marten), make_schedule()
    for schedule in (here, elsewhere):
        make_change(schedule, TUESDAY, ChangeKind.HELD)
        make_change(schedule, date(2026, 12, 22), ChangeKind.HELD)

    everywhere, there = (effect(_unsaved(), scope, NOW) for scope in (EVERYTHING, _at(marten)))

    assert (_days(everywhere), everywhere.off_anyway) == ([NEXT, NEXT], 0)
    assert [(entry.schedule, entry.day) for entry in everywhere.held] == [(here, TUESDAY), (elsewhere, TUESDAY)]
    assert [(entry.schedule, entry.day) for entry in (*there.losses, *there.held)] == [(here, NEXT), (here, TUESDAY)]


def test_what_residents_do_not_see_is_not_counted() -> None:
    make_schedule(make_sprechstunde(is_published=False))
    make_schedule(standort=make_standort(is_published=False))

    assert effect(_unsaved(), EVERYTHING, NOW) == Effect()


def test_what_a_saved_closure_takes_does_not_depend_on_what_it_keeps() -> None:
    schedule = make_schedule()
    closure = make_closure(FIRST, LAST)
    closure.keep(schedule.uid, TUESDAY)
    closure.save()

    assert _days(effect(closure, EVERYTHING, NOW)) == [TUESDAY, NEXT]


def test_past_days_are_not_counted() -> None:
    make_schedule()
    at_noon = datetime(2026, 12, 15, 11, tzinfo=BERLIN)

    assert _days(effect(_unsaved(), EVERYTHING, at_noon)) == [NEXT]
    assert effect(_unsaved(), EVERYTHING, at_noon + timedelta(days=6)) == Effect()


def test_a_version_that_ends_the_one_before_counts_though_it_is_elsewhere() -> None:
    marten = make_standort("Marten")
    before = make_schedule(standort=marten)
    make_schedule(before.sprechstunde, valid_from=date(2026, 12, 10), standort=make_standort("Lanstrop"))

    assert _days(effect(_unsaved(), _at(marten), NOW)) == [TUESDAY]


@pytest.mark.parametrize("count", [1, 20])
def test_asking_costs_the_same_however_much_closes(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = [make_standort(f"Ort {number:02}") for number in range(count)]
    for place in places:
        times, user = make_schedule(standort=place), make_user(f"{place.slug}@example.org")
        make_change(times, TUESDAY, ChangeKind.MOVED, standort=places[0])
        make_change(make_schedule(standort=place), TUESDAY, ChangeKind.HELD, decided_by=user)
        make_closure(NEXT, NEXT, standorte=[place])

    with django_assert_num_queries(6):
        found = effect(_unsaved(), _at(*places), NOW)
        shown = [(str(entry.sprechstunde), entry.standort or entry.sprechstunde.office) for entry in found.losses]
        held = [one.why for one in propose(found, (), (), "wanted").held]

    assert shown == [("Sprechstunde", places[0])] * count
    assert len(set(held)) == count


@st.composite
def _closures(draw: st.DrawFn) -> tuple[date, date, bool, tuple[set[int], set[int], set[int]]]:
    first = FIRST + timedelta(draw(st.integers(-10, 10)))
    chosen = draw(st.tuples(*(st.sets(st.integers(0, 2), max_size=2) for _part in range(3))))
    return first, first + timedelta(draw(st.integers(0, 14))), draw(st.booleans()), chosen


@settings(max_examples=30)
@given(data=st.data())
def test_closing_takes_exactly_what_was_said_and_reopening_restores_exactly_what_was(data: st.DataObject) -> None:
    with transaction.atomic():
        places, partners, offers = _network()
        # What has been decided before stands in the way of what is proved, as in life.
        for _number in range(data.draw(st.integers(0, 2))):
            close(*_drawn(data.draw(_closures()), places, partners, offers), None, NOW)
        window = (FIRST - timedelta(30), LAST + timedelta(30))
        before = _all_dates(*window)
        closure, chosen = _drawn(data.draw(_closures()), places, partners, offers)
        scope = _scope(closure, chosen)
        said = effect(closure, scope, NOW)
        kept = data.draw(st.sets(st.sampled_from(said.losses).map(value_of))) if said.losses else set()
        for value in kept:
            uid, day = value.split()
            closure.keep(uid, date.fromisoformat(day))

        close(closure, chosen, None, NOW)
        after = _all_dates(*window)
        reopen([closure], NOW)

        on = {(value_of(entry), entry.starts) for entry in after if entry.takes_place}
        gone = [entry for entry in before if entry.takes_place and (value_of(entry), entry.starts) not in on]
        assert _seen(gone) == _seen([entry for entry in said.losses if value_of(entry) not in kept])
        assert _seen(_all_dates(*window)) == _seen(before)
        transaction.set_rollback(True)


def _network() -> tuple[list[Standort], list[Partner], list[Sprechstunde]]:
    """Make three places, partners and offers, with dates that are moved, added, held and cancelled."""
    office, marten, venue = make_office(), make_standort("Marten"), make_standort("Begegnungsraum")
    partners = [make_partner(name) for name in ("Diakonie", "Caritas", "Planerladen")]
    for partner, place, kind in zip(partners, (marten, venue, office), RoleKind, strict=True):
        PartnerRole.objects.create(partner=partner, standort=place, kind=kind)
    tuesdays = make_schedule(standort=None)
    mondays = make_schedule(weekdays=("MO", "TH"), standort=marten, confirmed_on=date(2026, 11, 2))
    fridays = make_schedule(
        make_sprechstunde(partner=partners[0]),
        weekdays=("FR",),
        interval=2,
        anchor=FIRST + timedelta(4),
        standort=venue,
    )
    make_schedule(tuesdays.sprechstunde, valid_from=NEXT, weekdays=("WE",), standort=venue)
    make_change(tuesdays, TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 10), standort=marten)
    make_change(mondays, FIRST, ChangeKind.HELD)
    make_change(mondays, date(2026, 12, 10))
    make_change(mondays, date(2026, 12, 14), ChangeKind.MOVED, standort=venue)
    make_change(fridays, date(2026, 12, 12), ChangeKind.EXTRA, opens=time(9), closes=time(11), standort=marten)
    return [office, marten, venue], partners, [tuesdays.sprechstunde, mondays.sprechstunde, fridays.sprechstunde]


def _drawn(
    drawn: tuple[date, date, bool, tuple[set[int], set[int], set[int]]],
    places: list[Standort],
    partners: list[Partner],
    offers: list[Sprechstunde],
) -> tuple[Closure, Chosen]:
    first, last, whole_network, chosen = drawn
    closure = Closure(first=first, last=last, reason=StaffReason.EVENT, whole_network=whole_network)
    if whole_network:
        return closure, Chosen()
    at, by, of = chosen
    return closure, Chosen([places[n] for n in at], [partners[n] for n in by], [offers[n] for n in of])


def _scope(closure: Closure, chosen: Chosen) -> Scope:
    roles = PartnerRole.objects.filter(partner__in=list(chosen.partners)).exclude(kind=RoleKind.FUNDS)
    places = {place.pk for place in chosen.standorte} | set(roles.values_list("standort", flat=True))
    return Scope(closure.whole_network, frozenset(places), frozenset(offer.pk for offer in chosen.sprechstunden))
