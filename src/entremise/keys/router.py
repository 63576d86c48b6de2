"""Data keys live in a database of their own, so that destroying one outlives the backups of the other."""

from typing import Any

ALIAS = "keys"


class KeysRouter:
    """Sends the models of ``keys`` to their database, and everything else to the other."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        """The store of keys for its own models."""
        return ALIAS if model._meta.app_label == ALIAS else None  # type: ignore[attr-defined]

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Each table in one database only."""
        return (app_label == ALIAS) == (db == ALIAS)
