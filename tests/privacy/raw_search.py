"""Looking for bytes in everything an installation writes down: files, both databases, their logs of writes."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, connections

WRITES = "journal d’écriture"  # PostgreSQL's own: it also holds the sealed keys until the server recycles it


def forms_of(word: str) -> set[bytes]:
    """The word as bytes may hold it."""
    escaped = json.dumps(word)[1:-1].encode()
    return {word.encode(), word.encode("utf-16-le"), word.encode("latin-1"), escaped, word.lower().encode()}


def found_in(place: Path, needles: list[bytes]) -> list[str]:
    """The stores where any of these bytes lies, after what is waiting in memory has reached the disk."""
    return sorted({name for name, content in stores(place) if any(needle in content for needle in needles)})


def kept_in(place: Path, key: bytes) -> list[str]:
    """The same for a wrapped key, but for the log of writes of PostgreSQL (docs/deploiement.md says how long)."""
    return [name for name in found_in(place, [key]) if name != WRITES]


def stores(place: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the installation (both databases with their write-ahead logs), or PostgreSQL's own files."""
    for path in place.rglob("*"):
        if path.is_file():
            yield ("cles" if path.name.startswith("keys.") else str(path.relative_to(place))), path.read_bytes()
    if connection.vendor == "postgresql":
        for alias in ("default", "keys"):
            yield from postgresql(alias)


def postgresql(alias: str) -> Iterator[tuple[str, bytes]]:
    """The tables of a database as the server keeps them, its dump, and what the server wrote down before."""
    database = connections[alias]
    name = "cles" if alias == "keys" else "base"
    with database.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        data = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        oid = cursor.fetchone()[0]
    tables = data / "base" / str(oid)
    read = [path.read_bytes() for path in tables.iterdir() if path.is_file()]
    assert read
    yield name, b"".join(read)
    yield WRITES, b"".join(path.read_bytes() for path in (data / "pg_wal").iterdir() if path.is_file())
    where = ["-h", str(database.settings_dict["HOST"]), "-U", str(database.settings_dict["USER"])]
    dump = ["pg_dump", *where, str(database.settings_dict["NAME"])]
    yield name, subprocess.run(dump, capture_output=True, check=True).stdout
