"""Times a backup of the filled installation, and its restore in databases made apart; says how large the files are."""

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from entremise.core.actor import system_actor
from entremise.privacy.services.backups import engines, restore, take_backup

NAMES = ("backup", "restore")


def measure(engine: str, size: int, only: set[str]) -> Iterator[dict[str, Any]]:
    """One line for each; the restore ends as a real one does: keys, schema, erasures, epoch."""
    if only and not only & set(NAMES):
        return
    connection.close()  # the time limits of a page are not those of a backup
    folder = Path(tempfile.mkdtemp(prefix="bench-backup-", dir="build"))
    usual = settings.DATA_DIR
    settings.DATA_DIR = folder.resolve()  # on the disk of the database, as in an installation
    settings.BACKUPS, settings.KEY_BACKUPS = folder.resolve() / "data", folder.resolve() / "keys"
    try:
        clear, start = engines.size(), time.perf_counter()
        backup = take_backup(actor=system_actor(origin="command"))
        data = settings.BACKUPS / backup.file_name
        keys = next(settings.KEY_BACKUPS.iterdir())
        yield _line("backup", engine, size, start, data, clear)
        place = folder.resolve() / "elsewhere"
        place.mkdir()
        with engines.apart(place):
            start = time.perf_counter()
            restore(actor=system_actor(origin="command"), data=data, keys=keys)
            line = _line("restore", engine, size, start, data, clear)
        yield line
    finally:
        settings.DATA_DIR, settings.BACKUPS, settings.KEY_BACKUPS = usual, None, None
        shutil.rmtree(folder, ignore_errors=True)


def _line(name: str, engine: str, size: int, start: float, data: Path, clear: int) -> dict[str, Any]:
    taken = round((time.perf_counter() - start) * 1000, 1)
    return {
        "name": name,
        "engine": engine,
        "size": size,
        "median_ms": taken,
        "p95_ms": taken,
        "queries": 0,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "file_mb": data.stat().st_size // 1_000_000,
        "database_mb": clear // 1_000_000,
    }
