"""Changing keys: the data key of a scope, and the master key. Both can be stopped and taken up again at any time."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from entremise.core import crypto
from entremise.core.actor import Actor
from entremise.core.crypto import CryptoError, Scope
from entremise.core.db import EncryptedTextField, Sealed, seal_for
from entremise.core.errors import Refused
from entremise.core.sealing import key_of_file, registered_files, reseal_file
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.keys.events import KeyRemoved, KeyRotated, MasterKeyChanged
from entremise.keys.models import DataKey
from entremise.keys.router import ALIAS
from entremise.keys.services.master import is_current, require_master_key, unwrap, wrap
from entremise.keys.services.store import LOOKUP

BATCH = 500
SETTLED = dt.timedelta(minutes=10)  # well after every process forgot the former key (``store.MEMORY``)
AT_ONCE = 240.0  # seconds of work between two looks at the clock of the periodic work
_INSTALLATION_ID = uuid.UUID(int=0)


def rotate_data_key(*, actor: Actor, scope: Scope) -> uuid.UUID:
    """Give a scope a new data key: what is written from now on is sealed with it; gives its identifier.

    What the former key sealed still opens, and is sealed again little by little (``reseal``). Raises Refused for the
    key of look-ups, whose change would lose every account.
    """
    if scope.kind == LOOKUP.kind:
        raise Refused("La clé des recherches ne se change pas : tous les comptes en dépendent.")
    with transaction.atomic(), transaction.atomic(using=ALIAS):
        current = DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.identifier, retired_at=None)
        if not current.filter(destroyed_at=None).update(retired_at=now()):
            raise Refused("Cette portée n’a pas de clé à changer.")
        _forget()
        fresh = crypto.key_provider().current(scope).key_id
        publish(KeyRotated(actor=actor, target_id=fresh, codes={"kind": scope.kind}))
    return fresh


def reseal(*, seconds: float = AT_ONCE) -> int:
    """Seal again, under the present keys, what retired keys sealed; gives how many values and files were.

    Stops after ``seconds``; the next call goes on. A value changed meanwhile by someone is left as they wrote it.
    """
    retired = {row.pk for row in _retired().filter(unused_since=None, retired_at__lt=now() - SETTLED)}
    if not retired:
        return 0
    done, limit = 0, time.monotonic() + seconds
    for model in _sealing_models():
        for batch in _batches(model, retired):
            done += sum(_reseal_row(row, retired) for row in batch)
            if time.monotonic() > limit:
                return done
    for path, scope, associated in registered_files():
        if key_of_file(path) in retired:
            reseal_file(path, scope, associated)
            done += 1
    _note_unused(retired)
    return done


def remove_unused_keys(*, actor: Actor, before: dt.datetime) -> int:
    """Remove the retired keys that nothing needs since before ``before``, the date of the oldest backup kept."""
    removed = 0
    unused = {row.pk: row for row in _retired().filter(unused_since__lt=before)}
    for row in [unused[key] for key in unused.keys() - _used(set(unused))]:
        with transaction.atomic():
            DataKey.objects.filter(pk=row.pk).update(wrapped=None, destroyed_at=now())
            publish(KeyRemoved(actor=actor, target_id=row.pk, codes={"kind": row.scope_kind}))
        removed += 1
    _forget()
    return removed


def rotate_master_key(*, actor: Actor) -> int:
    """Wrap every data key under the present master key; gives how many were. Harmless when done twice.

    The former one is in ``ENTREMISE_MASTER_KEY_PREVIOUS`` meanwhile. Raises Refused, after having done what can be,
    when some open with neither.
    """
    require_master_key()
    done, lost, last = 0, 0, None
    while batch := _after(DataKey.objects.filter(destroyed_at=None), last):
        last = batch[-1].pk
        with transaction.atomic(using=ALIAS):
            for row in batch:
                wrapped = bytes(row.wrapped or b"")
                if is_current(row.pk, wrapped):
                    continue
                try:
                    fresh = wrap(row.pk, unwrap(row.pk, wrapped))
                except CryptoError:
                    lost += 1
                    continue
                done += DataKey.objects.filter(pk=row.pk, destroyed_at=None).update(wrapped=fresh)
    _forget()
    if done:
        with transaction.atomic():
            publish(MasterKeyChanged(actor=actor, target_id=_INSTALLATION_ID, codes={"keys": done, "lost": lost}))
    if lost:
        raise Refused(
            f"{lost} clés ne s’ouvrent ni avec la clé maîtresse ni avec l’ancienne : donnez la bonne dans "
            "ENTREMISE_MASTER_KEY_PREVIOUS, puis relancez. Rien n’est perdu."
        )
    return done


def _retired() -> models.QuerySet[DataKey]:
    return DataKey.objects.filter(destroyed_at=None).exclude(retired_at=None)


def _forget() -> None:
    crypto.key_provider().forget()  # type: ignore[attr-defined]


def _after(rows: models.QuerySet, last: Any) -> list[Any]:
    return list((rows if last is None else rows.filter(pk__gt=last)).order_by("pk")[:BATCH])


def _sealing_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if _sealed_fields(model)]


def _sealed_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    return [field for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]


def _batches(model: type[models.Model], keys: set[uuid.UUID]) -> Iterator[list[Any]]:
    """The rows that hold a value sealed with one of these keys, by the identifier at the head of each value."""
    wanted = Q()
    for field in _sealed_fields(model):
        for key in keys:
            wanted |= Q(**{f"{field.name}__startswith": _head(key)})
    rows, last = model._base_manager.filter(wanted), None
    while batch := _after(rows, last):
        last = batch[-1].pk
        yield batch


def _head(key: uuid.UUID) -> Sealed:
    return Sealed(f"e1.{key.hex}.")


def _reseal_row(row: Any, keys: set[uuid.UUID]) -> int:
    done = 0
    for field in _sealed_fields(type(row)):
        token = row.__dict__.get(field.attname)
        if not isinstance(token, Sealed) or not token.startswith(tuple(map(_head, keys))):
            continue
        clear = getattr(row, field.attname)
        unchanged = type(row)._base_manager.filter(pk=row.pk, **{field.name: token})
        done += unchanged.update(**{field.name: seal_for(row, field.name, clear)})
    return done


def _note_unused(retired: set[uuid.UUID]) -> None:
    """Say of the keys that open nothing any more, here, that they do not."""
    unused = retired - _used(retired)
    DataKey.objects.filter(pk__in=unused, unused_since=None).update(unused_since=now())


def _used(keys: set[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these keys that a value or a file still names."""
    files = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    used = keys & {key_of_file(path) for path in files} if keys else set()
    return used | {key for key in keys - used if any(next(_batches(model, {key}), None) for model in _sealing_models())}
