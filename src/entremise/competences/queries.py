"""Reads of records. Other modules name a competence by its reference: ``RNCP41674-C7``."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.competences.enums import CodeKind, LineKind
from entremise.competences.models import Block, Competence, Record
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require


def reference_of(competence: Competence) -> str:
    """What names a competence outside this module; needs its record loaded."""
    return f"{competence.record.code}-{competence.code}"


def list_records(actor: Actor) -> QuerySet[Record]:
    """Every record of the installation, by number."""
    require(actor, "competences.view")
    return Record.objects.order_by("code")


def get_record(actor: Actor, code: str) -> Record:
    """A record with everything it prints, in five queries or so whatever its size; NotFound when it is not loaded."""
    parts = ("codes", "lines", "certifiers", "routes", "figures", "replaces", "blocks__competences")
    record = list_records(actor).filter(code=code.upper()).prefetch_related(*parts).first()
    if record is None:
        raise NotFound("competence record")
    return record


@dataclass(frozen=True)
class CompetenceLine:
    """A competence as another module shows it."""

    reference: str
    code: str
    text: str
    block_code: str
    block_title: str


def competence_lines(references: Collection[str] | None = None) -> list[CompetenceLine]:
    """Every competence of every record, or those of these references, in the order they are printed; one query."""
    found = Competence.objects.select_related("record", "block").order_by("record__code", "rank")
    lines = [CompetenceLine(reference_of(one), one.code, one.text, one.block.code, one.block.title) for one in found]
    return lines if references is None else [line for line in lines if line.reference in references]


def competence_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The competences as grouped choices of a form: block title, then (reference, "C7 · text"); one query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in competence_lines():
        group = groups.setdefault(f"{line.block_code} · {line.block_title}", [])
        group.append((line.reference, f"{line.code} · {line.text}"))
    return list(groups.items())


def lines_of(record: Record, kind: LineKind) -> list[str]:
    """The texts of one kind, in order; no query once the record is prefetched."""
    return [line.text for line in record.lines.all() if line.kind == kind]


def codes_of(record: Record) -> list[tuple[str, str, str]]:
    """(nomenclature, code, label) in the order of the page; no query once the record is prefetched."""
    found = record.codes.all()
    return [
        (kind.label, one.code, f"{one.label} ({one.version})" if one.version else one.label)
        for kind in CodeKind
        for one in found
        if one.kind == kind
    ]


def blocks_of(record: Record) -> list[Block]:
    """The blocks with their competences, in order; no query once the record is prefetched."""
    return list(record.blocks.all())
