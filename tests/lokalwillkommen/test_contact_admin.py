"""Staff read what came to their places, mark it as done, and change nothing of it; in time it is gone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.contact.models import DailySecret, Mail, MailState, Message, Report, Submission
from standorte.models import Kind, Standort
from tests.factories import make_office, make_standort, make_user
from tests.pages import NOW, get
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/message/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def make_message(
    name: str, standort: Standort | None = None, at: datetime = NOW, done: datetime | None = None
) -> Message:
    """Make a message whose words are a name."""
    return Message.objects.create(
        submission=name,
        topic="frage",
        text=f"Wort-{name}",
        email=f"{name}@example.org",
        language="ar",
        standort=standort,
        received_at=at,
        done_at=done,
    )


def make_report(name: str, standort: Standort, at: datetime = NOW, done: datetime | None = None) -> Report:
    """Make a report about a place."""
    return Report.objects.create(submission=name, kind="zu", standort=standort, received_at=at, done_at=done)


def staff_of(*standorte: Standort) -> Client:
    """Give the browser of somebody who looks after some places; without any, after all."""
    client = Client()
    client.force_login(make_user("team@example.org", *standorte, role=Role.COORDINATION))
    return client


def listed(client: Client, path: str = LIST) -> int:
    """Count the rows of a list."""
    return len([row for row in get(path, client).all("input") if row.get("name") == "_selected_action"])


def test_staff_see_what_came_to_their_places_and_the_coordination_sees_all() -> None:
    office, other = make_office(), make_office("Hörde")
    outreach = make_standort("Marten", Kind.OUTREACH, office=office)
    mine = [make_message("a", office), make_message("b", outreach)]
    hidden = [make_message("c", other), make_message("d")]
    make_report("e", outreach)
    make_report("f", other)

    client = staff_of(office)
    assert (listed(client), listed(client, "/admin/contact/report/")) == (2, 1)
    assert [client.get(f"{LIST}{row.pk}/change/").status_code for row in mine] == [200, 200]
    assert [client.get(f"{LIST}{row.pk}/change/").status_code for row in hidden] == [302, 302]
    assert "2 Nachrichten warten auf Antwort" in get("/admin/", client).text()
    User.objects.update(role=Role.COORDINATION)
    assert (listed(client), listed(client, "/admin/contact/report/")) == (4, 2)


def test_done_is_one_tick_with_a_name_and_can_be_taken_back() -> None:
    message = make_message("a")
    client = staff_of()
    url = f"{LIST}{message.pk}/change/"

    client.post(url, {"is_done": "on", "text": "anders"})
    message.refresh_from_db()
    assert (message.done_at, message.done_by, message.text) == (NOW, User.objects.get(), "Wort-a")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.post(url, {"is_done": "on"})
    message.refresh_from_db()
    assert message.done_at == NOW
    client.post(url, {})
    assert Message.objects.filter(done_at=None, done_by=None).count() == 1


def test_many_are_marked_at_once_and_what_was_done_before_keeps_its_day() -> None:
    old, new = make_message("a", done=NOW - timedelta(days=5)), make_message("b")
    client = staff_of()

    client.post(LIST, {"action": "mark_as_done", "_selected_action": [old.pk, new.pk]})
    done = dict(Message.objects.values_list("submission", "done_at"))
    assert done == {"a": NOW - timedelta(days=5), "b": NOW}
    assert [listed(client, f"{LIST}?stand={state}") for state in ("offen", "erledigt", "x")] == [0, 2, 2]
    client.post(LIST, {"action": "mark_as_waiting", "_selected_action": [old.pk]})
    assert listed(client, f"{LIST}?stand=offen") == 1


def test_the_page_of_a_message_shows_its_words_without_running_them_and_its_language() -> None:
    message = make_message("a")
    Message.objects.update(text="<script>x</script>\nzwei")

    page = get(f"{LIST}{message.pk}/change/", staff_of())

    assert "&lt;script&gt;x&lt;/script&gt;<br>zwei" in page.html
    assert "Arabisch" in page.text()


def test_who_may_only_look_changes_nothing_and_nobody_adds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    message = make_message("a", make_office())
    client = client_who_may(monkeypatch, "view_message")

    assert client.post(f"{LIST}{message.pk}/change/", {"is_done": "on"}).status_code == 403
    assert client.get(f"{LIST}{message.pk}/change/").status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    assert Client().get(LIST).status_code == 302
    assert staff_of_nothing().get(LIST).status_code == 403


def staff_of_nothing() -> Client:
    """Give the browser of somebody without any right."""
    client = Client()
    client.force_login(make_user("ohne@example.org"))
    return client


def test_nothing_that_was_written_gets_into_the_history_of_the_admin() -> None:
    message = make_message("a")
    client = Client()
    client.force_login(make_user(is_superuser=True))

    client.post(f"{LIST}{message.pk}/change/", {"is_done": "on"})
    client.post(f"{LIST}{message.pk}/delete/", {"post": "yes"})

    entries = list(LogEntry.objects.values_list("object_repr", "change_message"))
    assert [name for name, _message in entries] == [f"Nachricht {message.pk}"] * 2
    assert [entry for entry in entries if "Wort" in str(entry) or "@" in str(entry)] == []


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("path", [LIST, "/admin/contact/report/"])
def test_a_list_costs_the_same_however_long_it_is(
    path: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    client = staff_of(office)
    for number in range(count):
        make_message(f"{number}", office)
        make_report(f"r{number}", office)

    with django_assert_num_queries(6):
        client.get(path)


@pytest.mark.parametrize("count", [1, 20])
def test_the_first_page_of_staff_costs_the_same_however_much_waits(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = make_office()
    client = staff_of(office)
    for number in range(count):
        make_message(f"{number}", office)
        make_report(f"r{number}", office)
    Report.objects.update(is_backed=True)

    with django_assert_num_queries(14):
        client.get("/admin/")


def make_mail(name: str, at: datetime, sent: datetime | None = None) -> Mail:
    """Make a mail that was sent, or that failed."""
    state = MailState.SENT if sent else MailState.FAILED
    who = f"{name}@example.org"
    return Mail.objects.create(
        recipient=who, subject=name, created_at=at, next_attempt_at=at, state=state, sent_at=sent
    )


def test_messages_are_gone_90_days_after_they_were_done_and_180_after_they_came() -> None:
    office = make_office()
    days = timedelta(days=1)
    for make in (make_message, make_report):
        make(f"{make.__name__} fresh", office, NOW - 179 * days)
        make(f"{make.__name__} old", office, NOW - 180 * days)
        make(f"{make.__name__} done", office, NOW - 100 * days, NOW - 90 * days)
        make(f"{make.__name__} lately", office, NOW - 100 * days, NOW - 89 * days)
    make_mail("sent lately", NOW - 29 * days, NOW - 29 * days)
    make_mail("sent", NOW - 30 * days, NOW - 30 * days)
    make_mail("failed", NOW - 179 * days)
    make_mail("old", NOW - 180 * days)

    said = StringIO()
    call_command("delete_old_messages", stdout=said)

    left = [sorted(model.objects.values_list("submission", flat=True)) for model in (Message, Report)]
    assert left == [["make_message fresh", "make_message lately"], ["make_report fresh", "make_report lately"]]
    assert sorted(Mail.objects.values_list("subject", flat=True)) == ["failed", "sent lately"]
    assert said.getvalue() == "Deleted: 2 messages, 2 reports, 2 mails.\n"


def test_the_database_refuses_a_message_that_cannot_be_answered() -> None:
    message = make_message("a")
    message.email = ""

    with pytest.raises(IntegrityError, match="message_says_how_to_answer"):
        message.save()


def test_rows_are_named_by_numbers_and_days_alone() -> None:
    rows = [
        make_mail("a", NOW),
        DailySecret(day=NOW.date(), key=b""),
        Submission(mark="m", at=NOW),
    ]

    assert [str(row) for row in rows] == [f"Mail an das Team {rows[0].pk}", "2026-11-22", str(NOW)]
