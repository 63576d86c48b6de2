"""Loading records: those this module ships, and those taken from the official exports."""

import datetime as dt
import uuid
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
from entremise.competences.register import splitting
from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.core.text import fold
from entremise.core.time import now
from entremise.journal.services import publish

DATA = Path(__file__).parents[1] / "data"


def load_shipped_records(*, actor: Actor) -> list[Record]:
    """Load every record this module ships; those already there, unchanged, are left as they are."""
    return [load_record(actor=actor, command=read_record(path.read_bytes())) for path in sorted(DATA.glob("*.json"))]


@transaction.atomic
def load_record(*, actor: Actor, command: LoadRecord) -> Record:
    """Put a record in, or bring it up to date. Blocks and competences keep their identity; the rest is written anew."""
    require(actor, "competences.load")
    return write_record(actor=actor, command=command, brought_by=None)


def write_record(*, actor: Actor, command: LoadRecord, brought_by: uuid.UUID | None) -> Record:
    """The same, in the caller's transaction and with its permission.

    A record whose blocks come split is right as it is; one that comes with texts waits until a person confirms it,
    unless nothing of what was confirmed changed.
    """
    content = command.content
    record = Record.objects.select_for_update(of=("self",)).filter(code=content["code"]).first()
    record = record or Record(code=content["code"], brought_by_id=brought_by)
    if record.fingerprint == command.fingerprint:
        return record
    asked = {route.code: (route.jury, route.seats) for route in record.routes.all()} if record.fingerprint else {}
    _fill(record, content)
    record.fingerprint, record.loaded_at = command.fingerprint, now()
    record.save()
    _write_lines(record, content)
    _write_routes(record, content, asked)
    _write_figures(record, content)
    _write_blocks(record, content["blocks"])
    keep_or_lose_confirmation(record)
    counts = {"blocks": record.blocks.count(), "competences": record.competences.count()}
    publish(RecordLoaded(actor=actor, target_id=record.pk, codes=counts))
    return record


def keep_or_lose_confirmation(record: Record) -> None:
    """Confirmed stays confirmed while every block is read again and the jury of every open route is typed."""
    blocks, routes = record.blocks.all(), record.routes.filter(is_open=True)
    holds = all(block.reread_at for block in blocks) and all(route.seats for route in routes)
    came_split = not any(block.source_text for block in blocks)
    if came_split and record.confirmed_at is None and holds:
        record.confirmed_at = now()
    elif not holds:
        record.confirmed_at, record.confirmed_by_id = None, None
    record.save(update_fields=["confirmed_at", "confirmed_by"])


def _fill(record: Record, content: dict[str, Any]) -> None:
    for name in ("title", "source", "level", "objectives", "overall_evaluation", "acquisition"):
        setattr(record, name, content[name])
    for name in ("title_note", "legal_introduction", "block_prerequisites"):
        setattr(record, name, content.get(name) or "")
    entry, validation = content["prerequisites"]["entry"], content["prerequisites"]["validation"]
    record.registered_until = _date(content["registered_until"])
    record.sector_introduction = content["sectors"]["introduction"]
    for name, number, told, count in (
        ("entry_prerequisite", "entry_months", entry, "months"),
        ("validation_prerequisite", "validation_hours", validation, "hours"),
    ):  # a number read in words by a person stays while the words do
        if told[count] is not None or getattr(record, name) != told["text"]:
            setattr(record, number, told[count])
        setattr(record, name, told["text"])
    overseas = content["overseas"]
    record.new_caledonia, record.french_polynesia = overseas["new_caledonia"], overseas["french_polynesia"]
    record.overseas_note = overseas["note"]
    record.last_delivery_on, record.is_active = _date(content.get("last_delivery")), content.get("is_active")
    record.capacities = content.get("capacities") or ""
    record.successors, record.matches = content.get("successors") or [], content.get("matches") or []


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


Asked = dict[str, tuple[list[str], list[dict[str, Any]]]]


def _write_routes(record: Record, content: dict[str, Any], asked: Asked) -> None:
    """``asked``: the jury of each route and its seats as they were; the seats stay while the jury's words do."""
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
            seats=route.get("seats") or _seats_kept(route, asked),
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


def _seats_kept(route: dict[str, Any], asked: Asked) -> list[dict[str, Any]]:
    jury, seats = asked.get(route["code"], ([], []))
    return seats if fold(" ".join(jury)) == fold(" ".join(route["jury"] or [])) else []


def _write_figures(record: Record, content: dict[str, Any]) -> None:
    record.figures.all().delete()
    YearFigures.objects.bulk_create(YearFigures(record=record, **row) for row in content["statistics"])


def _write_blocks(record: Record, blocks: list[dict[str, Any]]) -> None:
    """Those the source no longer has go away; with their competences, when the source tells these one by one."""
    competences: list[str] = []
    for rank, told in enumerate(blocks, 1):
        facts = {"rank": rank, "title": told["title"], "evaluation": told["evaluation"]}
        block, _ = Block.objects.update_or_create(record=record, code=told["code"], defaults=facts)
        if "text" in told:
            _propose(block, told["text"])
            continue
        Block.objects.filter(pk=block.pk).update(source_text="", draft=[], reread_at=now())
        for skill in told["skills"]:
            competences.append(skill["code"])
            facts = {"rank": len(competences), "block": block, "text": skill["text"]}
            Competence.objects.update_or_create(record=record, code=skill["code"], defaults=facts)
    if competences:
        record.competences.exclude(code__in=competences).delete()
    record.blocks.exclude(code__in=[told["code"] for told in blocks]).delete()


def _propose(block: Block, text: str) -> None:
    """Split the text anew when it changed; what a person already read is left alone when it says the same."""
    if block.source_text == text and (block.draft or not text):
        return
    block.source_text, block.draft = text, list(splitting.split(text).lines)
    known = list(block.competences.order_by("rank").values_list("text", flat=True))
    same = bool(known) and (not text or [fold(one) for one in known] == [fold(one) for one in block.draft])
    block.draft = known if same else block.draft
    block.reread_at = (block.reread_at or now()) if same else None
    block.save(update_fields=["source_text", "draft", "reread_at"])
