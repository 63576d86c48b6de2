"""Noting an act: the only way in."""

from django.db import IntegrityError, transaction

from entremise.core import crypto
from entremise.core.actor import Actor
from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.ids import short_reference
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.interventions.commands import SCHEMA, Checked, RecordIntervention, canonical
from entremise.interventions.events import InterventionRecorded
from entremise.interventions.models import Intervention, MergedAct, Thread
from entremise.interventions.services import anonymity, log
from entremise.interventions.services.after import noted_again, plan_when_asked
from entremise.interventions.services.checks import check, without_sensitive
from entremise.interventions.services.threads import follow
from entremise.interventions.services.writing import apply, write_parts
from entremise.journal.services import publish
from entremise.keys.services import organisation_scope
from entremise.presence import queries as presence


def record_intervention(*, actor: Actor, command: RecordIntervention) -> Intervention:
    """Note an act and return it; sent twice with the same content, it is noted once.

    Raises NotAllowed, InvalidInput (every fault at once), or Conflict when this identifier already
    carries another content. ``dropped`` on the result lists the sensitive values that were not kept, ``was_noted``
    says that it had been sent before.
    """
    require(actor, "interventions.record")
    _check_envelope(actor, command)
    known = _already(actor, command)
    if known is None:
        checked = _check(actor, command)
        try:
            with transaction.atomic():
                known = _save(actor, command, checked)
        except IntegrityError:
            # The same envelope arrived twice at once: the other request has written it.
            known = _already(actor, command)
            if known is None:
                raise
    else:
        known.was_noted = True
    known.dropped = without_sensitive(actor.organisation_id, command).dropped
    return known


def _check_envelope(actor: Actor, command: RecordIntervention) -> None:
    if command.schema != SCHEMA:
        raise InvalidInput({"schema": ["Cette fiche vient d’une version inconnue de l’application."]})
    if command.team_id not in actor.team_ids:
        raise InvalidInput({"team_id": ["Vous n’êtes pas dans cette équipe. Choisissez une de vos équipes."]})


def _already(actor: Actor, command: RecordIntervention) -> Intervention | None:
    act = Intervention.objects.filter(pk=command.id).first()
    if act is None:
        return _merged(actor, command)
    if act.organisation_id != actor.organisation_id or act.author_id != actor.member_id:
        raise NotFound("intervention")
    if act.command_fingerprint != _fingerprint(actor, command):
        raise Conflict("another content was noted under this identifier")
    return act


def _merged(actor: Actor, command: RecordIntervention) -> Intervention | None:
    """An act that was noted, then merged into another, is not noted again: the other stands for it."""
    found = MergedAct.objects.filter(pk=command.id).select_related("kept").first()
    if found is not None and (found.organisation_id, found.author_id) != (actor.organisation_id, actor.member_id):
        raise NotFound("intervention")
    return found.kept if found else None


def _fingerprint(actor: Actor, command: RecordIntervention) -> str:
    assert actor.organisation_id is not None
    return crypto.fingerprint(organisation_scope(actor.organisation_id), canonical(command), "intervention-command")


def _check(actor: Actor, command: RecordIntervention) -> Checked:
    errors: dict[str, list[str]] = {}
    try:
        checked = check(actor, command.team_id, command, author_id=actor.member_id, before=None)
    except InvalidInput as invalid:
        errors.update(invalid.errors)
    errors.update(anonymity.findings(actor, command.team_id, command))
    if command.round_id and not _round_fits(actor, command):
        errors["round_id"] = ["Cette tournée n’est pas une tournée de cette équipe."]
    if command.thread_id and not _thread_fits(actor, command):
        errors["thread_id"] = ["Ce fil n’est pas un fil ouvert de cette équipe. Choisissez-en un autre."]
    if errors:
        raise InvalidInput(errors)
    return checked


def _round_fits(actor: Actor, command: RecordIntervention) -> bool:
    assert command.round_id is not None
    try:
        return presence.get_round(actor, command.round_id).team_id == command.team_id
    except NotFound:
        return False


def _thread_fits(actor: Actor, command: RecordIntervention) -> bool:
    threads = Thread.objects.visible_to(actor).filter(team_id=command.team_id, closed_at=None)
    return threads.filter(pk=command.thread_id).exists()


def _save(actor: Actor, command: RecordIntervention, checked: Checked) -> Intervention:
    assert actor.member_id is not None  # who records belongs to a team
    copied = command.duplicated_from_id
    original = Intervention.objects.visible_to(actor).filter(pk=copied).first() if copied else None
    # Held: a thread that is being tied to a person must not receive, meanwhile, words under another key.
    thread = Thread.objects.select_for_update().filter(pk=command.thread_id).first() if command.thread_id else None
    if thread is not None and thread.person_id:
        follow(actor, thread.person_id, command.occurred_at)
    act = Intervention(
        pk=command.id,
        organisation_id=actor.organisation_id,
        team_id=command.team_id,
        reference=short_reference(command.id),
        round_id=command.round_id,
        thread=thread,
        sealed_for=thread.person_id if thread else None,
        author_id=actor.member_id,
        recorded_at=now(),
        duplicated_from=original,
        command_fingerprint=_fingerprint(actor, command),
    )
    apply(act, checked.content)
    act.save(force_insert=True)
    write_parts(act, checked.content, new=True)
    log.post(actor, act, checked.content)
    content = checked.content
    codes = {"registers": list(content.registers), "outcome": content.outcome, "visibility": content.visibility}
    publish(InterventionRecorded(actor=actor, target_id=act.pk, codes=codes | {"team": str(act.team_id)}))
    noted_again(actor, act)
    plan_when_asked(actor, act, content)
    return act
