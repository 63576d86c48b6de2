"""Convocations by mail, and who came: said before anybody marks."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.certification.asked import rows_of, withdrawn
from entremise.certification.enums import Attendance, SessionState
from entremise.certification.events import SessionChanged
from entremise.certification.models import Convocation, ExamSession, Mark, Sitting
from entremise.certification.queries.called import Called, called
from entremise.certification.queries.sessions import get_sitting, sittings_of
from entremise.certification.services.sessions import held_session
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.time import now
from entremise.journal.services import publish


@transaction.atomic
def call_everyone(*, actor: Actor, session_id: uuid.UUID) -> Sequence[Convocation]:
    """Write to everyone awaited: the candidates, and the members who sit. Asked again, the new hours are sent."""
    session = held_session(actor, session_id, SessionState.CONVOKED)
    people = called(session, sittings_of(session)).values()
    found = [_write(session, one) for one in people if not one.is_over]
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "called", "people": len(found)}))
    return found


@transaction.atomic
def call_again(*, actor: Actor, session_id: uuid.UUID) -> Sequence[Convocation]:
    """Write to those, and only those, whose convocation is outdated: another hour or place, or nothing any more."""
    session = held_session(actor, session_id, SessionState.CONVOKED, SessionState.CANCELLED)
    stale = [one for one in called(session, sittings_of(session)).values() if one.is_outdated]
    if not stale:
        raise InvalidInput({FORM: ["Chacun tient déjà la bonne convocation : aucun message ne part."]})
    codes = {"what": "called_again", "people": len(stale), "undone": sum(one.is_over for one in stale)}
    publish(SessionChanged(actor=actor, target_id=session.pk, codes=codes))
    return [_write(session, one) for one in stale]


def _write(session: ExamSession, one: Called) -> Convocation:
    """Another line of the ledger; those before it stay as they were sent."""
    told = rows_of(one.now)
    undone = withdrawn(one.mailed.told, told) if one.mailed else []
    return Convocation.objects.create(session=session, told=told, undone=undone, sequence=one.sequence, **one.who)


@transaction.atomic
def note_mailed(convocation_id: uuid.UUID) -> None:
    """The message left."""
    Convocation.objects.filter(pk=convocation_id).update(mailed_at=now())


@transaction.atomic
def note_attendance(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID, attendance: str) -> Sitting:
    """Say that a candidate came after all, or did not: another day of the session, a late train.

    Somebody absent has no marks: once a member marked the passage, its candidate was there.
    """
    session = held_session(actor, session_id, SessionState.OPEN)
    sitting = get_sitting(session, sitting_id)
    if attendance not in (Attendance.PRESENT, Attendance.ABSENT, Attendance.EXCUSED):
        raise InvalidInput({FORM: ["Dites si le candidat est présent, absent ou excusé."]})
    if attendance != Attendance.PRESENT and Mark.objects.filter(sitting=sitting).exists():
        raise InvalidInput({FORM: ["Un membre du jury a déjà noté ce passage : le candidat y était."]})
    sitting.attendance = attendance
    sitting.save(update_fields=["attendance"])
    codes = {"what": "attendance", "block": sitting.block_code, "attendance": attendance}
    publish(SessionChanged(actor=actor, target_id=session.pk, codes=codes))
    return sitting
