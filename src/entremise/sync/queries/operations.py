"""Reads of operations."""

import uuid

from entremise.sync.models import Receipt


def standing_for(organisation_id: uuid.UUID, entity_id: uuid.UUID) -> uuid.UUID:
    """The record the server kept for the one a phone made: usually the same."""
    kept = Receipt.objects.filter(organisation_id=organisation_id, entity_id=entity_id, applied_to__isnull=False)
    return kept.values_list("applied_to", flat=True).first() or entity_id
