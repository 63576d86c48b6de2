"""Reads of the offline protocol that other modules use."""

from entremise.sync.queries.devices import devices_of

__all__ = ["devices_of"]
