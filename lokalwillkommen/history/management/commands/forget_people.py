"""manage.py forget_people: who did something is forgotten after some time."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from lokalwillkommen.history.forgetting import forget_people


class Command(BaseCommand):
    """Forgets who did what longer ago than KEEP_NAMES_DAYS."""

    help = "Forget who did something longer ago than KEEP_NAMES_DAYS; what was done stays."

    def handle(self, *_args: object, **_options: object) -> None:
        """Forget, and say in how many places somebody stood."""
        found = forget_people(timezone.now() - timedelta(days=settings.KEEP_NAMES_DAYS))
        self.stdout.write(f"Forgotten in {found} places who it was.")
