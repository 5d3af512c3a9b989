"""Two people write at once, each what the other needs next: one waits for the other, and both are done."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection, connections, transaction
from django.db.models import Q

from sprechstunden.deciding import Chosen, close, lock_closures, lock_offers, lock_times, reopen, take_back
from sprechstunden.last_days import plan, set_last_day
from sprechstunden.models import Change, Closure, Schedule, Sprechstunde
from sprechstunden.occurrences import BERLIN
from tests.factories import make_change, make_closure, make_schedule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NOW = datetime(2026, 11, 22, 15, tzinfo=BERLIN)
FIRST, LAST, TUESDAY = date(2026, 12, 1), date(2026, 12, 20), date(2026, 12, 22)


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result()


def _wait_until_somebody_waits() -> None:
    """Look from here until the other connection waits for a lock of this one."""
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            row = cursor.fetchone()
        if row and row[0]:
            return
        time.sleep(0.05)
    pytest.fail("Nobody waits.")


def _close() -> None:
    closure = Closure.objects.get()
    closure.last = LAST
    close(closure, Chosen(), None, NOW)


def _reopen() -> None:
    reopen(Closure.objects.all(), NOW)


def _take_back() -> None:
    take_back(Change.objects.get(day=TUESDAY), NOW)


@pytest.mark.parametrize("other", [_close, _reopen, _take_back])
def test_times_are_edited_while_somebody_else_decides(elsewhere: ThreadPoolExecutor, other: Callable[[], None]) -> None:
    """The edit has times and needs closures, the other has closures or a change and needs times."""
    schedule, second = make_schedule(), make_schedule()
    make_change(second, TUESDAY)
    closure = make_closure(FIRST, FIRST)
    closure.keep("of other times", TUESDAY)
    closure.save()
    first, then = (plan([one.sprechstunde], LAST, NOW) for one in (schedule, second))

    with transaction.atomic():
        lock_offers(Sprechstunde.objects.values_list("pk", flat=True))
        set_last_day(first, None, NOW)
        done: Future[None] = elsewhere.submit(other)
        _wait_until_somebody_waits()
        set_last_day(then, None, NOW)
    done.result(timeout=20)

    assert [row.valid_until for row in Schedule.objects.all()] == [LAST, LAST]
    assert Change.objects.count() == 0


def test_what_waits_is_locked_in_the_order_of_primary_keys(elsewhere: ThreadPoolExecutor) -> None:
    """Each of two connections locks all times, one of them with the last one in its hands."""
    rows = [make_schedule() for _number in range(3)]

    def all_times() -> int:
        with transaction.atomic():
            lock_closures()
            lock_times(Q(pk__isnull=False))
            return Schedule.objects.count()

    with transaction.atomic():
        lock_times(Q(pk=rows[0].pk))
        done = elsewhere.submit(all_times)
        _wait_until_somebody_waits()
        lock_times(Q(pk=rows[2].pk))

    assert done.result(timeout=20) == 3
