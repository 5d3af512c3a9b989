"""Restore a backup."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lokalwillkommen.operations.archive import DamagedError
from lokalwillkommen.operations.daily import RETENTION
from lokalwillkommen.operations.restore import RefusedError, restore


class Command(BaseCommand):
    """Compares all sums first, then changes everything or nothing. What has had to go since then goes again."""

    help = "Puts all rows and files of a backup into an empty, migrated database. A damaged file changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="a file that backup has written")
        parser.add_argument("--replace", action="store_true", help="delete all rows that are there")

    def handle(self, *_args: Any, file: Path, replace: bool, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Restore, and say how much."""
        try:
            rows, files = restore(file, replace=replace)
        except (DamagedError, RefusedError) as fault:
            raise CommandError(str(fault)) from fault
        for name in RETENTION:
            call_command(name)
        self.stdout.write(f"{rows} rows and {files} files are back as they were in {file.name}.")
