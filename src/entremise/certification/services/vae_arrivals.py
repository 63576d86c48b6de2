"""What is read at the national service: dossiers that a file of the house answers to move; the others wait, sealed."""

import datetime as dt
import json
import uuid
from typing import Any

from django.db import transaction

from entremise.certification import vae_path
from entremise.certification.commands import CandidacyFacts, CivilStatus
from entremise.certification.enums import FeasibilityState, VaeStepKind, ValidationState
from entremise.certification.events import VaeChanged, VaeCollected
from entremise.certification.models import Candidate, VaeArrival, VaeDossier, VaeSettings
from entremise.certification.queries import vae as queries
from entremise.certification.queries.candidates import open_candidacy
from entremise.certification.services.candidates import held_candidate, open_candidate
from entremise.certification.services.texts import LINE, line
from entremise.certification.services.vae import step
from entremise.certification.services.vae_client import ServiceClient, ServiceRefusal
from entremise.certification.services.vae_sends import client_for
from entremise.competences.enums import Route
from entremise.core.actor import Actor, system_actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.time import local, now, today
from entremise.journal.services import publish


def collect(organisation_id: uuid.UUID) -> int:
    """Read what waits for the certifier; gives how many candidatures were read. A refusal is kept for the page."""
    try:
        client = client_for(organisation_id)
        first, second = client.feasibility_dossiers(), client.validation_dossiers()
        told = _told(client, _unknown(organisation_id, first))
    except ServiceRefusal as refused:
        VaeSettings.objects.filter(organisation_id=organisation_id).update(read_refusal=refused.code)
        return 0
    with transaction.atomic():
        for row in first:
            _feasibility(organisation_id, row, told)
        for row in second:
            _validation(organisation_id, row)
        VaeSettings.objects.filter(organisation_id=organisation_id).update(read_refusal="", read_at=now())
        actor = system_actor(organisation_id)
        codes = {"feasibility": len(first), "validation": len(second)}
        publish(VaeCollected(actor=actor, target_id=organisation_id, codes=codes))
    return len(first) + len(second)


@transaction.atomic
def link_arrival(*, actor: Actor, arrival_id: uuid.UUID, candidate_id: uuid.UUID) -> VaeDossier:
    """This candidature is that file's: from now on what is decided here is told there."""
    candidacy = open_candidacy(held_candidate(actor, candidate_id))  # locked: a dossier is linked once
    arrival = get_arrival(actor, arrival_id)
    if candidacy is None or candidacy.route != Route.VAE:
        raise InvalidInput({"candidate_id": ["Ce dossier n’a pas de candidature par la VAE en cours."]})
    dossier = queries.dossier_of(candidacy)
    if dossier.service_id:
        raise InvalidInput({"candidate_id": ["Ce dossier porte déjà une candidature du service national."]})
    dossier.service_id = arrival.service_id
    dossier.save()
    publish(VaeChanged(actor=actor, target_id=dossier.pk, codes={"what": "linked"}))
    if dossier.feasibility in vae_path.OPEN:
        _sent(actor, dossier, arrival.sent_on)
    arrival.delete()
    return dossier


@transaction.atomic
def open_arrival(
    *, actor: Actor, arrival_id: uuid.UUID, civil_status: CivilStatus, candidacy: CandidacyFacts, is_another: bool
) -> Candidate:
    """Open a file from what the service says, completed by a person, and link it at once."""
    get_arrival(actor, arrival_id)
    candidate = open_candidate(actor=actor, civil_status=civil_status, candidacy=candidacy, is_another=is_another)
    link_arrival(actor=actor, arrival_id=arrival_id, candidate_id=candidate.pk)
    return candidate


def get_arrival(actor: Actor, arrival_id: uuid.UUID) -> VaeArrival:
    """One candidature that waits for a file; NotFound for anybody but the house."""
    require(actor, "certification.manage")
    return get_one(VaeArrival.objects.visible_to(actor).filter(pk=arrival_id))


def civil_status_told(arrival: VaeArrival) -> dict[str, str]:
    """What the service says of the person, as the fields of our form; what it does not say stays empty."""
    told = json.loads(arrival.content)
    names = [line(str(told.get(name) or ""))[:LINE] for name in ("prenom", "prenom2", "prenom3")]
    return {
        "birth_name": line(str(told.get("nom") or ""))[:LINE],
        "usage_name": line(str(told.get("nomUsage") or ""))[:LINE],
        "first_names": ", ".join(filter(None, names)),
        "sex": {"HOMME": "M", "FEMME": "F"}.get(str(told.get("genre")), ""),
        "born_on": line(str(told.get("dateNaissance") or ""))[:10],
        "birth_place": line(str(told.get("communeNaissance") or ""))[:LINE],
        "email": line(str(told.get("email") or ""))[:LINE],
    }


def _unknown(organisation_id: uuid.UUID, rows: list[dict[str, Any]]) -> list[str]:
    """The candidatures that neither a file nor an arrival answers to."""
    found = {identifier for row in rows if (identifier := _identifier(row))}
    known = set(VaeDossier.objects.filter(organisation_id=organisation_id).values_list("service_id", flat=True))
    known |= set(VaeArrival.objects.filter(organisation_id=organisation_id).values_list("service_id", flat=True))
    return sorted(found - known)


def _told(client: ServiceClient, candidatures: list[str]) -> dict[str, dict[str, Any]]:
    """Who comes, candidature by candidature; one that is there no more when it is opened keeps none of the others."""
    found = {}
    for one in candidatures:
        try:
            found[one] = client.candidature(one)
        except ServiceRefusal as refused:
            if refused.code != "unknown":
                raise
    return found


def _feasibility(organisation_id: uuid.UUID, row: dict[str, Any], told: dict[str, dict[str, Any]]) -> None:
    identifier = _identifier(row)
    day = _day(row.get("dateEnvoi"))
    dossier = _dossier(organisation_id, identifier)
    if dossier is not None and dossier.feasibility in vae_path.OPEN:
        _sent(system_actor(organisation_id), dossier, day)
    person = told.pop(identifier, {}).get("candidat")  # once, though a page of the service may repeat it
    if not isinstance(person, dict):
        return
    arrival = VaeArrival(organisation_id=organisation_id, service_id=identifier, sent_on=day)
    arrival.status = line(str(row.get("statut") or ""))[:20]
    arrival.content = json.dumps(person, ensure_ascii=False)
    arrival.save(force_insert=True)


def _validation(organisation_id: uuid.UUID, row: dict[str, Any]) -> None:
    dossier = _dossier(organisation_id, _identifier(row))
    waits = (ValidationState.AWAITED, ValidationState.FLAGGED)
    if dossier is None or dossier.feasibility != FeasibilityState.ADMISSIBLE or dossier.validation not in waits:
        return
    sent = _day(row.get("dateEnvoi")) or today()
    dossier.validation, dossier.validation_on = ValidationState.SENT, sent
    dossier.active_on, dossier.idle_on = sent, None
    step(system_actor(organisation_id), dossier, VaeStepKind.VALIDATION_SENT)


def _sent(actor: Actor, dossier: VaeDossier, day: dt.date | None) -> None:
    """Sent there, on that day: the certifier's delay runs from it."""
    sent = day or today()
    delay = queries.vae_settings_for(dossier.organisation_id).admissibility
    dossier.feasibility, dossier.sent_on, dossier.active_on = FeasibilityState.SENT, sent, sent
    dossier.due_on, dossier.decided_on, dossier.idle_on = sent + dt.timedelta(days=delay), None, None
    step(actor, dossier, VaeStepKind.SENT)


def _dossier(organisation_id: uuid.UUID, identifier: str) -> VaeDossier | None:
    if not identifier:
        return None
    rows = VaeDossier.objects.select_for_update(of=("self",)).select_related("candidate")
    return rows.filter(organisation_id=organisation_id, service_id=identifier, lapsed_on=None).first()


def _identifier(row: dict[str, Any]) -> str:
    """The identifier in its usual form; empty for anything that is not one."""
    try:
        return str(uuid.UUID(str(row.get("candidatureId"))))
    except ValueError:
        return ""


def _day(told: object) -> dt.date | None:
    """The day of an instant, as the calendar here has it; None for what is no date, or not of our times."""
    try:
        instant = dt.datetime.fromisoformat(str(told))
        found = (local(instant) if instant.tzinfo else instant).date()
    except (ValueError, OverflowError):
        return None
    return found if dt.date(2020, 1, 1) <= found <= today() else None
