"""Django's `migrate`, and after it the triggers that note writes of contents."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from lokalwillkommen.caching import triggers


class Command(migrate.Command):
    """Stands in for Django's command, because nobody may forget the second half."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Migrate, then make the triggers that are missing."""
        super().handle(*args, **options)
        if not options["plan"]:
            triggers.install(connections[options["database"]])
