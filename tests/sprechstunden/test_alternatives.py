"""Which date stands in for one that is off: what it costs, and what holds for all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.alternatives import (
    FAR,
    OTHER_LANGUAGE,
    OTHER_PLACE,
    SAME_TEAM,
    WINDOW,
    Help,
    Point,
    Slot,
    Spot,
    by_day,
    in_reach,
    nearest,
    price,
)
from sprechstunden.occurrences import BERLIN

TUESDAY = date(2026, 12, 1)
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
MENGEDE, HUCKARDE, ASSELN = Point(51.57, 7.38), Point(51.54, 7.41), Point(51.53, 7.59)
HERE = Spot(place=1, office=1, stadtbezirk=1, centre=MENGEDE)


def _slot(key: str = "other", day: date = TUESDAY, spot: Spot = HERE, kind: Help = Help.DROP_IN, *speak: str) -> Slot:
    starts = datetime.combine(day, time(10), BERLIN)
    return Slot((key, day), starts, starts.replace(hour=12), kind, spot, frozenset(speak))


OFF = _slot("off")


def _nearest(off: Slot, *held: Slot, now: datetime = NOW) -> Slot | None:
    return nearest(off, by_day(held), now)


@pytest.mark.parametrize(
    ("spot", "cost"),
    [
        (HERE, 0),
        (replace(HERE, place=2), OTHER_PLACE),
        (replace(HERE, place=2, centre=HUCKARDE), 31),  # 3.9 km
        (replace(HERE, place=2, centre=ASSELN), 121),  # 15.2 km, although the same office comes there
        (Spot(place=2, office=1, stadtbezirk=2), SAME_TEAM),
        (Spot(place=2, office=2, stadtbezirk=1), SAME_TEAM),
        (Spot(place=2, office=2, stadtbezirk=2), FAR),
        (Spot(), FAR),
    ],
)
def test_the_way_costs_hours_of_waiting(spot: Spot, cost: int) -> None:
    assert price(_slot(spot=spot), OFF) == cost


def test_what_is_unknown_on_both_sides_is_not_the_same() -> None:
    assert price(_slot(spot=Spot()), _slot("off", spot=Spot())) == FAR


def test_on_the_phone_there_is_no_way() -> None:
    assert price(_slot(spot=Spot(), kind=Help.PHONE), replace(OFF, help=Help.PHONE)) == 0


@pytest.mark.parametrize(
    ("spoken", "there", "cost"),
    [
        ("de ar", "de ar", 0),
        ("de ar", "ar fa", 0),
        ("de ar", "de", OTHER_LANGUAGE),
        ("de ar", "", OTHER_LANGUAGE),
        ("ar fa", "ar", OTHER_LANGUAGE // 2),
        ("de", "tr", 0),
        ("", "tr", 0),
    ],
)
def test_a_language_that_is_not_spoken_there_costs_four_days(spoken: str, there: str, cost: int) -> None:
    off = replace(OFF, languages=frozenset(spoken.split()))

    assert price(replace(_slot(), languages=frozenset(there.split())), off) == cost


@pytest.mark.parametrize(
    ("spot", "reached"),
    [
        (Spot(place=2, centre=HUCKARDE), True),
        (Spot(place=2, centre=ASSELN), False),
        (Spot(place=2, office=1, centre=ASSELN), True),
        (Spot(place=2, stadtbezirk=1, centre=ASSELN), True),
        (Spot(place=2), True),
    ],
)
def test_nobody_is_sent_across_the_whole_city_but_to_the_same_team(spot: Spot, *, reached: bool) -> None:
    other = _slot(spot=spot)

    assert _nearest(OFF, other) == (other if reached else None)


def test_a_phone_is_in_reach_wherever_it_is() -> None:
    other = _slot(spot=Spot(place=2, centre=ASSELN), kind=Help.PHONE)

    assert _nearest(replace(OFF, help=Help.PHONE), other) == other


def test_a_near_place_on_the_same_day_is_better_than_the_same_place_next_week() -> None:
    next_week = _slot(day=TUESDAY + timedelta(7))
    near, far = _slot("near", spot=replace(HERE, place=2, centre=HUCKARDE)), _slot("far", spot=Spot(place=3))

    assert _nearest(OFF, next_week, far, near) == near


def test_a_place_with_the_same_language_is_better_than_a_nearer_one_without() -> None:
    off = replace(OFF, languages=frozenset({"ar"}))
    near, there = _slot("near"), _slot("there", TUESDAY, Spot(place=3, office=1), Help.DROP_IN, "ar")

    assert _nearest(off, near, there) == there


@pytest.mark.parametrize(
    ("minutes", "now", "counts"),
    [
        (120, "09:59:59", True),
        (120, "11:30:00", True),
        (120, "11:30:01", False),
        (120, "12:00:00", False),
        (20, "10:00:00", True),
        (20, "10:00:01", False),
    ],
)
def test_a_date_counts_while_it_can_be_reached(minutes: int, now: str, *, counts: bool) -> None:
    before = _slot(day=TUESDAY - timedelta(1))
    before = replace(before, ends=before.starts + timedelta(minutes=minutes))

    found = _nearest(OFF, before, now=datetime.combine(before.starts.date(), time.fromisoformat(now), BERLIN))

    assert found == (before if counts else None)


def test_what_is_left_of_a_date_is_measured_by_instants_where_the_clock_repeats_an_hour() -> None:
    night = datetime(2027, 10, 31, 1, 55, tzinfo=BERLIN)
    off = replace(OFF, starts=night + timedelta(1), ends=night + timedelta(1, hours=1))
    before = replace(OFF, key=("other", night.date()), starts=night, ends=night.replace(hour=2, minute=45, fold=1))

    # By wall clock it would be over in 15 minutes.
    assert _nearest(off, before, now=night.replace(hour=2, minute=30)) == before


def test_of_two_dates_that_cost_the_same_the_one_at_the_nearer_hour_counts_then_the_earlier_one() -> None:
    before, after = _slot("b", TUESDAY - timedelta(1)), _slot("a", TUESDAY + timedelta(1))
    later = replace(after, starts=after.starts.replace(hour=11))

    assert _nearest(OFF, after, before) == before
    assert _nearest(OFF, later, before) == before
    assert _nearest(OFF, replace(before, starts=before.starts.replace(hour=9)), after) == after


@pytest.mark.parametrize(("days", "found"), [(42, True), (43, False), (-8, True)])
def test_more_than_six_weeks_away_is_no_alternative(days: int, *, found: bool) -> None:
    other = _slot(day=TUESDAY + timedelta(days))

    assert _nearest(OFF, other) == (other if found else None)


@pytest.mark.parametrize(
    ("off", "held", "found"),
    [
        *((kind, kind, kind is not Help.BY_APPOINTMENT) for kind in Help),
        (Help.BY_APPOINTMENT, Help.DROP_IN, True),
        (Help.DROP_IN, Help.BY_APPOINTMENT, False),
        (Help.DROP_IN, Help.PHONE, False),
        (Help.PHONE, Help.DROP_IN, False),
        (Help.MEETING, Help.DROP_IN, False),
    ],
)
def test_only_the_same_kind_of_help_stands_in_and_never_an_hour_by_appointment(
    off: Help, held: Help, *, found: bool
) -> None:
    other = _slot(kind=held)

    assert _nearest(replace(OFF, help=off), other) == (other if found else None)


def test_a_date_never_stands_in_for_itself_wherever_it_is_now() -> None:
    assert _nearest(OFF, replace(_slot(day=TUESDAY + timedelta(1)), key=OFF.key)) is None


_points = st.builds(Point, st.floats(51.4, 51.6), st.floats(7.3, 7.65))
_keys = st.none() | st.integers(1, 4)
_spots = st.builds(Spot, _keys, _keys, _keys, st.none() | _points)
_languages = st.frozensets(st.sampled_from(("de", "ar", "fa", "uk")))


@st.composite
def _slots(draw: st.DrawFn) -> Slot:
    starts = draw(st.datetimes(datetime(2026, 10, 1), datetime(2027, 1, 15), timezones=st.just(BERLIN)))  # noqa: DTZ001  # the strategy adds the zone
    ends = starts + timedelta(minutes=draw(st.integers(1, 240)))
    key = draw(st.sampled_from("abcdef"))
    return Slot((key, starts.date()), starts, ends, draw(st.sampled_from(Help)), draw(_spots), draw(_languages))


_many = st.lists(_slots(), max_size=12, unique_by=lambda slot: slot.key)


@given(_slots(), _many)
def test_the_answer_is_one_of_the_dates_held_of_the_right_kind_not_over_and_within_six_weeks(
    off: Slot, held: Sequence[Slot]
) -> None:
    found = _nearest(off, *held)

    possible = [
        slot
        for slot in held
        if slot.help is (Help.DROP_IN if off.help is Help.BY_APPOINTMENT else off.help)
        and slot.ends > NOW
        and slot.key != off.key
        and abs(slot.starts.date() - off.starts.date()) <= WINDOW
        and (slot.help is Help.PHONE or in_reach(slot.spot, off.spot))
    ]
    assert (found in possible) if possible else found is None
    assert found is None or price(found, off) == min(price(slot, off) for slot in possible)


@given(_slots(), _many, st.randoms(use_true_random=False))
def test_the_order_in_which_dates_are_given_does_not_matter(off: Slot, held: list[Slot], chance: Random) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)

    assert _nearest(off, *shuffled) == _nearest(off, *held)


@given(_slots(), _many, _slots())
def test_a_worse_date_more_changes_nothing_and_a_better_one_counts(off: Slot, held: list[Slot], more: Slot) -> None:
    if more.key in {slot.key for slot in held}:
        return
    before, after = _nearest(off, *held), _nearest(off, *held, more)

    assert after in {before, more}
    if before is not None and price(more, off) > price(before, off):
        assert after == before


@given(_slots(), _spots, _spots)
def test_the_way_is_as_long_as_the_way_back(slot: Slot, one: Spot, other: Spot) -> None:
    there, back = replace(slot, spot=one), replace(slot, spot=other)

    assert price(there, back) == price(back, there)
