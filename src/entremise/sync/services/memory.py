"""What one batch asks several times: its devices, their authors, the organisation's keys."""

import uuid

from cryptography.hazmat.primitives.asymmetric import ec

from entremise.accounts.queries import member_actor
from entremise.core.actor import Actor
from entremise.sync.models import Device
from entremise.sync.services.keys import private_key

ORIGIN = "carnet"


class Memory:
    """Lives as long as one batch; ``carrier`` is whoever's session brought it."""

    def __init__(self, carrier: Actor) -> None:
        self.carrier = carrier
        self.organisation_id = carrier.organisation_id
        self.unknown: set[uuid.UUID] = set()
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
            self._authors[member_id] = member_actor(member_id, origin=ORIGIN, request_id=self.carrier.request_id)
        return self._authors[member_id]

    def private_key(self, key_id: uuid.UUID) -> ec.EllipticCurvePrivateKey:
        """The organisation's private half; raises Unreadable."""
        if key_id not in self._keys:
            self._keys[key_id] = private_key(self.organisation_id, key_id)
        return self._keys[key_id]
