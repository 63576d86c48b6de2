"""Tables of the offline protocol, server side."""

from entremise.sync.models.devices import Device, OrganisationKey
from entremise.sync.models.media import Blob, MediaSlot
from entremise.sync.models.operations import Conflict, Receipt, Stray

__all__ = [
    "Blob",
    "Conflict",
    "Device",
    "MediaSlot",
    "OrganisationKey",
    "Receipt",
    "Stray",
]
