"""What is decided about many times at once: each version of times gets what concerns it, and nothing else."""

from datetime import date, datetime, time
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from sprechstunden.decided import collect, decisions
from sprechstunden.models import ChangeKind, Closure, Schedule
from sprechstunden.models.closure import Scope
from sprechstunden.occurrences import BERLIN
from standorte.models import PartnerRole
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

FIRST, LAST = date(2026, 12, 21), date(2027, 1, 3)
TUESDAY = date(2026, 12, 22)


def _closures(schedule: Schedule) -> list[tuple[str, frozenset[str] | None]]:
    found = decisions([schedule], FIRST).of(schedule).closures
    return [(closure.key, closure.places) for closure in found]


def _of_place(closure: Closure, *places: int) -> list[tuple[str, frozenset[str] | None]]:
    return [(closure.key, frozenset(map(str, places)))]


def test_a_closure_of_the_whole_network_is_for_all_dates_of_all_times() -> None:
    closure = make_closure(FIRST, LAST)

    assert [_closures(make_schedule()), _closures(make_schedule(standort=make_standort()))] == [
        [(closure.key, None)]
    ] * 2


def test_a_closure_of_an_offer_is_for_all_its_dates_wherever_they_are() -> None:
    mine, other = make_schedule(), make_schedule()
    later = make_schedule(mine.sprechstunde, valid_from=TUESDAY, standort=make_standort())
    closure = make_closure(FIRST, LAST, sprechstunden=[mine.sprechstunde])

    assert [_closures(mine), _closures(later), _closures(other)] == [[(closure.key, None)], [(closure.key, None)], []]


def test_a_closure_of_a_place_is_for_what_is_there() -> None:
    marten, lanstrop = make_standort("Marten"), make_standort("Lanstrop")
    here, elsewhere = make_schedule(standort=marten), make_schedule(standort=lanstrop)
    closure = make_closure(FIRST, LAST, standorte=[marten])

    assert [_closures(here), _closures(elsewhere)] == [_of_place(closure, marten.pk), []]


def test_times_without_a_place_close_with_the_office_of_their_offer() -> None:
    office = make_office()
    schedule = make_schedule(make_sprechstunde(office=office), standort=None)
    closure = make_closure(FIRST, LAST, standorte=[office])

    assert _closures(schedule) == _of_place(closure, office.pk)


def test_times_close_with_a_place_to_which_one_of_their_dates_goes() -> None:
    marten = make_standort("Marten")
    coming, staying = make_schedule(), make_schedule()
    make_change(coming, TUESDAY, ChangeKind.MOVED, standort=marten)
    make_change(staying, TUESDAY, ChangeKind.MOVED, opens=time(14), closes=time(16))
    closure = make_closure(FIRST, LAST, standorte=[marten])

    assert [_closures(coming), _closures(staying)] == [_of_place(closure, marten.pk), []]


@pytest.mark.parametrize(
    ("kind", "is_closed"), [(RoleKind.RUNS, True), (RoleKind.HOSTS, True), (RoleKind.FUNDS, False)]
)
def test_all_places_of_a_partner_are_those_it_runs_or_hosts(kind: RoleKind, is_closed: bool) -> None:  # noqa: FBT001
    partner, venue = make_partner(), make_standort("Begegnungsraum")
    PartnerRole.objects.create(partner=partner, standort=venue, kind=kind)
    PartnerRole.objects.create(partner=make_partner("Caritas"), standort=make_standort(), kind=RoleKind.RUNS)
    PartnerRole.objects.create(partner=partner, standort=None, kind=RoleKind.FUNDS)
    schedule, other = make_schedule(standort=venue), make_schedule(standort=make_standort("Lanstrop"))
    closure = make_closure(FIRST, LAST, partners=[partner])

    assert _closures(schedule) == (_of_place(closure, venue.pk) if is_closed else [])
    assert _closures(other) == []


def test_closures_stand_in_order_for_everybody_first_those_of_the_network() -> None:
    office = make_office()
    schedule = make_schedule()
    at_place = make_closure(FIRST, LAST, standorte=[office])
    of_offer = make_closure(FIRST, LAST, sprechstunden=[schedule.sprechstunde])
    everywhere, again = make_closure(FIRST, LAST), make_closure(FIRST, LAST)

    found = [key for key, _places in _closures(schedule)]

    assert found == [everywhere.key, again.key, of_offer.key, at_place.key]


def test_of_several_closures_the_one_entered_first_counts_however_long_it_lasts() -> None:
    longer = make_closure(FIRST, date(2027, 2, 1))
    shorter = make_closure(FIRST, LAST)

    assert [key for key, _places in _closures(make_schedule())] == [longer.key, shorter.key]


@pytest.mark.parametrize(("since", "count"), [(LAST, 1), (date(2027, 1, 4), 0)])
def test_what_is_over_does_not_count(since: date, count: int) -> None:
    schedule = make_schedule()
    make_closure(FIRST, LAST)

    assert len(decisions([schedule], since).of(schedule).closures) == count


def test_a_closure_keeps_the_dates_it_names() -> None:
    schedule = make_schedule()
    closure = make_closure(FIRST, LAST)
    closure.keep(schedule.uid, TUESDAY)
    closure.keep(schedule.uid, TUESDAY)
    closure.keep("7", LAST, UUID(int=1))
    closure.save()

    (found,) = decisions([schedule], FIRST).of(schedule).closures

    assert found.kept == {(str(schedule.uid), TUESDAY), ("7", LAST)}
    assert len(closure.kept) == 2


def test_a_closure_forgets_what_a_change_made_it_keep_and_nothing_else() -> None:
    closure = make_closure(FIRST, LAST)
    closure.keep("7", TUESDAY)
    closure.keep("8", TUESDAY, UUID(int=1))

    assert [closure.forget(UUID(int=2)), closure.forget(UUID(int=1)), closure.forget(UUID(int=1))] == [
        False,
        True,
        False,
    ]
    assert closure.keeps() == {("7", TUESDAY)}


def test_closures_need_not_be_saved() -> None:
    schedule = make_schedule()
    unsaved = Closure(first=FIRST, last=LAST, reason="event", whole_network=True)

    found = collect([], [(unsaved, Scope(whole_network=True, places=frozenset(), offers=frozenset()))])

    assert [closure.key for closure in found.of(schedule).closures] == [unsaved.key]
    assert found.of(schedule).closed_by == {unsaved.key: unsaved}


def test_changes_belong_to_their_own_times_also_when_all_are_asked_for() -> None:
    mine, other = make_schedule(), make_schedule()
    change = make_change(mine, TUESDAY)
    make_change(other, TUESDAY)

    for found in (decisions([mine], FIRST), decisions(None, FIRST)):
        assert [value.key for value in found.of(mine).changes] == [change.key]


def test_five_hundred_and_one_times_are_asked_for_at_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    schedule = make_schedule()
    change = make_change(schedule, TUESDAY)
    many = [*(Schedule(pk=-number) for number in range(500)), schedule]

    with django_assert_num_queries(2) as asked:
        found = decisions(many, FIRST)

    assert [value.key for value in found.of(schedule).changes] == [change.key]
    assert max(len(query["sql"]) for query in asked.captured_queries) < 2000


def test_the_place_of_a_moved_date_is_known() -> None:
    marten, schedule = make_standort("Marten"), make_schedule()
    make_change(schedule, TUESDAY, ChangeKind.MOVED, standort=marten)

    found = decisions([schedule], FIRST).of(schedule)

    assert [found.place(str(marten.pk)), found.place("0")] == [marten, None]


@pytest.mark.parametrize("count", [1, 5])
def test_the_queries_are_the_same_for_one_closure_and_for_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    partner = make_partner()
    PartnerRole.objects.create(partner=partner, standort=make_standort("Lanstrop"), kind=RoleKind.RUNS)
    places = [make_standort(f"Ort {number}") for number in range(count)]
    schedules = [make_schedule(standort=place) for place in places]
    for place, schedule in zip(places, schedules, strict=True):
        make_closure(FIRST, LAST, standorte=[place], partners=[partner], sprechstunden=[schedule.sprechstunde])

    with django_assert_num_queries(5):
        found = decisions(schedules, FIRST)
        closed = [len(found.of(schedule).closures) for schedule in schedules]

    assert closed == [2] * count


def test_who_decided_is_fetched_for_staff(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user, at = make_user(), datetime(2026, 11, 24, 9, 30, tzinfo=BERLIN)
    schedule = make_schedule()
    make_change(schedule, TUESDAY, decided_by=user, decided_at=at)
    closure = make_closure(FIRST, LAST, decided_by=user)

    with django_assert_num_queries(5):
        found = decisions([schedule], FIRST, with_who=True).of(schedule)
        who = [found.closed_by[closure.key].decided_by, *(row.decided_by for row in found.rows.values())]

    assert who == [user, user]
