"""Erasing persons: keys destroyed, rows emptied, and nothing left half done.

Two databases cannot share a transaction. The keys go first, with a tombstone: from there on nothing can be read any
more, and whatever interrupts the rest is taken up again by ``finish_erasures``, which the periodic work calls.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from entremise.core.actor import Actor, system_actor
from entremise.core.personal import personal_fields
from entremise.core.time import now
from entremise.documents.services import erase_files_about, erase_prepared_files
from entremise.journal.services import publish_all
from entremise.keys.services import compact, destroy_keys, erased_scopes, person_scope, settle
from entremise.privacy.enums import ErasureGround
from entremise.privacy.events import PersonErased
from entremise.privacy.models import DataRequest, LegalHold, Person
from entremise.privacy.queries.holds import concerned_by
from entremise.privacy.registry import parts

BATCH = 500
KIND = "person"
_WITH_THE_REST = ("name_reason", "contact_reason")


def erase_persons(person_ids: Sequence[uuid.UUID], *, actor: Actor, ground: str) -> int:
    """Erase persons for ever; gives how many were not erased yet. ``ground`` is a code of ``ErasureGround``.

    Asks no permission and looks at no legal hold: the callers do (an answered request, the retention run). Persons of
    another organisation than the actor's are left alone, those already erased too. Called inside a transaction that
    is then undone, the keys stay destroyed and the next periodic work empties the rows.
    """
    erased = 0
    for start in range(0, len(person_ids), BATCH):
        persons = Person.objects.filter(pk__in=person_ids[start : start + BATCH], erased_at=None)
        if actor.organisation_id is not None:
            persons = persons.filter(organisation_id=actor.organisation_id)
        identifiers = list(persons.order_by("pk").values_list("pk", flat=True))
        destroy_keys([person_scope(identifier) for identifier in identifiers])
        erased += _empty(identifiers, actor, ground)
    if connection.vendor == "sqlite":  # PostgreSQL writes the table of keys again: once an hour is enough
        transaction.on_commit(_settle)
    return erased


def finish_erasures(*, everything: bool = False) -> int:
    """Empty the rows of persons whose key was destroyed; gives how many there were. Harmless at any time.

    ``everything`` looks at every tombstone and not only at those unfinished: after a restore.
    """
    erased, identifiers = 0, erased_scopes(KIND, unsettled=not everything)
    for start in range(0, len(identifiers), BATCH):
        left = Person.objects.filter(pk__in=identifiers[start : start + BATCH], erased_at=None)
        some = list(left.order_by("pk").values_list("pk", flat=True))
        if some:
            destroy_keys([person_scope(identifier) for identifier in some])
            erased += _empty(some, system_actor(), ErasureGround.REPRISE)
    _settle()
    return erased


def tick() -> str:
    """What the periodic work says of it."""
    erased = finish_erasures()
    return f"{erased} effacements achevés, {len(erased_scopes(KIND))} en cours"


@transaction.atomic
def _empty(identifiers: Sequence[uuid.UUID], actor: Actor, ground: str) -> int:
    """Rows of the persons and of every registered part, in one transaction; the emptied person is its witness."""
    locked = Person.objects.select_for_update().filter(pk__in=identifiers, erased_at=None).order_by("pk")
    owners = dict(locked.values_list("pk", "organisation_id"))
    if not owners:
        return 0
    _empty_requests(list(owners), actor)
    _empty_holds(list(owners))
    for organisation_id in sorted(set(owners.values())):  # a prepared list may hold their words: it is made again
        erase_prepared_files(actor=replace(actor, organisation_id=organisation_id), organisation_ids=[organisation_id])
    for part in parts():
        part.erase(list(owners))
    Person.objects.filter(pk__in=list(owners)).update(**_blank(), erased_at=now())
    who = {organisation_id: replace(actor, organisation_id=organisation_id) for organisation_id in owners.values()}
    codes = {"ground": str(ground)}
    publish_all(
        [
            PersonErased(actor=who[organisation_id], target_id=identifier, codes=codes)
            for identifier, organisation_id in owners.items()
        ]
    )
    return len(owners)


def _empty_requests(identifiers: Sequence[uuid.UUID], actor: Actor) -> None:
    """Their words go, the register keeps its dates and codes; what was prepared for them goes too."""
    requests = DataRequest.objects.filter(person_id__in=identifiers)
    erase_files_about(actor=actor, subject_ids=list(requests.values_list("pk", flat=True)))
    requests.update(words="", reply_to="", answer="")


def _empty_holds(identifiers: Sequence[uuid.UUID]) -> None:
    """The reasons of holds that are over, on these persons or on their records: the holds stay in the register."""
    over = LegalHold.objects.exclude(pk__in=LegalHold.objects.in_force().values("pk")).exclude(reason="")
    targets, persons = set(over.values_list("target_id", flat=True)), set(identifiers)
    if persons.isdisjoint(concerned_by(targets)):
        return
    theirs = [target for target in targets if not persons.isdisjoint(concerned_by({target}))]
    over.filter(target_id__in=theirs).update(reason="")


def _blank() -> dict[str, Any]:
    """Every personal field of a person at its default, whatever fields the model comes to have."""
    names = {*_WITH_THE_REST, *(path.rpartition(".")[2] for path in personal_fields(Person))}
    return {field.name: field.get_default() for field in Person._meta.local_fields if field.name in names}


def _settle() -> None:
    """Destroyed keys and former pages leave the files; what cannot be done now is done by the periodic work."""
    waiting = erased_scopes(KIND)
    left: set[uuid.UUID] = set()
    for start in range(0, len(waiting), BATCH):
        some = waiting[start : start + BATCH]
        left.update(Person.objects.filter(pk__in=some, erased_at=None).values_list("pk", flat=True))
    done = [identifier for identifier in waiting if identifier not in left]
    if done and compact("default"):
        settle(KIND, done)
