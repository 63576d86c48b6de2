"""Bulk rows, as fast as each engine allows: ``executemany`` on SQLite, ``COPY`` on PostgreSQL."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models


def columns(model: type[models.Model]) -> list[models.Field]:
    """The concrete columns of a model, in order."""
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.get_internal_type() == "BigAutoField")
    ]


def insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Insert dictionaries (attname → value), missing columns taking the field's default; returns how many."""
    fields = columns(model)
    names = ", ".join(f'"{field.column}"' for field in fields)
    plan = [(field.attname, _default(field), _converter(field)) for field in fields]
    values = ([convert(row.get(name, default)) for name, default, convert in plan] for row in rows)
    return (_copy if connection.vendor == "postgresql" else _many)(model._meta.db_table, names, len(fields), values)


def _default(field: models.Field) -> Any:
    """One value for every row that leaves the column out: an identifier is never among them."""
    return None if field.primary_key else field.get_default()


def _converter(field: models.Field) -> Callable[[Any], Any]:
    sqlite = connection.vendor == "sqlite"
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.JSONField):
        return json.dumps
    if isinstance(kind, models.UUIDField):
        return (lambda value: value and value.hex) if sqlite else (lambda value: value and str(value))
    if isinstance(kind, models.DateTimeField) and sqlite:
        return lambda value: value and value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")
    if isinstance(kind, models.CharField | models.TextField):
        return lambda value: value if value is None else str(value)
    return lambda value: value


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
