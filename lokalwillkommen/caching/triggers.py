"""Triggers of the database that note each write of contents, whoever writes: pages, commands, or SQL by hand.

They are made after each `migrate` and not by a migration: SQLite makes a table anew when a column changes and drops
its triggers, and a table that comes later must not be forgotten.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from lokalwillkommen.caching.models import ContentWrite
from lokalwillkommen.caching.tables import content_tables

# A trigger with another body needs another name.
_PREFIX = "content_write_1_"
_NOTES = ContentWrite._meta.db_table  # noqa: SLF001  # public as well
_LARGEST = 2**31 - 1  # some 4,000 million writes fit into a sum of 63 bits
_Trigger = tuple[str, str]  # a table and an event


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a database speaks of triggers."""

    events: tuple[str, ...]
    names: str
    create: str
    drop: str


_SQLITE = _Dialect(
    events=("insert", "update", "delete"),
    names="SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    create=f"""CREATE TRIGGER "{{name}}" AFTER {{event}} ON "{{table}}" BEGIN
        INSERT INTO "{_NOTES}" (mark) VALUES ((random() & {_LARGEST}) + 1);
    END""",  # noqa: S608  # our own names
    drop='DROP TRIGGER "{name}"',
)
_POSTGRES = _Dialect(
    events=(*_SQLITE.events, "truncate"),
    names="""SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace""",
    # Once for a whole statement, however many rows it writes.
    create=f"""CREATE OR REPLACE FUNCTION {_PREFIX}note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO "{_NOTES}" (mark) VALUES (floor(random() * {_LARGEST})::bigint + 1);
        RETURN NULL;
    END $$;
    CREATE TRIGGER "{{name}}" AFTER {{event}} ON "{{table}}" FOR EACH STATEMENT EXECUTE FUNCTION {_PREFIX}note()""",  # noqa: S608  # our own names
    drop='DROP TRIGGER "{name}" ON "{table}"',
)
_DIALECTS = {"sqlite": _SQLITE, "postgresql": _POSTGRES}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing and drop what is no longer wanted; where all is as it should be, write nothing."""
    dialect, present = _DIALECTS[connection.vendor], installed(connection)
    wanted = {(table, event) for table in _tables(connection) for event in dialect.events}
    orders = [(dialect.create, one) for one in wanted - present] + [(dialect.drop, one) for one in present - wanted]
    with connection.cursor() as cursor:
        for order, (table, event) in sorted(orders):
            cursor.execute(order.format(name=f"{_PREFIX}{table}_{event}", table=table, event=event))


def installed(connection: BaseDatabaseWrapper) -> set[_Trigger]:
    """Give the table and the event of each trigger of ours."""
    with connection.cursor() as cursor:
        cursor.execute(_DIALECTS[connection.vendor].names)
        return {(table, name.rpartition("_")[2]) for name, table in cursor.fetchall() if name.startswith(_PREFIX)}


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    """Give the tables of contents that there are; while a database goes back there may be none to note in."""
    present = set(connection.introspection.table_names())
    return present & set(content_tables()) if _NOTES in present else set()
