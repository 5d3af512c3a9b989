"""Delete files of films that are gone."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lokalwillkommen.sign_videos.files import delete_unused


class Command(BaseCommand):
    """Run it every day: a film that is replaced or deleted leaves its files behind."""

    help = "Deletes uploaded files that belong to no film any more and are older than a day."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Delete, and say how many."""
        self.stdout.write(f"Deleted: {len(delete_unused(timezone.now()))} files.")
