"""Two dates are in each other's way in one room, or when one team is at two places; ends that touch are fine."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sprechstunden.clashes import Clash, ClashKind, Presence, clashes
from sprechstunden.occurrences import BERLIN

DAY = date(2026, 12, 1)
MARTEN, HOLTESTRASSE = 1, 2
MENGEDE, BRACKEL = 11, 12


def at(hour: int, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


def presence(key: str, opens: int = 10, closes: int = 12, **what: int | bool | None) -> Presence[str]:
    return replace(Presence(key, at(opens), at(closes), MARTEN, MENGEDE), **what)  # type: ignore[arg-type]  # a test's words


ONE = presence("one")


def kinds(one: Presence[str], other: Presence[str]) -> list[ClashKind]:
    return [clash.kind for clash in clashes([one], [other]).get(one.key, ())]


def test_two_teams_in_one_room_clash() -> None:
    other = presence("other", 11, 13, team=BRACKEL)

    assert clashes([ONE], [other]) == {"one": (Clash(ClashKind.ROOM, other),)}


def test_one_team_at_two_places_clashes() -> None:
    assert kinds(ONE, presence("other", 11, 13, place=HOLTESTRASSE)) == [ClashKind.TEAM]


def test_two_teams_at_two_places_do_not_clash() -> None:
    assert kinds(ONE, presence("other", place=HOLTESTRASSE, team=BRACKEL)) == []


def test_ends_that_touch_do_not_clash() -> None:
    around = [presence("before", 8, 10), presence("after", 12, 14)]

    assert clashes([ONE], around) == {}


def test_the_same_hours_on_another_day_do_not_clash() -> None:
    later = replace(ONE, key="later", starts=at(10, DAY + timedelta(7)), ends=at(12, DAY + timedelta(7)))

    assert clashes([ONE], [later]) == {}


def test_the_phone_needs_no_room_but_a_team() -> None:
    phone = presence("phone", needs_room=False)

    assert kinds(ONE, phone) == []
    assert kinds(phone, ONE) == []
    assert kinds(ONE, replace(phone, place=HOLTESTRASSE)) == [ClashKind.TEAM]


def test_what_is_not_known_is_in_nobodys_way() -> None:
    assert kinds(ONE, presence("other", place=None)) == []
    assert kinds(replace(ONE, place=None), presence("other", place=None)) == []
    assert kinds(replace(ONE, team=None), presence("other", place=HOLTESTRASSE, team=None)) == []


def test_in_the_hour_that_the_clock_repeats_instants_count() -> None:
    # 25 October 2026: after 2:59 comes 2:00 again.
    night = datetime(2026, 10, 25, 2, 0, tzinfo=BERLIN)
    before = Presence("before", night - timedelta(hours=1), night.replace(minute=30), MARTEN)
    again = Presence("again", night.replace(minute=15, fold=1), night.replace(hour=4), MARTEN)

    assert clashes([before], [again]) == {}


some = st.builds(
    lambda key, day, span, place, team, needs_room: Presence(
        key, at(min(span), day), at(max(span), day), place, team, needs_room
    ),
    st.uuids().map(str),
    st.dates(DAY, DAY + timedelta(2)),
    st.lists(st.integers(6, 20), min_size=2, max_size=2, unique=True),
    st.none() | st.sampled_from([MARTEN, HOLTESTRASSE]),
    st.none() | st.sampled_from([MENGEDE, BRACKEL]),
    st.booleans(),
)


@given(st.lists(some, max_size=6), st.lists(some, max_size=6))
def test_a_clash_is_mutual_and_always_has_a_moment_in_both(
    one: list[Presence[str]], other: list[Presence[str]]
) -> None:
    found = clashes(one, other)

    there = {(p.key, clash.kind, clash.other.key) for p in one for clash in found.get(p.key, ())}
    back = {(clash.other.key, clash.kind, p.key) for p in other for clash in clashes(other, one).get(p.key, ())}
    assert there == back
    for p in one:
        for clash in found.get(p.key, ()):
            assert max(p.starts, clash.other.starts) < min(p.ends, clash.other.ends)
            assert (p.place == clash.other.place) == (clash.kind is ClashKind.ROOM)


@given(some, some)
def test_two_that_share_a_moment_and_a_room_or_a_team_elsewhere_clash(one: Presence[str], other: Presence[str]) -> None:
    together = max(one.starts, other.starts) < min(one.ends, other.ends)
    both_known = one.place is not None and other.place is not None
    same_room = one.place == other.place and one.needs_room and other.needs_room
    torn = one.place != other.place and one.team is not None and one.team == other.team

    assert bool(clashes([one], [other])) == (together and both_known and (same_room or torn))
