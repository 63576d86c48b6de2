"""A sealed file opens whole, or says that it was touched."""

import uuid

import pytest

from entremise.core import sealing
from entremise.core.crypto import CryptoError, Scope
from entremise.core.sealing import CHUNK
from entremise.documents.sealing import MAGIC, check_file, open_file, seal_file

pytestmark = pytest.mark.django_db
SCOPE = Scope("organisation", uuid.UUID(int=1))


def sealed(tmp_path, clear, associated="x"):
    source, target = tmp_path / "clair", tmp_path / "fichier.scelle"
    source.write_bytes(clear)
    assert seal_file(source, target, SCOPE, associated) == len(clear)
    return target


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_of_any_size_opens_as_it_was(tmp_path, size):
    clear = bytes(range(256)) * (size // 256 + 1)
    path = sealed(tmp_path, clear[:size])
    assert b"".join(open_file(path, "x")) == clear[:size]
    assert check_file(path, "x") == size
    assert path.stat().st_mode & 0o077 == 0
    assert sorted(item.name for item in tmp_path.iterdir()) == ["clair", "fichier.scelle"]


def test_nothing_of_the_text_is_readable_at_rest(tmp_path):
    assert b"Dialogue" not in sealed(tmp_path, b"Dialogue retabli " * 9000).read_bytes()


def test_two_sealings_of_one_text_differ(tmp_path):
    first = sealed(tmp_path, b"a" * 100).read_bytes()
    assert sealed(tmp_path, b"a" * 100).read_bytes() != first


def _cut_at_a_chunk(content):
    return content[: sealing.header_size(MAGIC) + CHUNK + 16]


def _swap(content):
    start, step = sealing.header_size(MAGIC), CHUNK + 16
    one, two = content[start : start + step], content[start + step : start + 2 * step]
    return content[:start] + two + one + content[start + 2 * step :]


@pytest.mark.parametrize(
    "change",
    [
        _cut_at_a_chunk,
        _swap,
        lambda content: content[:-1],
        lambda content: content[:-30] + b"\x00" * 30,
        lambda content: content + b"\x00",
        lambda content: content[:3],
        lambda content: b"AUTRE" + content[5:],
        lambda content: content[:5] + b"\x00" * 16 + content[21:],
        lambda content: b"",
    ],
)
def test_a_file_that_was_cut_changed_or_moved_does_not_open(tmp_path, change):
    path = sealed(tmp_path, b"a" * (3 * CHUNK))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(CryptoError):
        check_file(path, "x")


def test_a_file_is_bound_to_its_place(tmp_path):
    path = sealed(tmp_path, b"a", associated="fiche 1")
    with pytest.raises(CryptoError):
        check_file(path, "fiche 2")


def test_a_missing_file_does_not_open(tmp_path):
    with pytest.raises(CryptoError):
        check_file(tmp_path / "rien", "x")


def test_a_writer_that_stops_midway_leaves_no_visible_file(tmp_path, monkeypatch):
    monkeypatch.setattr(sealing.os, "fsync", lambda *_: (_ for _ in ()).throw(OSError("disque plein")))
    with pytest.raises(OSError, match="disque"):
        sealed(tmp_path, b"a")
    assert not (tmp_path / "fichier.scelle").exists()
