"""The last number each table has given to a row, whether the row is still there or not.

Addresses with numbers are printed on paper: after a restore no new row may get the number of one that is gone.
"""

from collections.abc import Mapping

from django.db import connection, models

from lokalwillkommen.operations.tables import tables


def last_given() -> dict[str, int]:
    """Give the last number of each table that numbers its rows; 0 where none has been given."""
    ask = _asked_of_postgresql if connection.vendor == "postgresql" else _asked_of_sqlite
    return {name: ask(model) for name, model in tables().items() if _numbers_its_rows(model)}


def go_on_after(numbers: Mapping[str, int]) -> None:
    """Let the next row of each table have a higher number than these."""
    tell = _told_to_postgresql if connection.vendor == "postgresql" else _told_to_sqlite
    for name, model in tables().items():
        if numbers.get(name):
            tell(model, numbers[name])


def _numbers_its_rows(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField)  # noqa: SLF001  # public as well


def _asked_of_sqlite(model: type[models.Model]) -> int:
    return _first("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", model._meta.db_table) or 0  # noqa: SLF001


def _asked_of_postgresql(model: type[models.Model]) -> int:  # pragma: no cover  # lines are counted on SQLite
    sequence = _first("SELECT pg_get_serial_sequence(%s, %s)", model._meta.db_table, _column(model))  # noqa: SLF001
    return _first(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}") or 0  # noqa: S608  # its own


def _told_to_sqlite(model: type[models.Model], number: int) -> None:
    table = model._meta.db_table  # noqa: SLF001  # public as well
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


def _told_to_postgresql(model: type[models.Model], number: int) -> None:  # pragma: no cover  # as above
    _first("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", model._meta.db_table, _column(model), number)  # noqa: SLF001


def _column(model: type[models.Model]) -> str:  # pragma: no cover  # of the two above
    return str(model._meta.pk.column)  # noqa: SLF001


def _first(question: str, *values: str | int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row: tuple[int | None, ...] = cursor.fetchone()
    return row[0]
