"""Opening what was sealed for the organisation."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from entremise.sync import envelope
from entremise.sync.envelope import Unreadable
from entremise.sync.models import OrganisationKey, Receipt


def opened(key: OrganisationKey) -> ec.EllipticCurvePrivateKey:
    """The private half of a key of the organisation."""
    private = load_der_private_key(envelope.decode(key.private), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private


def clear_content(receipt: Receipt) -> dict[str, Any]:
    """The clear operation of a receipt; empty once erased, or when it does not open."""
    if not receipt.envelope:
        return {}
    try:
        sealed = envelope.parse(envelope.loads(receipt.envelope))
        key = OrganisationKey.objects.filter(organisation_id=receipt.organisation_id, pk=sealed.key_id).first()
        return envelope.open_content(sealed, opened(key)) if key else {}
    except Unreadable:
        return {}
