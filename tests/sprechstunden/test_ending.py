"""Times that end within six weeks with nothing after them are shown wherever staff are."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from sprechstunden.ending import Ending, end_of_all, ending_everywhere
from sprechstunden.models import Frequency, Schedule, Sprechstunde
from sprechstunden.templatetags.staff import ends_on
from sprechstunden.timetable import schedules_of, versions
from tests.factories import (
    ScheduleFields,
    make_office,
    make_partner,
    make_schedule,
    make_sprechstunde,
    make_standort,
    make_undated,
)
from tests.offer_form import change_url, staff_client
from tests.pages import NOW, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
IN_SIX_WEEKS = TODAY + timedelta(42)
LIST = "/admin/sprechstunden/sprechstunde/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def found() -> list[tuple[int, date]]:
    return [(one.schedule.pk, one.last) for one in ending_everywhere(TODAY)]


@pytest.mark.parametrize("last", [TODAY, TODAY + timedelta(1), IN_SIX_WEEKS])
def test_the_last_day_may_be_today_and_up_to_six_weeks_ahead(last: date) -> None:
    schedule = make_schedule(valid_until=last)

    assert found() == [(schedule.pk, last)]


@pytest.mark.parametrize("last", [TODAY - timedelta(1), TODAY - timedelta(28)])
def test_what_has_ended_is_said_for_four_weeks_more(last: date) -> None:
    schedule = make_schedule(valid_until=last)

    assert ending_everywhere(TODAY) == [Ending(schedule, last, is_over=True)]


def test_what_has_ended_is_not_said_while_the_offer_has_other_times() -> None:
    ended = make_schedule(valid_until=TODAY - timedelta(7))
    make_schedule(ended.sprechstunde, valid_from=TODAY + timedelta(7))

    assert found() == []


@pytest.mark.parametrize("last", [TODAY - timedelta(29), IN_SIX_WEEKS + timedelta(1), None])
def test_what_ended_long_ago_ends_later_or_never_is_not_ending(last: date | None) -> None:
    make_schedule(valid_until=last)

    assert found() == []


def test_what_another_version_follows_directly_goes_on() -> None:
    ends = make_schedule(valid_until=date(2026, 12, 15))
    make_schedule(ends.sprechstunde, valid_from=date(2026, 12, 16))
    of_others = make_schedule(make_sprechstunde(partner=make_partner()), valid_until=date(2026, 12, 18))
    make_schedule(make_sprechstunde(office=make_office("Brackel")), valid_from=date(2026, 12, 19))

    assert found() == [(of_others.pk, date(2026, 12, 18))]


def once(day: date, sprechstunde: Sprechstunde, last: date | None = None) -> Schedule:
    once_only: ScheduleFields = {"frequency": Frequency.ONCE, "weekdays": (), "anchor": day}
    once_only["valid_from"], once_only["valid_until"] = day, last
    return make_schedule(sprechstunde, **once_only)


@pytest.mark.parametrize(("day", "is_over"), [(TODAY - timedelta(3), True), (IN_SIX_WEEKS + timedelta(1), False)])
def test_times_that_a_single_date_ends_do_not_go_on(day: date, *, is_over: bool) -> None:
    ends = make_schedule()
    once(day, ends.sprechstunde)

    assert ending_everywhere(TODAY) == [Ending(ends, day - timedelta(1), single_date_follows=True, is_over=is_over)]


def test_times_that_go_on_behind_a_single_date_do_not_end() -> None:
    before = make_schedule()
    once(date(2026, 12, 5), before.sprechstunde, date(2026, 12, 5))
    make_schedule(before.sprechstunde, valid_from=date(2026, 12, 6))

    assert found() == []


def test_a_single_date_that_is_over_before_the_next_times_leaves_a_pause() -> None:
    before = make_schedule()
    once(date(2026, 12, 5), before.sprechstunde, date(2026, 12, 5))
    make_schedule(before.sprechstunde, valid_from=date(2026, 12, 7))

    assert found() == [(before.pk, date(2026, 12, 4))]


def test_the_end_of_all_times_is_the_last_one_however_far_away() -> None:
    first = make_schedule(valid_until=date(2027, 1, 5))
    last = make_schedule(first.sprechstunde, valid_from=date(2027, 2, 1), valid_until=date(2029, 1, 2))
    endless = make_schedule(make_sprechstunde(office=first.standort))
    single = make_schedule(make_sprechstunde(office=first.standort), valid_until=date(2027, 1, 5))
    once(date(2027, 1, 20), single.sprechstunde)
    over = make_schedule(make_sprechstunde(office=first.standort), valid_until=TODAY - timedelta(1))
    alone = once(date(2027, 1, 20), make_sprechstunde(office=first.standort))

    ends = [
        end_of_all(versions(schedules_of(one.sprechstunde), TODAY), TODAY)
        for one in (first, endless, single, over, alone)
    ]

    assert ends == [
        Ending(last, date(2029, 1, 2)),
        None,
        Ending(single, date(2027, 1, 5), single_date_follows=True),
        None,
        None,
    ]


def test_a_pause_before_the_next_version_is_warned_about() -> None:
    ends = make_schedule(valid_until=date(2026, 12, 15))
    make_schedule(ends.sprechstunde, valid_from=date(2026, 12, 17))

    assert found() == [(ends.pk, date(2026, 12, 15))]


def test_times_followed_by_hidden_ones_end_for_residents() -> None:
    ends = make_schedule()
    hidden = make_standort(is_published=False)
    make_schedule(ends.sprechstunde, valid_from=IN_SIX_WEEKS + timedelta(1), standort=hidden)

    assert found() == [(ends.pk, IN_SIX_WEEKS)]


def test_a_version_to_come_that_ends_is_warned_about_too() -> None:
    comes = make_schedule(valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 24))

    assert found() == [(comes.pk, date(2026, 12, 24))]


def test_words_can_end_but_what_takes_place_once_does_not() -> None:
    undated = make_undated(valid_until=date(2026, 12, 24))
    make_schedule(
        make_sprechstunde(office=undated.sprechstunde.office),
        frequency=Frequency.ONCE,
        weekdays=(),
        anchor=date(2026, 12, 24),
        valid_until=date(2026, 12, 24),
    )

    assert found() == [(undated.pk, date(2026, 12, 24))]


def test_what_residents_do_not_see_is_not_warned_about() -> None:
    make_schedule(make_sprechstunde(is_published=False), valid_until=TODAY)

    assert found() == []


def test_what_ends_is_sorted_by_day() -> None:
    later = make_schedule(valid_until=date(2026, 12, 24))
    sooner = make_schedule(make_sprechstunde(office=later.standort), valid_until=date(2026, 12, 1))

    assert ending_everywhere(TODAY) == [Ending(sooner, date(2026, 12, 1)), Ending(later, date(2026, 12, 24))]


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_one_query_however_many_end(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        make_schedule(make_sprechstunde(partner=make_partner(f"Partner {number}")), valid_until=TODAY)

    with django_assert_num_queries(1):
        assert len(ending_everywhere(TODAY)) == count


def test_the_form_the_list_and_the_first_page_say_so() -> None:
    staff = staff_client()
    ends = make_schedule(valid_until=date(2026, 12, 1))
    goes_on = make_schedule(make_sprechstunde(office=make_office("Brackel")))
    sentence = "Endet am Dienstag, 1. Dezember 2026, danach ist nichts eingetragen."

    assert sentence in get(change_url(ends.sprechstunde), staff).text()
    assert sentence not in get(change_url(goes_on.sprechstunde), staff).text()
    first = get("/admin/", staff)
    assert [link.get("href") for link in first.all("a") if link.get("href") == change_url(ends.sprechstunde)]
    assert first.text().count("Endet am") == 1
    rows = [get(LIST, staff).text(row) for row in get(LIST, staff).by_id("result_list").iter("tr")]
    assert [sentence in row for row in rows] == [False, *("Brackel" not in row for row in rows[1:])]


def test_the_list_can_be_limited_to_what_ends() -> None:
    staff = staff_client()
    ends = make_schedule(valid_until=date(2026, 12, 1))
    make_schedule(make_sprechstunde(office=make_office("Brackel")))

    page = get(f"{LIST}?endet=bald", staff)

    links = [link.get("href", "") for link in page.by_id("result_list").iter("a")]
    assert [link.partition("?")[0] for link in links if "/change/" in link] == [change_url(ends.sprechstunde)]
    assert "in den nächsten sechs Wochen" in page.text()


@pytest.mark.parametrize(
    ("single", "is_over", "sentence"),
    [
        (False, False, "Endet am Sonntag, 22. November 2026, danach ist nichts eingetragen."),
        (True, False, "Endet am Sonntag, 22. November 2026, danach ist nur noch ein einzelner Termin eingetragen."),
        (False, True, "Endete am Sonntag, 22. November 2026, danach ist nichts eingetragen."),
        (True, True, "Endete am Sonntag, 22. November 2026, danach ist nur noch ein einzelner Termin eingetragen."),
    ],
)
def test_an_end_is_said_with_what_follows(sentence: str, *, single: bool, is_over: bool) -> None:
    assert ends_on(Ending(Schedule(), TODAY, single, is_over)) == sentence


def test_an_offer_that_is_not_published_warns_nowhere() -> None:
    staff = staff_client()
    hidden = make_schedule(make_sprechstunde(is_published=False), valid_until=date(2026, 12, 1))

    counts = [get(path, staff).text().count("Endet am") for path in ("/admin/", LIST, change_url(hidden.sprechstunde))]

    # Only the preview says how the times go on, whatever residents see.
    assert counts == [0, 0, 1]


def test_who_may_not_see_offers_learns_nothing_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    make_schedule(valid_until=date(2026, 12, 1))
    staff = client_who_may(monkeypatch, "view_standort")

    assert "Endet am" not in get("/admin/", staff).text()


def test_the_list_shows_offers_without_times_too() -> None:
    staff = staff_client()
    make_sprechstunde()

    (row,) = list(get(LIST, staff).by_id("result_list").iter("tr"))[1:]

    assert [cell.text for cell in row if cell.get("class") in {"field-place", "field-times"}] == ["-", "-"]
