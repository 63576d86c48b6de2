"""Threads: acts about the same thing over time, and a reminder that a person sets and lifts."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.time import local, now, today
from entremise.interventions.events import InterventionThreaded, ReminderSet, ThreadClosed, ThreadOpened
from entremise.interventions.models import Intervention, Thread
from entremise.interventions.services.anonymity import identifying, is_anonymous
from entremise.interventions.services.correct import locked_act
from entremise.interventions.services.sealing import reseal_act
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish
from entremise.privacy.enums import Purpose
from entremise.privacy.services import note_contact, require_agreement

LABEL_LENGTH = 60  # characters
NOTE_LENGTH = 200
FARTHEST = dt.timedelta(days=366)


@transaction.atomic
def open_thread(*, actor: Actor, intervention_id: uuid.UUID, label: str = "") -> Thread:
    """Open a thread with this act as its first; a team anonymous by construction gives it no label."""
    act = locked_act(actor, intervention_id)
    require(actor, "interventions.use_thread", act)
    label = clean(label)
    errors = []
    if label and is_anonymous(act.team_id):
        errors.append("Votre équipe suit ses fils par leur seule référence. Laissez ce champ vide.")
    if len(label) > LABEL_LENGTH:
        errors.append(f"Gardez un repère court : {LABEL_LENGTH} caractères au plus.")
    if errors:
        raise InvalidInput({"label": errors})
    assert actor.member_id is not None  # who uses threads belongs to a team
    thread = Thread.objects.create(
        organisation_id=actor.organisation_id, team_id=act.team_id, label=label, opened_by_id=actor.member_id
    )
    publish(ThreadOpened(actor=actor, target_id=thread.pk))
    _join(actor, act, thread)
    return thread


@transaction.atomic
def join_thread(*, actor: Actor, intervention_id: uuid.UUID, thread_id: uuid.UUID | None) -> Intervention:
    """Put an act in an open thread of its team, or take it out (None)."""
    # The thread before its acts, in this order everywhere: two people at work never wait for each other.
    thread = held_thread(actor, thread_id) if thread_id is not None else None
    act = locked_act(actor, intervention_id)
    require(actor, "interventions.use_thread", act)
    if thread is not None and (thread.team_id != act.team_id or thread.closed_at is not None):
        raise InvalidInput({"thread_id": ["Ce fil n’est pas un fil ouvert de cette équipe."]})
    _join(actor, act, thread)
    return act


def _join(actor: Actor, act: Intervention, thread: Thread | None) -> None:
    if thread is not None and thread.person_id:
        follow(actor, thread.person_id, act.occurred_at)
    act.thread = thread
    act.save(update_fields=["thread"])
    reseal_act(act, thread.person_id if thread else None)
    publish(InterventionThreaded(actor=actor, target_id=act.pk, codes={"thread": str(thread.pk) if thread else ""}))


def follow(actor: Actor, person_id: uuid.UUID, at: dt.datetime) -> None:
    """What an act about a followed person asks and moves: their agreement, and the date of the last contact."""
    try:
        require_agreement(person_id, Purpose.SUIVI)
    except InvalidInput as refusal:
        raise InvalidInput({"thread_id": [sentence for found in refusal.errors.values() for sentence in found]})
    note_contact(actor=actor, person_id=person_id, on=local(at).date())


@transaction.atomic
def set_reminder(*, actor: Actor, thread_id: uuid.UUID, on: dt.date | None, note: str = "") -> Thread:
    """Set the date the team wants to be reminded, or lift it (None)."""
    thread = held_thread(actor, thread_id)
    errors: dict[str, list[str]] = {}
    note = clean(note) if on else ""
    if on is not None and not today() <= on <= today() + FARTHEST:
        errors["on"] = ["Choisissez une date entre aujourd’hui et dans un an."]
    if len(note) > NOTE_LENGTH:
        errors["note"] = [f"Gardez un rappel court : {NOTE_LENGTH} caractères au plus."]
    elif is_anonymous(thread.team_id) and identifying(note):
        errors["note"] = [identifying(note)]
    if thread.closed_at is not None:
        errors["on"] = ["Ce fil est clos : il n’a plus de rappel."]
    if errors:
        raise InvalidInput(errors)
    thread.reminder_on, thread.reminder_note = on, note
    thread.save()
    publish(ReminderSet(actor=actor, target_id=thread.pk, codes={"on": on.isoformat() if on else ""}))
    return thread


@transaction.atomic
def close_thread(*, actor: Actor, thread_id: uuid.UUID) -> Thread:
    """Close a thread: its acts stay, its reminder is lifted. Closing twice changes nothing."""
    thread = held_thread(actor, thread_id)
    if thread.closed_at is None:
        thread.closed_at, thread.reminder_on, thread.reminder_note = now(), None, ""
        thread.save()
        publish(ThreadClosed(actor=actor, target_id=thread.pk))
    return thread


def held_thread(actor: Actor, thread_id: uuid.UUID) -> Thread:
    """The thread, locked until the end of the transaction; NotFound when it is not a thread of the actor's teams."""
    thread = get_one(Thread.objects.visible_to(actor).select_for_update().filter(pk=thread_id))
    require(actor, "interventions.use_thread", thread)
    return thread
