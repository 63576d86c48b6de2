"""The work of the queue on long lists: prepare, begin again, erase."""

import datetime as dt
import io
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from entremise.core.actor import Actor, system_actor
from entremise.core.crypto import Scope
from entremise.core.errors import NotAllowed, NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.documents import registry
from entremise.documents.enums import PENDING, Failure, FileStatus
from entremise.documents.events import ExportErased, ExportPrepared, ExportRestarted
from entremise.documents.models import GeneratedFile
from entremise.documents.sealing import seal_file, seal_stream
from entremise.documents.services.lists import sheet_of, stored_filters
from entremise.documents.services.sheets import write_xlsx
from entremise.journal.services import publish

log = structlog.get_logger("entremise.documents")

STALLED = dt.timedelta(minutes=15)  # without progress: the worker died
MAX_ATTEMPTS = 3
_BEAT = 1.0  # seconds between two records of the progress


class _Superseded(Exception):
    """Another attempt took over, or the file is no longer wanted: this one stops and leaves nothing."""


def folder() -> Path:
    """Where sealed files lie; never served by the web server."""
    path = Path(settings.MEDIA_ROOT) / "exports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def associated(file: GeneratedFile) -> str:
    """What a sealed file is bound to."""
    return f"documents.generatedfile:{file.pk}"


def write_file(file_id: uuid.UUID) -> None:
    """Prepare a requested list. Harmless when it is done, running elsewhere, or no longer wanted.

    The permission is asked again, in the name of the one who requested it, as they are today.
    """
    file = _claim(file_id)
    if file is None:
        return
    work = folder() / "travail" / f"{file.pk}-{file.attempt}"
    try:
        work.mkdir(parents=True, mode=0o700)
        _finish(file, *_prepare(file, work))
    except _Superseded:
        log.info("export_superseded", file=str(file.pk), attempt=file.attempt)
    except (NotAllowed, NotFound):
        _fail(file, Failure.DROIT)
    except Exception as error:  # the queue keeps what is raised: only the kind of error may be kept
        log.error("export_failed", file=str(file.pk), error=type(error).__name__)
        _fail(file, Failure.ERREUR)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _claim(file_id: uuid.UUID) -> GeneratedFile | None:
    waiting = GeneratedFile.objects.filter(pk=file_id, status=FileStatus.ATTENTE, expires_at__gt=now())
    taken = waiting.update(status=FileStatus.EN_COURS, attempt=F("attempt") + 1, progress_done=0, progress_at=now())
    return GeneratedFile.objects.select_related("requested_by__user").get(pk=file_id) if taken else None


def _prepare(file: GeneratedFile, work: Path) -> tuple[Actor, Path, int]:
    actor = registry.actor_of(file.requested_by)
    if actor is None:
        raise NotAllowed(file.kind)
    allow(actor, file)
    export = registry.get(file.kind)
    target = folder() / f"{file.pk}-{file.attempt}.scelle"
    if isinstance(export, registry.Bundle):
        assert file.subject_id is not None  # request_bundle always names it
        content = io.BytesIO(export.build(actor, file.subject_id))
        return actor, target, seal_stream(content, target, export.scope(file.subject_id), associated(file))
    sheet = sheet_of(export, actor, stored_filters(file.params))
    clear = work / "liste.xlsx"
    write_xlsx(clear, [sheet], definitions=export.definitions, title=export.title, folder=work, progress=_beat(file))
    return actor, target, seal_file(clear, target, Scope("organisation", file.organisation_id), associated(file))


def allow(actor: Actor, file: GeneratedFile) -> None:
    """Raise NotAllowed or NotFound unless the actor may have, today, what this file holds."""
    export = registry.get(file.kind)
    require(actor, export.permission)
    if isinstance(export, registry.Bundle):
        if file.subject_id is None:
            raise NotFound(str(file.pk))
        export.check(actor, file.subject_id)


def _own(file: GeneratedFile):  # type: ignore[no-untyped-def]
    """The row, as long as this attempt is the one that prepares it."""
    return GeneratedFile.objects.filter(pk=file.pk, status=FileStatus.EN_COURS, attempt=file.attempt)


def _beat(file: GeneratedFile) -> Callable[[int], None]:
    last = time.monotonic()

    def progress(done: int) -> None:
        nonlocal last
        if done % 100 == 0 and time.monotonic() - last >= _BEAT:
            last = time.monotonic()
            if not _own(file).update(progress_done=done, progress_at=now()):
                raise _Superseded

    return progress


def _finish(file: GeneratedFile, actor: Actor, target: Path, size: int) -> None:
    with transaction.atomic():
        done = _own(file).update(
            status=FileStatus.PRETE,
            file_name=target.name,
            size=size,
            progress_done=F("progress_total"),
            progress_at=now(),
        )
        if done:
            codes = {"list": file.kind, "bytes": size}
            publish(ExportPrepared(actor=actor, target_id=file.pk, codes=codes))
    if not done:
        target.unlink(missing_ok=True)
        raise _Superseded


def _fail(file: GeneratedFile, failure: Failure) -> None:
    _own(file).update(status=FileStatus.ECHEC, failure=failure, progress_at=now())


def restart_stalled() -> int:
    """Put back in the queue what a dead worker left; after three attempts, say that it failed."""
    stalled = GeneratedFile.objects.filter(status=FileStatus.EN_COURS, progress_at__lt=now() - STALLED)
    restarted = 0
    for file in stalled:
        if file.attempt >= MAX_ATTEMPTS:
            _fail(file, Failure.DELAI)
            continue
        with transaction.atomic():
            if _own(file).update(status=FileStatus.ATTENTE, progress_at=now()):
                actor = system_actor(file.organisation_id)
                publish(ExportRestarted(actor=actor, target_id=file.pk, codes={"attempt": file.attempt}))
                restarted += 1
    return restarted


def tidy() -> None:
    """Give up lists that were never prepared in time; remove files that no export owns."""
    late = GeneratedFile.objects.filter(status__in=PENDING, expires_at__lte=now())
    late.update(status=FileStatus.ECHEC, failure=Failure.DELAI)
    _remove_strays()


@transaction.atomic
def erase(file: GeneratedFile, actor: Actor) -> None:
    """Erase a ready file; its line stays to say so. The bytes go once the row says they are gone."""
    name = file.file_name
    file.status, file.file_name = FileStatus.EXPIREE, ""
    file.save(update_fields=["status", "file_name"])
    publish(ExportErased(actor=actor, target_id=file.pk, codes={"list": file.kind}))
    transaction.on_commit(lambda: (folder() / name).unlink(missing_ok=True))


def _remove_strays() -> None:
    """Files that no row names, and working folders of dead workers: clear text must not outlive its worker."""
    known = set(GeneratedFile.objects.exclude(file_name="").values_list("file_name", flat=True))
    limit = time.time() - STALLED.total_seconds()
    for path in folder().iterdir():
        if path.is_file() and path.name not in known and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
    running = {
        f"{pk}-{attempt}"
        for pk, attempt in GeneratedFile.objects.filter(status=FileStatus.EN_COURS).values_list("pk", "attempt")
    }
    for path in (folder() / "travail").glob("*"):
        if path.name not in running:
            shutil.rmtree(path, ignore_errors=True)


def sealed_files() -> Iterator[tuple[Path, Scope, str]]:
    """Every prepared list, with what it is bound to."""
    for file in GeneratedFile.objects.filter(status=FileStatus.PRETE).iterator():
        export = registry.get(file.kind)
        scope = Scope("organisation", file.organisation_id)
        if isinstance(export, registry.Bundle) and file.subject_id is not None:
            scope = export.scope(file.subject_id)
        yield folder() / file.file_name, scope, associated(file)


def forget_prepared() -> int:
    """Say that every prepared list is gone (after a restore: they are not in the backups); how many.

    What was waiting is prepared again by the queue, in the name of who asked.
    """
    erased = 0
    for file in GeneratedFile.objects.filter(status=FileStatus.PRETE):
        erase(file, system_actor(file.organisation_id))
        erased += 1
    return erased
