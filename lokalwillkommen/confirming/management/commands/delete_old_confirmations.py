"""Delete keys of mails that hold no longer, and who confirmed by mail when its time is over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from lokalwillkommen.confirming.models import ConfirmationRequest
from lokalwillkommen.contact.models import Mail


class Command(BaseCommand):
    """Run it every day, and after restoring a backup before the portal serves anybody."""

    help = "Forgets the keys of mails after 14 days, and confirmations by mail after a year."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Delete, and say how many."""
        now = timezone.localtime()
        keys = Mail.objects.with_old_key(now).update(key_hash="")
        requests, _rows = ConfirmationRequest.objects.expired(now).delete()
        self.stdout.write(f"Deleted: {keys} keys, {requests} confirmations by mail.")
