"""Official exports: brought by a certifier, read by the work queue, and the records somebody chose among them.

An export lists some twenty-five thousand records; a certifier uses one or two. What is listed is enough to find them;
their content waits, compressed, in a file beside the database, and only what is chosen enters it.
"""

import datetime as dt
import json
import time
import uuid
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from entremise.competences.enums import ExportState
from entremise.competences.events import ExportBrought, ExportRead
from entremise.competences.models import ExportEntry, Record, RegisterExport, folder
from entremise.competences.queries.exports import get_export
from entremise.competences.register import refusals
from entremise.competences.register.archive import read_fiches
from entremise.competences.register.facts import Fiche, from_json
from entremise.competences.register.shape import TITLE, shaped
from entremise.competences.services.loading import write_record
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput, Refused
from entremise.core.permissions import require
from entremise.core.text import fold
from entremise.core.time import now
from entremise.journal.services import publish

log = structlog.get_logger("entremise.competences")
HEAVIEST = 300_000_000  # bytes as brought; the RNCP export weighs about 71 million
STALLED = dt.timedelta(minutes=15)
LIFETIME = dt.timedelta(days=30)
MOST_AT_ONCE = 20
_BEAT = 1.0  # seconds between two records of the progress
_BATCH = 2_000
_INTERRUPTED = "La lecture s’est arrêtée en chemin : donnez le fichier de nouveau."


def bring_export(*, actor: Actor, file: UploadedFile) -> RegisterExport:
    """Put an export aside and have the work queue read it. InvalidInput (``file``) for one that is too heavy."""
    require(actor, "competences.prepare")
    if not file.size or file.size > HEAVIEST:
        raise InvalidInput({"file": [refusals.EMPTY if not file.size else refusals.TOO_BIG]})
    export = RegisterExport(organisation_id=actor.organisation_id, size=file.size, progress_total=file.size)
    with export.brought_path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    try:
        with transaction.atomic():
            export.save(force_insert=True)
            publish(ExportBrought(actor=actor, target_id=export.pk, codes={"bytes": file.size}))
    except BaseException:
        export.brought_path.unlink(missing_ok=True)
        raise
    return export


def read_export(export_id: uuid.UUID) -> None:
    """The work of the queue. Harmless twice; nothing of a refused export stays but the sentence that says why."""
    waiting = RegisterExport.objects.filter(pk=export_id, state=ExportState.WAITING)
    if not waiting.update(state=ExportState.READING, progress_at=now()):
        return
    export = RegisterExport.objects.get(pk=export_id)
    try:
        if not export.brought_path.exists():
            refusals.refuse(refusals.GONE)
        _finish(export, list(_kept(export)))
    except Refused as refusal:
        _refuse(export, str(refusal))
    except Exception as error:  # the queue keeps what is raised: the kind of error is enough
        log.error("register_export_failed", export=str(export.pk), error=type(error).__name__)
        _refuse(export, _INTERRUPTED)
    finally:
        export.brought_path.unlink(missing_ok=True)


def _kept(export: RegisterExport) -> Iterator[ExportEntry]:
    """Write each record at the end of the file beside; the first of two of one number counts."""
    known: set[str] = set()
    offset = 0
    with export.kept_path.open("wb") as kept:
        for fiche in read_fiches(export.brought_path, _beat(export)):
            if fiche.code in known:
                continue
            known.add(fiche.code)
            packed = zlib.compress(json.dumps(fiche.as_json(), ensure_ascii=False).encode(), 1)
            kept.write(packed)
            yield _entry(export, fiche, offset, len(packed))
            offset += len(packed)


def _entry(export: RegisterExport, fiche: Fiche, offset: int, length: int) -> ExportEntry:
    title = fiche.title[:TITLE]
    return ExportEntry(
        export=export,
        code=fiche.code,
        title=title,
        searched=f"{fiche.code.lower()} {fold(title)}",
        level=fiche.level,
        is_active=fiche.is_active,
        registered_until=fiche.registered_until,
        offset=offset,
        length=length,
    )


def _beat(export: RegisterExport) -> Callable[[int, int], None]:
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _BEAT:
            last = time.monotonic()
            rows = RegisterExport.objects.filter(pk=export.pk)
            rows.update(progress_done=done, progress_total=max(done, total), progress_at=now())

    return progress


def _finish(export: RegisterExport, entries: list[ExportEntry]) -> None:
    """Everything at once; the exports that this one replaces go."""
    with transaction.atomic():
        ExportEntry.objects.bulk_create(entries, batch_size=_BATCH)
        export.state, export.found, export.progress_at = ExportState.READ, len(entries), now()
        export.save(update_fields=["state", "found", "progress_at"])
        older = RegisterExport.objects.filter(organisation_id=export.organisation_id, brought_at__lt=export.brought_at)
        forget(older.exclude(state__in=(ExportState.WAITING, ExportState.READING)))
        _told(export)


def _refuse(export: RegisterExport, sentence: str) -> None:
    export.kept_path.unlink(missing_ok=True)
    with transaction.atomic():
        export.state, export.refusal, export.progress_at = ExportState.REFUSED, sentence, now()
        export.save(update_fields=["state", "refusal", "progress_at"])
        _told(export)


def _told(export: RegisterExport) -> None:
    actor = system_actor(export.organisation_id)
    publish(ExportRead(actor=actor, target_id=export.pk, codes={"state": export.state, "found": export.found}))


def forget(exports: Iterable[RegisterExport]) -> int:
    """Remove these exports: their lines, then their files once the lines are gone."""
    gone = list(exports)
    paths = [path for export in gone for path in (export.brought_path, export.kept_path)]
    ExportEntry.objects.filter(export__in=gone).delete()
    RegisterExport.objects.filter(pk__in=[export.pk for export in gone]).delete()
    transaction.on_commit(lambda: _remove(paths))
    return len(gone)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def tidy() -> str:
    """Say that a dead worker left a reading; forget what is a month old; remove files that nothing names."""
    for export in RegisterExport.objects.filter(state=ExportState.READING, progress_at__lt=now() - STALLED):
        _refuse(export, _INTERRUPTED)
    with transaction.atomic():
        gone = forget(RegisterExport.objects.filter(brought_at__lt=now() - LIFETIME))
    known = {str(pk) for pk in RegisterExport.objects.values_list("pk", flat=True)}
    limit = time.time() - STALLED.total_seconds()
    for path in folder().iterdir():
        if path.stem not in known and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
    return f"{gone} exports du répertoire oubliés"


@transaction.atomic
def keep_records(*, actor: Actor, export_id: uuid.UUID, codes: Collection[str]) -> list[Record]:
    """Take these records out of an export that was read. All of them, or none and why."""
    require(actor, "competences.prepare")
    export = get_export(actor, export_id)
    if not codes or len(codes) > MOST_AT_ONCE:
        raise InvalidInput({FORM: [f"Choisissez de une à {MOST_AT_ONCE} fiches."]})
    entries = list(ExportEntry.objects.filter(export=export, code__in=codes))
    if len(entries) != len(set(codes)):
        raise InvalidInput({FORM: ["Une de ces fiches n’est pas dans l’export : rien n’a été gardé."]})
    try:
        return [keep_fiche(actor=actor, fiche=_content(export.kept_path, entry)) for entry in entries]
    except Refused as refusal:
        raise InvalidInput({FORM: [str(refusal)]}) from refusal


@transaction.atomic
def keep_fiche(*, actor: Actor, fiche: Fiche) -> Record:
    """Put this record in, or bring it up to date; Refused when somebody else brought it here first."""
    require(actor, "competences.keep")
    known = Record.objects.filter(code=fiche.code).first()
    if known is not None and not actor.is_system and known.brought_by_id != actor.organisation_id:
        raise Refused(f"{fiche.code} est déjà ici. L’exploitant la met à jour par « entremise importer_fiches ».")
    brought_by = None if actor.is_system else actor.organisation_id
    return write_record(actor=actor, command=shaped(fiche), brought_by=brought_by)


def _content(path: Path, entry: ExportEntry) -> Fiche:
    try:
        with path.open("rb") as kept:
            kept.seek(entry.offset)
            told: dict[str, Any] = json.loads(zlib.decompress(kept.read(entry.length)))
    except (OSError, zlib.error, ValueError) as error:
        raise Refused(refusals.GONE) from error
    return from_json(told)
