"""Mails tell staff that something waits, never what; they are retried, and a failure is seen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.contact.models import Mail, MailState, Message
from lokalwillkommen.contact.models.mail import WAITS
from lokalwillkommen.contact.outbox import claim, recipients, send_due
from standorte.models import Kind, Standort
from tests.contact_pages import write
from tests.factories import make_office, make_standort, make_user
from tests.mail_server import Mailbox, mail_server
from tests.pages import NOW

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=2)
BODY = (
    "Jemand hat geschrieben an: Mengede/Huckarde. Bitte hier lesen und beantworten:\n\n"
    "http://testserver/admin/contact/message/{}/change/\n\n"
    "Diese Mail kommt automatisch. Was Menschen schreiben, bleibt im Portal."
)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office() -> Standort:
    return make_office(email="buero@example.org")


def use(box: Mailbox, settings: Settings) -> None:
    """Send mails to a server of the test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.EMAIL_TIMEOUT = 5


def make_mail(recipient: str = "team@example.org", at: datetime = NOW) -> Mail:
    """Make a mail that waits."""
    return Mail.objects.create(recipient=recipient, subject="s", body="b", created_at=at, next_attempt_at=at)


def state(mail: Mail) -> tuple[str, int, str]:
    """Give how far a mail is."""
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.fault


def run(at: datetime) -> None:
    """Run the command at a moment."""
    with time_machine.travel(at, tick=False):
        call_command("send_mails")


def test_the_mail_says_only_that_a_message_waits_and_where(office: Standort, settings: Settings) -> None:
    write({"nachricht": "geheim", "email": "geheim@example.org", "ort": office.slug, "sprache": "ar"}, "/ar/kontakt/")

    with mail_server() as box:
        use(box, settings)
        run(SOON)

    ((recipient, mail),) = box.mails
    assert (recipient, mail["Subject"], mail["To"]) == (
        "buero@example.org",
        "Eine Nachricht wartet: Mengede/Huckarde",
        "buero@example.org",
    )
    assert mail.get_content().replace("\r\n", "\n").strip() == BODY.format(Message.objects.get().pk)
    assert [name for name in mail.keys() if name in {"Bcc", "Cc", "Reply-To"}] == []  # noqa: SIM118  # keys of a mail
    assert "geheim" not in mail.as_string()


def test_a_sent_mail_is_marked_and_never_sent_again(settings: Settings) -> None:
    mail = make_mail()

    with mail_server() as box:
        use(box, settings)
        run(SOON)
        run(SOON + timedelta(days=1))

    assert (len(box.mails), state(mail), mail.sent_at) == (1, (MailState.SENT, 1, ""), SOON)


def test_one_that_is_refused_does_not_hold_up_the_next_and_is_tried_again(settings: Settings) -> None:
    refused, other = make_mail("weg@example.org"), make_mail()

    with mail_server("weg@example.org") as box:
        use(box, settings)
        with pytest.raises(CommandError, match=r"^1 mails sent, 1 not sent: see the mails to staff"):
            run(SOON)
        assert state(refused) == (MailState.WAITING, 1, "SMTPRecipientsRefused")
        assert state(other) == (MailState.SENT, 1, "")
        run(SOON + timedelta(seconds=59))
        box.refused.clear()
        run(SOON + timedelta(seconds=60))

    assert [recipient for recipient, _mail in box.mails] == ["team@example.org", "weg@example.org"]
    assert state(refused) == (MailState.SENT, 2, "")


def test_while_the_server_is_down_mails_wait_and_after_the_last_attempt_they_have_failed(settings: Settings) -> None:
    mail = make_mail()
    with mail_server() as gone:
        pass
    use(gone, settings)

    moment = NOW
    for attempt, wait in enumerate(WAITS, start=1):
        assert send_due(moment) == (0, 1)
        is_last = attempt == len(WAITS)
        assert state(mail) == (MailState.FAILED if is_last else MailState.WAITING, attempt, "ConnectionRefusedError")
        moment += wait

    assert send_due(moment + timedelta(days=9)) == (0, 0)


def test_what_the_server_has_against_us_is_kept_as_its_number(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "portal@example.org"
    mail = make_mail()

    with mail_server("portal@example.org") as box:
        use(box, settings)
        assert send_due(NOW) == (0, 1)

    assert state(mail) == (MailState.WAITING, 1, "SMTPSenderRefused 550")


def test_of_two_that_run_at_once_one_sends_and_an_attempt_that_died_is_made_again(settings: Settings) -> None:
    make_mail()
    (seen,) = Mail.objects.due(NOW)
    (seen_by_another,) = Mail.objects.due(NOW)

    assert (claim(seen, NOW), claim(seen_by_another, NOW)) == (True, False)
    with mail_server() as box:
        use(box, settings)
        assert send_due(NOW + timedelta(seconds=59)) == (0, 0)
        assert send_due(NOW + timedelta(seconds=60)) == (1, 0)


def test_staff_who_look_after_a_place_are_told_else_the_place_its_office_or_the_operator(settings: Settings) -> None:
    settings.OPERATOR = {**settings.OPERATOR, "email": "amt@example.org"}
    office = make_office(email="buero@example.org")
    outreach = make_standort("Marten", Kind.OUTREACH, office=office)
    alone = make_standort("Café")
    for name, role, is_active in (
        ("a", Role.OFFICE, True),
        ("b", Role.TRANSLATOR, True),
        ("c", Role.OFFICE, False),
    ):
        user = make_user(f"{name}@example.org", office)
        User.objects.filter(pk=user.pk).update(is_active=is_active, role=role)
    make_user("fremd@example.org", is_superuser=True)

    assert recipients(outreach, "contact.view_message") == ["a@example.org"]
    User.objects.filter(email="a@example.org").delete()
    assert recipients(office, "contact.view_message") == ["buero@example.org"]
    assert recipients(outreach, "contact.view_message") == ["buero@example.org"]
    User.objects.all().delete()
    assert recipients(alone, "contact.view_message") == ["amt@example.org"]
    assert recipients(None, "contact.view_message") == ["amt@example.org"]


def test_a_mail_with_nobody_to_go_to_is_not_lost_silently(settings: Settings) -> None:
    settings.OPERATOR = {**settings.OPERATOR, "email": ""}

    write()

    mail = Mail.objects.get()
    assert (mail.recipient, state(mail)) == ("", (MailState.FAILED, 0, "Niemand, an den sie gehen kann."))


def test_staff_see_mails_that_are_stuck_and_can_try_them_again() -> None:
    staff = Client()
    staff.force_login(make_user(is_superuser=True))
    failed, lost, sent = make_mail(), make_mail(), make_mail()
    Mail.objects.filter(pk=failed.pk).update(state=MailState.FAILED, attempts=7, fault="TimeoutError")
    Mail.objects.filter(pk=lost.pk).update(state=MailState.FAILED, recipient="")
    Mail.objects.filter(pk=sent.pk).update(state=MailState.SENT, attempts=1, sent_at=NOW)
    make_mail(at=NOW - timedelta(minutes=59))
    make_mail(at=NOW - timedelta(minutes=60))

    assert "3 Mails an das Team sind noch nicht verschickt" in staff.get("/admin/").content.decode()
    chosen = [failed.pk, lost.pk, sent.pk]
    staff.post("/admin/contact/mail/", {"action": "try_again", "_selected_action": chosen})

    assert state(failed) == (MailState.WAITING, 0, "")
    assert (state(lost)[0], state(sent)[:2]) == (MailState.FAILED, (MailState.SENT, 1))
    assert staff.get(f"/admin/contact/mail/{failed.pk}/change/").status_code == 200
    assert staff.get("/admin/contact/mail/add/").status_code == 403
