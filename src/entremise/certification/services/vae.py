"""The candidate's side of the VAE: what they write, join, swear and send; what their accompagnateur thinks of it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from entremise.certification import vae_path
from entremise.certification.enums import FeasibilityState, Mastery, Opinion, PieceKind, VaeStepKind, ValidationState
from entremise.certification.events import VaeChanged
from entremise.certification.models import VaeCompetence, VaeDossier, VaePiece, VaeStep
from entremise.certification.queries import vae as queries
from entremise.certification.queries.certifier import record_of
from entremise.certification.services.texts import LINE, WORDS, check_lengths, clean, line
from entremise.core import pieces
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput, NotAllowed, NotFound
from entremise.core.permissions import can
from entremise.core.time import now, today
from entremise.journal.services import publish

_SENT = "Ce dossier est envoyé : il ne change plus tant que le certificateur ne l’a pas dit incomplet."


@transaction.atomic
def write_competences(*, actor: Actor, candidate_id: uuid.UUID, told: Mapping[str, tuple[str, str]]) -> VaeDossier:
    """``told``: competence code → (what the candidate did, whether they hold it). The candidate, or the certifier."""
    dossier = _written(actor, candidate_id, *vae_path.OPEN)
    known = {one.code for block in record_of(actor).blocks for one in block.competences}
    kept = {code: (clean(text), mastery) for code, (text, mastery) in told.items()}
    if not set(kept) <= known:
        raise NotFound("competence")
    check_lengths({f"text_{code}": (text, WORDS) for code, (text, _) in kept.items()})
    wrong = [code for code, (_, mastery) in kept.items() if mastery not in ("", *Mastery.values)]
    if wrong:
        raise InvalidInput({f"mastery_{code}": ["Choisissez une réponse."] for code in wrong})
    for code, (text, mastery) in kept.items():
        row = VaeCompetence.objects.filter(dossier=dossier, competence_code=code).first()
        row = row or VaeCompetence(dossier=dossier, candidate_id=dossier.candidate_id, competence_code=code)
        row.text, row.mastery = text, mastery
        row.save()
    return _moved(actor, dossier, "competences")


@transaction.atomic
def add_piece(*, actor: Actor, candidate_id: uuid.UUID, kind: str, name: str, content: bytes) -> VaePiece:
    """Join a PDF, a JPEG or a PNG; the file's first bytes say what it is, not its name."""
    if kind not in PieceKind.values or kind == PieceKind.SERVICE:
        raise InvalidInput({"kind": ["Dites ce que prouve cette pièce."]})
    dossier = _written(actor, candidate_id)
    _require_open_for(dossier, kind)
    if not pieces.media_type_of(content):
        raise InvalidInput({"file": [pieces.REFUSED]})
    if dossier.pieces.count() >= pieces.MOST:
        raise InvalidInput({"file": [f"Un dossier tient {pieces.MOST} pièces au plus : retirez-en une."]})
    piece = VaePiece.objects.create(
        dossier=dossier,
        candidate_id=dossier.candidate_id,
        kind=kind,
        name=line(name)[-LINE:] or "piece",
        **pieces.columns_of(content),
    )
    _moved(actor, dossier, "piece")
    return piece


@transaction.atomic
def remove_piece(*, actor: Actor, candidate_id: uuid.UUID, piece_id: uuid.UUID) -> VaeDossier:
    """Withdraw a piece joined by mistake, before the dossier it belongs to leaves."""
    dossier = _written(actor, candidate_id)
    piece = get_one(VaePiece.objects.filter(dossier=dossier, pk=piece_id))
    _require_open_for(dossier, piece.kind)
    piece.delete()
    return _moved(actor, dossier, "piece_removed")


@transaction.atomic
def send_feasibility(*, actor: Actor, candidate_id: uuid.UUID, sworn: bool) -> VaeDossier:
    """Send the dossier de faisabilité; the certifier's delay begins. InvalidInput says all that is missing."""
    dossier = _written(actor, candidate_id, *vae_path.OPEN)
    aimed = queries.aimed_blocks(dossier.candidacy)
    asked = [one.code for block in record_of(actor).blocks if block.code in aimed for one in block.competences]
    told = {code: (row.text, row.mastery) for code, row in queries.told_of(dossier).items()}
    kinds = set(dossier.pieces.values_list("kind", flat=True))
    faults = vae_path.sending_faults(asked, told, kinds, sworn=sworn)
    if faults:
        raise InvalidInput({FORM: faults})
    day = today()
    dossier.feasibility, dossier.sworn_on, dossier.sent_on, dossier.decided_on = FeasibilityState.SENT, day, day, None
    delay = queries.vae_settings_for(dossier.organisation_id).admissibility
    dossier.due_on = day + dt.timedelta(days=delay)
    dossier.active_on, dossier.idle_on = day, None
    return step(actor, dossier, VaeStepKind.SENT)


@transaction.atomic
def give_opinion(*, actor: Actor, candidate_id: uuid.UUID, opinion: str, reason: str) -> VaeDossier:
    """The accompagnateur's opinion, by themselves, or written by the certifier as it was received."""
    candidate, _ = queries.vae_candidate(actor, candidate_id)
    if not (queries.is_companion(actor, candidate.pk) or can(actor, "certification.manage")):
        raise NotAllowed("certification.accompany")
    dossier = _held(actor, candidate_id)
    _require(dossier, *vae_path.OPEN, *vae_path.TO_DECIDE)
    reason = clean(reason)
    check_lengths({"reason": (reason, WORDS)})
    if opinion not in Opinion.values:
        raise InvalidInput({"opinion": ["Choisissez une réponse."]})
    if opinion == Opinion.UNFAVORABLE and not reason:
        raise InvalidInput({"reason": ["Dites pourquoi : le candidat et le certificateur le liront."]})
    dossier.opinion, dossier.opinion_reason, dossier.opinion_on = opinion, reason, today()
    return _saved(actor, dossier, "opinion")


@transaction.atomic
def send_validation(*, actor: Actor, candidate_id: uuid.UUID) -> VaeDossier:
    """Send the dossier de validation: a first time, after a remark, or again after a jury left blocks to acquire."""
    dossier = _written(actor, candidate_id)
    _require_open_for(dossier, PieceKind.VALIDATION)
    joined = dossier.pieces.filter(kind=PieceKind.VALIDATION).order_by("-added_at").first()
    if joined is None:
        raise InvalidInput({FORM: ["Joignez d’abord le dossier de validation (nature « Dossier de validation »)."]})
    dossier.validation, dossier.validation_on = ValidationState.SENT, today()
    dossier.active_on, dossier.idle_on = today(), None
    return step(actor, dossier, VaeStepKind.VALIDATION_SENT)


@transaction.atomic
def confirm_activity(*, actor: Actor, candidate_id: uuid.UUID) -> VaeDossier:
    """The candidate goes on: the question of inactivity is answered."""
    dossier = _own(actor, candidate_id)
    if dossier.idle_on is None or dossier.lapsed_on is not None:
        raise InvalidInput({FORM: ["Aucune réponse n’est attendue."]})
    dossier.idle_on, dossier.active_on = None, today()
    return step(actor, dossier, VaeStepKind.RESUMED)


@transaction.atomic
def contest_lapse(*, actor: Actor, candidate_id: uuid.UUID, reason: str) -> VaeDossier:
    """The candidate says why the candidacy should not have lapsed; the certifier answers."""
    dossier = _own(actor, candidate_id)
    reason = clean(reason)
    check_lengths({"reason": (reason, WORDS)})
    if dossier.lapsed_on is None or dossier.contested_on is not None:
        raise InvalidInput({FORM: ["Cette candidature n’est pas caduque, ou sa caducité est déjà contestée."]})
    if not reason:
        raise InvalidInput({"reason": ["Dites pourquoi : le certificateur vous lira."]})
    dossier.contest, dossier.contested_on = reason, today()
    return step(actor, dossier, VaeStepKind.CONTESTED, reason)


def step(actor: Actor, dossier: VaeDossier, kind: VaeStepKind, reason: str = "") -> VaeDossier:
    """One line more in the history, and its event: the dossier is saved with it."""
    VaeStep.objects.create(
        dossier=dossier, candidate_id=dossier.candidate_id, kind=kind, member_id=actor.member_id, reason=reason
    )
    return _saved(actor, dossier, kind)


def _saved(actor: Actor, dossier: VaeDossier, what: str) -> VaeDossier:
    dossier.save()
    type(dossier.candidate).objects.filter(pk=dossier.candidate_id).update(touched_at=now())
    publish(VaeChanged(actor=actor, target_id=dossier.pk, codes={"what": str(what)}))
    return dossier


def _moved(actor: Actor, dossier: VaeDossier, what: str) -> VaeDossier:
    """The candidate did something: nobody will ask whether they go on."""
    dossier.active_on, dossier.idle_on = today(), None
    return _saved(actor, dossier, what)


def _held(actor: Actor, candidate_id: uuid.UUID) -> VaeDossier:
    """The dossier, made if need be, locked; NotFound for who does not read its words."""
    candidate, candidacy = queries.vae_candidate(actor, candidate_id)
    if candidacy.withdrawn_on is not None:
        raise InvalidInput({FORM: ["Cette candidature est close."]})
    defaults: dict[str, Any] = {"organisation_id": candidate.organisation_id, "candidate": candidate}
    VaeDossier.objects.get_or_create(candidacy=candidacy, defaults=defaults)
    return (
        VaeDossier.objects.select_for_update(of=("self",))
        .select_related("candidacy", "candidate")
        .get(candidacy=candidacy)
    )


def _own(actor: Actor, candidate_id: uuid.UUID) -> VaeDossier:
    """The same, for the candidate or the certifier who writes for them: an accompagnateur reads, and gives advice."""
    candidate, _ = queries.vae_candidate(actor, candidate_id)
    if candidate.member_id != actor.member_id and not can(actor, "certification.manage"):
        raise NotAllowed("certification.own_file")
    return _held(actor, candidate_id)


def _written(actor: Actor, candidate_id: uuid.UUID, *states: FeasibilityState) -> VaeDossier:
    dossier = _own(actor, candidate_id)
    if dossier.lapsed_on is not None:
        raise InvalidInput({FORM: ["Cette candidature est caduque : contestez-le, ou ouvrez-en une nouvelle."]})
    if states:
        _require(dossier, *states)
    return dossier


def _require(dossier: VaeDossier, *states: FeasibilityState) -> None:
    if dossier.feasibility not in states:
        raise InvalidInput({FORM: [_SENT]})


def _require_open_for(dossier: VaeDossier, kind: str) -> None:
    """A piece belongs to the dossier that is being written: the first, or the second once the first is admissible."""
    if kind != PieceKind.VALIDATION:
        _require(dossier, *vae_path.OPEN)
        return
    if dossier.feasibility != FeasibilityState.ADMISSIBLE:
        raise InvalidInput({FORM: ["Le dossier de validation vient après la recevabilité."]})
    if dossier.validation not in (ValidationState.AWAITED, ValidationState.FLAGGED):
        raise InvalidInput({FORM: ["Le dossier de validation est déjà envoyé."]})
