"""Send the mails that wait for staff."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lokalwillkommen.contact.limiter import forget
from lokalwillkommen.contact.outbox import send_due


class Command(BaseCommand):
    """Run it every few minutes. A mail that could not be sent is exit code 1 and is tried again later."""

    help = "Sends the mails to staff that are due, and deletes what the limit of the forms no longer needs."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Forget, send, and say how many."""
        now = timezone.localtime()
        forget(now)
        sent, failed = send_due(now)
        if failed:
            message = f"{sent} mails sent, {failed} not sent: see the mails to staff in the administration."
            raise CommandError(message)
        self.stdout.write(f"{sent} mails sent.")
