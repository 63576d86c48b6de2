"""Database triggers that refuse to change the past, on both engines.

They are reinstalled after every migrate, because SQLite's table rebuild drops them. Events may only
be deleted once they are older than twelve months (retention); seals never.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

RETENTION = "12 months"
MESSAGE = "the journal is append-only"

_SQLITE = {
    "journal_entry_no_update": (
        "CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
    "journal_entry_no_delete": (
        "CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry "
        f"WHEN OLD.at > datetime('now', '-{RETENTION}') BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
    "journal_seal_no_update": (
        "CREATE TRIGGER journal_seal_no_update BEFORE UPDATE ON journal_seal "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
    "journal_seal_no_delete": (
        "CREATE TRIGGER journal_seal_no_delete BEFORE DELETE ON journal_seal "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
}

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION entremise_journal_guard() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'journal_entry' THEN
    IF OLD.at < now() - interval '{RETENTION}' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '{MESSAGE}';
END $$ LANGUAGE plpgsql
"""
_POSTGRESQL = {
    f"{table}_{name}": f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
    f"FOR EACH {level} EXECUTE FUNCTION entremise_journal_guard()"
    for table in ("journal_entry", "journal_seal")
    for name, event, level in (
        ("no_update", "UPDATE", "ROW"),
        ("no_delete", "DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    )
}


def _statements() -> dict[str, str]:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def _table(trigger: str) -> str:
    return "_".join(trigger.split("_")[:2])


def install() -> None:
    """Put every trigger in place; harmless when they are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, statement in _statements().items():
            _drop(cursor, name)
            cursor.execute(statement)


def remove() -> None:
    """Lift the triggers. For the test harness and for a migration of these tables only."""
    with connection.cursor() as cursor:
        for name in _statements():
            _drop(cursor, name)


def _drop(cursor: Any, name: str) -> None:
    suffix = "" if connection.vendor == "sqlite" else f" ON {_table(name)}"
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing() -> list[str]:
    """The names of the triggers that should be there and are not."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in _statements() if name not in present]


@contextmanager
def lifted() -> Iterator[None]:
    """Lift the triggers for a block (test harness)."""
    remove()
    try:
        yield
    finally:
        install()


def install_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_: object) -> None:
    """Signal handler: the tables may just have been rebuilt."""
    if using == DEFAULT_DB_ALIAS and {"journal_entry", "journal_seal"} <= set(connection.introspection.table_names()):
        install()
