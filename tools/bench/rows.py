"""Bulk rows, as fast as each engine allows: ``executemany`` on SQLite, ``COPY`` on PostgreSQL."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection, models


def columns(model: type[models.Model]) -> list[models.Field]:
    """The concrete columns of a model, in order."""
    return [field for field in model._meta.concrete_fields if not (field.primary_key and field.get_internal_type() == "BigAutoField")]


def insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Insert dictionaries (attname → value), missing columns taking the field's default; returns how many."""
    fields = columns(model)
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ([_value(field, row) for field in fields] for row in rows)
    return (_copy if connection.vendor == "postgresql" else _many)(model._meta.db_table, names, len(fields), values)


def _value(field: models.Field, row: dict[str, Any]) -> Any:
    value = row[field.attname] if field.attname in row else field.get_default()
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    if connection.vendor == "sqlite":
        if isinstance(value, uuid.UUID):
            return value.hex
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")
        if isinstance(value, bool):
            return int(value)
    return str(value) if isinstance(value, str) else value


def _many(table: str, names: str, width: int, values: Iterable[list[Any]]) -> int:
    with connection.cursor() as cursor:
        cursor = cursor.cursor  # sqlite3's own: no copy of five million statements in memory
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * width)})', values)
        return cursor.rowcount


def _copy(table: str, names: str, width: int, values: Iterable[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)
                count += 1
    return count
