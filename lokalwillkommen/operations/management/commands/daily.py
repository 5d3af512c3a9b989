"""Do what has to be done once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lokalwillkommen.operations import daily


class Command(BaseCommand):
    """Goes on when one part fails, and ends with exit code 1 then."""

    help = "Runs everything periodic: checks all dates, deletes what may be kept no longer, writes a backup."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Run all parts and name those that failed."""
        names = daily.steps()
        failed = daily.run(names, timezone.now(), self.stderr.write)
        if failed:
            message = f"Failed: {', '.join(failed)}."
            raise CommandError(message)
        self.stdout.write(f"Done: {', '.join(names)}.")
