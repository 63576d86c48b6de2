"""The certifier's side of the VAE: decisions, delays, lapses. What concerns the national service is queued for it."""

import uuid
from functools import cache
from typing import Any

from django.db import transaction

from entremise.accounts.services import take_turn
from entremise.certification import vae_path
from entremise.certification.commands import VaeDecision, VaeSettingsFacts
from entremise.certification.enums import FeasibilityState, VaeStepKind, ValidationState
from entremise.certification.events import VaeChanged, VaeSettingsChanged
from entremise.certification.models import VaeDossier, VaeSettings
from entremise.certification.national import SendKind
from entremise.certification.queries import vae as queries
from entremise.certification.services.texts import LINE, WORDS, check_lengths, clean, line
from entremise.certification.services.vae import step
from entremise.certification.services.vae_sends import queue
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.journal.services import publish

LONGEST = 1000  # days
FEASIBILITY_WORDS = {
    FeasibilityState.COMPLETE: "COMPLET",
    FeasibilityState.INCOMPLETE: "INCOMPLET",
    FeasibilityState.ADMISSIBLE: "RECEVABLE",
    FeasibilityState.REJECTED: "IRRECEVABLE",
}
VALIDATION_WORDS = {ValidationState.FLAGGED: "SIGNALE", ValidationState.VERIFIED: "VERIFIE"}
_SHAPE = "Cet identifiant a la forme 123e4567-e89b-12d3-a456-426614174000."
_TO_WRITE = "Écrivez pourquoi : le candidat lira ce motif."


@transaction.atomic
def change_vae_settings(*, actor: Actor, facts: VaeSettingsFacts) -> VaeSettings:
    """Write the delays and the link. An empty token keeps the one that is sealed. Dossiers sent keep their date."""
    require(actor, "certification.manage")
    token = line(facts.service_token)
    names = list(vae_path.Delays.__dataclass_fields__)
    errors = {
        name: [f"Écrivez un nombre de jours, de 1 à {LONGEST}."]
        for name in names
        if not 1 <= getattr(facts, name) <= LONGEST
    }
    if not errors and facts.warning > facts.admissibility:
        errors["warning"] = ["Prévenez avant la fin du délai, pas avant son début."]
    take_turn(actor.organisation_id)  # the first writing too: there is no row to lock yet
    settings = VaeSettings.objects.visible_to(actor).first()
    settings = settings or VaeSettings(organisation_id=actor.organisation_id)
    if len(token) > 4000:
        errors["service_token"] = ["Ce jeton est trop long."]
    if facts.service_open and not (token or settings.service_token):
        errors["service_token"] = ["Collez le jeton remis par le service national avant d’ouvrir le lien."]
    if errors:
        raise InvalidInput(errors)
    for name in names:
        setattr(settings, name, getattr(facts, name))
    settings.service_open = facts.service_open
    settings.service_token = token or settings.service_token
    settings.save()
    codes = {"open": settings.service_open, "admissibility": settings.admissibility}
    publish(VaeSettingsChanged(actor=actor, target_id=settings.pk, codes=codes))
    return settings


@transaction.atomic
def decide_feasibility(*, actor: Actor, candidate_id: uuid.UUID, facts: VaeDecision) -> VaeDossier:
    """Complet, incomplet, recevable or non recevable. The last two refusals need their reason."""
    dossier = _managed(actor, candidate_id)
    reason = _reason(facts)
    if facts.decision not in FeasibilityState.values:
        raise InvalidInput({"decision": ["Choisissez une réponse."]})
    decision = FeasibilityState(facts.decision)
    if decision not in vae_path.DECISIONS.get(dossier.feasibility, ()):
        said = dossier.get_feasibility_display().lower()
        raise InvalidInput({FORM: [f"Le dossier est « {said} » : cette décision ne se prend pas, ou plus."]})
    if decision in vae_path.NEED_REASON and not reason:
        raise InvalidInput({"reason": [_TO_WRITE]})
    if facts.valid_until is not None and facts.valid_until <= today():
        raise InvalidInput({"valid_until": ["Choisissez un jour à venir, ou laissez vide."]})
    dossier.feasibility = decision
    dossier.valid_until = facts.valid_until if decision == FeasibilityState.ADMISSIBLE else None
    if decision != FeasibilityState.COMPLETE:  # a complete dossier still waits for its decision of admissibility
        dossier.decided_on = dossier.active_on = today()
    step(actor, dossier, VaeStepKind(decision.value), reason)
    queue(actor, dossier, SendKind.FEASIBILITY, {"decision": FEASIBILITY_WORDS[decision], "commentaire": reason})
    return dossier


@transaction.atomic
def decide_validation(*, actor: Actor, candidate_id: uuid.UUID, facts: VaeDecision) -> VaeDossier:
    """Signalé, with what must be mended; or vérifié, and a jury may hear the candidate."""
    dossier = _managed(actor, candidate_id)
    reason = _reason(facts)
    if dossier.validation != ValidationState.SENT:
        raise InvalidInput({FORM: ["Aucun dossier de validation n’attend votre décision."]})
    if facts.decision not in VALIDATION_WORDS:
        raise InvalidInput({"decision": ["Choisissez une réponse."]})
    decision = ValidationState(facts.decision)
    if decision == ValidationState.FLAGGED and not reason:
        raise InvalidInput({"reason": [_TO_WRITE]})
    dossier.validation, dossier.active_on = decision, today()
    step(actor, dossier, VaeStepKind(decision.value), reason)
    queue(actor, dossier, SendKind.VALIDATION, {"decision": VALIDATION_WORDS[decision], "commentaire": reason})
    return dossier


@transaction.atomic
def answer_contest(*, actor: Actor, candidate_id: uuid.UUID, resumes: bool, reason: str) -> VaeDossier:
    """The candidacy lives again, or stays lapsed; the candidate reads why."""
    dossier = _managed(actor, candidate_id)
    reason = clean(reason)
    check_lengths({"reason": (reason, WORDS)})
    if dossier.lapsed_on is None or dossier.contested_on is None:
        raise InvalidInput({FORM: ["Aucune contestation n’attend votre réponse."]})
    if not resumes and not reason:
        raise InvalidInput({"reason": [_TO_WRITE]})
    if resumes:
        dossier.lapsed_on = dossier.idle_on = None
        dossier.active_on = today()
    dossier.contested_on, dossier.contest = None, ""
    return step(actor, dossier, VaeStepKind.RESUMED if resumes else VaeStepKind.LAPSE_UPHELD, reason)


@transaction.atomic
def name_service_id(*, actor: Actor, candidate_id: uuid.UUID, service_id: str) -> VaeDossier:
    """Say which candidature of the national service this dossier is; nothing leaves before."""
    dossier = _managed(actor, candidate_id, make=True)
    told = line(service_id)[:LINE]
    try:
        dossier.service_id = str(uuid.UUID(told)) if told else ""
    except ValueError as error:
        raise InvalidInput({"service_id": [_SHAPE]}) from error
    others = VaeDossier.objects.managed_by(actor).exclude(pk=dossier.pk)
    if dossier.service_id and others.filter(service_id=dossier.service_id).exists():
        raise InvalidInput({"service_id": ["Un autre dossier porte déjà cet identifiant."]})
    dossier.save()
    publish(VaeChanged(actor=actor, target_id=dossier.pk, codes={"what": "linked"}))
    return dossier


def watch_activity() -> str:
    """Ask those who did nothing for too long, close those who never answered. One sentence for the operator."""
    asked = lapsed = 0
    known = cache(lambda organisation_id: queries.delays_of(queries.vae_settings_for(organisation_id)))
    for dossier in VaeDossier.objects.filter(lapsed_on=None, candidacy__withdrawn_on=None).iterator():
        delays = known(dossier.organisation_id)
        kind = _sleeping(dossier, delays)
        if kind is None:
            continue
        with transaction.atomic():
            held = VaeDossier.objects.select_for_update().filter(pk=dossier.pk).first()
            if held is None or _sleeping(held, delays) != kind:
                continue
            setattr(held, "idle_on" if kind == VaeStepKind.IDLE else "lapsed_on", today())
            step(system_actor(held.organisation_id), held, kind)
        asked, lapsed = asked + (kind == VaeStepKind.IDLE), lapsed + (kind == VaeStepKind.LAPSED)
    return f"{asked} candidatures de VAE sans activité, {lapsed} devenues caduques"


def _sleeping(dossier: VaeDossier, delays: vae_path.Delays) -> VaeStepKind | None:
    standing = queries.standing_of_dossier(dossier)
    if standing is None:
        return None
    if vae_path.lapse_due(standing, delays, today()):
        return VaeStepKind.LAPSED
    return VaeStepKind.IDLE if vae_path.idle_due(standing, delays, today()) else None


def _reason(facts: VaeDecision) -> str:
    reason = clean(facts.reason)
    check_lengths({"reason": (reason, WORDS)})
    return reason


def _managed(actor: Actor, candidate_id: uuid.UUID, *, make: bool = False) -> VaeDossier:
    """The dossier of a candidacy under way, locked; NotFound for anybody but the house."""
    require(actor, "certification.manage")
    candidate, candidacy = queries.vae_candidate(actor, candidate_id)
    defaults: dict[str, Any] = {"organisation_id": candidate.organisation_id, "candidate": candidate}
    if make:
        VaeDossier.objects.get_or_create(candidacy=candidacy, defaults=defaults)
    found = VaeDossier.objects.managed_by(actor).select_for_update(of=("self",)).filter(candidacy=candidacy).first()
    if found is None:
        raise InvalidInput({FORM: ["Ce dossier n’est pas encore envoyé."]})
    return found
