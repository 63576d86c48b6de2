"""Reads of VAE dossiers: where each stands, what is missing, what the certifier must decide and by when."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.accounts.queries import member_names
from entremise.certification import vae_path
from entremise.certification.enums import Companionship, PieceKind
from entremise.certification.models import (
    Candidacy,
    Candidate,
    Companion,
    VaeCompetence,
    VaeDossier,
    VaePiece,
    VaeSettings,
    VaeStep,
)
from entremise.certification.prerequisites import missing_before_certification, missing_before_jury
from entremise.certification.queries.candidates import get_candidate, latest_candidacy, open_names, proofs_of
from entremise.certification.queries.certifier import choices_of, record_of, settings_of
from entremise.certification.vae_path import Delays, Standing
from entremise.competences.enums import Route
from entremise.competences.queries import BlockFacts, RecordFacts
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.errors import NotFound
from entremise.core.permissions import can, require
from entremise.core.time import today

JUDGED = (PieceKind.VALIDATION, PieceKind.ADDITIONAL)


def vae_settings_for(organisation_id: uuid.UUID) -> VaeSettings:
    """The certifier's delays and link with the national service; those of the model while none was written."""
    found = VaeSettings.objects.filter(organisation_id=organisation_id).first()
    return found or VaeSettings(organisation_id=organisation_id)


def delays_of(settings: VaeSettings) -> Delays:
    """The delays, as the rules read them."""
    return Delays(**{name: getattr(settings, name) for name in Delays.__dataclass_fields__})


def standing_of_dossier(dossier: VaeDossier | None) -> Standing | None:
    """A dossier as the rules read it; None without one."""
    if dossier is None:
        return None
    return Standing(**{name: getattr(dossier, name) for name in Standing.__dataclass_fields__})


def vae_faults(candidacy: Candidacy, day: dt.date) -> list[str]:
    """What keeps this candidacy from a session of that day; nothing for another route than the VAE."""
    if candidacy.route != Route.VAE:
        return []
    dossier = VaeDossier.objects.filter(candidacy=candidacy).first()
    return vae_path.jury_faults(standing_of_dossier(dossier), day)


def is_companion(actor: Actor, candidate_id: uuid.UUID) -> bool:
    """True for who accompanies this candidate through the VAE."""
    if actor.member_id is None:
        return False
    kind = Companionship.COMPANION
    return Companion.objects.filter(candidate_id=candidate_id, member_id=actor.member_id, kind=kind).exists()


def vae_candidate(actor: Actor, candidate_id: uuid.UUID) -> tuple[Candidate, Candidacy]:
    """The file and its candidacy by the VAE, for who reads its words; NotFound for anybody else, a trainer included."""
    candidate = get_candidate(actor, candidate_id)
    candidacy = latest_candidacy(candidate)
    if candidacy is None or not reads_vae(actor, candidate):
        raise NotFound("vae dossier")
    return candidate, candidacy


def reads_vae(actor: Actor, candidate: Candidate) -> bool:
    """True when this file has a VAE whose words the actor reads: the house, the candidate, their accompagnateur."""
    candidacy = latest_candidacy(candidate)
    if candidacy is None or candidacy.route != Route.VAE or candidate.erased_at is not None:
        return False
    own = can(actor, "certification.manage") or candidate.member_id == actor.member_id
    return own or is_companion(actor, candidate.pk)


@dataclass(frozen=True)
class CompetenceTold:
    """A competence of the record, with what the candidate says of it."""

    code: str
    label: str
    text: str
    mastery: str
    mastery_label: str


@dataclass(frozen=True)
class BlockTold:
    """A block the candidate goes for."""

    block: BlockFacts
    competences: list[CompetenceTold]

    @property
    def written(self) -> int:
        """How many competences have their text and their answer."""
        return sum(bool(one.text and one.mastery) for one in self.competences)


@dataclass(frozen=True)
class StepLine:
    """A line of the history."""

    step: VaeStep
    name: str


@dataclass(frozen=True)
class VaeFile:
    """Everything a page of a dossier shows; ``dossier`` is not saved yet while nothing was written."""

    candidate: Candidate
    candidacy: Candidacy
    dossier: VaeDossier
    blocks: list[BlockTold]
    pieces: list[VaePiece]
    steps: list[StepLine]
    is_partial: bool
    prerequisites: list[str]
    jury_faults: list[str]
    decide_in: int | None
    jury_by: dt.date | None


def vae_file(actor: Actor, candidate_id: uuid.UUID) -> VaeFile:
    """One dossier whole, for who reads its words."""
    candidate, candidacy = vae_candidate(actor, candidate_id)
    dossier = dossier_of(candidacy)
    record, aimed = record_of(actor), aimed_blocks(candidacy)
    waits = dossier.due_on is not None and dossier.feasibility in vae_path.TO_DECIDE
    settings = vae_settings_for(actor.organisation_id)
    return VaeFile(
        candidate=candidate,
        candidacy=candidacy,
        dossier=dossier,
        blocks=blocks_told(candidacy, record),
        pieces=pieces_of(dossier),
        steps=_steps(dossier),
        is_partial=aimed < {block.code for block in record.blocks},
        prerequisites=_prerequisites(actor, record, candidacy),
        jury_faults=vae_path.jury_faults(standing_of_dossier(dossier), today()),
        decide_in=(dossier.due_on - today()).days if waits and dossier.due_on else None,
        jury_by=dossier.validation_on + dt.timedelta(days=settings.jury) if dossier.validation_on else None,
    )


def dossier_of(candidacy: Candidacy) -> VaeDossier:
    """The dossier of a candidacy; a new one, not saved, while nothing was written."""
    found = VaeDossier.objects.filter(candidacy=candidacy).first()
    candidate = candidacy.candidate
    return found or VaeDossier(organisation_id=candidate.organisation_id, candidate=candidate, candidacy=candidacy)


def aimed_blocks(candidacy: Candidacy) -> set[str]:
    """The blocks a candidacy goes for."""
    return {one.block_code for one in candidacy.enrolments.all()}


def told_of(dossier: VaeDossier) -> dict[str, VaeCompetence]:
    """What the candidate wrote, by competence; names of keys asked once."""
    rows = list(VaeCompetence.objects.filter(dossier_id=dossier.pk))
    open_together(rows, "text")
    return {row.competence_code: row for row in rows}


def pieces_of(dossier: VaeDossier) -> list[VaePiece]:
    """The pieces, without their content."""
    rows = list(VaePiece.objects.filter(dossier_id=dossier.pk).defer("content"))
    open_together(rows, "name")
    return rows


def get_piece(actor: Actor, candidate_id: uuid.UUID, piece_id: uuid.UUID) -> VaePiece:
    """One piece with its content, for who reads the dossier; NotFound for anybody else."""
    candidate, _ = vae_candidate(actor, candidate_id)
    return get_one(VaePiece.objects.filter(candidate=candidate, pk=piece_id))


def jury_pieces(candidate: Candidate) -> list[VaePiece]:
    """The validation file of a VAE, without its content; nothing for another route.

    Neither the identity card nor what proves a dispense: these are the certifier's to check.
    """
    candidacy = latest_candidacy(candidate)
    if candidacy is None or candidacy.route != Route.VAE:
        return []
    return [piece for piece in pieces_of(dossier_of(candidacy)) if piece.kind in JUDGED]


def blocks_told(candidacy: Candidacy, record: RecordFacts) -> list[BlockTold]:
    """What the candidate wrote of each block they go for."""
    told, aimed = told_of(dossier_of(candidacy)), aimed_blocks(candidacy)
    return [_block(block, told) for block in record.blocks if block.code in aimed]


def list_dossiers(actor: Actor) -> QuerySet[VaeDossier]:
    """The house's dossiers; a page of it opens its names with ``open_dossiers``."""
    require(actor, "certification.manage")
    return VaeDossier.objects.visible_to(actor).select_related("candidate").order_by("-pk")


def open_dossiers(dossiers: Sequence[VaeDossier]) -> Sequence[VaeDossier]:
    """Ask the store of keys once for the names of a page."""
    open_names([one.candidate for one in dossiers])
    return dossiers


def count_to_decide(actor: Actor) -> int:
    """The dossiers whose delay of decision ends soon, or ended."""
    settings = vae_settings_for(actor.organisation_id)
    soon = today() + dt.timedelta(days=settings.warning)
    rows = VaeDossier.objects.managed_by(actor).filter(feasibility__in=vae_path.TO_DECIDE, due_on__lte=soon)
    return rows.count()


def _block(block: BlockFacts, told: dict[str, VaeCompetence]) -> BlockTold:
    lines = []
    for one in block.competences:
        row = told.get(one.code)
        label = row.get_mastery_display() if row and row.mastery else ""
        lines.append(CompetenceTold(one.code, one.text, row.text if row else "", row.mastery if row else "", label))
    return BlockTold(block, lines)


def _steps(dossier: VaeDossier) -> list[StepLine]:
    rows = list(VaeStep.objects.filter(dossier_id=dossier.pk))
    open_together(rows, "reason")
    names = member_names(row.member_id for row in rows if row.member_id)
    return [StepLine(row, names[row.member_id] if row.member_id else "") for row in rows]


def _prerequisites(actor: Actor, record: RecordFacts, candidacy: Candidacy) -> list[str]:
    """What the certifier asks of the VAE and is not proven yet; empty when it asks nothing, or has it all."""
    choices, proofs = choices_of(settings_of(actor)), proofs_of(candidacy)
    everything = {block.code for block in record.blocks}
    found = [*missing_before_jury(record, choices, proofs)]
    return found + [
        one for one in missing_before_certification(record, choices, proofs, everything) if one not in found
    ]
