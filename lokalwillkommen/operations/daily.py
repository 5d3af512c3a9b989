"""Everything that has to be done once a day, and the memory of whether it was."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from lokalwillkommen.operations.models import DailyRun

KEPT_RUNS = 30
_REMEMBERING = "remembering this run"

# Commands that delete what may be kept for some time only; a restored backup goes through them before anybody sees it.
RETENTION = (
    *("clearsessions", "delete_old_logins", "delete_old_messages", "delete_old_confirmations"),
    *("forget_people", "delete_unused_files"),
)


def steps() -> tuple[str, ...]:
    """Name the commands of a day in their order; what joins them needs no arguments and fails with an exception."""
    steps = ("check_dates", "fold_content_writes", *RETENTION, "ask_to_confirm")
    return (*steps, *(("backup",) if settings.BACKUP_FOLDER else ()))


def run(names: tuple[str, ...], now: datetime, say: Callable[[str], object]) -> list[str]:
    """Run every command even if others fail; give the names of those that did, and remember them."""
    failed = [name for name in names if not _succeeds(name, partial(call_command, name), say)]
    remembered = _succeeds(_REMEMBERING, partial(_remember, failed, now), say)
    return failed if remembered else [*failed, _REMEMBERING]


def _remember(failed: list[str], now: datetime) -> None:
    with transaction.atomic():
        DailyRun.objects.create(started_at=now, failed=failed)
        newest = list(DailyRun.objects.values_list("pk", flat=True)[:KEPT_RUNS])
        DailyRun.objects.exclude(pk__in=newest).delete()


def _succeeds(name: str, step: Callable[[], object], say: Callable[[str], object]) -> bool:
    # One of them may have lost the connection to the database.
    connection.close_if_unusable_or_obsolete()
    try:
        step()
    except Exception as error:  # noqa: BLE001  # whatever it is, the others still run
        say(f"{name}: {error}")
        return False
    return True
