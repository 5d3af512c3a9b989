"""The monthly mail: what an office is asked to confirm, and the link with which it can do so without logging in."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.confirming.items import Item, due, fingerprint_of
from lokalwillkommen.confirming.models import ConfirmationRequest, OfficeAddress
from lokalwillkommen.contact.models.mail import KEY, KEY_HOLDS
from lokalwillkommen.contact.outbox import write_mail
from standorte.models import Standort
from standorte.templatetags.words import day_in_words


def ask(now: datetime) -> int:
    """Write a mail to each office that has something to confirm and was not asked this month; give how many.

    Where an office has no address that an administrator has checked, nobody is asked: the coordination sees it.
    """
    numbers = OfficeAddress.objects.filter(is_verified=True, office__is_published=True).values_list("pk", flat=True)
    return sum(_ask_one(number, now) for number in list(numbers))


def scope(office: int) -> Responsibility:
    """Give whose facts an office is asked about: its own and those of the places its team comes to."""
    team = Standort.objects.filter(Q(pk=office) | Q(office=office))
    return Responsibility(places=frozenset(team.values_list("pk", flat=True)))


@transaction.atomic
def _ask_one(number: int, now: datetime) -> bool:
    today = timezone.localdate(now)
    # Who runs at the same time waits here, and then finds that the office was asked.
    found = OfficeAddress.objects.select_for_update(of=("self",)).select_related("office").filter(pk=number).first()
    if found is None or not found.is_verified or _was_asked(found, today):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        items = due(scope(found.office_id), today)
        if not items:
            return False
        subject = _("Please confirm: %(office)s") % {"office": found.office}
        mail = write_mail(found.email, subject, _body(items, today), now)
    ConfirmationRequest.objects.create(
        office=found.office, email=found.email, mail=mail, fingerprint=fingerprint_of(items), created_at=now
    )
    found.asked_on = today
    found.save(update_fields=["asked_on"])
    return True


def _was_asked(address: OfficeAddress, today: date) -> bool:
    return address.asked_on is not None and address.asked_on.replace(day=1) >= today.replace(day=1)


def _body(items: list[Item], today: date) -> str:
    link = f"{_origin()}{reverse('confirm_by_mail', args=['KEY'])}".replace("KEY", KEY)
    last = day_in_words(today + KEY_HOLDS)
    return "\n\n".join(
        (
            _("Nobody has confirmed the following for three months. Is it still right?"),
            "\n".join(f"- {item.title}" for item in items),
            _("Look at it and confirm it here, without logging in:"),
            link,
            _("The link holds until %(day)s. Do not pass it on: whoever has it can confirm.") % {"day": last},
            _("What is wrong you can put right in the administration, after logging in."),
        )
    )


def _origin() -> str:
    """Give how addresses of the portal begin; no request tells it, so the first of its names counts."""
    return f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0].removeprefix('.')}"
