"""Restoring an installation from a backup, on empty databases, without bringing back anyone who was erased."""

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from entremise.accounts.services import close_all_sessions
from entremise.core import crypto
from entremise.core.actor import Actor
from entremise.core.errors import Refused
from entremise.core.permissions import require
from entremise.core.sealing import written_whole
from entremise.core.time import now
from entremise.documents.services import forget_prepared
from entremise.journal.services import publish
from entremise.keys.services import (
    Traces,
    adopt_traces,
    head_of,
    known_traces,
    load_keys,
    outside_traces,
    read_traces,
    require_master_key,
    traces_of,
)
from entremise.privacy.events import InstallationRestored
from entremise.privacy.models import RestoreEpoch
from entremise.privacy.services.backups import engines
from entremise.privacy.services.backups.staging import Staged, default_folder, files_in, stage
from entremise.privacy.services.backups.taking import NOT_KEPT, SEALS, TRACES
from entremise.privacy.services.erasure import finish_erasures

Say = Callable[[str], object]
EPOCHS = "restaurations.jsonl"  # beside the traces: numbers already given, whatever is restored since
UNFINISHED = "restauration-inachevee.json"  # in the data folder, from the first write to the last


def restore(*, actor: Actor, data: Path, keys: Path, again: bool = False, say: Say = lambda _: None) -> RestoreEpoch:
    """Bring the installation back from a backup of data and one of keys; gives the new epoch.

    Both files are read to their end before anything is touched. Raises Refused: wrong key, altered or cut file, newer
    schema, other engine, databases or files already there. Whoever was erased before or since is not there.
    ``again`` first takes away what a restore stopped in the middle of its writing had put there.
    """
    require(actor, "privacy.run_backups")
    require_master_key()
    if again and (unfinished() or {}).get("writing"):
        _take_away()
    require_empty()
    with tempfile.TemporaryDirectory(dir=default_folder(), prefix="restauration-") as work:
        say("Lecture de la sauvegarde…")
        staged = stage(data, Path(work))
        key_epoch = check_keys(keys, staged)
        erased = all_traces(staged, keys)
        _begin(staged, key_epoch)
        say("Écriture des clés, de la base et des fichiers…")
        put(staged, keys, erased)
        adopt_traces(erased)
        _note(writing=False)
    return finish(actor=actor, say=say)


def require_empty() -> None:
    """Raise Refused when there is something that a restore would write over."""
    begun = unfinished()
    if begun is not None and begun["writing"]:
        raise Refused("Une restauration a été coupée en pleine écriture : relancez la même avec « --recommencer ».")
    if begun is not None:
        raise Refused("Une restauration est restée inachevée : terminez-la par « entremise restore --reprendre ».")
    if not all(engines.is_empty(alias) for alias in engines.ALIASES):
        raise Refused(
            "La base n’est pas vide : rien n’a été touché. Restaurez dans une base neuve, puis mettez-la à la place."
        )
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(path.name not in NOT_KEPT for path in root.iterdir()):
        raise Refused(f"Le dossier des fichiers « {root} » n’est pas vide : mettez-le de côté, puis recommencez.")


def check_keys(keys: Path, staged: Staged) -> int:
    """The epoch of the keys, after reading them to their end; raises Refused when they are older than the data."""
    head = head_of(keys)
    if head.taken_at < staged.taken_at:
        raise Refused(
            "Ce fichier de clés est plus ancien que la sauvegarde : des fiches resteraient fermées. "
            "Prenez celui de la même nuit, ou un plus récent."
        )
    return head.epoch


def all_traces(staged: Staged, keys: Path) -> Traces:
    """Whoever was erased, as far as anyone knows: the keys, the outside file of here and that of the backup."""
    return read_traces(staged.folder / TRACES) | outside_traces() | traces_of(keys)


def put(staged: Staged, keys: Path, erased: Traces) -> None:
    """Fill the keys, the database and the files; what was begun is taken away when it cannot be finished.

    The keys of whoever was erased come back destroyed: nothing of them can be read, even for an instant.
    """
    try:
        engines.migrate(engines.KEYS)
        load_keys(keys, erased)
        engines.fill(staged.folder / "base")
        if engines.counts() != staged.counts:
            raise Refused("La base restaurée n’a pas le compte de lignes de la sauvegarde : elle a été retirée.")
        _put_files(staged)
    except BaseException:
        _take_away()
        raise
    crypto.key_provider().forget()  # type: ignore[attr-defined]


def _take_away() -> None:
    """Leave the databases and the folder of files as they were: empty."""
    for alias in engines.ALIASES:
        engines.empty(alias)
    root = Path(settings.MEDIA_ROOT)
    for path in root.iterdir() if root.exists() else []:
        if path.name not in NOT_KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    _mark().unlink(missing_ok=True)


def _put_files(staged: Staged) -> None:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = files_in(staged)
    for path in sorted(source.iterdir()) if source.exists() else []:
        shutil.move(path, root / path.name)
    seals = staged.folder / SEALS
    if settings.SEALS_FILE.exists() and settings.SEALS_FILE.read_bytes() != seals.read_bytes():
        aside = settings.SEALS_FILE.with_name(f"{settings.SEALS_FILE.name}.avant-{now():%Y%m%dT%H%M%S}")
        settings.SEALS_FILE.rename(aside)
    settings.SEALS_FILE.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(settings.SEALS_FILE) as file:
        file.write(seals.read_bytes())


def finish(*, actor: Actor, say: Say = lambda _: None) -> RestoreEpoch:
    """What follows once the data is there; harmless when done twice (``restore --reprendre``). Gives the new epoch."""
    require(actor, "privacy.run_backups")
    begun = unfinished()
    if begun is None or begun["writing"]:
        raise Refused("Aucune restauration n’attend d’être terminée.")
    for alias in engines.ALIASES:
        engines.migrate(alias)
    say("Effacement de nouveau des personnes effacées…")
    adopt_traces(known_traces() | outside_traces())
    again = finish_erasures(everything=True)
    with transaction.atomic():
        lists, sessions = forget_prepared(), close_all_sessions()
        epoch = RestoreEpoch.objects.create(number=_next_number(begun), taken_at=_taken_at(begun))
        codes = {"epoch": epoch.number, "erased": again, "lists": lists, "sessions": sessions}
        publish(InstallationRestored(actor=actor, target_id=epoch.pk, codes=codes))
    _remember(epoch)
    _mark().unlink(missing_ok=True)
    return epoch


def _taken_at(begun: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(begun["taken_at"])


def unfinished() -> dict[str, Any] | None:
    """What a restore that was stopped left to finish."""
    return json.loads(_mark().read_text(encoding="utf-8")) if _mark().exists() else None


def _mark() -> Path:
    return Path(settings.DATA_DIR) / UNFINISHED


def _begin(staged: Staged, key_epoch: int) -> None:
    _note(taken_at=staged.taken_at.isoformat(), epoch=max(staged.epoch, key_epoch), writing=True)


def _note(**more: Any) -> None:
    with written_whole(_mark()) as file:
        file.write(json.dumps({**(unfinished() or {}), **more}).encode())


def _next_number(begun: dict[str, Any]) -> int:
    """One more than any epoch the backup, its keys, the database or the outside file know of."""
    known = [int(begun["epoch"]), RestoreEpoch.objects.aggregate(last=Max("number"))["last"] or 0]
    path = settings.TOMBSTONES_FILE.with_name(EPOCHS)
    if path.exists():
        known += [int(json.loads(line)["number"]) for line in path.read_text(encoding="utf-8").splitlines()]
    return max(known) + 1


def _remember(epoch: RestoreEpoch) -> None:
    instants = {"at": epoch.at.isoformat(), "taken_at": epoch.taken_at.isoformat()}
    line = {"number": epoch.number, "id": str(epoch.pk), **instants}
    path = settings.TOMBSTONES_FILE.with_name(EPOCHS)
    known = path.read_bytes() if path.exists() else b""
    with written_whole(path) as file:
        file.write(known + json.dumps(line).encode() + b"\n")
