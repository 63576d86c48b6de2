"""Which key seals an act: moving its words from one key to another when its thread concerns a person, or no more."""

import uuid
from typing import Any

from entremise.core.db import EncryptedTextField
from entremise.interventions.models import Intervention, Thread


def reseal_act(act: Intervention, person_id: uuid.UUID | None) -> None:
    """Seal the words of an act, of its former versions and of its readings under the person's key (None: the house's).

    The act is locked by the caller, in whose transaction everything happens: no word stays under the former key.
    """
    if act.sealed_for == person_id:
        return
    records: list[Any] = [act, *act.revisions.all(), *act.readings.all()]
    for record in records:
        opened = _open(record)
        record.sealed_for = person_id
        record.save(update_fields=[*opened, "sealed_for"])


def reseal_thread(thread: Thread, person_id: uuid.UUID | None) -> None:
    """The same for a thread and every act in it, whoever may read them. The thread is locked by the caller."""
    opened = _open(thread)
    thread.person_id = person_id
    thread.save(update_fields=[*opened, "person"])
    for act in Intervention.objects.select_for_update().filter(thread=thread).order_by("pk"):
        reseal_act(act, person_id)


def _open(record: Any) -> list[str]:
    """Open every sealed field of a record, with the key its token names; saving will seal them anew."""
    names = [field.name for field in record._meta.local_fields if isinstance(field, EncryptedTextField)]
    for name in names:
        getattr(record, name)
    return names
