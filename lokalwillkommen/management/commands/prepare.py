"""Everything between an installed portal and a served page, in one process."""

import secrets
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from lokalwillkommen import assets
from lokalwillkommen.accounts.models import User
from standorte.models import Standort

FIRST_ACCOUNT = "verwaltung@localhost"


class Command(BaseCommand):
    """Run by ./portal start; a second run finds everything done and changes nothing."""

    # Before it has run, checks would miss what it builds.
    requires_system_checks = ()
    help = "Builds assets, migrates, loads the facts into an empty database, creates the first account."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Do what is not done yet."""
        assets.build()
        call_command("migrate", interactive=False, verbosity=0)
        if not Standort.objects.exists():
            call_command("load_facts")
        if not User.objects.exists():
            password = secrets.token_urlsafe(12)
            User.objects.create_superuser(FIRST_ACCOUNT, password)
            self.stdout.write(f"Staff account, shown only this once: {FIRST_ACCOUNT}  password: {password}")
