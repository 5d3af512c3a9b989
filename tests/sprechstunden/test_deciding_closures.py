"""Closures are written at once, with who and when; feeds learn of it, and what changes made them keep stays."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError

from sprechstunden.deciding import Chosen, close, decide, reopen, take_back
from sprechstunden.models import Change, ChangeKind, Closure, Schedule, StaffReason
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

LONG_AGO = datetime(2026, 11, 1, 8, tzinfo=BERLIN)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
FIRST, LAST = date(2026, 12, 7), date(2026, 12, 20)
TUESDAY = date(2026, 12, 8)


def _unsaved(*, whole_network: bool = False) -> Closure:
    return Closure(first=FIRST, last=LAST, reason=StaffReason.EVENT, whole_network=whole_network)


def _untouched(*schedules: Schedule) -> None:
    Schedule.objects.filter(pk__in=[one.pk for one in schedules]).update(modified_at=LONG_AGO)


def _touched(schedules: Iterable[Schedule]) -> list[bool]:
    return [Schedule.objects.get(pk=one.pk).modified_at != LONG_AGO for one in schedules]


def test_a_closure_is_written_with_what_it_is_for_and_who_decided() -> None:
    user, marten, partner = make_user(), make_standort("Marten"), make_partner()
    offer = make_sprechstunde()
    closure = _unsaved()

    close(closure, Chosen([marten], [partner], [offer]), user, NOW)

    stored = Closure.objects.get()
    assert (stored.first, stored.last, stored.decided_by, stored.decided_at) == (FIRST, LAST, user, NOW)
    assert [*stored.standorte.all(), *stored.partners.all(), *stored.sprechstunden.all()] == [marten, partner, offer]


def test_feeds_learn_of_the_dates_that_a_closure_can_take() -> None:
    office, marten = make_office(), make_standort("Marten")
    offer = make_sprechstunde(office=office)
    here, at_office, coming = make_schedule(standort=marten), make_schedule(offer, standort=None), make_schedule()
    by_offer, other = make_schedule(standort=make_standort("Lanstrop")), make_schedule(standort=make_standort("Hörde"))
    make_change(coming, TUESDAY, ChangeKind.MOVED, standort=marten)
    schedules = (here, at_office, coming, by_offer, other)
    _untouched(*schedules)

    close(_unsaved(), Chosen([marten, office], (), [by_offer.sprechstunde]), None, NOW)

    assert _touched(schedules) == [True, True, True, True, False]


def test_a_closure_of_the_network_touches_everything_once() -> None:
    schedules = [make_schedule(), make_schedule(standort=make_standort())]
    _untouched(*schedules)

    close(_unsaved(whole_network=True), Chosen(), None, NOW)

    assert {one.modified_at for one in Schedule.objects.all()} == {NOW}


@pytest.mark.parametrize("is_first", [True, False])
def test_what_a_closure_was_for_and_what_it_is_for_are_touched(is_first: bool) -> None:  # noqa: FBT001
    marten, lanstrop = make_standort("Marten"), make_standort("Lanstrop")
    schedules = [make_schedule(standort=marten), make_schedule(standort=lanstrop), make_schedule()]
    closure = make_closure(FIRST, LAST, standorte=[marten])
    _untouched(*schedules)

    chosen = Chosen([lanstrop]) if is_first else Chosen()
    closure.whole_network = not is_first
    close(closure, chosen, None, NOW)

    assert _touched(schedules) == [True, True, not is_first]
    assert list(closure.standorte.all()) == list(chosen.standorte)


def test_a_closure_that_was_for_the_network_touches_everything_when_it_becomes_smaller() -> None:
    marten = make_standort("Marten")
    schedules = [make_schedule(standort=marten), make_schedule()]
    closure = make_closure(FIRST, LAST)
    _untouched(*schedules)

    closure.whole_network = False
    close(closure, Chosen([marten]), None, NOW)

    assert _touched(schedules) == [True, True]


def test_a_closure_of_a_partner_touches_the_places_it_runs_or_hosts() -> None:
    partner, venue, funded = make_partner(), make_standort("Begegnungsraum"), make_standort("Lanstrop")
    PartnerRole.objects.create(partner=partner, standort=venue, kind=RoleKind.HOSTS)
    PartnerRole.objects.create(partner=partner, standort=funded, kind=RoleKind.FUNDS)
    schedules = [make_schedule(standort=venue), make_schedule(standort=funded)]
    _untouched(*schedules)

    close(_unsaved(), Chosen((), [partner]), None, NOW)

    assert _touched(schedules) == [True, False]


def test_without_a_choice_what_it_is_for_stays() -> None:
    marten = make_standort("Marten")
    closure = make_closure(FIRST, LAST, standorte=[marten])

    closure.last = TUESDAY
    close(closure, None, None, NOW)

    stored = Closure.objects.get()
    assert (stored.last, list(stored.standorte.all())) == (TUESDAY, [marten])


def test_each_time_is_a_later_second_even_with_a_clock_that_was_put_back() -> None:
    schedule = make_schedule()
    _untouched(schedule)
    closure = _unsaved(whole_network=True)

    moments = []
    for now in (NOW, NOW, NOW - timedelta(hours=1)):
        close(closure, Chosen(), None, now)
        moments.append(Schedule.objects.get().modified_at)
    reopen([closure], NOW)

    assert [*moments, Schedule.objects.get().modified_at] == [NOW + timedelta(seconds=n) for n in range(4)]


def test_dates_that_staff_keep_are_stored_and_can_be_given_up() -> None:
    schedule = make_schedule()
    closure = _unsaved(whole_network=True)
    closure.keep(schedule.uid, TUESDAY)

    close(closure, Chosen(), None, NOW)
    kept = Closure.objects.get().kept
    closure.kept = []
    close(closure, Chosen(), None, NOW)

    assert kept == [{"uid": str(schedule.uid), "day": "2026-12-08", "change": None}]
    assert Closure.objects.get().kept == []


def test_what_somebody_decided_for_one_date_meanwhile_is_not_lost() -> None:
    schedule = make_schedule()
    closure = make_closure(FIRST, LAST)
    form_of_somebody_else = Closure.objects.get()
    extra = Change(schedule=schedule, day=FIRST, kind=ChangeKind.EXTRA, opens=time(9), closes=time(10))
    decide(extra, None, NOW, in_spite_of=[closure])

    form_of_somebody_else.keep(schedule.uid, TUESDAY)
    form_of_somebody_else.keep("of a change that is gone", TUESDAY, UUID(int=1))
    close(form_of_somebody_else, Chosen(), None, NOW)

    assert Closure.objects.get().kept == [
        {"uid": str(extra.uid), "day": "2026-12-07", "change": str(extra.uid)},
        {"uid": str(schedule.uid), "day": "2026-12-08", "change": None},
    ]


def test_taking_back_a_change_takes_back_what_a_closure_kept_because_of_it_and_nothing_else() -> None:
    schedule, other = make_schedule(), make_schedule()
    spared, closure = make_closure(date(2026, 11, 30), FIRST), make_closure(FIRST, LAST)
    closure.keep(other.uid, TUESDAY)
    closure.save()
    extra = Change(schedule=schedule, day=TUESDAY, kind=ChangeKind.EXTRA, opens=time(9), closes=time(10))
    decide(extra, None, NOW, in_spite_of=[closure])
    _untouched(schedule, other)

    take_back(extra, NOW)

    kept = {one.pk: one.kept for one in Closure.objects.all()}
    assert kept == {spared.pk: [], closure.pk: [{"uid": str(other.uid), "day": "2026-12-08", "change": None}]}
    assert (Change.objects.count(), _touched([schedule, other])) == (0, [True, False])


def test_taking_back_a_change_that_no_closure_knows_leaves_closures_alone() -> None:
    change, closure = make_change(make_schedule(), TUESDAY), make_closure(FIRST, LAST)
    closure.keep("7", TUESDAY)
    closure.save()

    take_back(change, NOW)

    assert Closure.objects.get().kept == closure.kept


def test_a_closure_that_was_deleted_meanwhile_is_written_again() -> None:
    closure = make_closure(FIRST, LAST)
    Closure.objects.all().delete()

    close(closure, Chosen(), None, NOW)

    assert Closure.objects.get() == closure


def test_nothing_is_written_where_the_database_refuses() -> None:
    marten, schedule = make_standort("Marten"), make_schedule()
    closure = make_closure(FIRST, LAST, standorte=[marten])
    _untouched(schedule)

    closure.last = FIRST - timedelta(days=1)
    with pytest.raises(IntegrityError):
        close(closure, Chosen(), make_user(), NOW)

    assert [*Closure.objects.get().standorte.all(), Closure.objects.get().last] == [marten, LAST]
    assert _touched([schedule]) == [False]


def test_reopening_deletes_closures_and_feeds_learn_of_it() -> None:
    marten = make_standort("Marten")
    schedules = [make_schedule(standort=marten), make_schedule(), make_schedule(standort=make_standort("Lanstrop"))]
    gone = [
        make_closure(FIRST, LAST, standorte=[marten]),
        make_closure(FIRST, LAST, sprechstunden=[schedules[1].sprechstunde]),
    ]
    stays = make_closure(TUESDAY, LAST)
    _untouched(*schedules)

    reopen(Closure.objects.filter(pk__in=[closure.pk for closure in gone]), NOW)

    assert list(Closure.objects.all()) == [stays]
    assert _touched(schedules) == [True, True, False]
