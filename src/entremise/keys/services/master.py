"""The master key, and the one before it while a change is under way. Neither is ever written anywhere by us."""

import base64
import binascii
import uuid

from django.conf import settings

from entremise.core import crypto
from entremise.core.crypto import CryptoError
from entremise.core.errors import Refused
from entremise.keys.models import DataKey

NAME_BYTES = 16


class WrongMasterKey(CryptoError):
    """What is read was sealed under another master key."""


def read_key(written: str) -> bytes:
    """The 32 bytes of a key written in urlsafe base64; raises CryptoError when it is unusable."""
    try:
        key = base64.urlsafe_b64decode(written.strip())
    except (binascii.Error, ValueError) as error:
        raise CryptoError("the master key is not base64") from error
    if len(key) != crypto.KEY_BYTES:
        raise CryptoError("the master key must hold 32 bytes")
    return key


def write_key(key: bytes) -> str:
    """The reverse of ``read_key``."""
    return base64.urlsafe_b64encode(key).decode()


def master_key() -> bytes:
    """The master key of the settings; raises CryptoError when it is unusable."""
    return read_key(settings.MASTER_KEY)


def master_keys() -> list[bytes]:
    """The master key, then the one it replaces (``ENTREMISE_MASTER_KEY_PREVIOUS``) while a change is under way."""
    previous = getattr(settings, "MASTER_KEY_PREVIOUS", "")
    return [master_key(), *([read_key(previous)] if previous else [])]


def require_master_key() -> None:
    """Raise Refused, in plain words, when there is no usable master key."""
    try:
        master_keys()
    except CryptoError as error:
        raise Refused(
            "La clé maîtresse manque ou n’est pas lisible. Donnez ENTREMISE_MASTER_KEY : 32 octets en base64 url."
        ) from error


def require_own_master_key() -> None:
    """The same, and that it opens the keys of this installation."""
    require_master_key()
    try:
        prove_master_key()
    except WrongMasterKey as error:
        raise Refused("La clé maîtresse n’est pas celle de cette installation : elle n’ouvre pas ses clés.") from error


def prove_master_key() -> None:
    """Raise WrongMasterKey unless the newest living data key opens: what is sealed under another one would be lost."""
    last = DataKey.objects.filter(destroyed_at=None).order_by("-pk").first()
    try:
        if last is not None:
            unwrap(last.pk, last.wrapped or b"")
    except CryptoError as error:
        raise WrongMasterKey("the master key does not open this store") from error


def name_of(key: bytes) -> bytes:
    """What names a master key without telling it: written at the head of what it seals."""
    return crypto.derive(key, "name")[:NAME_BYTES]


def backup_secret(name: bytes) -> bytes:
    """The secret of backups under the master key of that name; raises WrongMasterKey when we do not hold it."""
    for key in master_keys():
        if name_of(key) == name:
            return crypto.derive(key, "backup")
    raise WrongMasterKey("sealed under another master key")


def wrap(key_id: uuid.UUID, secret: bytes) -> bytes:
    """The data key sealed under the master key and bound to its row."""
    return crypto.seal_bytes(master_key(), secret, _bound(key_id))


def unwrap(key_id: uuid.UUID, wrapped: bytes | memoryview) -> bytes:
    """The reverse of ``wrap``; opens too what is still under the master key before this one."""
    keys = master_keys()
    for key in keys[:-1]:
        try:
            return crypto.open_bytes(key, bytes(wrapped), _bound(key_id))
        except CryptoError:
            continue
    return crypto.open_bytes(keys[-1], bytes(wrapped), _bound(key_id))


def is_current(key_id: uuid.UUID, wrapped: bytes | memoryview) -> bool:
    """True when the data key is wrapped under the present master key."""
    try:
        crypto.open_bytes(master_key(), bytes(wrapped), _bound(key_id))
    except CryptoError:
        return False
    return True


def _bound(key_id: uuid.UUID) -> bytes:
    return b"data-key:" + key_id.bytes
