"""Files at rest: AES-256-GCM by chunks, so that a large file is sealed and opened in constant memory.

Layout: magic, key identifier, salt, then chunks. Each file has a key of its own (HKDF of the scope's key and the salt).
A chunk's nonce is its rank, and whether it is the last: moving, dropping or cutting chunks is seen.
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from entremise.core.crypto import CryptoError, DataKey, Scope, derive, key_provider

MAGIC = b"ENTF1"
CHUNK = 65_536
_TAG = 16
_SALT = 16
_HEADER = len(MAGIC) + 16 + _SALT


def seal_file(source: Path, target: Path, scope: Scope, associated: str) -> int:
    """Seal ``source`` under the scope's key into ``target``, which appears whole or not at all; the clear size."""
    with source.open("rb") as clear:
        return seal_stream(clear, target, scope, associated)


def seal_stream(clear: BinaryIO, target: Path, scope: Scope, associated: str) -> int:
    """The same from an open binary stream: what is already in memory need not touch the disk in clear."""
    key = key_provider().current(scope)
    header = MAGIC + key.key_id.bytes + os.urandom(_SALT)
    box, bound = _box(key, header), header + associated.encode()
    partial = target.with_suffix(".partiel")
    size = 0
    with partial.open("wb") as sealed:
        os.chmod(partial, 0o600)
        sealed.write(header)
        for rank, (chunk, is_last) in enumerate(_chunks(clear, CHUNK)):
            sealed.write(box.encrypt(_nonce(rank, is_last), chunk, bound))
            size += len(chunk)
        sealed.flush()
        os.fsync(sealed.fileno())
    partial.replace(target)
    return size


def open_file(path: Path, associated: str) -> Iterator[bytes]:
    """The clear chunks of a sealed file; raises CryptoError at the first one that was changed, moved or lost."""
    try:
        with path.open("rb") as sealed:
            header = sealed.read(_HEADER)
            if len(header) != _HEADER or not header.startswith(MAGIC):
                raise CryptoError("not a sealed file")
            key = key_provider().by_id(uuid.UUID(bytes=header[len(MAGIC) : len(MAGIC) + 16]))
            box, bound = _box(key, header), header + associated.encode()
            for rank, (chunk, is_last) in enumerate(_chunks(sealed, CHUNK + _TAG)):
                yield box.decrypt(_nonce(rank, is_last), chunk, bound)
    except (InvalidTag, OSError, ValueError) as error:
        raise CryptoError("the file does not open: changed, cut, moved or missing") from error


def check_file(path: Path, associated: str) -> int:
    """The clear size of a sealed file read to its end; raises CryptoError when it does not open."""
    return sum(len(chunk) for chunk in open_file(path, associated))


def _box(key: DataKey, header: bytes) -> AESGCM:
    return AESGCM(derive(key.secret, "file:" + header[-_SALT:].hex()))


def _nonce(rank: int, is_last: bool) -> bytes:
    return rank.to_bytes(11, "big") + bytes([is_last])


def _chunks(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Chunks and whether each is the last; an empty stream is one empty last chunk."""
    chunk = stream.read(size)
    while True:
        following = stream.read(size)
        yield chunk, not following
        if not following:
            return
        chunk = following
