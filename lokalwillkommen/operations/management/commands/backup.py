"""Write a backup."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lokalwillkommen.operations.archive import DamagedError
from lokalwillkommen.operations.backup import back_up, expire


class Command(BaseCommand):
    """Writes one file with all rows, reads it again, and deletes what is older than 35 days."""

    help = "Writes all rows and uploaded files into one file, reads it again, and deletes backups older than 35 days."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path, nargs="?", help="where to; without it BACKUP_FOLDER")

    def handle(self, *_args: Any, folder: Path | None, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Write, and say where."""
        folder = folder or (Path(settings.BACKUP_FOLDER) if settings.BACKUP_FOLDER else None)
        if folder is None:
            message = "Where to? Name a folder, or set BACKUP_FOLDER."
            raise CommandError(message)
        now = timezone.now()
        try:
            expired = expire(folder, now)
            path = back_up(folder, now)
        except (OSError, DamagedError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            message = f"No backup was written to {folder}: {reason}."
            raise CommandError(message) from error
        self.stdout.write(f"{path}")
        for old in expired:
            self.stdout.write(f"older than 35 days, deleted: {old.name}")
