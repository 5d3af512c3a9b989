"""Make one row of all that triggers have noted."""

from typing import Any

from django.core.management.base import BaseCommand

from lokalwillkommen.caching import version


class Command(BaseCommand):
    """Part of `daily`; no page changes by it."""

    help = "Makes one row of all noted writes of contents, so that summing them up stays quick."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Fold."""
        self.stdout.write(f"{version.fold()} rows folded.")
