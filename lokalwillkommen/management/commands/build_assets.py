"""Build catalogues and static files."""

from typing import Any

from django.core.management.base import BaseCommand

from lokalwillkommen import assets


class Command(BaseCommand):
    """What is up to date is left alone, so it can run before every start."""

    # Before it has run, checks would miss what it builds.
    requires_system_checks = ()
    help = "Compiles catalogues and collects static files, if their sources have changed."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Build what is out of date."""
        assets.build()
