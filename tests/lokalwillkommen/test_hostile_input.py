"""Whatever is sent, to any form and in any address: no error, nothing that runs, nothing that leaks.

Some of it every day; in the drill 5,000 requests.
"""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings

from lokalwillkommen.contact.form_id import FormId
from lokalwillkommen.contact.models import Mail, Message, Report
from tests.contact_pages import LATER
from tests.factories import make_notice, make_standort, make_user
from tests.hostile import ATTACKS, CLASSICS, FIELDS, Attack, what_runs
from tests.pages import IN_DRILL, NOW

HOW_MANY = 5000 if IN_DRILL else 30
SOME_CLASSICS = CLASSICS if IN_DRILL else CLASSICS[::9]
# Of these words no visitor may read any.
HIDDEN = ("Verborgenes Haus", "Geheime Frage von gestern", "niemand@example.org", "Noch nicht bekannt")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network", "hidden")]
_addresses = iter(range(1, 1 << 24))


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hidden() -> None:
    """There is something to leak: a place held back, what somebody wrote, an account, a notice of tomorrow."""
    house = make_standort(HIDDEN[0], is_published=False)
    Message.objects.create(
        submission="0", received_at=NOW, topic="frage", text=HIDDEN[1], email=HIDDEN[2], language="de", standort=house
    )
    make_user(HIDDEN[2])
    make_notice(HIDDEN[3], NOW.date() + LATER * 1440, NOW.date() + LATER * 2880)


def survives(attack: Attack) -> None:
    """Send it from an address of its own, and look at the answer."""
    client = Client(REMOTE_ADDR=_next_address())
    if attack.data:
        response = client.post(attack.path, {"formular": FormId.new(NOW - LATER).signed(), **attack.data})
    else:
        response = client.get(attack.path)
    body = response.getvalue().decode()

    assert response.status_code < 500
    assert what_runs(body) == []
    assert [words for words in HIDDEN if words in body] == []
    assert (response.cookies, "X-Injected" in response.headers) == ({}, False)


def _next_address() -> str:
    number = next(_addresses)
    return f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


@settings(max_examples=HOW_MANY, suppress_health_check=list(HealthCheck))
@given(ATTACKS)
def test_nothing_that_is_sent_breaks_runs_or_leaks(attack: Attack) -> None:
    survives(attack)


@pytest.mark.parametrize("page", FIELDS)
def test_every_classic_is_stored_or_refused_in_every_form_and_runs_nowhere_that_staff_look(page: str) -> None:
    good = {"thema": "frage", "sprache": "de", "email": "a@example.org", "was": "zu", "worte": "", "nachricht": "x"}
    for classic in SOME_CLASSICS:
        words = dict.fromkeys(("nachricht", "worte"), classic)
        for data in (good | words, {name: classic for name in FIELDS[page] if name != "formular"}):
            survives(Attack(f"/de/{page}", {name: text for name, text in data.items() if name in FIELDS[page]}))

    staff = Client()
    staff.force_login(make_user("staff@example.org", is_superuser=True))
    stored = [*Message.objects.exclude(submission="0"), *Report.objects.all()]
    shown = [
        staff.get(f"/admin/contact/{type(row).__name__.lower()}/{row.pk}/change/")
        for row in stored[:: len(stored) // 5 or 1]
    ]
    shown += [staff.get(f"/admin/contact/{name}/") for name in ("message", "report", "mail")]
    assert {answer.status_code for answer in shown} == {200}
    assert [found for answer in shown for found in what_runs(answer.content.decode())] == []
    mails = list(Mail.objects.all())
    assert [mail for mail in mails if "\n" in mail.subject or "alert" in mail.subject + mail.body] == []
    # The finder stores nothing; the others stored what they could.
    assert (page == "finden/") == (not stored)
