"""Take the second factor from an account whose phone is lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lokalwillkommen.accounts.devices import end_all
from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.second_factor import remove_second_factor


class Command(BaseCommand):
    """For operators, when no administrator can do it in the admin."""

    help = "Removes app, passkeys and recovery codes of an account and logs it out everywhere; the password stays."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the account."""
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Remove them, and say how many."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            message = f"There is no account {options['email']}."
            raise CommandError(message)
        factors, devices = remove_second_factor(user), end_all(user)
        self.stdout.write(f"{user.email}: {factors} factors removed, logged out at {devices} devices.")
