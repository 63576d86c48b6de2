"""What differs between the two engines: copy a running database, know an empty one, fill it, make one apart."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import load_backend

from entremise.core import crypto
from entremise.core.errors import Refused
from entremise.keys.router import ALIAS as KEYS

ALIASES = (DEFAULT_DB_ALIAS, KEYS)
# What `migrate` itself fills: a database that holds nothing else is empty.
_FILLED_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}
_PIECE = 1 << 20
_TEMPORARY = "repetition"  # in the names of databases made apart


class MissingTool(Refused):
    """A program of PostgreSQL is missing or too old."""


# --- Copy ---------------------------------------------------------------------------------------------------------


@contextmanager
def snapshot(folder: Path) -> Iterator[tuple[dict[str, int], Callable[[], Iterator[bytes]]]]:
    """A consistent copy of the database while others write: rows of each table, and the bytes of the copy.

    ``folder`` receives the copy of SQLite for the time of the block; PostgreSQL streams without touching the disk.
    """
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        with _sqlite_snapshot(folder / "base") as found:
            yield found
    else:
        with _postgresql_snapshot() as found:
            yield found


@contextmanager
def _sqlite_snapshot(path: Path) -> Iterator[tuple[dict[str, int], Callable[[], Iterator[bytes]]]]:
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    try:
        path.touch(0o600)
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)  # one step: a single reading, and writers do not wait
            names = connection.introspection.table_names()
            counts = {name: copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names of our own tables
        yield counts, lambda: pieces(path)
    finally:
        path.unlink(missing_ok=True)


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, in constant memory."""
    with path.open("rb") as file:
        yield from pieces_of(file)


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open file: once open, its content stays whole even when its name goes."""
    yield from iter(lambda: file.read(_PIECE), b"")


@contextmanager
def _postgresql_snapshot() -> Iterator[tuple[dict[str, int], Callable[[], Iterator[bytes]]]]:
    program = _tool("pg_dump")
    apart = connections[DEFAULT_DB_ALIAS].copy()  # its long transaction is not that of the caller
    try:
        with apart.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
            counts = {}
            for table in apart.introspection.table_names(cursor):
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - names of our own tables
                counts[table] = cursor.fetchone()[0]
            command = [program, "--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
            yield counts, lambda: _output([*command, f"--snapshot={name}"], apart.settings_dict)
    finally:
        apart.close()


def _output(command: list[str], to: dict[str, Any]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=_environment(to))  # noqa: S603
        try:
            yield from iter(lambda: child.stdout.read(_PIECE), b"")  # type: ignore[union-attr]
        finally:
            child.stdout.close()  # type: ignore[union-attr]
            code = child.wait()
        if code:
            raise MissingTool(f"« pg_dump » a échoué : {_last_line(said)}")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingTool(
            f"Le programme « {name} » est absent de cette machine : installez les outils clients de PostgreSQL "
            "(paquet postgresql-client), de la version du serveur ou plus récents."
        )
    return found


def _environment(to: dict[str, Any]) -> dict[str, str]:
    """Where the programs of PostgreSQL connect; never on their command line, which everyone may read."""
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {**os.environ, **{name: str(to[key]) for name, key in given.items() if to.get(key)}}


def _last_line(said: Any) -> str:
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return lines[0][:300] if lines else "sans un mot"


def size() -> int:
    """Bytes of the database as it lies."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


# --- Fill ---------------------------------------------------------------------------------------------------------


def is_empty(alias: str) -> bool:
    """True when no table holds anything but what `migrate` itself puts there."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - _FILLED_BY_MIGRATE:
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - names of our own tables
            if cursor.fetchone():
                return False
    return True


def migrate(alias: str) -> None:
    """Bring the tables of a database to the schema of this version; those of the keys alone in theirs."""
    call_command("migrate", *([KEYS] if alias == KEYS else []), database=alias, verbosity=0)


def fill(copy: Path) -> None:
    """Put the copy in the empty database, whole or not at all; raises Refused."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as source:
            if source.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise Refused("La copie de la base ne s’ouvre pas : rien n’a été touché.")
            connection.ensure_connection()
            source.backup(connection.connection)
        if not connection.is_in_memory_db():  # type: ignore[attr-defined]
            connection.close()
        return
    command = [_tool("pg_restore"), "--dbname", str(connection.settings_dict["NAME"]), "--single-transaction"]
    command += ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error"]
    with copy.open("rb") as source, tempfile.TemporaryFile() as said:
        done = subprocess.run(  # noqa: S603 - our own command
            command, stdin=source, stderr=said, env=_environment(connection.settings_dict), check=False
        )
        if done.returncode:
            raise Refused(f"« pg_restore » a échoué, la base est restée vide : {_last_line(said)}")


def empty(alias: str) -> None:
    """Take away every table of a database that was empty a moment ago and could not be filled."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(":memory:")) as nothing:
            nothing.backup(connection.connection)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'DROP TABLE IF EXISTS "{table}" CASCADE')


def counts() -> dict[str, int]:
    """Rows of each table."""
    connection = connections[DEFAULT_DB_ALIAS]
    found = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - names of our own tables
            found[table] = cursor.fetchone()[0]
    return found


# --- Apart --------------------------------------------------------------------------------------------------------


@contextmanager
def apart(folder: Path) -> Iterator[None]:
    """Live the block in two empty databases and a folder of their own, gone at the end; for this thread only.

    Files, seals and traces are those of ``folder`` meanwhile: nothing of the installation can be touched.
    """
    files = {
        "MEDIA_ROOT": folder / "files",
        "SEALS_FILE": folder / "seals.jsonl",
        "TOMBSTONES_FILE": folder / "tombstones.jsonl",
        "BACKUPS": None,
        "KEY_BACKUPS": None,
        "DATA_DIR": folder,
    }
    known = {name: getattr(settings, name) for name in files}
    usual = {alias: connections[alias] for alias in ALIASES}
    with _databases(folder) as others:
        try:
            for name, value in files.items():
                setattr(settings, name, value)
            for alias, database in others.items():
                connections[alias] = load_backend(database["ENGINE"]).DatabaseWrapper(database, alias)
            crypto.key_provider().forget()  # type: ignore[attr-defined]
            yield
        finally:
            for alias in ALIASES:
                if connections[alias] is not usual[alias]:
                    connections[alias].close()
                connections[alias] = usual[alias]
            for name, value in known.items():
                setattr(settings, name, value)
            crypto.key_provider().forget()  # type: ignore[attr-defined]


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, dict[str, Any]]]:
    usual = {alias: dict(connections[alias].settings_dict) for alias in ALIASES}
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        yield {alias: {**usual[alias], "NAME": str(folder / f"{alias}.sqlite3")} for alias in ALIASES}
        return
    mark = uuid.uuid4().hex[:8]
    names = {alias: f"{_prefix(alias)}{mark}_{alias}" for alias in ALIASES}
    try:
        for alias in ALIASES:
            _administer(alias, f'CREATE DATABASE "{names[alias]}" TEMPLATE template0')
        yield {alias: {**usual[alias], "NAME": names[alias]} for alias in ALIASES}
    finally:
        for alias in ALIASES:
            _administer(alias, f'DROP DATABASE IF EXISTS "{names[alias]}"')


def _prefix(alias: str) -> str:
    name = str(connections[alias].settings_dict["NAME"])
    return f"{name[:24]}_{hashlib.sha256(name.encode()).hexdigest()[:6]}_{_TEMPORARY}_"  # 63 letters at most


def drop_leftovers() -> None:
    """Drop the databases that a rehearsal stopped by the machine left behind; nobody is rehearsing now."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix(alias)])
            left = [row[0] for row in cursor.fetchall()]
        for name in left:
            _administer(alias, f'DROP DATABASE IF EXISTS "{name}"')


def _administer(alias: str, statement: str) -> None:
    try:
        with connections[alias]._nodb_cursor() as cursor:
            cursor.execute(statement)
    except Exception as error:
        raise Refused(
            "La répétition a besoin de créer une base à part sur le serveur PostgreSQL : donnez le droit CREATEDB au "
            f"compte de l’application ({type(error.__cause__ or error).__name__})."
        ) from error
