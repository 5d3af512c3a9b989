"""Thirty forms an hour from one address: enough for a shelter, not for a program; and nobody is remembered."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from lokalwillkommen.contact.form_id import FormId
from lokalwillkommen.contact.limiter import MOST_IN_AN_HOUR, network_of, visitor_address
from lokalwillkommen.contact.models import DailySecret, Message, Submission
from sprechstunden.occurrences import BERLIN
from tests.contact_pages import LATER, TYPED, alerts, fields, headings, post
from tests.pages import NOW, Page

pytestmark = pytest.mark.django_db
TOO_MANY = (
    "Nicht abgeschickt: Aus Ihrem Netz kamen in einer Stunde sehr viele Nachrichten. Was Sie geschrieben haben, ist "
    "noch da. Bitte versuchen Sie es später noch einmal, oder nehmen Sie einen anderen Weg."
)
ARRIVED = ["Danke. Ihre Nachricht ist angekommen."]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def send(words: str = "Hallo", address: str = "192.0.2.1", at: datetime = NOW) -> Page:
    """Send a message in a form that was opened a minute before."""
    with time_machine.travel(at, tick=False):
        form_id = FormId.new(at - LATER).signed()
        chosen = {"thema": "frage", "sprache": "de", "formular": form_id}
        return post({**TYPED, **chosen, "nachricht": words}, address=address)


def test_the_thirty_first_form_within_an_hour_is_refused_and_comes_back_whole() -> None:
    pages = [send(f"Nachricht {number}") for number in range(MOST_IN_AN_HOUR)]
    refused = send("Nachricht 31")

    assert [headings(page) for page in pages] == [ARRIVED] * 30
    assert (refused.response.status_code, alerts(refused)) == (429, [TOO_MANY])
    assert fields(refused)["nachricht"] == "Nachricht 31"
    assert Message.objects.count() == 30


def test_other_addresses_get_through_and_after_an_hour_so_does_this_one() -> None:
    for number in range(MOST_IN_AN_HOUR + 1):
        send(f"Nachricht {number}")

    assert headings(send(address="192.0.2.2")) == ARRIVED
    assert headings(send(at=NOW + timedelta(minutes=59))) != ARRIVED
    assert headings(send(at=NOW + timedelta(hours=1))) == ARRIVED


def test_the_limit_does_not_begin_anew_at_midnight() -> None:
    evening = datetime(2026, 11, 22, 23, 45, tzinfo=BERLIN)
    for number in range(MOST_IN_AN_HOUR):
        send(f"Nachricht {number}", at=evening)

    assert send(at=evening + timedelta(minutes=30)).response.status_code == 429
    assert Submission.objects.count() == 30


def test_what_was_refused_for_another_reason_does_not_count() -> None:
    for _number in range(MOST_IN_AN_HOUR):
        send(words="")

    assert headings(send()) == ARRIVED


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "unix:", True),
    ],
)
def test_one_connection_is_one_sender(one: str, other: str, is_one: bool) -> None:  # noqa: FBT001  # of a table
    assert (network_of(one) == network_of(other)) is is_one


@pytest.mark.parametrize(("is_behind", "address"), [(True, "198.51.100.7"), (False, "192.0.2.1")])
def test_only_behind_a_proxy_the_address_it_saw_counts_not_what_visitors_claim(
    settings: Settings,
    is_behind: bool,  # noqa: FBT001  # of a table
    address: str,
) -> None:
    settings.BEHIND_PROXY = is_behind
    request = RequestFactory(headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"}).get("/", REMOTE_ADDR="192.0.2.1")

    assert visitor_address(request) == address


def test_behind_a_proxy_that_says_nothing_the_connection_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True

    assert visitor_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"


def test_the_address_is_not_stored_and_each_day_makes_another_mark_of_it() -> None:
    send("eins")
    (first,) = Submission.objects.values_list("mark", flat=True)
    send("zwei", at=NOW + timedelta(days=1))
    (second,) = Submission.objects.values_list("mark", flat=True)

    assert (len(first), len(second), first == second) == (64, 64, False)
    assert sorted(DailySecret.objects.values_list("day", flat=True)) == [NOW.date(), (NOW + timedelta(days=1)).date()]


def test_counts_are_gone_after_an_hour_and_keys_on_the_day_after_the_next() -> None:
    send()

    for wait, left in (
        (timedelta(minutes=59), (1, 2)),
        (timedelta(hours=1), (0, 2)),
        (timedelta(days=1), (0, 1)),
        (timedelta(days=2), (0, 0)),
    ):
        with time_machine.travel(NOW + wait, tick=False):
            call_command("send_mails")
        assert (Submission.objects.count(), DailySecret.objects.count()) == left


def test_a_message_costs_the_same_however_many_came_before(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    send("eins")
    with django_assert_num_queries(17):
        send("zwei")
    for number in range(9):
        send(f"Nachricht {number}")

    with django_assert_num_queries(17):
        send("zehn")
