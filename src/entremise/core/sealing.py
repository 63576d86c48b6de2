"""Sealed streams and files: AES-256-GCM by chunks, so that anything large is sealed and opened in constant memory.

A file at rest is sealed under the key of a scope; a backup under a key derived from the master key. Layout: magic, 16
bytes that name the key, salt, then chunks. Each stream has a key of its own (HKDF of the secret and the salt). A
chunk's nonce is its rank, and whether it is the last: moving, dropping or cutting chunks is seen.
"""

import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from entremise.core.crypto import CryptoError, Scope, derive, key_provider

MAGIC = b"ENTF1"  # of a file at rest
CHUNK = 65_536
KEY_NAME = 16  # bytes
_TAG = 16
_SALT = 16


def header_size(magic: bytes) -> int:
    """What comes before the first chunk."""
    return len(magic) + KEY_NAME + _SALT


def seal_chunks(
    clear: Iterable[bytes], target: BinaryIO, *, magic: bytes, key_name: bytes, secret: bytes, associated: str
) -> int:
    """Seal pieces of any size into ``target``, bound to ``associated``; gives the clear size."""
    header = magic + key_name + os.urandom(_SALT)
    box, bound = _box(secret, header), header + associated.encode()
    target.write(header)
    size = 0
    for rank, (chunk, is_last) in enumerate(_told_last(_evened(clear))):
        target.write(box.encrypt(_nonce(rank, is_last), chunk, bound))
        size += len(chunk)
    return size


def open_chunks(
    sealed: BinaryIO, *, magic: bytes, secret_of: Callable[[bytes], bytes], associated: str
) -> Iterator[bytes]:
    """The clear chunks; raises CryptoError at the first one that was changed, moved or lost.

    ``secret_of`` gives the secret of the key that the header names, or raises CryptoError.
    """
    header = sealed.read(header_size(magic))
    if len(header) != header_size(magic) or not header.startswith(magic):
        raise CryptoError("not a sealed file")
    secret = secret_of(header[len(magic) : len(magic) + KEY_NAME])
    box, bound = _box(secret, header), header + associated.encode()
    try:
        for rank, (chunk, is_last) in enumerate(_told_last(iter(lambda: sealed.read(CHUNK + _TAG), b""))):
            yield box.decrypt(_nonce(rank, is_last), chunk, bound)
    except (InvalidTag, ValueError) as error:
        raise CryptoError("the stream does not open: changed, cut or moved") from error


def seal_file(source: Path, target: Path, scope: Scope, associated: str) -> int:
    """Seal ``source`` under the scope's key into ``target``, which appears whole or not at all; the clear size."""
    with source.open("rb") as clear:
        return seal_stream(clear, target, scope, associated)


def seal_stream(clear: BinaryIO, target: Path, scope: Scope, associated: str) -> int:
    """The same from an open binary stream: what is already in memory need not touch the disk in clear."""
    return _seal_pieces(iter(lambda: clear.read(CHUNK), b""), target, scope, associated)


def _seal_pieces(clear: Iterable[bytes], target: Path, scope: Scope, associated: str) -> int:
    key = key_provider().current(scope)
    with written_whole(target) as sealed:
        return seal_chunks(
            clear, sealed, magic=MAGIC, key_name=key.key_id.bytes, secret=key.secret, associated=associated
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


def reseal_file(path: Path, scope: Scope, associated: str) -> int:
    """Seal a file again, in its place, under the scope's present key; the clear size. Raises CryptoError."""
    return _seal_pieces(open_file(path, associated), path, scope, associated)


def key_of_file(path: Path) -> uuid.UUID | None:
    """The key a sealed file names; None when it is not one."""
    try:
        with path.open("rb") as sealed:
            header = sealed.read(header_size(MAGIC))
    except OSError:
        return None
    named = header.startswith(MAGIC) and len(header) == header_size(MAGIC)
    return uuid.UUID(bytes=header[len(MAGIC) : len(MAGIC) + KEY_NAME]) if named else None


def _secret_of(key_name: bytes) -> bytes:
    return key_provider().by_id(uuid.UUID(bytes=key_name)).secret


SealedFiles = Callable[[], Iterable[tuple[Path, Scope, str]]]
_sources: dict[str, SealedFiles] = {}


def register_files(name: str, source: SealedFiles) -> None:
    """Declare the sealed files a module keeps (path, scope, what each is bound to): a new key seals them again."""
    _sources[name] = source


def registered_files() -> Iterator[tuple[Path, Scope, str]]:
    """Every declared file."""
    for name in sorted(_sources):
        yield from _sources[name]()


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears at ``path`` whole, on the disk for good, or not at all; readable by its owner alone."""
    partial = path.with_name(path.name + ".partiel")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk for good."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _box(secret: bytes, header: bytes) -> AESGCM:
    return AESGCM(derive(secret, "file:" + header[-_SALT:].hex()))


def _nonce(rank: int, is_last: bool) -> bytes:
    return rank.to_bytes(11, "big") + bytes([is_last])


def _evened(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of ``CHUNK``, the last one shorter."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        whole = len(waiting) - len(waiting) % CHUNK
        view = bytes(memoryview(waiting)[:whole])
        del waiting[:whole]
        for start in range(0, whole, CHUNK):
            yield view[start : start + CHUNK]
    if waiting:
        yield bytes(waiting)


def _told_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Chunks and whether each is the last; an empty stream is one empty last chunk."""
    chunk = next(chunks, b"")
    for following in chunks:
        yield chunk, False
        chunk = following
    yield chunk, True
