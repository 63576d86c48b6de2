"""Writes of the offline protocol."""

from entremise.sync.services.devices import enrol_device, revoke_device
from entremise.sync.services.receiving import receive_batch

__all__ = ["enrol_device", "receive_batch", "revoke_device"]
