"""From the texts of an export to a record that may be used: a person reads each block again, then confirms."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from entremise.competences.commands import DemandFacts
from entremise.competences.enums import SeatKind
from entremise.competences.events import BlockReread, DemandsWritten, RecordConfirmed
from entremise.competences.models import Block, Competence, Record
from entremise.competences.queries.confirming import get_prepared
from entremise.competences.register import splitting
from entremise.competences.register.numbering import codes_for
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now
from entremise.journal.services import publish

MOST, LONGEST = 60, 2_000  # competences of a block, signs of one
_CONFIRMED = "Cette fiche est déjà confirmée : elle ne change plus que par un nouvel export."
MOST_SEATS, MOST_MONTHS, MOST_HOURS = 12, 600, 5_000


@transaction.atomic
def propose_lines(*, actor: Actor, block_id: uuid.UUID, lines: Sequence[str]) -> Block:
    """Keep another split of a block, without confirming it; a line break in a line cuts it in two."""
    block = _held(actor, block_id)
    block.draft = _checked(lines)
    block.reread_at, block.reread_by_id = None, None
    block.save(update_fields=["draft", "reread_at", "reread_by"])
    return block


@transaction.atomic
def reread_block(*, actor: Actor, block_id: uuid.UUID, lines: Sequence[str]) -> Block:
    """These lines are the competences of the block: a person says so."""
    block = _held(actor, block_id)
    block.draft = _checked(lines)
    if not block.draft:
        raise InvalidInput({FORM: ["Un bloc a au moins une compétence : recopiez-la de la fiche imprimée."]})
    block.reread_at, block.reread_by_id = now(), actor.member_id
    block.save(update_fields=["draft", "reread_at", "reread_by"])
    publish(BlockReread(actor=actor, target_id=block.record_id, codes={"block": block.code, "lines": len(block.draft)}))
    return block


@transaction.atomic
def write_demands(*, actor: Actor, record_code: str, facts: DemandFacts) -> Record:
    """Type the jury and the prerequisites of a record as its words ask them."""
    record = _prepared(actor, record_code)
    errors = _demand_faults(facts)
    if errors:
        raise InvalidInput(errors)
    for route in record.routes.exclude(is_open=False):
        route.seats = _seats(facts)
        route.save(update_fields=["seats"])
    record.entry_months, record.validation_hours = facts.entry_months, facts.validation_hours
    record.save(update_fields=["entry_months", "validation_hours"])
    publish(DemandsWritten(actor=actor, target_id=record.pk, codes={"seats": sum(_counts(facts).values())}))
    return record


@transaction.atomic
def confirm_record(*, actor: Actor, record_code: str) -> Record:
    """The record may be used from now on: its competences get their codes, those already given stay."""
    record = _prepared(actor, record_code)
    blocks = list(record.blocks.order_by("rank"))
    faults = [f"Le bloc {block.code} est à relire." for block in blocks if block.reread_at is None]
    if any(not route.seats for route in record.routes.filter(is_open=True)):
        faults.append("Dites d’abord de qui se compose le jury.")
    if faults:
        raise InvalidInput({FORM: faults})
    count = _write_competences(record, blocks)
    record.confirmed_at, record.confirmed_by_id = now(), actor.member_id
    record.save(update_fields=["confirmed_at", "confirmed_by"])
    publish(RecordConfirmed(actor=actor, target_id=record.pk, codes={"blocks": len(blocks), "competences": count}))
    return record


def _write_competences(record: Record, blocks: Sequence[Block]) -> int:
    known = {one.code: (one.block.code, one.text) for one in record.competences.select_related("block")}
    told = [(block, text) for block in blocks for text in block.draft]
    codes = codes_for(known, [(block.code, text) for block, text in told])
    record.competences.exclude(code__in=codes).delete()
    for rank, (code, (block, text)) in enumerate(zip(codes, told, strict=True), 1):
        facts = {"rank": rank, "block": block, "text": text}
        Competence.objects.update_or_create(record=record, code=code, defaults=facts)
    return len(codes)


def _held(actor: Actor, block_id: uuid.UUID) -> Block:
    """The block, locked, of a record that is not confirmed; confirmed, it belongs to all and moves no more."""
    require(actor, "competences.prepare")
    mine = Record.objects.prepared_by(actor).values("pk")
    block = get_one(Block.objects.select_for_update().filter(pk=block_id, record__in=mine))
    if Record.objects.filter(pk=block.record_id, confirmed_at__isnull=False).exists():
        raise InvalidInput({FORM: [_CONFIRMED]})
    return block


def _prepared(actor: Actor, record_code: str) -> Record:
    require(actor, "competences.prepare")
    record = get_prepared(actor, record_code)
    locked = Record.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if locked.confirmed_at is not None:
        raise InvalidInput({FORM: [_CONFIRMED]})
    return locked


def _checked(lines: Sequence[str]) -> list[str]:
    found = [one_line(piece) for line in lines for piece in splitting.cut_lines(line.replace("\r", "\n"))]
    if len(found) > MOST:
        raise InvalidInput({FORM: [f"Un bloc tient {MOST} compétences au plus : réunissez des lignes."]})
    if any(len(line) > LONGEST for line in found):
        raise InvalidInput({FORM: [f"Une compétence tient en {LONGEST} signes : coupez la ligne trop longue."]})
    return found


def _counts(facts: DemandFacts) -> dict[SeatKind, int]:
    return {
        SeatKind.PROFESSIONAL: facts.professionals,
        SeatKind.INSTITUTION: facts.institutions,
        SeatKind.CERTIFIER: facts.certifiers,
    }


def _seats(facts: DemandFacts) -> list[dict[str, Any]]:
    asked = {
        SeatKind.PROFESSIONAL: {"external": facts.professionals_external},
        SeatKind.INSTITUTION: {"external": facts.institutions_external},
        SeatKind.CERTIFIER: {"independent": facts.certifiers_independent},
    }
    return [
        {"kind": kind.value, "count": count, **asked[kind], "presides": facts.presides == kind}
        for kind, count in _counts(facts).items()
        if count
    ]


def _demand_faults(facts: DemandFacts) -> dict[str, list[str]]:
    counts = _counts(facts)
    found = {
        name: f"De 0 à {MOST_SEATS} sièges."
        for name in ("professionals", "institutions", "certifiers")
        if not 0 <= getattr(facts, name) <= MOST_SEATS
    }
    if not found and sum(counts.values()) < 2:
        found["professionals"] = "Un jury est collégial : deux membres au moins."
    if facts.presides not in counts or not counts[SeatKind(facts.presides)]:
        found["presides"] = "Le président est l’un des membres comptés plus haut."
    if facts.entry_months is not None and not 1 <= facts.entry_months <= MOST_MONTHS:
        found["entry_months"] = "Un nombre de mois, ou rien si la fiche n’en demande pas."
    if facts.validation_hours is not None and not 1 <= facts.validation_hours <= MOST_HOURS:
        found["validation_hours"] = "Un nombre d’heures, ou rien si la fiche n’en demande pas."
    return {name: [reason] for name, reason in found.items()}
