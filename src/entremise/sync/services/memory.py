"""What one batch asks several times: its devices, their authors, the organisation's keys, what came before."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec
from django.db.models import Q

from entremise.accounts.queries import member_actor
from entremise.core.actor import Actor, Readings
from entremise.sync.envelope import Envelope
from entremise.sync.models import Device, Receipt
from entremise.sync.services.keys import private_key

ORIGIN = "carnet"


class Memory:
    """Lives as long as one batch; ``carrier`` is whoever's session brought it."""

    def __init__(self, carrier: Actor) -> None:
        self.carrier = carrier
        self.organisation_id = carrier.organisation_id
        self.unknown: set[uuid.UUID] = set()
        self.done: set[uuid.UUID] = set()  # operations this batch brought to their end: none comes back from there
        self._received: dict[object, Receipt] = {}
        self._devices: dict[uuid.UUID, Device | None] = {}
        self._authors: dict[uuid.UUID, Actor | None] = {}
        self._keys: dict[uuid.UUID, ec.EllipticCurvePrivateKey] = {}

    @property
    def carrier_id(self) -> uuid.UUID:
        """The member whose session brings the batch."""
        assert self.carrier.member_id is not None  # only scheduled work has none, and it carries nothing
        return self.carrier.member_id

    def device(self, device_id: uuid.UUID) -> Device | None:
        """A device of the organisation."""
        if device_id not in self._devices:
            found = Device.objects.filter(pk=device_id, organisation_id=self.organisation_id).first()
            self._devices[device_id] = found
        return self._devices[device_id]

    def devices(self) -> list[Device]:
        """Those met so far."""
        return [device for device in self._devices.values() if device is not None]

    def author(self, member_id: uuid.UUID) -> Actor | None:
        """The member who wrote, with the roles and teams of today; None once gone."""
        if member_id not in self._authors:
            found = member_actor(member_id, origin=ORIGIN, request_id=self.carrier.request_id)
            self._authors[member_id] = replace(found, readings=Readings()) if found else None
        return self._authors[member_id]

    def private_key(self, key_id: uuid.UUID) -> ec.EllipticCurvePrivateKey:
        """The organisation's private half; raises Unreadable."""
        if key_id not in self._keys:
            self._keys[key_id] = private_key(self.organisation_id, key_id)
        return self._keys[key_id]

    def recall(self, sealed: Iterable[Envelope]) -> None:
        """Read at once the receipts these operations may already have.

        One that another batch receives meanwhile is not among them: its number, or its identifier, will be refused to
        us when we insert ours.
        """
        ranks: dict[uuid.UUID, list[int]] = {}
        identifiers = []
        for one in sealed:
            identifiers.append(one.id)
            ranks.setdefault(one.device, []).append(one.seq)
        asked = Q(operation_id__in=identifiers)
        for device_id, numbers in ranks.items():
            asked |= Q(device_id=device_id, seq__in=numbers)
        for receipt in Receipt.objects.filter(asked).defer("envelope"):
            self._received[receipt.operation_id] = self._received[receipt.device_id, receipt.seq] = receipt

    def received(self, sealed: Envelope) -> Receipt | None:
        """The receipt of this operation, or of another under its number, when it was there as the batch began."""
        return self._received.get(sealed.id) or self._received.get((sealed.device, sealed.seq))
