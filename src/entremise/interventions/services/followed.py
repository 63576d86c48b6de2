"""A thread may concern a followed person: what is written there is then theirs, and goes when they go."""

import uuid

from django.db import transaction
from django.db.models import Max

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.time import local, now
from entremise.interventions.events import ThreadClosed, ThreadLinked, ThreadOpened
from entremise.interventions.models import Intervention, Thread
from entremise.interventions.services.sealing import reseal_thread
from entremise.interventions.services.threads import held_thread
from entremise.journal.events import Event
from entremise.journal.services import publish
from entremise.privacy import queries as privacy
from entremise.privacy.enums import Purpose
from entremise.privacy.events import AgreementWithdrawn, PersonOpposed
from entremise.privacy.services import note_contact, require_agreement


@transaction.atomic
def link_person(*, actor: Actor, thread_id: uuid.UUID, person_id: uuid.UUID | None) -> Thread:
    """Say which followed person a thread concerns, or that it concerns none any more (None).

    Every word of the thread is sealed again, in this transaction, under the person's key or the organisation's.
    Raises NotFound, NotAllowed, InvalidInput on ``person_id`` (another team, no agreement to be followed).
    """
    thread = held_thread(actor, thread_id)
    if thread.person_id == person_id:
        return thread
    if person_id is not None:
        _check_person(actor, person_id, thread.team_id)
    reseal_thread(thread, person_id)
    publish(ThreadLinked(actor=actor, target_id=thread.pk, codes={"person": str(person_id or "")}))
    if person_id is not None:
        latest = Intervention.objects.filter(thread=thread).aggregate(at=Max("occurred_at"))["at"]
        if latest is not None:
            note_contact(actor=actor, person_id=person_id, on=local(latest).date())
    return thread


@transaction.atomic
def open_person_thread(*, actor: Actor, person_id: uuid.UUID) -> Thread:
    """Open a thread about a followed person, before its first act. NotFound, NotAllowed, InvalidInput."""
    person = privacy.get_person(actor, person_id)
    require(actor, "interventions.use_thread", person)
    _check_person(actor, person_id, person.team_id)
    assert actor.member_id is not None  # who uses threads belongs to a team
    thread = Thread.objects.create(
        organisation_id=person.organisation_id,
        team_id=person.team_id,
        person_id=person_id,
        opened_at=now(),
        opened_by_id=actor.member_id,
    )
    publish(ThreadOpened(actor=actor, target_id=thread.pk, codes={"person": str(person_id)}))
    return thread


def close_with_agreement(event: AgreementWithdrawn) -> None:
    """Who no longer agrees to be followed: their threads close and their reminders are lifted, at once."""
    if event.codes["purpose"] == Purpose.SUIVI:
        _close_threads(event)


def close_with_opposition(event: PersonOpposed) -> None:
    """Who opposes being followed: the same."""
    _close_threads(event)


def _close_threads(event: Event) -> None:
    for thread in Thread.objects.select_for_update().filter(person_id=event.target_id, closed_at=None):
        thread.closed_at, thread.reminder_on, thread.reminder_note = now(), None, ""
        thread.save(update_fields=["closed_at", "reminder_on", "reminder_note"])
        publish(ThreadClosed(actor=event.actor, target_id=thread.pk))


def _check_person(actor: Actor, person_id: uuid.UUID, team_id: uuid.UUID) -> None:
    person = privacy.get_person(actor, person_id)
    if person.team_id != team_id:
        raise InvalidInput({"person_id": ["Cette personne est suivie par une autre équipe que celle du fil."]})
    try:
        require_agreement(person_id, Purpose.SUIVI)
    except InvalidInput as refusal:
        raise InvalidInput({"person_id": [sentence for found in refusal.errors.values() for sentence in found]})
