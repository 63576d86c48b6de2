"""Reads of the offline protocol that other modules use."""

from entremise.sync.queries.operations import standing_for

__all__ = ["standing_for"]
