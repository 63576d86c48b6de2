"""Convocations by mail, and who came: said before anybody marks."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from entremise.certification.enums import Attendance, SessionState
from entremise.certification.events import SessionChanged
from entremise.certification.models import Convocation, Mark, Sitting
from entremise.certification.queries.sessions import candidate_ids, get_sitting, sitting_seats
from entremise.certification.services.sessions import held_session
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.time import now
from entremise.journal.services import publish


@transaction.atomic
def call_everyone(*, actor: Actor, session_id: uuid.UUID) -> Sequence[Convocation]:
    """Write to everyone awaited: the candidates, and the members who sit. Asked again, the new hours are sent."""
    session = held_session(actor, session_id, SessionState.CONVOKED)
    who: list[dict[str, Any]] = [{"candidate_id": one, "seat": None} for one in sorted(candidate_ids(session))]
    who += [{"candidate": None, "seat": seat} for seat in sitting_seats(session)]
    found = [Convocation.objects.update_or_create(session=session, **one, defaults=_asked())[0] for one in who]
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "called", "people": len(found)}))
    return found


def _asked() -> dict[str, Any]:
    return {"asked_at": now(), "mailed_at": None}


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
