"""Many programs send at the same moment: no more than the limit is stored, and the same words once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from lokalwillkommen.contact.form_id import FormId
from lokalwillkommen.contact.limiter import MOST_IN_AN_HOUR
from lokalwillkommen.contact.models import Message
from tests.contact_pages import LATER, TYPED, post

AT_ONCE = 3  # the pool has four connections, and the test holds one
# By the real clock: a frozen one stands still for the whole process, and the database waits by its own.
FORM = FormId.new(timezone.now() - LATER).signed()
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def senders() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield pool
        together = Barrier(AT_ONCE)
        list(pool.map(_hang_up, [together] * AT_ONCE))


def _hang_up(together: Barrier) -> None:
    """Close the connection of this thread; each thread gets here once, because all wait for the last."""
    connections.close_all()
    together.wait()


def send(words: str) -> int:
    """Send a message in a form that everybody has; give the answer's status."""
    chosen = {"thema": "frage", "sprache": "de", "formular": FORM}
    return post({**TYPED, **chosen, "nachricht": words}).response.status_code


def test_forty_programs_from_one_address_store_no_more_than_the_limit(senders: ThreadPoolExecutor) -> None:
    answers = list(senders.map(send, [f"Nachricht {number}" for number in range(40)]))

    assert (answers.count(200), answers.count(429)) == (MOST_IN_AN_HOUR, 10)
    assert Message.objects.count() == MOST_IN_AN_HOUR


def test_one_form_sent_by_three_at_once_is_stored_once(senders: ThreadPoolExecutor) -> None:
    assert list(senders.map(send, ["Hallo"] * AT_ONCE)) == [200] * AT_ONCE

    assert Message.objects.count() == 1
