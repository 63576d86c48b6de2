"""Installations of their own for the tests of backups: two databases, a folder, what a few people wrote."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from entremise.core.actor import system_actor
from entremise.keys.models import KeyBackup
from entremise.privacy.models import Backup
from entremise.privacy.services.backups import engines, take_backup

SYSTEM = system_actor(origin="command")


@dataclass
class Copies:
    """A backup and its keys."""

    data: Path
    keys: Path


@contextmanager
def installation(folder: Path, *, migrated: bool = True) -> Iterator[Path]:
    """Live in another installation, gone at the end."""
    folder.mkdir()
    with engines.apart(folder):
        if migrated:
            _migrate()
        yield folder


_model = Path(tempfile.mkdtemp(prefix="entremise-model-")) / "modele"  # the first migrated database: the others copy it


def _migrate() -> None:
    engines.migrate("keys")
    if _model.exists():
        engines.fill(_model)
        return
    engines.migrate("default")
    with engines.snapshot(_model.parent) as (_, pieces):
        _model.write_bytes(b"".join(pieces()))


def back_up(folder: Path) -> Copies:
    """Take a backup of where we are in ``folder``."""
    settings.BACKUPS, settings.KEY_BACKUPS = folder / "donnees", folder / "cles"
    backup = take_backup(actor=SYSTEM)
    keys = KeyBackup.objects.get(removed_at=None, taken_at__gte=Backup.objects.get(pk=backup.pk).taken_at)
    return Copies(settings.BACKUPS / backup.file_name, settings.KEY_BACKUPS / keys.file_name)
