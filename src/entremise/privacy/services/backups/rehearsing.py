"""Rehearsing a restore: the newest backup is restored apart and verified there, then thrown away."""

import tempfile
import time
from pathlib import Path

import structlog
from django.db import transaction

from entremise.core import verify
from entremise.core.actor import Actor
from entremise.core.errors import Refused
from entremise.core.permissions import require
from entremise.core.verify import Finding
from entremise.journal.services import publish
from entremise.keys.queries import newest_key_backup
from entremise.keys.services import adopt_traces, require_own_master_key
from entremise.privacy.events import BackupRehearsed
from entremise.privacy.models import Backup, Rehearsal
from entremise.privacy.services.backups import engines
from entremise.privacy.services.backups.restoring import all_traces, check_keys, put
from entremise.privacy.services.backups.staging import Staged, default_folder, stage
from entremise.privacy.services.backups.taking import REHEARSAL, alone, folders
from entremise.privacy.services.erasure import finish_erasures

log = structlog.get_logger()
UNREADABLE = "restauration"  # the code of a backup that could not even be restored


def rehearse(*, actor: Actor) -> Rehearsal:
    """Restore the newest backup in databases of its own, verify it there, and write down the result.

    Needs ``privacy.run_backups``. Raises Refused when there is nothing to rehearse or nowhere to do it; a backup that
    does not restore, or does not hold once restored, is a result and not an error.
    """
    require(actor, "privacy.run_backups")
    folder, key_folder = folders()
    backup = Backup.objects.kept().order_by("-taken_at").first()
    keys = newest_key_backup()
    if backup is None or keys is None:
        raise Refused("Il n’y a pas encore de sauvegarde à répéter : lancez d’abord « entremise backup ».")
    require_own_master_key()
    started = time.monotonic()
    with alone(folder):
        failed = _restored_apart(folder / backup.file_name, key_folder / keys)
    seconds = round(time.monotonic() - started)
    with transaction.atomic():
        rehearsal = Rehearsal.objects.create(taken_at=backup.taken_at, held=not failed, failed=failed, seconds=seconds)
        codes = {"held": rehearsal.held, "failed": failed, "seconds": seconds}
        publish(BackupRehearsed(actor=actor, target_id=rehearsal.pk, codes=codes))
    return rehearsal


def _restored_apart(data: Path, keys: Path) -> list[str]:
    """The names of the checks that did not hold; empty when everything did."""
    with tempfile.TemporaryDirectory(dir=default_folder(), prefix=REHEARSAL) as work:
        staging, place = Path(work) / "sauvegarde", Path(work) / "installation"
        staging.mkdir()
        place.mkdir()
        try:
            staged = stage(data, staging)
            check_keys(keys, staged)
            faults = _faults_apart(staged, keys, place)
        except Refused as refusal:
            log.error("rehearsal_refused", why=str(refusal))
            return [UNREADABLE]
    # What does not hold here either, in the same words, says nothing of the backup: `entremise verify` tells it.
    here = set(_faults()) if faults else set()
    return [finding.name for finding in faults if finding not in here]


def _faults() -> list[Finding]:
    return [finding for finding in verify.run(at_rest=True) if not finding.holds]


def _faults_apart(staged: Staged, keys: Path, place: Path) -> list[Finding]:
    erased = all_traces(staged, keys)
    with engines.apart(place):
        put(staged, keys, erased)
        adopt_traces(erased)
        finish_erasures(everything=True)
        return _faults()
