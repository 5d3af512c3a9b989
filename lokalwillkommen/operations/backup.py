"""Making backups: every row of every table as it stands in one moment, and all uploaded files."""

from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from lokalwillkommen.operations import archive
from lokalwillkommen.operations.archive import FORMAT, Lines
from lokalwillkommen.operations.numbers import last_given
from lokalwillkommen.operations.tables import migrations, tables, version

KEPT = timedelta(days=35)
_NAME = "lokalwillkommen-%Y-%m-%dT%H-%M-%SZ.zip"
# Rows in memory at once.
_BATCH = 1000


class WholeMoments(DjangoJSONEncoder):
    """Keeps microseconds, which Django's own encoder cuts off."""

    def default(self, o: object) -> object:
        """Write moments as they are, the rest as Django does."""
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def back_up(folder: Path, now: datetime) -> Path:
    """Write one backup into the folder and give its path."""
    path = folder / now.astimezone(UTC).strftime(_NAME)
    with transaction.atomic(durable=True):
        _stand_still()
        about: archive.Manifest = {
            "format": FORMAT,
            "version": version(),
            "created_at": now.astimezone(UTC).isoformat(timespec="seconds"),
            "migrations": migrations(),
            "numbers": last_given(),
            "members": {},
            "files": {},
        }
        archive.write(path, about, {name: partial(_fill, model) for name, model in tables().items()}, _uploaded())
    return path


def expire(folder: Path, now: datetime) -> list[Path]:
    """Delete backups older than 35 days, but never the newest; other files in the folder stay. Give what is gone."""
    made = sorted((moment, path) for path in folder.iterdir() if (moment := _made_at(path)))
    expired = [path for moment, path in made[:-1] if now - moment > KEPT]
    for path in expired:
        path.unlink()
    return expired


def _stand_still() -> None:
    """See one moment of all tables; SQLite does so by itself in a transaction."""
    if connection.vendor == "postgresql":  # pragma: no cover  # lines are counted on SQLite
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _uploaded() -> dict[str, Path]:
    """Give all uploaded files by their names; each has its name for good, so what is there is whole."""
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}


def _fill(model: type[models.Model], lines: Lines) -> None:
    # Without many-to-many fields: the tables that connect are in the backup themselves, with their keys.
    columns = [field.name for field in model._meta.concrete_fields]  # noqa: SLF001  # public as well
    rows = model._base_manager.order_by("pk").iterator(_BATCH)  # noqa: SLF001  # public as well
    serializers.serialize("jsonl", rows, stream=lines, fields=columns, cls=WholeMoments)


def _made_at(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
