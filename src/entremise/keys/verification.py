"""What can be proved about the keys."""

from entremise.core import verify
from entremise.core.crypto import CryptoError
from entremise.core.verify import Finding
from entremise.keys.models import DataKey
from entremise.keys.services import unwrap


def register_checks() -> None:
    """Add the keys' checks to `entremise verify`."""
    verify.register("cles.ouverture", check_keys_open)


def check_keys_open() -> Finding:
    """Every living data key opens with the master key of this installation."""
    opened, failed = 0, 0
    for row in DataKey.objects.filter(destroyed_at=None).iterator():
        try:
            unwrap(row.pk, row.wrapped or b"")
            opened += 1
        except CryptoError:
            failed += 1
    sentence = f"{opened} clés s'ouvrent" if not failed else f"{failed} clés ne s'ouvrent pas avec la clé maîtresse"
    return Finding("cles.ouverture", not failed, sentence)
