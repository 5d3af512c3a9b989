"""Load the facts about the network from the data files."""

from typing import Any

from django.core.management.base import BaseCommand

from lokalwillkommen.facts.loader import load_all


class Command(BaseCommand):
    """Can be run as often as one likes; what staff have changed or deleted stays so."""

    help = "Loads lokalwillkommen/facts/data; what staff have changed or deleted stays as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Load everything in one transaction and say what was done."""
        ledger = load_all()
        self.stdout.write(f"{ledger.created} created, {ledger.updated} updated, {ledger.kept} kept as staff left them.")
