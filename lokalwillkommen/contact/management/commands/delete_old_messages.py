"""Delete what people wrote when its time is over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from lokalwillkommen.contact.limiter import forget
from lokalwillkommen.contact.models import Mail, Message, Report


class Command(BaseCommand):
    """Run it every day, and after restoring a backup before the portal serves anybody."""

    help = "Deletes messages and reports 90 days after they were done, at the latest after 180 days, and old mails."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Delete, and say how many."""
        now = timezone.localtime()
        forget(now)
        expired = (model.objects.expired(now) for model in (Message, Report, Mail))
        messages, reports, mails = (rows.delete()[0] for rows in expired)
        self.stdout.write(f"Deleted: {messages} messages, {reports} reports, {mails} mails.")
