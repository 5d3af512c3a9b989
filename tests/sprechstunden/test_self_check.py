"""The self-check finds nothing where engine and second computation agree, and names every date where they do not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from sprechstunden import self_check
from sprechstunden.management.commands.check_dates import sentence
from sprechstunden.models import Change, ChangeKind, DateCheck, Difference, Frequency, Schedule
from sprechstunden.second_opinion import Changed, Offer, Opinion, Surroundings, second_opinion
from standorte.models import Partner, PartnerRole
from standorte.models.partner import RoleKind
from tests.factories import (
    make_called_off,
    make_change,
    make_closure,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
)
from tests.pages import NOW

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 12, 1), date(2027, 1, 31)
TUESDAY = date(2026, 12, 1)
NO_RULE = "are no rule: the first date 2021-11-10 is on none of the weekdays TU"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _compare(second: self_check.Second = second_opinion) -> self_check.Findings:
    return self_check.compare(FIRST, LAST, NOW, second)


def _break(schedule: Schedule) -> None:
    """Force in what no form and no constraint can see: a first date on the wrong weekday."""
    Schedule.objects.filter(pk=schedule.pk).update(interval=2, anchor=date(2021, 11, 10))


def _blind(offer: Offer, around: Surroundings, first: date, last: date, what: str) -> Opinion:
    """Compute wrongly: as if one thing did not exist."""
    if what == "changes":
        return second_opinion(replace(offer, changes={}), around, first, last)
    if what == "versions":
        return second_opinion(replace(offer, times=offer.times[:1]), around, first, last)
    return second_opinion(offer, replace(around, **{what: frozenset()}), first, last)  # type: ignore[arg-type]  # an empty one fits all


@pytest.fixture
def everything() -> None:
    """Make all rows."""
    _make_everything()


def _make_everything() -> None:
    """Make rows in which everything that can decide about a date has its turn."""
    office, marten = make_office(), make_standort("Marten")
    hidden = make_standort("Verborgen", is_published=False)
    diakonie = make_partner()
    PartnerRole.objects.create(partner=diakonie, standort=marten, kind=RoleKind.HOSTS)
    PartnerRole.objects.create(partner=diakonie, standort=office, kind=RoleKind.FUNDS)
    offer = make_sprechstunde(office=office)
    weekly = make_schedule(offer, weekdays=("TU", "TH"))
    make_schedule(offer, valid_from=date(2027, 1, 5), interval=2, anchor=date(2027, 1, 12), standort=None)
    there = make_schedule(standort=marten, frequency=Frequency.MONTHLY, positions=("1", "-1"))
    make_schedule(standort=marten, weekdays=("FR",), follows_school_holidays=True, held_on_closing_days=True)
    make_schedule(standort=hidden)
    make_schedule(make_sprechstunde(is_published=False))
    hidden_partner = make_partner("Verborgen e. V.")
    Partner.objects.filter(pk=hidden_partner.pk).update(is_published=False)
    make_schedule(make_sprechstunde(partner=hidden_partner))
    make_change(make_undated(), date(2026, 12, 16), ChangeKind.EXTRA, opens=time(14), closes=time(15))
    make_change(weekly, date(2026, 12, 3))
    make_change(weekly, date(2026, 12, 8), ChangeKind.MOVED, standort=marten, opens=time(9))
    make_change(weekly, date(2026, 12, 10), ChangeKind.MOVED, new_day=date(2026, 12, 23), standort=hidden)
    make_called_off(
        make_change(weekly, date(2026, 12, 17), ChangeKind.MOVED, new_day=date(2026, 12, 22), opens=time(9))
    )
    make_change(weekly, date(2026, 12, 24), ChangeKind.HELD)
    make_change(there, date(2026, 12, 12), ChangeKind.EXTRA, opens=time(14), closes=time(15))
    make_change(there, date(2026, 12, 13), ChangeKind.CANCELLED)
    make_called_off(make_change(there, date(2026, 12, 18), ChangeKind.EXTRA, opens=time(14), closes=time(15)))
    make_closure(date(2026, 12, 8), date(2026, 12, 9), partners=[diakonie])
    make_closure(date(2026, 12, 14), date(2026, 12, 15), sprechstunden=[offer])
    make_closure(date(2026, 12, 28), date(2026, 12, 30), standorte=[office])
    everywhere = make_closure(date(2027, 1, 1), date(2027, 1, 12))
    everywhere.keep(there.uid, date(2027, 1, 5))
    everywhere.save()


def test_both_agree_about_everything_that_can_happen() -> None:
    _make_everything()

    found = _compare()

    assert (found.offers, found.dates, found.differences) == (5, 30, [])


@pytest.mark.parametrize(
    ("what", "missed"),
    [
        ("changes", ["12-03", "12-08", "12-10", "12-17", "12-24", "12-12", "12-18", "12-16"]),
        (
            "versions",
            ["01-05", "01-07", "01-12", "01-12", "01-14", "01-19", "01-21", "01-26", "01-26", "01-28"],
        ),
        ("closures", ["12-08", "12-15", "12-29", "01-12", "01-08"]),
        ("closing_days", ["12-31"]),
        ("school_holidays", ["12-25"]),
        (
            "held_back",
            ["12-10", "12-01", "12-08", "12-15", "12-22", "12-29", "01-05", "01-12", "01-19", "01-26"],
        ),
    ],
)
def test_whoever_overlooks_one_sort_of_rows_is_found_out(what: str, missed: list[str]) -> None:
    """Else the two could agree because neither looks."""
    _make_everything()

    found = _compare(partial(_blind, what=what))

    assert [difference["day"][5:] for difference in found.differences] == missed


def test_a_wrong_date_is_named_with_what_each_says() -> None:
    schedule = make_schedule()
    make_closure(TUESDAY, TUESDAY)
    make_schedule(weekdays=("WE",))

    found = _compare(partial(_blind, what="closures"))

    when = f"2026-12-01T10:00:00+01:00/2026-12-01T12:00:00+01:00 @{schedule.standort_id}"
    named: Difference = {
        "offer": schedule.sprechstunde.pk,
        "name": "Sprechstunde",
        "day": "2026-12-01",
        "engine": f"cancelled {when}",
        "second": f"planned {when}",
    }
    assert (found.offers, found.differences) == (2, [named])


def test_a_date_that_only_one_of_them_gives_is_named() -> None:
    make_schedule(frequency=Frequency.ONCE, weekdays=(), anchor=TUESDAY)

    found = _compare(lambda *_asked: Opinion([], {}))

    assert [(one["day"], one["engine"][:7], one["second"]) for one in found.differences] == [
        ("2026-12-01", "planned", "")
    ]


def test_what_staff_save_between_the_two_questions_is_no_difference() -> None:
    schedule = make_schedule()

    def slow(offer: Offer, around: Surroundings, first: date, last: date) -> Opinion:
        """Cancel a date, as staff would, after the engine has been asked."""
        if not Change.objects.exists():
            change = make_change(schedule, TUESDAY)
            changed = {str(schedule.uid): (Changed(str(change.uid), change.kind, TUESDAY),)}
            return second_opinion(replace(offer, changes=changed), around, first, last)
        return second_opinion(offer, around, first, last)

    assert _compare(slow).differences == []
    assert Change.objects.count() == 1


@pytest.mark.parametrize("count", [1, 5])
def test_it_asks_in_batches_not_for_every_offer_or_closure(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    partner = make_partner()
    PartnerRole.objects.create(partner=partner, standort=make_standort("Lanstrop"), kind=RoleKind.RUNS)
    for _number in range(count):
        schedule = make_schedule()
        closed = {"standorte": [schedule.standort], "sprechstunden": [schedule.sprechstunde], "partners": [partner]}
        make_closure(TUESDAY, TUESDAY, **closed)  # type: ignore[arg-type]  # rows of each sort

    with django_assert_num_queries(16):
        assert _compare().offers == count


def test_without_offers_there_is_nothing_to_compare() -> None:
    assert _compare() == self_check.Findings()


# The rows are the same for every window.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dates(date(2019, 1, 1), date(2029, 12, 31)), days=st.integers(0, 500))
def test_both_agree_about_every_window(everything: None, first: date, days: int) -> None:  # noqa: ARG001  # rows
    assert self_check.compare(first, first + timedelta(days), NOW).differences == []


def test_the_command_says_what_it_compared_and_keeps_it() -> None:
    make_schedule()
    said = StringIO()

    call_command("check_dates", "--day", "2026-12-01", "--days", "14", stdout=said)

    assert said.getvalue() == "3 dates of 1 offers from 2026-12-01 to 2026-12-15: both computations agree.\n"
    kept = DateCheck.objects.values_list("checked_at", "first", "last", "offers", "dates", "difference_count")
    assert kept.get() == (NOW, date(2026, 12, 1), date(2026, 12, 15), 1, 3, 0)


def test_without_a_day_it_looks_400_days_ahead_of_today() -> None:
    make_schedule()

    call_command("check_dates", stdout=StringIO())

    check = DateCheck.objects.get()
    assert (check.first, check.last, check.dates) == (date(2026, 11, 22), date(2027, 12, 27), 57)


def test_the_command_fails_and_names_times_that_are_no_rule() -> None:
    broken = make_schedule()
    make_schedule()
    _break(broken)
    said = StringIO()

    with pytest.raises(CommandError) as failed:
        call_command("check_dates", "--day", "2026-12-01", stderr=said)

    offer = broken.sprechstunde.pk
    assert said.getvalue() == f"Sprechstunde (offer {offer}): times {broken.uid} {NO_RULE}\n"
    assert str(failed.value) == "58 dates of 2 offers from 2026-12-01 to 2028-01-05: 1 differences."
    assert failed.value.returncode == 1
    assert DateCheck.objects.get().difference_count == 1


def test_the_command_names_day_and_both_sides() -> None:
    difference: Difference = {"offer": 3, "name": "Café", "day": "2026-12-01", "engine": "planned …", "second": ""}

    assert sentence(difference) == (
        "Café (offer 3), 2026-12-01: the engine says planned …; the second computation no date"
    )
    assert sentence({**difference, "engine": "", "second": "planned …"}) == (
        "Café (offer 3), 2026-12-01: the engine says no date; the second computation planned …"
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--day", "1.12.2026"], "“1.12.2026” is no day: write it like 2026-12-01."),
        (["--days", "0"], "“0” is no number of days: write 1 or more."),
        (["--days", "-3"], "“-3” is no number of days: write 1 or more."),
        (["--days", "many"], "“many” is no number of days: write 1 or more."),
        (["--day", "9999-12-31"], "The calendar ends before that day."),
        (["--days", "99999999999"], "The calendar ends before that day."),
    ],
)
def test_a_window_that_is_none_is_refused_with_a_sentence(words: list[str], complaint: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("check_dates", *words)

    assert str(refused.value).endswith(complaint)
    assert DateCheck.objects.count() == 0


def test_only_the_newest_results_are_kept_and_of_many_differences_the_first() -> None:
    difference: Difference = {"offer": 1, "name": "", "day": "", "engine": "", "second": ""}
    many = self_check.Findings(differences=[{**difference, "offer": number} for number in range(150)])

    for hours in range(35):
        self_check.record(many, FIRST, LAST, NOW + timedelta(hours=hours))

    kept = list(DateCheck.objects.values_list("checked_at", flat=True))
    assert kept == [NOW + timedelta(hours=hours) for hours in range(34, 4, -1)]
    newest = DateCheck.objects.all()[0]
    assert (newest.difference_count, [one["offer"] for one in newest.differences]) == (150, list(range(100)))


def test_whoever_asks_whether_the_portal_is_alive_starts_no_check(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz").status_code == 200
