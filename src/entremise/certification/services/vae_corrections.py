"""A result told to the national service, then changed by an addendum: never silent, mended there by a person.

The service takes one result for a session and refuses a second (409, published source of January 2026): it revokes a
result itself, when asked. What has not left yet, and cannot have been taken, is told anew instead.
"""

import json
import uuid

from django.db import transaction

from entremise.certification.enums import VaeStepKind
from entremise.certification.events import AddendumSigned
from entremise.certification.models import Addendum, ExamSession, VaeCorrection, VaeDossier, VaeSend
from entremise.certification.national import NationalResult, SendKind
from entremise.certification.services.vae import step
from entremise.certification.services.vae_client import DOUBTFUL
from entremise.certification.services.vae_jury import result_of
from entremise.certification.services.vae_sends import queue
from entremise.competences.queries import record_facts
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.core.time import now


def addendum_signed(event: AddendumSigned) -> None:
    """Compare what the service was told of this candidate with what holds now, this session and those after it."""
    addendum = Addendum.objects.filter(minutes_id=event.target_id).select_related("sitting").order_by("-rank").first()
    if addendum is None or addendum.sitting is None:
        return
    rows = VaeDossier.objects.select_for_update(of=("self",)).select_related("candidacy", "candidate")
    for dossier in rows.filter(candidate_id=addendum.sitting.candidate_id):
        sends = VaeSend.objects.filter(dossier=dossier, kind=SendKind.RESULT, session__isnull=False)
        for send in sends.select_related("session__minutes").order_by("queued_at", "pk"):
            _compare(event.actor, dossier, send)


@transaction.atomic
def mark_corrected(*, actor: Actor, candidate_id: uuid.UUID, correction_id: uuid.UUID) -> VaeCorrection:
    """The national service holds the present result: somebody of the certifier saw to it, and says so."""
    require(actor, "certification.manage")
    rows = VaeCorrection.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.filter(pk=correction_id, candidate_id=candidate_id, done_at=None).first()
    if found is None:
        raise NotFound("vae correction")
    found.done_at, found.done_by_id = now(), actor.member_id
    found.save(update_fields=["done_at", "done_by"])
    step(actor, found.dossier, VaeStepKind.CORRECTED, _label(found.present))
    return found


def _compare(actor: Actor, dossier: VaeDossier, send: VaeSend) -> None:
    session = send.session
    assert session is not None
    present = result_of(dossier, session, record_facts(session.record_code)).value
    waiting = VaeCorrection.objects.filter(dossier=dossier, session=session, done_at=None).first()
    told = _told(dossier, session, send)
    if present == told:
        if waiting is not None:  # a second addendum gave back what the service holds
            waiting.delete()
            step(actor, dossier, VaeStepKind.CORRECTED, _label(present))
    elif _never_taken(send):
        send.delete()
        queue(actor, dossier, SendKind.RESULT, {"resultat": present}, session=session)
    elif waiting is None or waiting.present != present:
        waiting = waiting or VaeCorrection(
            organisation_id=dossier.organisation_id,
            candidate_id=dossier.candidate_id,
            dossier=dossier,
            session=session,
            told=told,
        )
        waiting.present, waiting.noticed_at = present, now()
        waiting.save()
        step(actor, dossier, VaeStepKind.TO_CORRECT, _label(present))


def _told(dossier: VaeDossier, session: ExamSession, send: VaeSend) -> str:
    """What the service holds: what left, unless somebody had it mended there since."""
    mended = VaeCorrection.objects.filter(dossier=dossier, session=session).exclude(done_at=None)
    last = mended.order_by("-done_at").first()
    return last.present if last else str(json.loads(send.payload)["resultat"])


def _never_taken(send: VaeSend) -> bool:
    """True when it has not left and no silence may hide that it was taken."""
    return send.sent_at is None and send.refusal not in DOUBTFUL and (not send.attempts or bool(send.refusal))


def _label(result: str) -> str:
    return str(NationalResult(result).label)
