"""Reading a backup to its end in a folder apart: nothing is touched before everything is known to be whole and ours."""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from entremise.core.crypto import CryptoError
from entremise.core.errors import Refused
from entremise.core.sealing import open_chunks
from entremise.keys.services import WrongMasterKey, backup_secret
from entremise.privacy.services.backups.container import ALTERED, MANIFEST, Unpacker
from entremise.privacy.services.backups.taking import BASE, BOUND, FILES, FORMAT, HEAD, MAGIC, require_room

_SMALL = 50_000_000


@dataclass
class Staged:
    """A backup laid out in ``folder``, whole: ``base``, ``fichiers/…``, ``seals.jsonl``, ``tombstones.jsonl``."""

    folder: Path
    head: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def taken_at(self) -> dt.datetime:
        """When the backup was taken."""
        return dt.datetime.fromisoformat(self.head["taken_at"])

    @property
    def epoch(self) -> int:
        """The restore epoch the installation was in."""
        return int(self.head["epoch"])


def read_head(path: Path) -> dict[str, Any]:
    """What the head of a backup says, checked against this installation; the rest is not read. Raises Refused."""
    for name, content in Unpacker(_clear(path)).entries():
        if name != HEAD:
            break
        return _checked_head(b"".join(content))
    raise Refused(ALTERED)


def check_whole(path: Path) -> int:
    """The clear size of a backup read to its last byte, without keeping any of it; raises Refused."""
    return sum(len(chunk) for chunk in _clear(path))


def stage(path: Path, folder: Path) -> Staged:
    """Lay the whole backup out in ``folder``; raises Refused when it is cut, altered, not ours or not for us."""
    staged, seen, manifest = Staged(folder), {}, None
    for name, content in Unpacker(_clear(path)).entries():
        if name == MANIFEST:
            manifest = json.loads(_small(content))
        elif name == HEAD:
            written = _small(content)
            staged.head = _checked_head(written)
            require_room(folder, sum(staged.head["expected"].values()))
            seen[name] = {"size": len(written), "sha256": hashlib.sha256(written).hexdigest()}
        elif not staged.head:
            raise Refused(ALTERED)
        else:
            seen[name] = _lay_out(folder / _safe(name), content)
    if manifest is None or manifest["entries"] != seen or BASE not in seen:
        raise Refused(ALTERED)
    staged.counts = manifest["counts"]
    return staged


def _clear(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from open_chunks(file, magic=MAGIC, secret_of=backup_secret, associated=BOUND)
    except WrongMasterKey as error:
        raise Refused(
            "La clé maîtresse de cette installation n’est pas celle de la sauvegarde : rien n’a été touché. "
            "Donnez celle du jour où elle a été prise (ENTREMISE_MASTER_KEY ou ENTREMISE_MASTER_KEY_PREVIOUS)."
        ) from error
    except CryptoError as error:
        raise Refused(ALTERED) from error
    except OSError as error:
        raise Refused(f"La sauvegarde « {path} » ne peut pas être lue : {error.strerror}.") from error


def _checked_head(content: bytes) -> dict[str, Any]:
    head = json.loads(content)
    if head["format"] != FORMAT:
        raise Refused(_newer(head))
    if head["engine"] != connection.vendor:
        raise Refused(
            f"Cette sauvegarde vient d’une base {_engine(head['engine'])} ; celle-ci est une base "
            f"{_engine(connection.vendor)}. Réglez ENTREMISE_DATABASE_URL sur le même moteur."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if {tuple(migration) for migration in head["migrations"]} - set(known):
        raise Refused(_newer(head))
    return dict(head)


def _newer(head: dict[str, Any]) -> str:
    return (
        f"Cette sauvegarde a été faite par une version plus récente d’Entremise ({head.get('software', '?')}) : "
        "installez cette version, puis restaurez."
    )


def _engine(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor)


def _small(content: Iterator[bytes]) -> bytes:
    whole = b""
    for piece in content:
        whole += piece
        if len(whole) > _SMALL:
            raise Refused(ALTERED)
    return whole


def _safe(name: str) -> Path:
    """A path that stays below the folder: whoever holds the master key is trusted, an accident is not."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Refused(ALTERED)
    return Path(*path.parts)


def _lay_out(path: Path, content: Iterator[bytes]) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in content:
            digest.update(piece)
            size += file.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def files_in(staged: Staged) -> Path:
    """The folder of the files; it may not exist."""
    return staged.folder / FILES


def default_folder() -> Path:
    """Where a backup is laid out: the same disk and the same protection as the installation."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return Path(settings.DATA_DIR)
