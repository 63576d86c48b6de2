"""Loading records: from the files this module ships, and later from the official exports."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction

from entremise.competences.commands import LoadRecord, read_record
from entremise.competences.enums import CodeKind, LineKind
from entremise.competences.events import RecordLoaded
from entremise.competences.models import (
    AccessRoute,
    Block,
    Certifier,
    Competence,
    Record,
    RecordCode,
    RecordLine,
    ReplacedRecord,
    YearFigures,
)
from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

DATA = Path(__file__).parent / "data"


def load_shipped_records(*, actor: Actor) -> list[Record]:
    """Load every record this module ships; those already there, unchanged, are left as they are."""
    return [load_record(actor=actor, command=read_record(path.read_bytes())) for path in sorted(DATA.glob("*.json"))]


@transaction.atomic
def load_record(*, actor: Actor, command: LoadRecord) -> Record:
    """Put a record in, or bring it up to date. Blocks and competences keep their identity; the rest is written anew."""
    require(actor, "competences.load")
    content = command.content
    record = Record.objects.select_for_update().filter(code=content["code"]).first() or Record(code=content["code"])
    if record.fingerprint == command.fingerprint:
        return record
    _fill(record, content)
    record.fingerprint, record.loaded_at = command.fingerprint, now()
    record.save()
    _write_lines(record, content)
    _write_routes(record, content)
    _write_figures(record, content)
    blocks, competences = _write_blocks(record, content["blocks"])
    publish(RecordLoaded(actor=actor, target_id=record.pk, codes={"blocks": blocks, "competences": competences}))
    return record


def _fill(record: Record, content: dict[str, Any]) -> None:
    for name in ("title", "source", "level", "objectives", "overall_evaluation", "acquisition"):
        setattr(record, name, content[name])
    for name in ("title_note", "legal_introduction", "block_prerequisites"):
        setattr(record, name, content.get(name) or "")
    entry, validation = content["prerequisites"]["entry"], content["prerequisites"]["validation"]
    record.registered_until = _date(content["registered_until"])
    record.sector_introduction = content["sectors"]["introduction"]
    record.entry_prerequisite, record.entry_months = entry["text"], entry["months"]
    record.validation_prerequisite, record.validation_hours = validation["text"], validation["hours"]
    overseas = content["overseas"]
    record.new_caledonia, record.french_polynesia = overseas["new_caledonia"], overseas["french_polynesia"]
    record.overseas_note = overseas["note"]


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _write_lines(record: Record, content: dict[str, Any]) -> None:
    texts = {
        LineKind.ACTIVITY: content["activities"],
        LineKind.SECTOR: [item["text"] for item in content["sectors"]["items"]],
        LineKind.JOB: content["jobs"],
        LineKind.LEGAL: content["legal_references"],
    }
    codes = {CodeKind.NSF: "nsf", CodeKind.FORMACODE: "formacodes", CodeKind.ROME: "rome"}
    record.lines.all().delete()
    record.codes.all().delete()
    RecordLine.objects.bulk_create(
        RecordLine(record=record, kind=kind, rank=rank, text=text)
        for kind, lines in texts.items()
        for rank, text in enumerate(lines, 1)
    )
    RecordCode.objects.bulk_create(
        RecordCode(
            record=record,
            kind=kind,
            rank=rank,
            code=item["code"],
            label=item["label"],
            version=item.get("version", ""),
        )
        for kind, name in codes.items()
        for rank, item in enumerate(content[name], 1)
    )


def _write_routes(record: Record, content: dict[str, Any]) -> None:
    record.routes.all().delete()
    record.certifiers.all().delete()
    record.replaces.all().delete()
    AccessRoute.objects.bulk_create(
        AccessRoute(
            record=record,
            rank=rank,
            code=route["code"],
            label=route["label"],
            is_open=route["open"],
            inferred=route.get("inferred", ""),
            jury=route["jury"] or [],
            seats=route.get("seats", []),
            jury_modified_on=_date(route["last_modified"]),
        )
        for rank, route in enumerate(content["access_routes"], 1)
    )
    Certifier.objects.bulk_create(
        Certifier(record=record, rank=rank, **one) for rank, one in enumerate(content["certifiers"], 1)
    )
    ReplacedRecord.objects.bulk_create(
        ReplacedRecord(record=record, rank=rank, **one) for rank, one in enumerate(content["replaces"], 1)
    )


def _write_figures(record: Record, content: dict[str, Any]) -> None:
    record.figures.all().delete()
    YearFigures.objects.bulk_create(YearFigures(record=record, **row) for row in content["statistics"])


def _write_blocks(record: Record, blocks: list[dict[str, Any]]) -> tuple[int, int]:
    """How many blocks and competences; those the source no longer has go away."""
    competences: list[str] = []
    for rank, told in enumerate(blocks, 1):
        facts = {"rank": rank, "title": told["title"], "evaluation": told["evaluation"]}
        block, _ = Block.objects.update_or_create(record=record, code=told["code"], defaults=facts)
        for skill in told["skills"]:
            competences.append(skill["code"])
            facts = {"rank": len(competences), "block": block, "text": skill["text"]}
            Competence.objects.update_or_create(record=record, code=skill["code"], defaults=facts)
    record.competences.exclude(code__in=competences).delete()
    record.blocks.exclude(code__in=[told["code"] for told in blocks]).delete()
    return len(blocks), len(competences)
