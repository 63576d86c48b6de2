"""What the coordinator does with an act: validate, ask for a correction, lock."""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.interventions.enums import Status
from entremise.interventions.events import CorrectionRequested, InterventionLocked, InterventionValidated
from entremise.interventions.models import Intervention
from entremise.interventions.services import log
from entremise.interventions.services.correct import locked_act
from entremise.interventions.services.texts import clean
from entremise.interventions.services.writing import remember
from entremise.journal.services import publish

REQUEST_LENGTH = 500  # characters


@transaction.atomic
def validate_intervention(*, actor: Actor, intervention_id: uuid.UUID) -> Intervention:
    """Validate and lock. NotAllowed for one's own act, or one that waits for a correction.

    Validating twice changes nothing.
    """
    act = locked_act(actor, intervention_id)
    if act.status == Status.VALIDEE and act.validated_by_id == actor.member_id:
        return act
    require(actor, "interventions.validate", act)
    marks = remember(act, actor, {"status": (act.status, Status.VALIDEE)})
    act.status, act.validated_at, act.validated_by_id = Status.VALIDEE, now(), actor.member_id
    act.locked_at = act.locked_at or act.validated_at
    act.save()
    log.refresh(actor, act)
    publish(InterventionValidated(actor=actor, target_id=act.pk, codes={"version": act.version}, changes=marks))
    return act


@transaction.atomic
def request_correction(*, actor: Actor, intervention_id: uuid.UUID, text: str) -> Intervention:
    """Send an act back to its authors with what is to be corrected; it reopens if it was locked."""
    act = locked_act(actor, intervention_id)
    require(actor, "interventions.request_correction", act)
    text = clean(text)
    if not text:
        raise InvalidInput({"text": ["Dites à l’auteur ce qu’il y a à corriger."]})
    if len(text) > REQUEST_LENGTH:
        raise InvalidInput({"text": [f"Ce texte est trop long : {REQUEST_LENGTH} caractères au plus."]})
    marks = remember(
        act,
        actor,
        {"status": (act.status, Status.A_CORRIGER), "correction_request": (act.correction_request, text)},
    )
    act.status, act.correction_request = Status.A_CORRIGER, text
    act.locked_at = act.validated_at = act.validated_by = None
    act.save()
    log.refresh(actor, act)
    publish(CorrectionRequested(actor=actor, target_id=act.pk, codes={"version": act.version}, changes=marks))
    return act


@transaction.atomic
def lock_intervention(*, actor: Actor, intervention_id: uuid.UUID) -> Intervention:
    """Freeze an act that is not validated, for instance before figures are given. Twice changes nothing."""
    act = locked_act(actor, intervention_id)
    if act.is_locked:
        require(actor, "interventions.request_correction", act)
        return act
    require(actor, "interventions.lock", act)
    marks = remember(act, actor, {"locked": (False, True)})
    act.locked_at = now()
    act.save()
    log.refresh(actor, act)
    publish(InterventionLocked(actor=actor, target_id=act.pk, codes={"version": act.version}, changes=marks))
    return act
