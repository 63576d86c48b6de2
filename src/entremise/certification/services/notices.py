"""The results of a sealed session, notified to its candidates: said once each, and again after an addendum."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from django.db import transaction

from entremise.certification.enums import NoticeChannel, SessionState
from entremise.certification.events import ResultsNotified
from entremise.certification.models import ResultNotice
from entremise.certification.queries.notices import session_notices
from entremise.certification.queries.sessions import get_session
from entremise.certification.services.sessions import held_session
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.time import local, today
from entremise.journal.services import publish


def candidates_to_mail(*, actor: Actor, session_id: uuid.UUID) -> list[uuid.UUID]:
    """Whom a message can bring to their results; InvalidInput when nobody is left to write to."""
    session = get_session(actor, session_id)
    found = [line.candidate.pk for line in session_notices(actor, session) if line.is_writable]
    if not found:
        raise InvalidInput({FORM: ["Personne à qui écrire : il faut une adresse et un compte. Il reste la lettre."]})
    return found


@transaction.atomic
def mail_result(*, actor: Actor, session_id: uuid.UUID, candidate_id: uuid.UUID, send: Callable[[str], object]) -> bool:
    """Note the notification, then ``send`` to the candidate's address; a message that does not leave notes nothing.

    False when there is nothing to write any more: notified meanwhile, by another way or by a second click.
    """
    session = held_session(actor, session_id, SessionState.SEALED)
    lines = {line.candidate.pk: line for line in session_notices(actor, session)}
    line = lines.get(candidate_id)
    if line is None or not line.is_writable:
        return False
    candidate_ids, channel = [candidate_id], NoticeChannel.EMAIL
    note_notices(actor=actor, session_id=session_id, candidate_ids=candidate_ids, channel=channel, told_on=today())
    send(line.candidate.email)
    return True


@transaction.atomic
def note_notices(
    *, actor: Actor, session_id: uuid.UUID, candidate_ids: Sequence[uuid.UUID], channel: str, told_on: dt.date
) -> list[ResultNotice]:
    """Say that these candidates were told their results, that day and by that means."""
    session = held_session(actor, session_id, SessionState.SEALED)
    lines = {line.candidate.pk: line for line in session_notices(actor, session)}
    if not set(candidate_ids) <= lines.keys():
        raise NotFound("results")
    assert session.minutes.sealed_at is not None
    assert actor.member_id is not None
    sealed_on = local(session.minutes.sealed_at).date()
    found = {
        "candidate_ids": "" if candidate_ids else "Choisissez au moins un candidat.",
        "channel": "" if channel in NoticeChannel.values else "Choisissez une réponse.",
        "told_on": "" if sealed_on <= told_on <= today() else "Choisissez un jour, du procès-verbal à aujourd’hui.",
    }
    if twice := [one for one in dict.fromkeys(candidate_ids) if not lines[one].is_owed]:
        found["candidate_ids"] = f"Déjà notifié, et rien n’a changé depuis : {lines[twice[0]].candidate.name}."
    if errors := {name: [reason] for name, reason in found.items() if reason}:
        raise InvalidInput(errors)
    told = {"session": session, "channel": channel, "told_on": told_on, "noted_by_id": actor.member_id}
    rows = [ResultNotice(candidate_id=one, **told) for one in dict.fromkeys(candidate_ids)]
    ResultNotice.objects.bulk_create(rows)
    publish(ResultsNotified(actor=actor, target_id=session.pk, codes={"channel": channel, "people": len(rows)}))
    return rows
