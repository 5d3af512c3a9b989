"""Ask offices to confirm what nobody has confirmed for months."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lokalwillkommen.confirming.asking import ask


class Command(BaseCommand):
    """Run it every day: an office gets at most one mail a month. `send_mails` sends them."""

    help = "Writes a mail to each office with a checked address that has something to confirm, once a month at most."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Write the mails, and say how many."""
        self.stdout.write(f"{ask(timezone.localtime())} offices asked.")
