"""Wrong passwords: whoever guesses waits, and nobody else does."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings

from lokalwillkommen.accounts.adapters import AccountAdapter
from lokalwillkommen.accounts.locking import client_address
from tests.access import EMAIL, NEW, PASSWORD, choose, link_in, log_in, logged_in, make_admin
from tests.pages import Page

pytestmark = pytest.mark.django_db


def guess(address: str, email: str = EMAIL, times: int = 5) -> list[int]:
    client = Client(REMOTE_ADDR=address)
    return [log_in(client, email, f"wrong {number}").status_code for number in range(times)]


def test_after_five_wrong_passwords_one_waits_fifteen_minutes_also_with_the_right_one(
    clock: time_machine.Traveller,
) -> None:
    make_admin()
    client = Client(REMOTE_ADDR="192.0.2.1")

    guesses = guess("192.0.2.1")
    clock.shift(timedelta(minutes=14))
    locked = log_in(client)
    clock.shift(timedelta(minutes=1, seconds=1))
    after = log_in(client)

    page = Page(locked, locked.content.decode())
    assert guesses == [200, 200, 200, 200, 429]
    assert (locked.status_code, page.text(page.all("h1")[0])) == (429, "Das war zu oft")
    assert "Bitte warten Sie 15 Minuten" in page.text()
    assert (after.status_code, after.headers["Location"]) == (302, "/admin/")


def test_somebody_who_guesses_locks_nobody_else_out() -> None:
    make_admin()
    make_admin("other@example.org")

    guess("192.0.2.1")
    owner = log_in(Client(REMOTE_ADDR="192.0.2.2"))
    colleague = log_in(Client(REMOTE_ADDR="192.0.2.1"), "other@example.org")

    assert [owner.status_code, colleague.status_code] == [302, 302]


def test_capitals_are_no_new_account_to_guess_at() -> None:
    make_admin()

    guess("192.0.2.1", EMAIL, 2)
    guess("192.0.2.1", EMAIL.upper(), 2)

    assert guess("192.0.2.1", f" {EMAIL}", 1) == [429]


def test_who_remembers_in_time_begins_anew() -> None:
    make_admin()

    guess("192.0.2.1", times=4)
    log_in(Client(REMOTE_ADDR="192.0.2.1"))

    assert guess("192.0.2.1", times=4) == [200] * 4


def test_who_chooses_a_new_password_by_mail_waits_no_longer() -> None:
    make_admin()
    make_admin("other@example.org")
    guess("192.0.2.1")
    guess("192.0.2.1", "other@example.org")

    Client().post("/admin/konto/passwort/vergessen/", {"email": EMAIL})
    choose(link_in(mail.outbox[0].body))
    answers = [log_in(Client(REMOTE_ADDR="192.0.2.1"), email, NEW) for email in (EMAIL, "other@example.org")]

    assert [answer.status_code for answer in answers] == [302, 429]


def test_asking_again_counts_as_well() -> None:
    make_admin()
    client = logged_in()

    answers = [client.post("/admin/konto/noch-einmal/", {"password": "wrong"}).status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]


def test_neither_passwords_nor_successful_logins_are_kept() -> None:
    make_admin()
    logged_in()

    guess("192.0.2.1", times=2)

    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(getattr(attempt, field.attname)) for field in AccessAttempt._meta.fields)  # noqa: SLF001  # public as well
    assert (attempt.username, attempt.ip_address, attempt.failures_since_start) == (EMAIL, "192.0.2.1", 2)
    assert "wrong" not in kept
    assert PASSWORD not in kept
    assert (attempt.post_data.count(EMAIL), AccessLog.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "direct", "address"),
    [
        (False, "198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (True, "203.0.113.9, 198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (True, "", "2001:db8::1%eth0", "2001:db8::1"),
        (False, "", "", None),
    ],
)
def test_the_address_is_the_one_the_proxy_saw(  # noqa: PLR0913, PLR0917  # a table
    settings: Settings,
    rf: RequestFactory,
    behind_proxy: bool,  # noqa: FBT001
    forwarded: str,
    direct: str,
    address: str | None,
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", REMOTE_ADDR=direct, headers={"x-forwarded-for": forwarded})

    assert client_address(request) == address
    assert AccountAdapter(request).get_client_ip(request) == (address or "0.0.0.0")  # noqa: S104  # nothing is bound to it


def test_whoever_hammers_the_page_is_stopped_too() -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")

    answers = [log_in(client, f"{number}@example.org").status_code for number in range(31)]

    assert answers == [*[200] * 30, 429]
