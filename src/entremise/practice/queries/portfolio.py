"""Reads of one's own portfolio. Before a submission there is no other reader."""

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from entremise.competences.queries import RecordFacts, record_facts
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.permissions import require
from entremise.practice.enums import Cover, EvidenceKind
from entremise.practice.models import Evidence, Snapshot, Statement
from entremise.practice.proposals import RECORD
from entremise.practice.saying import Grain, Said

HELD = 2  # pieces of evidence from which a competence no longer hangs on one moment


def target_record() -> RecordFacts:
    """The certification portfolios go towards."""
    return record_facts(RECORD)


def list_evidence(actor: Actor) -> QuerySet[Evidence]:
    """One's own evidence, the first kept first."""
    require(actor, "practice.keep_portfolio")
    return Evidence.objects.visible_to(actor)


def get_evidence(actor: Actor, evidence_id: uuid.UUID) -> Evidence:
    """One of one's own; NotFound for any other, and for all while confidences are shut."""
    return get_one(list_evidence(actor).filter(pk=evidence_id))


def told_by(evidence: Evidence) -> dict[str, Any]:
    """What an evidence says: ``title``, ``period``, ``facts``, ``text``, ``competences``, and what it came from."""
    return json.loads(evidence.content)


def said_by(content: dict[str, Any]) -> Said:
    """The period and traits that were told, as the rules count them."""
    start, end = (dt.date.fromisoformat(day) if day else None for day in (content["start"], content["end"]))
    traits = tuple((reference, code) for reference, code in content["traits"])
    return Said(Grain(content["grain"]), start, end, traits)


@dataclass(frozen=True)
class EvidenceLine:
    """An evidence of a list, opened."""

    evidence: Evidence
    content: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its nature, in words."""
        return str(EvidenceKind(self.evidence.kind).label)


def evidence_lines(actor: Actor) -> list[EvidenceLine]:
    """The whole portfolio: two queries, of which one to the store of keys."""
    rows = list(list_evidence(actor))
    open_together(rows, "content")
    return [EvidenceLine(row, told_by(row)) for row in rows]


def used_sources(lines: Iterable[EvidenceLine]) -> dict[str, uuid.UUID]:
    """Record → the evidence it became."""
    return {line.content["source"]: line.evidence.pk for line in lines if line.content["source"]}


@dataclass(frozen=True)
class Covered:
    """A competence and the evidence that speaks for it."""

    reference: str
    code: str
    text: str
    lines: tuple[EvidenceLine, ...]

    @property
    def cover(self) -> Cover:
        """Nothing yet, thin (one piece, or several of one nature told by hand), held."""
        if not self.lines:
            return Cover.NONE
        return Cover.HELD if len(self.lines) >= HELD else Cover.THIN


@dataclass(frozen=True)
class CoveredBlock:
    """A block of the record and how far it is covered."""

    code: str
    title: str
    competences: tuple[Covered, ...]


def coverage(lines: Sequence[EvidenceLine], record: RecordFacts) -> list[CoveredBlock]:
    """The whole record, block by block."""
    by_reference: dict[str, list[EvidenceLine]] = {}
    for line in lines:
        for reference in line.content["competences"]:
            by_reference.setdefault(reference, []).append(line)
    return [
        CoveredBlock(
            block.code,
            block.title,
            tuple(
                Covered(one.reference, one.code, one.text, tuple(by_reference.get(one.reference, ())))
                for one in block.competences
            ),
        )
        for block in record.blocks
    ]


def cover_counts(blocks: Iterable[CoveredBlock]) -> list[tuple[Cover, int]]:
    """How many competences stand at each degree, the fullest first."""
    counts = Counter(one.cover for block in blocks for one in block.competences)
    return [(cover, counts[cover]) for cover in (Cover.HELD, Cover.THIN, Cover.NONE)]


def own_statement(actor: Actor) -> Statement | None:
    """What the author said of tools that write; None when nothing was said yet."""
    require(actor, "practice.keep_portfolio")
    return Statement.objects.visible_to(actor).first()


def list_snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """One's own frozen portfolios, the last first."""
    require(actor, "practice.keep_portfolio")
    return Snapshot.objects.visible_to(actor)


def get_snapshot(actor: Actor, snapshot_id: uuid.UUID) -> Snapshot:
    """One of one's own; NotFound for any other."""
    return get_one(list_snapshots(actor).filter(pk=snapshot_id))


def read_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """What it says, as it was frozen."""
    return json.loads(snapshot.content)
