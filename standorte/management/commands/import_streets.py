"""Import a list of streets, so that the finder understands them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from standorte.street_list import ListError, read, replace


class Command(BaseCommand):
    """The list takes the place of the one before, all or nothing; docs/street-list.md describes it."""

    help = "Imports streets from a CSV file (street, postal_code, stadtbezirk, stadtteil) in the place of those before."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether it is only to be checked."""
        parser.add_argument("file", type=Path, help="CSV in UTF-8, described in docs/street-list.md")
        parser.add_argument("--dry-run", action="store_true", help="only check the list, change nothing")

    def handle(self, *_args: Any, file: Path, dry_run: bool, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Read, check, save, and say what was done."""
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                streets = read(lines)
        except OSError as fault:
            message = f"{file} cannot be read: {fault.strerror}."
            raise CommandError(message) from fault
        except UnicodeDecodeError as fault:
            message = f"{file} is not written in UTF-8."
            raise CommandError(message) from fault
        except ListError as error:
            for sentence in error.faults:
                self.stderr.write(sentence)
            message = f"Nothing was changed: {len(error.faults)} faults."
            raise CommandError(message) from error
        if dry_run:
            self.stdout.write(f"{len(streets)} streets are right; nothing was changed.")
            return
        replace(streets)
        self.stdout.write(f"{len(streets)} streets imported.")
