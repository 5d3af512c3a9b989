"""Delete what was kept about logins when its time is over."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

# Longer than anybody is locked out.
ATTEMPTS_KEPT = timedelta(days=1)


class Command(BaseCommand):
    """Run it every day, after `clearsessions`."""

    help = "Deletes wrong attempts to log in after a day, and devices that are logged out."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401  # Django's signature
        """Delete, and say how many."""
        old = AccessAttempt.objects.filter(attempt_time__lte=timezone.now() - ATTEMPTS_KEPT)
        attempts = old.delete()[0]
        alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
        devices = UserSession.objects.exclude(session_key__in=alive).delete()[0]
        self.stdout.write(f"Deleted: {attempts} attempts to log in, {devices} devices.")
