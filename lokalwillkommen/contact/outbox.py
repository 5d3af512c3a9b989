"""Mails that tell staff that something waits: who gets them, and sending them until they are gone."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from smtplib import SMTPException, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lokalwillkommen.accounts.models import User
from lokalwillkommen.contact.models import Mail, MailState, Message, Report
from lokalwillkommen.contact.models.mail import KEY, WAITS
from standorte.models import Standort

# Makes the whole address of a page out of its path.
Address = Callable[[str], str]


def tell_of_message(message: Message, address: Address, now: datetime) -> None:
    """Write the mails that say that a message waits; not what stands in it, and not from whom."""
    path = reverse("admin:contact_message_change", args=[message.pk])
    with translation.override(settings.LANGUAGE_CODE):
        place = _named(message.standort)
        subject = _("A message waits: %(place)s") % {"place": place}
        first = _("Somebody has written to: %(place)s. Please read and answer it here:") % {"place": place}
        _write(message.standort, "contact.view_message", subject, (first, address(path)), now)


def tell_of_report(report: Report, place: Standort | None, address: Address, now: datetime) -> None:
    """Write the mails that say that two people found the same."""
    path = reverse("admin:contact_report_changelist")
    with translation.override(settings.LANGUAGE_CODE):
        said = {"place": report.where, "what": report.get_kind_display()}
        subject = _("Please check: %(place)s") % said
        first = _("Two people have told us within a day: “%(what)s”. Place: %(place)s.")
        then = _("Please check it, then mark the reports as done here:")
        _write(place, "contact.view_report", subject, (first % said, then, address(path)), now)


def send_due(now: datetime, *, most: int = 200) -> tuple[int, int]:
    """Send what is due; give how many were sent and how many were not."""
    sent = failed = 0
    for mail in (mail for mail in Mail.objects.due(now)[:most] if claim(mail, now)):
        mine = Mail.objects.filter(pk=mail.pk)
        if fault := _fault_of_sending(mail, _with_key(mail)):
            is_last = mail.attempts + 1 >= len(WAITS)
            failed += mine.update(fault=fault, state=MailState.FAILED if is_last else MailState.WAITING)
        else:
            sent += mine.update(fault="", state=MailState.SENT, sent_at=now)
    return sent, failed


def claim(mail: Mail, now: datetime) -> bool:
    """Write down an attempt before it is made; whoever runs at the same time then leaves this mail alone.

    If the process dies in between, it is sent later, at worst twice.
    """
    waiting = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING, attempts=mail.attempts)
    wait = WAITS[min(mail.attempts, len(WAITS) - 1)]
    return bool(waiting.update(attempts=F("attempts") + 1, next_attempt_at=now + wait))


def recipients(standort: Standort | None, permission: str) -> list[str]:
    """Give whom to tell: the accounts that look after a place and may read it, else the place, else the operator."""
    if standort is None:
        return [settings.OPERATOR["email"]]
    places = [pk for pk in (standort.pk, standort.office_id) if pk]
    users = User.objects.filter(is_active=True, is_staff=True, standorte__in=places).distinct().order_by("email")
    found = [user.email for user in users if user.has_perm(permission)]
    office = standort.office.email if standort.office else ""
    return found or [standort.email or office or settings.OPERATOR["email"]]


def _write(standort: Standort | None, permission: str, subject: str, lines: Iterable[str], now: datetime) -> None:
    body = "\n\n".join((*lines, _("This mail is automatic. What people write stays in the portal.")))
    for recipient in recipients(standort, permission):
        write_mail(recipient, subject, body, now)


def write_mail(recipient: str, subject: str, body: str, now: datetime) -> Mail:
    """Write a mail that is sent from now on; one that has nobody to go to has failed, and the admin says so."""
    is_lost = {} if recipient else {"state": MailState.FAILED, "fault": _("Nobody to send it to.")}
    return Mail.objects.create(
        recipient=recipient, subject=subject, body=body, created_at=now, next_attempt_at=now, **is_lost
    )


def digest(key: str) -> str:
    """Give what is stored of the key of a mail."""
    return sha256(key.encode()).hexdigest()


def _named(standort: Standort | None) -> str:
    return str(standort or _("the coordination"))


def _with_key(mail: Mail) -> str:
    """Give the text with a new key where one belongs; the key of an earlier attempt holds no longer."""
    if KEY not in mail.body:
        return mail.body
    key = secrets.token_urlsafe(32)
    Mail.objects.filter(pk=mail.pk).update(key_hash=digest(key))
    return mail.body.replace(KEY, key)


def _fault_of_sending(mail: Mail, body: str) -> str:
    """Send one mail; give what went wrong, in words that hold nothing of the mail."""
    try:
        EmailMessage(mail.subject, body, to=[mail.recipient]).send()
    except SMTPResponseException as fault:
        return f"{type(fault).__name__} {fault.smtp_code}"
    except (SMTPException, OSError, ValueError) as fault:
        return type(fault).__name__
    return ""
