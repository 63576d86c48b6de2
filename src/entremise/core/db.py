"""Shared field and model shapes; no table of its own."""

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from entremise.core import crypto
from entremise.core.errors import NotFound
from entremise.core.ids import uuid7

Row = TypeVar("Row", bound=models.Model)


class UUIDModel(models.Model):
    """Primary key: a UUIDv7, made by the server or by a phone without network."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


def organisation_key(**options: Any) -> models.ForeignKey:
    """The owner of a row. Every table of the trade has one; lists start from it."""
    options.setdefault("verbose_name", "organisation")
    return models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+", **options)


def get_one(rows: models.QuerySet[Row]) -> Row:
    """The row of a list cut down to what the actor may read; NotFound when there is none, whatever the true reason."""
    row = rows.first()
    if row is None:
        raise NotFound(rows.model._meta.label_lower)
    return row


class Sealed(str):
    """A value as it lies in the database: unreadable until opened through its model instance."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class _SealedAttribute(DeferredAttribute):
    """Opens the value when, and only when, it is read."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = crypto.open_text(value, self.field.associated_data(instance))  # type: ignore[attr-defined]
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        # Makes this a data descriptor, so that reading goes through __get__ and not the instance's dict.
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text sealed under the key of ``instance.encryption_scope()`` (a ``crypto.Scope``).

    The token is bound to its table, column and row, so that it cannot be moved to another record.
    Empty text stays empty. The value cannot be searched; ``values()`` gives unreadable tokens.
    """

    descriptor_class = _SealedAttribute

    def associated_data(self, instance: models.Model) -> str:
        """Table, column and row: what the ciphertext is bound to."""
        return f"{self.model._meta.label_lower}.{self.attname}:{instance.pk}"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """Keeps the token closed."""
        return Sealed(value) if value else value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Seals clear text; a value never opened since it was loaded is written back as it was."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or value == "" or isinstance(value, Sealed):
            return value
        return Sealed(crypto.seal_text(model_instance.encryption_scope(), value, self.associated_data(model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        """Refuses clear text on the paths that bypass ``pre_save`` (``update()``, filters)."""
        if value in (None, "") or isinstance(value, Sealed):
            return value
        raise TypeError(f"{self.name}: clear text may only be written through save() or bulk_create()")


def seal_for(instance: Any, field_name: str, clear: str) -> Sealed:
    """The token for one field of an instance, for writers that use ``update()``."""
    field = instance._meta.get_field(field_name)
    return Sealed(crypto.seal_text(instance.encryption_scope(), clear, field.associated_data(instance)))


def open_together(instances: Iterable[models.Model], *field_names: str) -> None:
    """Ask the store of keys once for everything these instances seal in these fields, before a page reads them."""
    values = (instance.__dict__.get(name) for instance in instances for name in field_names)
    crypto.prefetch(value for value in values if isinstance(value, Sealed))


def is_uuid(value: str) -> bool:
    """True for the text form of a UUID."""
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
