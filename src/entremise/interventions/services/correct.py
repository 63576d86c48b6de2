"""Correcting an act: before and after stay with it."""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import local
from entremise.interventions.commands import SCHEMA, Checked, CorrectIntervention
from entremise.interventions.enums import Status
from entremise.interventions.events import InterventionCorrected
from entremise.interventions.models import Intervention
from entremise.interventions.queries.content import Changes, content_of, differences
from entremise.interventions.services import anonymity, log
from entremise.interventions.services.checks import check
from entremise.interventions.services.writing import apply, remember, write_parts
from entremise.journal.services import publish
from entremise.privacy.services import note_contact


def locked_act(actor: Actor, act_id: uuid.UUID) -> Intervention:
    """The act, held until the end of the transaction; NotFound when the actor may not read it."""
    return get_one(Intervention.objects.visible_to(actor).select_for_update().filter(pk=act_id))


@transaction.atomic
def correct_intervention(*, actor: Actor, command: CorrectIntervention) -> Intervention:
    """Replace the content of an act by its author; returns it, with ``dropped`` as when it is recorded.

    Raises NotFound, NotAllowed (not an author, or locked), Conflict when it changed since
    ``base_version``, InvalidInput. The same content changes nothing. A correction that was asked
    for puts the act back in the coordinator's queue.
    """
    act = locked_act(actor, command.id)
    require(actor, "interventions.correct", act)
    if command.schema != SCHEMA:
        raise InvalidInput({"schema": ["Cette fiche vient d’une version inconnue de l’application."]})
    before = content_of(act)
    checked = _check(actor, act, command)
    changes = differences(before, checked.content)
    if changes and act.version != command.base_version:
        raise Conflict("the act changed since it was read")
    if act.status == Status.A_CORRIGER and (changes or act.version == command.base_version):
        changes["status"] = (act.status, Status.A_VALIDER)
    if changes:
        _save(actor, act, checked, changes)
    act.dropped = checked.dropped
    return act


def _check(actor: Actor, act: Intervention, command: CorrectIntervention) -> Checked:
    errors: dict[str, list[str]] = {}
    try:
        checked = check(actor, act.team_id, command, author_id=act.author_id, before=content_of(act))
    except InvalidInput as invalid:
        errors.update(invalid.errors)
    errors.update(anonymity.findings(actor, act.team_id, command))
    if errors:
        raise InvalidInput(errors)
    return checked


def _save(actor: Actor, act: Intervention, checked: Checked, changes: Changes) -> None:
    if "status" in changes:
        act.status, act.correction_request = Status.A_VALIDER, ""
    apply(act, checked.content)
    marks = remember(act, actor, changes)
    act.save()
    if act.sealed_for:
        note_contact(actor=actor, person_id=act.sealed_for, on=local(act.occurred_at).date())
    write_parts(act, checked.content)
    log.update(actor, act, checked.content)
    publish(
        InterventionCorrected(actor=actor, target_id=act.pk, codes={"version": act.version}, changes=marks),
    )
