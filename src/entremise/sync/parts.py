"""What operations keep about followed persons: their words, until they have served."""

import uuid
from collections.abc import Iterator, Sequence

from django.db.models import Q

from entremise.privacy.registry import Item, Part, register_part
from entremise.sync import registry
from entremise.sync.models import Receipt
from entremise.sync.personal import empty
from entremise.sync.queries.operations import payload_of


def register_all() -> None:
    """Called once, when the applications are ready."""
    register_part(Part(code="carnet", label="Saisies du carnet en attente", collect=waiting, erase=erase))


def _about(person_ids: Sequence[uuid.UUID]) -> list[Receipt]:
    entities = list(registry.entities_of_persons(person_ids))
    found: list[Receipt] = []
    for start in range(0, len(entities), 500):
        some = entities[start : start + 500]
        rows = Receipt.objects.filter(Q(entity_id__in=some) | Q(applied_to__in=some)).exclude(envelope="", answer="")
        found += rows.order_by("received_at")
    return found + _unapplied(entities, {row.pk for row in found}) if entities else found


def _unapplied(entities: Sequence[uuid.UUID], known: set[uuid.UUID]) -> list[Receipt]:
    """Operations that are no record yet (refused, held, set aside) but name one of these: a thread, for instance."""
    names = {str(entity) for entity in entities}
    waiting = Receipt.objects.filter(settled_at=None).exclude(envelope="").exclude(pk__in=known)
    return [row for row in waiting.iterator() if names & set(map(str, payload_of(row).values()))]


def waiting(person_id: uuid.UUID) -> Iterator[Item]:
    """What was noted without network and is not on a record yet: its date only, the record will hold the words."""
    for row in _about([person_id]):
        if row.settled_at is None:
            yield Item(title="Saisie en attente", at=row.received_at, facts=[("État", row.get_status_display())])


def erase(person_ids: Sequence[uuid.UUID]) -> int:
    """Forget envelopes, answers, conflicts and the keys of photos of every record that concerns them."""
    return empty([row.pk for row in _about(person_ids)])
