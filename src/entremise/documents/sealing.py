"""Files at rest, sealed by chunks under the key of a scope (see ``core.sealing``)."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from entremise.core.crypto import CryptoError, Scope, key_provider
from entremise.core.sealing import CHUNK, open_chunks, seal_chunks, written_whole

MAGIC = b"ENTF1"


def seal_file(source: Path, target: Path, scope: Scope, associated: str) -> int:
    """Seal ``source`` under the scope's key into ``target``, which appears whole or not at all; the clear size."""
    with source.open("rb") as clear:
        return seal_stream(clear, target, scope, associated)


def seal_stream(clear: BinaryIO, target: Path, scope: Scope, associated: str) -> int:
    """The same from an open binary stream: what is already in memory need not touch the disk in clear."""
    key = key_provider().current(scope)
    pieces = iter(lambda: clear.read(CHUNK), b"")
    with written_whole(target) as sealed:
        return seal_chunks(
            pieces, sealed, magic=MAGIC, key_name=key.key_id.bytes, secret=key.secret, associated=associated
        )


def open_file(path: Path, associated: str) -> Iterator[bytes]:
    """The clear chunks of a sealed file; raises CryptoError at the first one that was changed, moved or lost."""
    try:
        with path.open("rb") as sealed:
            yield from open_chunks(sealed, magic=MAGIC, secret_of=_secret_of, associated=associated)
    except OSError as error:
        raise CryptoError("the file does not open: moved or missing") from error


def check_file(path: Path, associated: str) -> int:
    """The clear size of a sealed file read to its end; raises CryptoError when it does not open."""
    return sum(len(chunk) for chunk in open_file(path, associated))


def _secret_of(key_name: bytes) -> bytes:
    return key_provider().by_id(uuid.UUID(bytes=key_name)).secret
