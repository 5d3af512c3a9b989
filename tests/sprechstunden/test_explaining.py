"""Every date can say to staff why it is there, or why it is not."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from sprechstunden import timetable
from sprechstunden.decided import decisions
from sprechstunden.explaining import why
from sprechstunden.models import ChangeKind, Schedule
from sprechstunden.occurrences import BERLIN
from tests.factories import make_change, make_closure, make_schedule, make_user

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 12, 22)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    with override("de"):
        yield


def _reasons(first: date = TUESDAY, last: date = TUESDAY) -> list[str]:
    rows = list(Schedule.objects.for_pages())
    found = timetable.in_force(rows, decisions(rows, first, with_who=True))
    return [why(entry) for entry in timetable.dates(found, first, last, AT)]


def test_a_date_of_a_rule_names_the_rule() -> None:
    make_schedule()

    assert _reasons() == ["Nach der Regel: jeden Dienstag"]


def test_a_cancelled_date_names_the_reason_and_who_decided_when() -> None:
    make_change(make_schedule(), TUESDAY, decided_at=AT, decided_by=make_user())

    assert _reasons() == ["Fällt aus: Fortbildung. Entschieden am 24. Nov., 09:30 von team@example.org."]


def test_a_moved_date_says_so_where_it_was_and_where_it_is() -> None:
    make_change(make_schedule(), TUESDAY, ChangeKind.MOVED, new_day=date(2026, 12, 23), decided_at=AT)

    sentence = "Verlegt vom 22.12.2026: Fortbildung. Entschieden am 24. Nov., 09:30."
    assert _reasons(last=date(2026, 12, 23)) == [sentence, sentence]


def test_an_extra_date_and_one_that_is_held_say_what_they_are() -> None:
    make_change(make_schedule(), TUESDAY, ChangeKind.HELD, decided_at=AT)
    make_change(
        make_schedule(weekdays=("MO",)), TUESDAY, ChangeKind.EXTRA, opens=time(14), closes=time(15), decided_at=AT
    )

    assert _reasons() == [
        "Findet trotzdem statt. Entschieden am 24. Nov., 09:30.",
        "Ein zusätzlicher Termin. Entschieden am 24. Nov., 09:30.",
    ]


def test_a_closed_date_names_the_days_of_the_closure() -> None:
    make_schedule()
    make_closure(TUESDAY, date(2026, 12, 30), decided_at=AT)

    assert _reasons() == ["Ausfall vom 22.12.2026 bis 30.12.2026: Veranstaltung. Entschieden am 24. Nov., 09:30."]


@pytest.mark.parametrize(
    ("day", "weekday", "sentence"),
    [
        (date(2026, 12, 25), "FR", "Feiertag (Erster Weihnachtstag)"),
        (date(2026, 12, 24), "TH", "Schließtag (Heiligabend)"),
        (date(2026, 12, 29), "TU", "Schulferien (Weihnachtsferien)"),
    ],
)
def test_holidays_are_named(day: date, weekday: str, sentence: str) -> None:
    make_schedule(weekdays=(weekday,), follows_school_holidays=day.weekday() == 1)

    assert _reasons(day, day) == [sentence]


@pytest.mark.parametrize("count", [1, 4])
def test_who_decided_costs_no_query_of_its_own(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        make_change(make_schedule(), TUESDAY, decided_by=make_user(f"team{number}@example.org"))

    with django_assert_num_queries(3):
        reasons = _reasons()

    assert len(reasons) == count
