"""The key pair of an organisation."""

import uuid

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import IntegrityError, transaction

from entremise.core.time import now
from entremise.sync import envelope
from entremise.sync.envelope import Unreadable
from entremise.sync.models import OrganisationKey
from entremise.sync.queries.opening import opened


def current_key(organisation_id: uuid.UUID) -> OrganisationKey:
    """The key new operations are sealed to, made at first use."""
    found = OrganisationKey.objects.filter(organisation_id=organisation_id, retired_at=None).first()
    return found or _make(organisation_id)


def _make(organisation_id: uuid.UUID) -> OrganisationKey:
    private = ec.generate_private_key(envelope.CURVE)
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key = OrganisationKey(
        organisation_id=organisation_id,
        public=envelope.encode(envelope.raw_point(private.public_key())),
        private=envelope.encode(der),
    )
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError:  # two first uses at once agree on one key
        return OrganisationKey.objects.get(organisation_id=organisation_id, retired_at=None)
    return key


def replace_key(organisation_id: uuid.UUID) -> OrganisationKey:
    """A new key for what is still to be written; the former ones go on opening what was sealed to them."""
    with transaction.atomic():
        OrganisationKey.objects.filter(organisation_id=organisation_id, retired_at=None).update(retired_at=now())
        return _make(organisation_id)


def private_key(organisation_id: uuid.UUID, key_id: uuid.UUID) -> ec.EllipticCurvePrivateKey:
    """The private half an envelope names; raises Unreadable when it is not one of the organisation's."""
    found = OrganisationKey.objects.filter(organisation_id=organisation_id, pk=key_id).first()
    if found is None:
        raise Unreadable("the envelope names an unknown key")
    return opened(found)
